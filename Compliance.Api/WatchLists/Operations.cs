using Compliance.Api.Entrance;
using Compliance.Api.Views;
using Compliance.Domain.Detectors;
using Compliance.Domain.Kernel;
using Compliance.Domain.WatchLists;

namespace Compliance.Api.WatchLists;

/// <summary>When, where and for whom faces are compared: planned by one officer, approved by another who was shown what it costs.</summary>
static class Operations
{
    public static Task<Page<WatchOperationRow>> List([AsParameters] Paging paging, IViewStore views, CancellationToken ct) => views.List(WatchOperationRow.View, null, paging.Size, paging.After, ct);

    public static async Task<Answer> Plan(Guid operationId, WatchOperationCommand.Plan body, Knock knock, TimeProvider clock)
    {
        if (body.OperationId != operationId) return Problems.OtherId("operationId");
        var (basis, _, _) = await knock.Log.Load(DetectorBasis.Decider, new(DetectorBasis.Decider.Category, body.BasisId), knock.Ct);
        if (basis is not DetectorBasis.Standing { Card: { Detector: Detector.WatchList } card } || card.VenueId != body.VenueId)
            return new Refusal("watchoperation.no-basis", "No basis of the authority allows faces to be compared at this venue.", "basisId");
        if (body.Cameras.Except(card.Cameras).Any()) return new Refusal("watchoperation.camera-outside", "The authority's basis does not name this camera.", "cameras");
        if (!body.Hours.IsWithin(card.Hours)) return new Refusal("watchoperation.hours-outside", "The authority's basis does not allow these hours.", "hours");
        if (body.From < card.From || body.Until > card.Until) return new Refusal("watchoperation.time-outside", "The operation reaches beyond the authority's basis.", "until");
        foreach (var entry in body.Entries)
            if (await Entries.Standing(entry, knock) is not { } known || !known.HoldsAt(clock.GetUtcNow())) return new Refusal("watchoperation.entry-over", "An entry that does not hold now is looked for by nobody.", "entries");
        return await knock.Send(WatchOperation.Decider, operationId, body with { AuthorId = knock.Caller.SubjectId, At = clock.GetUtcNow() });
    }

    public static async Task<IResult> Size(Guid operationId, Lists lists, IViewStore views, CancellationToken ct)
    {
        if (await views.Find(WatchOperationRow.View, operationId, ct) is not { Card: var card }) return Problems.Of(new Refusal("watchoperation.unknown", "There is no such operation."));
        var others = new List<WatchOperationEvent.Planned>();
        await foreach (var row in views.From(WatchOperationRow.View, ct))
        {
            if (row.End is not null) break;
            if (row.Stage == OperationStage.Approved) others.Add(row.Card);
        }

        return TypedResults.Ok(await lists.Size(card.Entries, card.Passers, ct) with { Night = NightSize.Of(card, others) });
    }

    public static async Task<Answer> Approve(Guid operationId, WatchOperationCommand.Approve body, Knock knock, Lists lists, TimeProvider clock)
    {
        var (state, _, _) = await knock.Log.Load(WatchOperation.Decider, new(WatchOperation.Decider.Category, operationId), knock.Ct);
        var size = state is WatchOperation.Known known ? await lists.Size(known.Card.Entries, known.Card.Passers, knock.Ct) : null;
        return await knock.Send(WatchOperation.Decider, operationId, body with { By = knock.Caller.SubjectId, Size = size, At = clock.GetUtcNow() });
    }

    public static Task<Answer> Authorise(Guid operationId, WatchOperationCommand.Authorise body, Knock knock, TimeProvider clock) =>
        knock.Send(WatchOperation.Decider, operationId, body with { By = knock.Caller.SubjectId, At = clock.GetUtcNow() });

    public static Task<Answer> End(Guid operationId, Knock knock, TimeProvider clock) => knock.Send(WatchOperation.Decider, operationId, new WatchOperationCommand.End(clock.GetUtcNow()));
}
