using Compliance.Domain.Evidence;
using Compliance.Domain.Kernel;
using Compliance.Domain.Maintenance;
using Compliance.Domain.Outages;
using Compliance.Web.Shell;

namespace Compliance.Web;

/// <summary>Whose hands it lay in: availability, contests and maintenance.</summary>
public sealed partial class ApiClient
{
    public Task<Answer<VenueAvailability>> Availability(Guid venue, CancellationToken ct) =>
        Get<VenueAvailability>($"venues/{venue}/availability", ct);

    public Task<Answer<CommandAnswer>> Contest(Guid outage, OutageCommand.Contest command, CancellationToken ct) =>
        Send(HttpMethod.Post, $"outages/{outage}/contests", command, ct);

    public Task<Answer<CommandAnswer>> DecideContest(Guid outage, OutageCommand.DecideContest command, CancellationToken ct) =>
        Send(HttpMethod.Post, $"outages/{outage}/contests/decided", command, ct);

    public Task<Answer<CommandAnswer>> AttributeCause(Guid outage, OutageCommand.AttributeCause command, CancellationToken ct) =>
        Send(HttpMethod.Post, $"outages/{outage}/causes", command, ct);

    /// <summary>Outages that belong together, of one venue or of all the caller sees; those that run first.</summary>
    public Task<Answer<Page<OutageGroupRow>>> OutageGroups(Guid? venue, CancellationToken ct) =>
        Get<Page<OutageGroupRow>>($"outage-groups?limit=100{With("venue", venue?.ToString())}", ct);

    public Task<Answer<Page<ContestRow>>> Contests(string? cursor, int limit, CancellationToken ct) =>
        Get<Page<ContestRow>>($"contests?limit={limit}{With("after", cursor)}", ct);

    public Task<Answer<Page<MaintenanceRow>>> Maintenance(Guid? venue, string? cursor, int limit, CancellationToken ct) =>
        Get<Page<MaintenanceRow>>($"maintenance?limit={limit}{With("after", cursor)}{With("venue", venue?.ToString())}", ct);

    public Task<Answer<CommandAnswer>> RequestMaintenance(MaintenanceCommand.Request command, CancellationToken ct) =>
        Send(HttpMethod.Post, $"venues/{command.VenueId}/maintenance", command, ct);

    public Task<Answer<CommandAnswer>> ApproveMaintenance(Guid window, CancellationToken ct) =>
        Send(HttpMethod.Post, $"maintenance/{window}/approved", null, ct);

    public Task<Answer<CommandAnswer>> RefuseMaintenance(Guid window, string grounds, CancellationToken ct) =>
        Send(HttpMethod.Post, $"maintenance/{window}/refused", new MaintenanceCommand.Refuse(grounds), ct);

    public Task<Answer<CommandAnswer>> WithdrawMaintenance(Guid window, CancellationToken ct) =>
        Send(HttpMethod.Post, $"maintenance/{window}/withdrawn", new MaintenanceCommand.Withdraw(), ct);

    public Task<Answer<CommandAnswer>> EndMaintenance(Guid window, CancellationToken ct) =>
        Send(HttpMethod.Post, $"maintenance/{window}/ended", null, ct);
}
