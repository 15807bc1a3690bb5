using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Domain.Inspections;

namespace Compliance.Api.Inspections;

/// <summary>One inspection with its list as it stands. Of a surprise visit its venue hears when it begins, of the owner's own check the state when it is over.</summary>
static class Show
{
    public static async Task<Shown<InspectionSheet>> Handle(Guid inspectionId, Caller caller, Visits visits, Posts posts, CancellationToken ct)
    {
        var visit = await visits.Find(inspectionId, ct);
        var hidden = caller.Is(Who.Officials) ? visit.State is not (Inspection.Unknown or Inspection.Done) && Inspection.CardOf(visit.State).Kind == InspectionKind.SelfCheck
            && !await posts.Hold(caller, Who.Owner | Who.Manager, new(Inspection.CardOf(visit.State).VenueId), ct)
            : visit.State is Inspection.Planned { Card.Kind: InspectionKind.Unscheduled } or Inspection.Dropped { Card.Kind: InspectionKind.Unscheduled };
        return new(hidden ? null : InspectionSheet.Of(visit.State, await visits.ListOf(visit, ct), visit.At), visit.Revision);
    }
}
