using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Domain.Inspections;

namespace Compliance.Api.Inspections;

/// <summary>One inspection with its list as it stands. Of a surprise visit its venue hears when it begins.</summary>
static class Show
{
    public static async Task<Shown<InspectionSheet>> Handle(Guid inspectionId, Caller caller, Visits visits, CancellationToken ct)
    {
        var visit = await visits.Find(inspectionId, ct);
        var hidden = visit.State is Inspection.Planned { Card.Kind: InspectionKind.Unscheduled } or Inspection.Dropped { Card.Kind: InspectionKind.Unscheduled }
            && !caller.Is(Who.Officials);
        return new(hidden ? null : InspectionSheet.Of(visit.State, await visits.ListOf(visit, ct), visit.At), visit.Revision);
    }
}
