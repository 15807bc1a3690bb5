using Compliance.Domain.Guards;
using Compliance.Domain.Kernel;
using Compliance.Web.Shell;

namespace Compliance.Web;

/// <summary>Guards: contract, roster, shifts, the code on the screen and the incident book.</summary>
public sealed partial class ApiClient
{
    public Task<Answer<GuardsShown>> Guards(Guid venue, CancellationToken ct) => Get<GuardsShown>($"venues/{venue}/guards", ct);

    public Task<Answer<GuardNumber>> GuardsOnDuty(Guid venue, CancellationToken ct) => Get<GuardNumber>($"venues/{venue}/guards/on-duty", ct);

    public Task<Answer<PostTelephone>> PostTelephone(Guid venue, CancellationToken ct) => Get<PostTelephone>($"venues/{venue}/guards/telephone", ct);

    public Task<Answer<CommandAnswer>> SetPostTelephone(Guid venue, PostTelephone telephone, CancellationToken ct) => Send(HttpMethod.Put, $"venues/{venue}/guards/telephone", telephone, ct);

    public Task<Answer<GuardCode>> GuardCode(Guid venue, CancellationToken ct) => Get<GuardCode>($"venues/{venue}/guards/code", ct);

    public Task<Answer<CommandAnswer>> SignContract(Guid venue, SecurityContract contract, CancellationToken ct) =>
        Send(HttpMethod.Put, $"venues/{venue}/guards/contract", new GuardingCommand.SignContract(contract), ct);

    public Task<Answer<CommandAnswer>> RecordLicence(Guid venue, GuardingCommand.RecordLicence command, CancellationToken ct) =>
        Send(HttpMethod.Post, $"venues/{venue}/guards/contract/licence", command, ct);

    public Task<Answer<CommandAnswer>> EndContract(Guid venue, GuardingCommand.EndContract command, CancellationToken ct) =>
        Send(HttpMethod.Post, $"venues/{venue}/guards/contract/ended", command, ct);

    /// <summary>The first PIN comes once, to the knock that entered the guard.</summary>
    public Task<Answer<GuardPin>> EnterGuard(Guid venue, Guid guard, GuardForm form, CancellationToken ct) =>
        Send<GuardPin>(HttpMethod.Put, $"venues/{venue}/guards/{guard}", form, ct, key: guard);

    public Task<Answer<GuardPin>> NewGuardPin(Guid venue, Guid guard, CancellationToken ct) =>
        Send<GuardPin>(HttpMethod.Post, $"venues/{venue}/guards/{guard}/pin", null, ct);

    public Task<Answer<CommandAnswer>> RecordCertificate(Guid venue, GuardingCommand.RecordCertificate command, CancellationToken ct) =>
        Send(HttpMethod.Post, $"venues/{venue}/guards/{command.GuardId}/certificate", command, ct);

    public Task<Answer<CommandAnswer>> RemoveGuard(Guid venue, Guid guard, CancellationToken ct) =>
        Send(HttpMethod.Post, $"venues/{venue}/guards/{guard}/removed", null, ct);

    public Task<Answer<CommandAnswer>> PlanShift(Guid venue, ShiftCommand.Plan command, CancellationToken ct) =>
        Send(HttpMethod.Post, $"venues/{venue}/shifts", command, ct);

    public Task<Answer<CommandAnswer>> CancelShift(Guid venue, DateOnly night, Guid shift, CancellationToken ct) =>
        Send(HttpMethod.Post, $"venues/{venue}/shifts/{night:O}/cancelled", new ShiftCommand.Cancel(shift), ct);

    public Task<Answer<CommandAnswer>> WriteShiftEnd(Guid venue, DateOnly night, ShiftCommand.WriteEnd command, CancellationToken ct) =>
        Send(HttpMethod.Post, $"venues/{venue}/shifts/{night:O}/end-written", command, ct);

    public Task<Answer<CommandAnswer>> CountHeads(Guid venue, int persons, CancellationToken ct) =>
        Send(HttpMethod.Post, $"venues/{venue}/guards/heads", new ShiftCommand.CountHeads(persons), ct);

    // The incident book
    public Task<Answer<Page<EntryShown>>> IncidentBook(Guid venue, string? cursor, int limit, CancellationToken ct) =>
        Get<Page<EntryShown>>($"venues/{venue}/incidents?limit={limit}{With("after", cursor)}", ct);

    public Task<Answer<CommandAnswer>> OpenEntry(Guid venue, Guid entry, EntryForm form, CancellationToken ct) =>
        Send(HttpMethod.Put, $"venues/{venue}/incidents/{entry}", form, ct);

    public Task<Answer<CommandAnswer>> WriteUp(Guid venue, Guid entry, string words, CancellationToken ct) =>
        Send(HttpMethod.Post, $"venues/{venue}/incidents/{entry}/written-up", new EntryWords(words), ct);

    public Task<Answer<CommandAnswer>> CorrectEntry(Guid venue, Guid entry, string words, CancellationToken ct) =>
        Send(HttpMethod.Post, $"venues/{venue}/incidents/{entry}/corrected", new EntryWords(words), ct);

    // At the venue, without signing in
    public Task<Answer<CheckInTicket>> OpenGuardCode(Guid venue, CodeOpened opened, CancellationToken ct) =>
        Send<CheckInTicket>(HttpMethod.Post, $"public/venues/{venue}/guard-code", opened, ct);

    public Task<Answer<GuardChecked>> CheckGuard(Guid venue, GuardCheck check, CancellationToken ct) =>
        Send<GuardChecked>(HttpMethod.Post, $"public/venues/{venue}/guard-check", check, ct);
}
