using Compliance.Domain.Kernel;
using Compliance.Domain.WatchLists;
using Compliance.Web.Shell;

namespace Compliance.Web;

/// <summary>Watch lists of the police, operations, and faces that may be somebody's.</summary>
public sealed partial class ApiClient
{
    public Task<Answer<Page<WatchEntryRow>>> WatchList(string? cursor, int limit, CancellationToken ct) => Get<Page<WatchEntryRow>>($"watch-list?limit={limit}{With("after", cursor)}", ct);

    /// <summary>Entries that hold now and have this in their case number.</summary>
    public Task<Answer<Page<WatchEntryRow>>> HoldingEntries(string number, int limit, CancellationToken ct) => Get<Page<WatchEntryRow>>($"watch-list?limit={limit}&holding={Uri.EscapeDataString(number)}", ct);

    public Task<Answer<WatchEntryRow>> WatchEntry(Guid entry, CancellationToken ct) => Get<WatchEntryRow>($"watch-list/{entry}", ct);

    public Task<Answer<CommandAnswer>> ProposeEntry(WatchProposal proposal, CancellationToken ct) => Send(HttpMethod.Put, $"watch-list/{proposal.Entry.EntryId}", proposal, ct);

    /// <summary>A file that an authority signed.</summary>
    public Task<Answer<ImportedWatchList>> ImportWatchList(Stream file, CancellationToken ct) =>
        Send<ImportedWatchList>(HttpMethod.Post, "watch-list/imported", new StreamContent(file) { Headers = { ContentType = new("application/pkcs7-mime") } }, ct);

    /// <summary>That it is read stands in the log.</summary>
    public Task<Answer<WatchedPerson>> WatchedPerson(Guid entry, CancellationToken ct) => Get<WatchedPerson>($"watch-list/{entry}/person", ct);

    /// <summary>The caller disposes the answer.</summary>
    public async Task<Answer<HttpResponseMessage>> AddWatchPicture(Guid entry, Guid picture, Stream jpeg, CancellationToken ct)
    {
        var request = await Request(HttpMethod.Put, $"watch-list/{entry}/pictures/{picture}");
        request.Content = new StreamContent(jpeg) { Headers = { ContentType = new("image/jpeg") } };
        return await Whole(request, ct);
    }

    /// <summary>The caller disposes the answer.</summary>
    public Task<Answer<HttpResponseMessage>> WatchPicture(Guid entry, Guid picture, CancellationToken ct) => Document($"watch-list/{entry}/pictures/{picture}", ct);

    public Task<Answer<CommandAnswer>> ApproveEntry(Guid entry, CancellationToken ct) => Send(HttpMethod.Post, $"watch-list/{entry}/approved", null, ct);

    public Task<Answer<CommandAnswer>> DeclineEntry(Guid entry, WatchDecline because, CancellationToken ct) => Send(HttpMethod.Post, $"watch-list/{entry}/declined", new WatchEntryCommand.Decline(because), ct);

    public Task<Answer<CommandAnswer>> AskRenewal(Guid entry, RenewalProposal renewal, CancellationToken ct) => Send(HttpMethod.Post, $"watch-list/{entry}/renewal", renewal, ct);

    public Task<Answer<CommandAnswer>> RemoveEntry(Guid entry, WatchRemoval because, CancellationToken ct) => Send(HttpMethod.Post, $"watch-list/{entry}/removed", new WatchEntryCommand.Remove(because), ct);

    public Task<Answer<Page<WatchOperationRow>>> WatchOperations(string? cursor, int limit, CancellationToken ct) => Get<Page<WatchOperationRow>>($"watch-operations?limit={limit}{With("after", cursor)}", ct);

    public Task<Answer<CommandAnswer>> PlanOperation(WatchOperationCommand.Plan command, CancellationToken ct) => Send(HttpMethod.Put, $"watch-operations/{command.OperationId}", command, ct);

    public Task<Answer<ListSize>> SizeOfList(Guid operation, CancellationToken ct) => Get<ListSize>($"watch-operations/{operation}/size", ct);

    public Task<Answer<CommandAnswer>> ApproveOperation(Guid operation, int listed, CancellationToken ct) =>
        Send(HttpMethod.Post, $"watch-operations/{operation}/approved", new WatchOperationCommand.Approve(listed), ct);

    public Task<Answer<CommandAnswer>> AuthoriseOperation(Guid operation, string number, CancellationToken ct) =>
        Send(HttpMethod.Post, $"watch-operations/{operation}/authorised", new WatchOperationCommand.Authorise(number), ct);

    public Task<Answer<CommandAnswer>> EndOperation(Guid operation, CancellationToken ct) => Send(HttpMethod.Post, $"watch-operations/{operation}/ended", null, ct);

    public Task<Answer<Page<FaceCandidateRow>>> FaceCandidates(string? cursor, int limit, CancellationToken ct) => Get<Page<FaceCandidateRow>>($"face-candidates?limit={limit}{With("after", cursor)}", ct);

    /// <summary>The caller disposes the answer.</summary>
    public Task<Answer<HttpResponseMessage>> CandidatePicture(Guid candidate, CancellationToken ct) => Document($"face-candidates/{candidate}/picture", ct);

    /// <summary>The face of an alert that two officers confirmed. The caller disposes the answer.</summary>
    public Task<Answer<HttpResponseMessage>> MatchPicture(Guid incident, Guid alert, CancellationToken ct) => Document($"incidents/{incident}/faces/{alert}", ct);

    public Task<Answer<CommandAnswer>> LookAtCandidate(Guid candidate, bool isSame, CancellationToken ct) =>
        Send(HttpMethod.Post, $"face-candidates/{candidate}/looked-at", new FaceCandidateCommand.Look(isSame), ct);
}
