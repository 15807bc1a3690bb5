using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Api.Views;
using Compliance.Domain.Inspections;

namespace Compliance.Api.Inspections;

/// <summary>One inspection with its list as it stands. Of a surprise visit its venue hears when it begins, of the owner's own check the state when it is over.</summary>
static class Show
{
    public static async Task<Shown<InspectionSheet>> Handle(Guid inspectionId, Caller caller, Visits visits, Posts posts, IViewStore views, CancellationToken ct)
    {
        var visit = await visits.Find(inspectionId, ct);
        var hidden = caller.Is(Who.Officials) ? visit.State is not (Inspection.Unknown or Inspection.Done) && Inspection.CardOf(visit.State).Kind == InspectionKind.SelfCheck
            && !await posts.Hold(caller, Who.Owner | Who.Manager, new(Inspection.CardOf(visit.State).VenueId), ct)
            : visit.State is Inspection.Planned { Card.Kind: InspectionKind.Unscheduled } or Inspection.Dropped { Card.Kind: InspectionKind.Unscheduled };
        if (hidden || InspectionSheet.Of(visit.State, await visits.ListOf(visit, ct), visit.At) is not { } sheet) return new(null, visit.Revision);
        return new(visit.State is Inspection.Done ? sheet with { ReInspections = await Of(inspectionId, sheet.VenueId, views, ct) } : sheet, visit.Revision);
    }

    /// <summary>The visits that verify what an act ordered, the latest on top.</summary>
    public static async Task<IReadOnlyList<InspectionRow>> Of(Guid actId, Guid venueId, IViewStore views, CancellationToken ct) =>
        [.. (await views.All(InspectionRow.View, [venueId], ct)).Where(row => row.OfAct == actId).OrderByDescending(row => row.On)];
}
