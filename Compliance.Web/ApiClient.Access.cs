using Compliance.Domain.Access;
using Compliance.Domain.Kernel;
using Compliance.Web.Shell;

namespace Compliance.Web;

/// <summary>Access sessions of police officers, and what those who were watched read of them.</summary>
public sealed partial class ApiClient
{
    /// <summary>For everybody: how police looked, month by month.</summary>
    public Task<Answer<IReadOnlyList<MonthLooks>>> PublishedLooks(CancellationToken ct) => Get<IReadOnlyList<MonthLooks>>("public/looks", ct);

    public Task<Answer<CommandAnswer>> OpenAccess(AccessCommand.Open command, CancellationToken ct) => Send(HttpMethod.Put, $"access/{command.SessionId}", command, ct);

    public Task<Answer<Page<AccessRow>>> AccessSessions(bool review, string? cursor, int limit, CancellationToken ct) =>
        Get<Page<AccessRow>>($"access?limit={limit}{With("after", cursor)}{(review ? "&review=true" : "")}", ct);

    public Task<Answer<AccessRow>> AccessSession(Guid session, CancellationToken ct) => Get<AccessRow>($"access/{session}", ct);

    public Task<Answer<AccessSample>> AccessSample(CancellationToken ct) => Get<AccessSample>("access/sample", ct);

    public Task<Answer<CommandAnswer>> ExtendAccess(Guid session, ExtensionReason reason, CancellationToken ct) =>
        Send(HttpMethod.Post, $"access/{session}/extended", new AccessCommand.Extend(reason), ct);

    public Task<Answer<CommandAnswer>> CloseAccess(Guid session, CancellationToken ct) => Send(HttpMethod.Post, $"access/{session}/closed", null, ct);

    public Task<Answer<CommandAnswer>> NoteStill(Guid session, Guid device, string sha256, CancellationToken ct) =>
        Send(HttpMethod.Post, $"access/{session}/stills", new AccessCommand.TakeStill(device, sha256), ct);

    public Task<Answer<CommandAnswer>> ReviewAccess(Guid session, bool justified, string grounds, CancellationToken ct) =>
        Send(HttpMethod.Post, $"access/{session}/reviewed", new AccessVerdict(justified, grounds), ct);

    /// <summary>A ticket for one camera of a session that runs; good once, for seconds.</summary>
    public Task<Answer<LiveAdmission>> AdmitToLive(Guid session, Guid device, CancellationToken ct) =>
        Send<LiveAdmission>(HttpMethod.Post, $"access/{session}/tickets", new LiveWanted(device), ct);

    public Task<Answer<FeedsLooked>> FeedsLooked(CancellationToken ct) => Get<FeedsLooked>("access/feeds-looked-at", ct);

    public Task<Answer<SeenTotals>> SeenTotals(Guid venue, CancellationToken ct) => Get<SeenTotals>($"venues/{venue}/seen-by-police/totals", ct);

    public Task<Answer<Page<SeenByPolice>>> SeenByPolice(Guid venue, string? cursor, int limit, CancellationToken ct) =>
        Get<Page<SeenByPolice>>($"venues/{venue}/seen-by-police?limit={limit}{With("after", cursor)}", ct);
}
