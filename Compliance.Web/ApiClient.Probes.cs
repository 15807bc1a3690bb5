using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;
using Compliance.Domain.Recordings;
using Compliance.Web.Shell;

namespace Compliance.Web;

/// <summary>The probes, what each holds, and how a venue is watched.</summary>
public sealed partial class ApiClient
{
    public Task<Answer<Page<ProbeCard>>> Probes(string? cursor, int limit, CancellationToken ct) =>
        Get<Page<ProbeCard>>($"probes?limit={limit}{With("after", cursor)}", ct);

    public Task<Answer<CommandAnswer>> AssignProbe(Guid probe, Guid venue, CancellationToken ct) =>
        Send(HttpMethod.Post, $"probes/{probe}/assigned", new ProbeCommand.Assign(venue), ct);

    public Task<Answer<CommandAnswer>> UnassignProbe(Guid probe, Guid venue, CancellationToken ct) =>
        Send(HttpMethod.Post, $"probes/{probe}/unassigned", new ProbeCommand.Unassign(venue), ct);

    public Task<Answer<CommandAnswer>> RevokeProbe(Guid probe, string reason, CancellationToken ct) =>
        Send(HttpMethod.Post, $"probes/{probe}/revoked", new ProbeCommand.Revoke(reason), ct);

    /// <summary>A code to start a box with: a new one, or one that stands and gets another key. Answered once.</summary>
    public Task<Answer<EnrolmentCode>> EnrolmentCode(Guid probe, string name, CancellationToken ct) =>
        Send<EnrolmentCode>(HttpMethod.Post, $"probes/{probe}/code", new ProbeCommand.Enrol(probe, name), ct);

    /// <summary>How a box is, and what it holds.</summary>
    public Task<Answer<ProbeStatus>> Probe(Guid probe, CancellationToken ct) => Get<ProbeStatus>($"probes/{probe}", ct);

    public Task<Answer<IReadOnlyList<ProbeWarnings>>> ProbeWarnings(CancellationToken ct) => Get<IReadOnlyList<ProbeWarnings>>("probes/warnings", ct);

    /// <summary>The cameras of all venues, the worst first.</summary>
    public Task<Answer<Page<FleetRow>>> Fleet(FleetChoice chosen, string? cursor, int limit, CancellationToken ct) =>
        Get<Page<FleetRow>>($"fleet?limit={limit}{With("state", chosen.State?.ToString())}{With("verdict", chosen.Verdict?.ToString())}{With("district", chosen.District)}"
            + $"{With("venue", chosen.Venue?.ToString())}{With("probe", chosen.Probe?.ToString())}{With("search", chosen.Search)}{With("after", cursor)}", ct);

    public Task<Answer<IReadOnlyList<FleetPlace>>> FleetMap(CancellationToken ct) => Get<IReadOnlyList<FleetPlace>>("fleet/map", ct);

    /// <summary>What a camera's stream is like now; <c>request.unknown</c> where nobody measured it yet.</summary>
    public Task<Answer<Measurement>> Measurement(Guid device, CancellationToken ct) => Get<Measurement>($"devices/{device}/measurement", ct);

    /// <summary>A camera's last day, in steps of ten minutes.</summary>
    public Task<Answer<MeasurementSeries>> Measurements(Guid device, CancellationToken ct) => Get<MeasurementSeries>($"devices/{device}/measurements", ct);

    /// <summary>Of which hours a camera's recordings are proven.</summary>
    public Task<Answer<RecordedHours>> Recordings(Guid device, CancellationToken ct) => Get<RecordedHours>($"devices/{device}/recordings", ct);

    /// <summary>What was hashed of them in the last weeks, with its proof; the caller disposes the answer.</summary>
    public Task<Answer<HttpResponseMessage>> RecordingFacts(Guid device, CancellationToken ct) => Document($"devices/{device}/recordings/facts.zip", ct);

    /// <summary>Who watches a venue, and how often each camera is looked at.</summary>
    public Task<Answer<VenueWatching>> WatchOf(Guid venue, CancellationToken ct) => Get<VenueWatching>($"venues/{venue}/watch", ct);

    public Task<Answer<CommandAnswer>> SetCheckInterval(Guid venue, int? seconds, CancellationToken ct) =>
        Send(HttpMethod.Put, $"venues/{venue}/watch/interval", new VenueWatchCommand.SetInterval(venue, seconds), ct);
}

/// <summary>Which cameras of the fleet to list; null leaves it open.</summary>
public sealed record FleetChoice(Availability? State, Verdict? Verdict, string? District, Guid? Venue, Guid? Probe, string? Search);
