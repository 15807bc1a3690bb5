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
        Guid venueId, Guid inspectionId, InspectionCommand.Schedule body, Knock knock, Beginnings beginnings, Library library, TimeProvider clock)
    {
        if (body.VenueId != venueId) return Problems.OtherId("venueId");
        if (body.InspectionId != inspectionId) return Problems.OtherId("inspectionId");
        if (await library.InForce(body.Rulebook, clock.GetUtcNow(), knock.Ct) is null) return new Refusal("rulebook.unknown", "There is no such rulebook.", "rulebook");
        if (await beginnings.Of(new("venue", venueId), knock.Ct) is null) return new Refusal("venue.unknown", "No such venue.");
        return MayPlan(body, knock) ? await knock.Send(Inspection.Decider, inspectionId, body)
            : new Refusal("inspection.not-yours", "An officer plans a visit that he walks himself, the venue its own check.");
    }

    static bool MayPlan(InspectionCommand.Schedule body, Knock knock) => body.Kind == InspectionKind.SelfCheck
        ? knock.Caller.Is(Who.Owner | Who.Manager) && body.Walkers is [var walker] && walker == knock.Caller.Id
        : knock.Caller.Is(Who.Authority) || (knock.Caller.Is(Who.Inspector) && body.Walkers.Contains(knock.Caller.Id));
}
