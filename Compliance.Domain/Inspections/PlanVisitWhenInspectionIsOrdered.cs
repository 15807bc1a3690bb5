using Compliance.Domain.Kernel;
using Compliance.Domain.Licences;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Inspections;

/// <summary>
/// An inspection that is ordered for a certificate is planned at once, for the last day it may take: nobody is named for it yet, and
/// the inspector who takes it walks it.
/// </summary>
public static class PlanVisitWhenInspectionIsOrdered
{
    /// <summary>The licensing authority, the same word in both state languages.</summary>
    const string Body = "Лицензиар";

    public static readonly Policy Policy = new("plan-visit-when-inspection-is-ordered", React);

    public static Guid VisitOf(Guid orderedBy) => EventIds.From(orderedBy, "visit");

    static IReadOnlyList<Reaction> React(object fact, Recorded recorded)
    {
        if (fact is not LicenceEvent.InspectionOrdered f) return [];
        var id = VisitOf(recorded.EventId);
        return [Reaction.Send(Inspection.Decider, id, new InspectionCommand.Schedule(
            id, f.VenueId, InspectionKind.Scheduled, VenueZone.Day(f.Due), RulebookShelf.Usual, Body, InspectionFaults.Cut(f.Ruling.Grounds), []))];
    }
}
