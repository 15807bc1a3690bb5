using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Api.Vault;
using Compliance.Api.Views;
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
        if (opened.Refusal is { } no) return Problems.Of(no);
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

/// <summary>Pictures of candidates, sealed one by one; each is gone when it is dismissed or its day has passed.</summary>
internal sealed class CandidatePictures(DataFolder data, IDataProtectionProvider protection, IEventLog log) : IDisposable
{
    const string Actor = "reaction:erase-pictures-of-candidates";

    readonly SealedFile _file = new(data.File("candidates.db"));

    readonly SemaphoreSlim _gate = new(1);

    public void Dispose() => _gate.Dispose();

    /// <summary>Kept before the fact that names it, one after the other. What is named is not written over, what is refused does not stay; where it broke off, <see cref="Sweep"/> asks the log.</summary>
    public async Task<Answer> Keep(Guid candidateId, byte[] jpeg, Func<Task<Answer>> say)
    {
        await _gate.WaitAsync();
        try
        {
            if (await IsNamed(candidateId, CancellationToken.None)) return await say();
            _file.Put(Name(candidateId), Seal(candidateId).Protect(jpeg));
            var answer = await say();
            if (!answer.IsDone) Drop(candidateId);
            return answer;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Whose pictures lie here.</summary>
    public IEnumerable<Guid> Kept() => _file.Names().Select(name => Guid.ParseExact(name, "N"));

    /// <summary>A face that no fact names, because a process or the log broke off before it, would lie here for ever.</summary>
    public async Task Sweep(Guid candidateId, CancellationToken ct)
    {
        await _gate.WaitAsync(ct); // whoever keeps one now has told of it by then
        try
        {
            if (!await IsNamed(candidateId, ct)) Drop(candidateId);
        }
        finally
        {
            _gate.Release();
        }
    }

    public byte[]? Get(Guid candidateId) => _file.Get(Name(candidateId)) is { } bytes ? Seal(candidateId).Unprotect(bytes) : null;

    void Drop(Guid candidateId) => _file.Erase(Name(candidateId));

    async Task<bool> IsNamed(Guid candidateId, CancellationToken ct) =>
        (await log.Load(FaceCandidate.Decider, new(FaceCandidate.Decider.Category, candidateId), ct)).State is not FaceCandidate.Unknown;

    /// <summary>It goes first, so the fact never claims what has not happened.</summary>
    public async Task Erase(Guid candidateId, CancellationToken ct)
    {
        Drop(candidateId);
        await log.Execute(FaceCandidate.Decider, candidateId, new FaceCandidateCommand.ErasePicture(), new(EventIds.From(candidateId, "erase-picture"), Actor), ct);
    }

    IDataProtector Seal(Guid candidateId) => protection.CreateProtector("face-candidate", Name(candidateId));

    static string Name(Guid candidateId) => candidateId.ToString("N");
}
