using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Api.Vault;
using Compliance.Api.Views;
using Compliance.Domain.Alerts;
using Compliance.Domain.Kernel;
using Compliance.Domain.WatchLists;
using Microsoft.AspNetCore.DataProtection;

namespace Compliance.Api.WatchLists;

/// <summary>Two persons on two accounts look at both pictures side by side; only then does a desk hear of it.</summary>
static class Candidates
{
    public static Task<Page<FaceCandidateRow>> List([AsParameters] Paging paging, IViewStore views, CancellationToken ct) => views.List(FaceCandidateRow.View, null, paging.Size, paging.After, ct);

    /// <summary>The face as the camera saw it; the picture to compare it with is the entry's. That an officer opens it is a fact before it is seen.</summary>
    public static async Task<IResult> Picture(Guid candidateId, Caller caller, IEventLog log, CandidatePictures pictures, HttpResponse response, CancellationToken ct)
    {
        var opened = await log.Execute(FaceCandidate.Decider, candidateId, new FaceCandidateCommand.Open(caller.Id), new(EventIds.From(candidateId, $"open/{caller.Id}"), caller.Actor), ct);
        return opened.Refusal is { } no ? Problems.Of(no) : Shown(candidateId, pictures, response);
    }

    /// <summary>The face of an alert that two officers confirmed, as the camera saw it: for whoever has the incident in hand, or leads. Both are asked of the log, and that he opens it is a fact before it is seen.</summary>
    public static async Task<IResult> OfIncident(Guid incidentId, Guid alertId, Caller caller, IEventLog log, CandidatePictures pictures, HttpResponse response, CancellationToken ct)
    {
        var (incident, _, _) = await log.Load(Incident.Decider, new(Incident.Decider.Category, incidentId), ct);
        if (Incident.HandRefused(incident, alertId, new(caller.Id, caller.Is(Who.Supervisor))) is { } not) return Problems.Of(not);
        if ((await log.Load(Alert.Decider, new(Alert.Decider.Category, alertId), ct)).State is not Alert.Known { Card: { Kind: AlertKind.WatchListMatch, Cause.AboutId: var candidateId } })
            return Problems.Of(new Refusal("facecandidate.unknown", "There is no such candidate."));
        var opened = await log.Execute(FaceCandidate.Decider, candidateId, new FaceCandidateCommand.Open(caller.Id, Goes: true), new(EventIds.From(candidateId, $"goes/{caller.Id}"), caller.Actor), ct);
        return opened.Refusal is { } no ? Problems.Of(no) : Shown(candidateId, pictures, response);
    }

    static IResult Shown(Guid candidateId, CandidatePictures pictures, HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        return pictures.Get(candidateId) is { } jpeg ? TypedResults.Bytes(jpeg, "image/jpeg") : Problems.Of(new Refusal("facecandidate.over", "This candidate has been decided, or its day has passed."));
    }

    /// <summary>What is decided keeps no picture of anybody who is not the one; of a confirmed one it stays its day, for the officers who go.</summary>
    public static async Task<Answer> Look(Guid candidateId, FaceCandidateCommand.Look body, Knock knock, CandidatePictures pictures, TimeProvider clock)
    {
        // Nobody is recognised as somebody who is not looked for any more.
        if (await IsGone(candidateId, knock, clock.GetUtcNow()))
        {
            await knock.Then(FaceCandidate.Decider, candidateId, new FaceCandidateCommand.Expire(clock.GetUtcNow(), IsVoid: true), "expire");
            await pictures.Erase(candidateId, knock.Ct);
            return new Refusal("facecandidate.over", "This candidate has been decided, or its day has passed.");
        }

        var answer = await knock.Send(FaceCandidate.Decider, candidateId, body with { By = knock.Caller.SubjectId, At = clock.GetUtcNow() });
        var (state, _, _) = await knock.Log.Load(FaceCandidate.Decider, new(FaceCandidate.Decider.Category, candidateId), knock.Ct);
        if (state is FaceCandidate.Over { As: FaceCandidateEvent.Dismissed }) await pictures.Erase(candidateId, knock.Ct);
        return answer;
    }

    static async Task<bool> IsGone(Guid candidateId, Knock knock, DateTimeOffset now)
    {
        var (state, _, _) = await knock.Log.Load(FaceCandidate.Decider, new(FaceCandidate.Decider.Category, candidateId), knock.Ct);
        if (state is not FaceCandidate.Waiting { Card: var card }) return false;
        var (operation, _, _) = await knock.Log.Load(WatchOperation.Decider, new(WatchOperation.Decider.Category, card.OperationId), knock.Ct);
        return operation is not WatchOperation.Known { IsVoid: false } || await Entries.Standing(card.EntryId, knock) is not { } entry || !entry.HoldsAt(now);
    }
}

/// <summary>Pictures of candidates; each is gone when it is dismissed or its day has passed.</summary>
internal sealed class CandidatePictures(DataFolder data, IDataProtectionProvider protection, IEventLog log) : IDisposable
{
    const string Actor = "reaction:erase-pictures-of-candidates";

    readonly NamedFiles _files = new(data.File("candidates.db"), protection, "face-candidate", async (id, ct) =>
        (await log.Load(FaceCandidate.Decider, new(FaceCandidate.Decider.Category, id), ct)).State is not FaceCandidate.Unknown);

    public void Dispose() => _files.Dispose();

    public Task<Answer> Keep(Guid candidateId, byte[] jpeg, Func<Task<Answer>> say) => _files.Keep(candidateId, jpeg, say);

    /// <summary>Whose pictures lie here.</summary>
    public IEnumerable<Guid> Kept() => _files.Kept();

    /// <summary>A face that no fact names would lie here for ever.</summary>
    public Task Sweep(Guid candidateId, CancellationToken ct) => _files.Sweep(candidateId, ct);

    public byte[]? Get(Guid candidateId) => _files.Get(candidateId);

    /// <summary>It goes first, so the fact never claims what has not happened.</summary>
    public async Task Erase(Guid candidateId, CancellationToken ct)
    {
        _files.Erase(candidateId);
        await log.Execute(FaceCandidate.Decider, candidateId, new FaceCandidateCommand.ErasePicture(), new(EventIds.From(candidateId, "erase-picture"), Actor), ct);
    }
}
