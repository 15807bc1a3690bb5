using Compliance.Api.Entrance;
using Compliance.Api.Rulebooks;
using Compliance.Domain.Inspections;
using Compliance.Domain.Kernel;

namespace Compliance.Api.Inspections;

/// <summary>
/// PUT, because the caller chose the id. Officers plan visits, an inspector one that he walks himself; the venue's own people plan
/// their own check.
/// </summary>
static class Schedule
{
    public static async Task<Answer> Handle(
        Guid venueId, Guid inspectionId, InspectionCommand.Schedule body, Knock knock, Beginnings beginnings, Posts posts, Library library, TimeProvider clock)
    {
        if (body.VenueId != venueId) return Problems.OtherId("venueId");
        if (body.InspectionId != inspectionId) return Problems.OtherId("inspectionId");
        if (await library.InForce(body.Rulebook, clock.GetUtcNow(), knock.Ct) is null) return new Refusal("rulebook.unknown", "There is no such rulebook.", "rulebook");
        if (await beginnings.Of(new("venue", venueId), knock.Ct) is null) return new Refusal("venue.unknown", "No such venue.");
        return await MayPlan(body, knock, posts) ? await knock.Send(Inspection.Decider, inspectionId, body)
            : new Refusal("inspection.not-yours", "An officer plans a visit that he walks himself, the venue its own check.");
    }

    static async Task<bool> MayPlan(InspectionCommand.Schedule body, Knock knock, Posts posts) => body.Kind == InspectionKind.SelfCheck
        ? body.Walkers is [var walker] && walker == knock.Caller.Id && await posts.Hold(knock.Caller, Who.Owner | Who.Manager, new(body.VenueId), knock.Ct)
        : knock.Caller.Is(Who.Authority) || (knock.Caller.Is(Who.Inspector) && body.Walkers.Contains(knock.Caller.Id));
}
