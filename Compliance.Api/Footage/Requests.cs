using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Api.Views;
using Compliance.Domain.Alerts;
using Compliance.Domain.Devices;
using Compliance.Domain.Footage;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Api.Footage;

/// <summary>What police ask for, take back and hold, and what both sides read. Officer, clock and legal bases are the door's own.</summary>
static class Requests
{
    public static async Task<Answer> Ask(Guid requestId, FootageCommand.Request body, Knock knock, Posts posts, Beginnings beginnings, FootageRules rules, TimeProvider clock)
    {
        if (body.RequestId != requestId) return Problems.OtherId("requestId");
        var (venue, _, _) = await knock.Log.Load(Venue.Decider, new("venue", body.VenueId), knock.Ct);
        if (venue is not Venue.Open open) return new Refusal("venue.closed", "The venue has been closed.");
        foreach (var camera in body.Cameras)
        {
            if ((await beginnings.Of(new("device", camera), knock.Ct))?.Fact is not DeviceEvent.Registered { Spec: CameraSpec } card || card.VenueId != body.VenueId)
                return new Refusal("footage.camera-elsewhere", "This is no camera of the venue.", "cameras");
        }

        return await knock.Send(FootageRequest.Decider, requestId, body with
        {
            OfficerId = knock.Caller.SubjectId, At = clock.GetUtcNow(), Term = rules.Term, BasisIds = [.. open.Bases.Where(b => b.HoldsOn(posts.Today)).Select(b => b.BasisId)],
        });
    }

    public static async Task<Answer> Withdraw(Guid requestId, Knock knock, FetchProgress progress, FootageStore store, MarkedCopies copies, TimeProvider clock)
    {
        var answer = await Fetches.End(requestId, new FootageCommand.Withdraw(new Officer(knock.Caller.SubjectId, knock.Caller.Is(Who.Supervisor)), clock.GetUtcNow()), knock, progress, store);
        if (answer.IsDone) copies.DropOf(requestId);
        return answer;
    }

    public static Task<Answer> Hold(Guid requestId, FootageCommand.Hold body, Knock knock, TimeProvider clock) =>
        knock.Send(FootageRequest.Decider, requestId, body with { By = knock.Caller.SubjectId, At = clock.GetUtcNow() });

    public static Task<Page<FootageRow>> List([AsParameters] Paging paging, IViewStore views, CancellationToken ct) => views.List(FootageRow.View, null, paging.Size, paging.After, ct);

    public static Task<Page<FootageRow>> OfVenue(Guid venueId, [AsParameters] Paging paging, IViewStore views, CancellationToken ct) =>
        views.List(FootageRow.View, [venueId], paging.Size, paging.After, ct);

    public static async Task<Shown<FootageRow>> Show(Guid requestId, IViewStore views, CancellationToken ct) =>
        await views.Find(FootageRow.View, requestId, ct) is { } row ? new(row, row.Revision) : new(null);
}
