using System.Globalization;
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

    /// <summary>It follows from what the order says: who knows the order knows the visit.</summary>
    public static Guid VisitOf(LicenceEvent.InspectionOrdered order) => EventIds.From(order.VenueId, string.Create(CultureInfo.InvariantCulture, $"ordered-visit/{order.At.UtcTicks}"));

    static IReadOnlyList<Reaction> React(object fact, Recorded recorded)
    {
        if (fact is not LicenceEvent.InspectionOrdered f) return [];
        var id = VisitOf(f);
        return [Reaction.Send(Inspection.Decider, id, new InspectionCommand.Schedule(
            id, f.VenueId, InspectionKind.Scheduled, VenueZone.Day(f.Due), RulebookShelf.Usual, Body, InspectionFaults.Cut(f.Ruling.Grounds), []))];
    }
}
