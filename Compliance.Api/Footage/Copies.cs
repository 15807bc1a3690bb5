using Compliance.Api.Identity;
using Compliance.Domain.Footage;
using Compliance.Domain.Kernel;

namespace Compliance.Api.Footage;

/// <summary>An officer asks for a copy of a file with himself burnt in as its recipient, sees how far it is, and may stop it. It leaves with an export alone (<see cref="HandOver"/>), which is a fact; asking is none.</summary>
static class Copies
{
    public static IReadOnlyList<CopyShown> List(Caller caller, MarkedCopies copies) => [.. copies.Of(caller.SubjectId).Select(copies.Shown)];

    public static async Task<IResult> Ask(Guid requestId, Guid fileId, Caller caller, IEventLog log, FootageStore store, MarkedCopies copies, TimeProvider clock, CancellationToken ct)
    {
        var (state, _, _) = await log.Load(FootageRequest.Decider, new(FootageRequest.Decider.Category, requestId), ct);
        // What the request would say of taking it over is said before anything is made.
        if (FootageRequest.Decider.Decide(state, new FootageCommand.TakeOver(fileId, caller.SubjectId, null, clock.GetUtcNow())).Refusal is { } no) return Problems.Of(no);
        if (store.Find(fileId) is not { IsWhole: true } file) return Problems.Of(new Refusal("footage.file-unknown", "This file has not come, or was erased."));
        return await Begin(requestId, file, caller, store, copies, ct) is { } copy ? Results.Ok(copies.Shown(copy))
            : Problems.Of(new Refusal("footage.too-many-copies", $"At most {MarkedCopies.MostComing} copies of yours are made one after the other; wait for one, or stop one."));
    }

    /// <summary>Also throws away one that lies there.</summary>
    public static IResult Stop(Guid requestId, Guid fileId, Caller caller, MarkedCopies copies)
    {
        if (copies.Of(fileId, caller.SubjectId) is { } copy && copy.RequestId == requestId) copies.Drop(copy);
        return Results.NoContent();
    }

    /// <summary>Null where the officer has too many waiting.</summary>
    internal static async Task<MarkedCopy?> Begin(Guid requestId, StoredFootage file, Caller caller, FootageStore store, MarkedCopies copies, CancellationToken ct) =>
        copies.Begin(requestId, file, caller.SubjectId, Watermark.FormatOf(await store.Head(file, ct)) is null ? CopyFailure.NoVideo : null);
}
