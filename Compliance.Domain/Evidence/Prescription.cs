using Compliance.Domain.Cases;
using Compliance.Domain.Duties;
using Compliance.Domain.Inspections;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Evidence;

/// <summary>One order by itself: what is to be put right and until when, by which act or ruling. Computed from stored facts and from nothing else.</summary>
/// <param name="Venue">As the register had it when the order was made.</param>
/// <param name="Act">The inspection whose act named it, with <paramref name="Finding"/>; null of an order that a case ended in.</param>
/// <param name="Ruling">That a case ended in it; null of an order of an act. The rest of the case is for other readers.</param>
/// <param name="Facts">All facts it rests on, oldest first.</param>
public sealed record Prescription(DutyRow Order, VenueDetails Venue, Inspection.Done? Act, Finding? Finding, CaseEvent.Decided? Ruling, IReadOnlyList<Recorded> Facts)
{
    /// <summary>How the document follows from the facts; a new name when the rule changes.</summary>
    public const string Formula = "prescription.v1";

    /// <param name="facts">The streams of the order and of the venue, and that of the inspection or of the case it came from: of no other case.</param>
    /// <param name="at">As it stood then.</param>
    /// <returns>Null where nothing was ordered by then: a duty that follows from the law alone is no order.</returns>
    public static Prescription? Of(Guid dutyId, IReadOnlyList<Recorded> facts, DateTimeOffset at)
    {
        Recorded[] known = [.. facts.Where(f => f.RecordedAt <= at).OrderBy(f => f.Position)];
        if (DutyRow.View.Build(known.Where(f => f.Stream == new StreamId("duty", dutyId))).Values.SingleOrDefault() is not { } order) return null;
        var arose = known.Last(f => f.Stream == new StreamId("duty", dutyId) && EventCatalog.Decode(f) is DutyEvent.Arose).Position; // it arises again with each ruling
        var ruling = known.LastOrDefault(f => f.Position < arose && EventCatalog.Decode(f) is CaseEvent.Decided { Outcome: CaseOutcome.Prescription or CaseOutcome.Warning });
        var source = ruling is null ? (order.Source as DutySource.OfFinding) : null;
        var act = source is null ? null : Inspection.Decider.Fold(known.Where(f => f.Stream == new StreamId("inspection", source.InspectionId)).Select(EventCatalog.Decode).OfType<InspectionEvent>()) as Inspection.Done;
        var finding = act?.Findings.FirstOrDefault(f => f.FindingId == source!.FindingId);
        if (finding is null && ruling is null) return null;
        var named = known.LastOrDefault(f => f.Stream == new StreamId("venue", order.VenueId) && f.RecordedAt <= order.Clock.Detected && VenueEvent.DetailsIn(EventCatalog.Decode(f)) is not null);
        var signedFrom = source is null ? 0 : known.Where(f => f.Stream == new StreamId("inspection", source.InspectionId)).Where(f => EventCatalog.Decode(f) is InspectionEvent.Signed or InspectionEvent.SignatureRefused).Select(f => f.Revision).DefaultIfEmpty(long.MaxValue).Min();
        return named is null ? null : new(order.AsOf(at), VenueEvent.DetailsIn(EventCatalog.Decode(named))!, act, finding, ruling is null ? null : (CaseEvent.Decided)EventCatalog.Decode(ruling)!,
            [named, .. known.Where(f => f.Stream == new StreamId("duty", dutyId) || (source is not null && f.Stream == new StreamId("inspection", source.InspectionId) && IsOf(f, finding!, signedFrom)) || f.EventId == ruling?.EventId)]);
    }

    /// <summary>What was said of other rules before anybody signed is another order's matter; what was said later may have undone a signature.</summary>
    static bool IsOf(Recorded recorded, Finding finding, long signedFrom) => recorded.Revision > signedFrom || EventCatalog.Decode(recorded) switch
    {
        InspectionEvent.ItemRecorded f => f.RuleId == finding.RuleId,
        InspectionEvent.PhotoAttached f => f.Photo.RuleId == finding.RuleId,
        _ => true,
    };
}
