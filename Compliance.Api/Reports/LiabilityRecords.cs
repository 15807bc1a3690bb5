using Compliance.Api.Duties;
using Compliance.Api.Feeds;
using Compliance.Api.Rulebooks;
using Compliance.Api.Subjects;
using Compliance.Api.Venues;
using Compliance.Api.Views;
using Compliance.Domain.Cases;
using Compliance.Domain.Duties;
using Compliance.Domain.Evidence;
using Compliance.Domain.Inspections;
using Compliance.Domain.Kernel;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Venues;

namespace Compliance.Api.Reports;

/// <summary>Prints who answered for what at a venue: its history, its duties with their eight instants, its cases. For whoever may read cases.</summary>
sealed class LiabilityRecords(
    IViewStore views, VenueStreams streams, Writings writings, Library library, NameOf nameOf, TimeProvider clock)
{
    public static Task<IResult> Print(Guid venueId, [AsParameters] Wish wish, LiabilityRecords records, Papers papers, CancellationToken ct) =>
        papers.Answer(wish, async words => await records.Compose(venueId, words, ct), _ => new("venue.unknown", "No such venue."), ct);

    /// <summary>Null for a venue nobody registered.</summary>
    public async Task<LiabilitySheet?> Compose(Guid venueId, Words words, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (LiabilityRecord.Of(venueId, await FactsOf(venueId, ct), now) is not { } record) return null;
        var requirements = new Dictionary<Guid, Sentence>();
        foreach (var duty in record.Duties)
            if (await Requirements.Of(duty, library, ct) is { } requirement) requirements[duty.DutyId] = requirement;
        var said = record.Duties.Select(d => d.Extension?.Why).Concat(record.Cases.SelectMany(c => c.Pleadings.Select(p => p.Said).Append(c.Appeal?.Why))).OfType<Writing>();
        var audit = new AuditReport(record.Audit, now, new(nameOf, words));
        return new(record, audit, requirements, said.DistinctBy(w => w.WritingId).ToDictionary(w => w.WritingId, writings.Find));
    }

    /// <summary>The owner's own check that is not over yet is nobody else's; where a camera stands in his network says nothing of who answers for it.</summary>
    async Task<IReadOnlyList<Recorded>> FactsOf(Guid venueId, CancellationToken ct)
    {
        StreamId[] also =
        [
            new("licence", venueId), .. (await views.All(DutyRow.View, [venueId], ct)).Select(row => new StreamId("duty", row.DutyId)),
            .. (await views.All(CaseRow.View, [venueId], ct)).Select(row => new StreamId("case", row.CaseId)),
        ];
        var facts = (await streams.Of(venueId, ct, also: also)).Select(f => Addresses.AreIn(f.Stream) ? Addresses.Without(f) : f).ToList();
        foreach (var check in facts.GroupBy(f => f.Stream).Where(s => s.Key.Category == "inspection" && IsOpenSelfCheck(s)).Select(s => s.Key).ToArray())
            facts.RemoveAll(f => f.Stream == check);
        return facts;
    }

    static bool IsOpenSelfCheck(IEnumerable<Recorded> stream) =>
        Inspection.Decider.Fold(stream.Select(f => (InspectionEvent)EventCatalog.Decode(f)!)) is Inspection.Planned { Card.Kind: InspectionKind.SelfCheck }
            or Inspection.Running { Card.Kind: InspectionKind.SelfCheck } or Inspection.Dropped { Card.Kind: InspectionKind.SelfCheck };
}
