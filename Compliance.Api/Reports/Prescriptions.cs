using Compliance.Api.Rulebooks;
using Compliance.Api.Subjects;
using Compliance.Api.Views;
using Compliance.Domain.Cases;
using Compliance.Domain.Duties;
using Compliance.Domain.Evidence;
using Compliance.Domain.Kernel;
using Compliance.Domain.Rulebooks;

namespace Compliance.Api.Reports;

/// <summary>Prints one order by itself: what is to be put right, until when, by whose word and how to object.</summary>
sealed class Prescriptions(IEventLog log, IViewStore views, Library library, Writings writings, NameOf nameOf, TimeProvider clock)
{
    static readonly Refusal NoOrder = new("report.no-order", "Nobody ordered this duty: it follows from the law alone.");

    public static Task<IResult> Print(Guid dutyId, [AsParameters] Wish wish, Prescriptions orders, Papers papers, CancellationToken ct) =>
        papers.Answer(wish, async words => await orders.Compose(dutyId, words, ct), _ => NoOrder, ct);

    /// <summary>Null of a duty that nobody ordered.</summary>
    public async Task<PrescriptionSheet?> Compose(Guid dutyId, Words words, CancellationToken ct)
    {
        if (await views.Find(DutyRow.View, dutyId, ct) is not { } row) return null;
        var ruled = (await views.All(CaseRow.View, [row.VenueId], ct)).Where(c => OrderWhenCaseEndsInPrescription.OrderOf(c.DutyId) == dutyId).Select(c => new StreamId("case", c.CaseId));
        StreamId[] streams = [new("duty", dutyId), new("venue", row.VenueId), .. row.Source is DutySource.OfFinding of ? (StreamId[])[new("inspection", of.InspectionId)] : [], .. ruled];
        var now = clock.GetUtcNow();
        if (Prescription.Of(dutyId, await log.ReadMany(streams, ct).ToListAsync(ct), now) is not { } order) return null;
        var at = order.Order.Still is null ? order.Facts.Max(f => f.RecordedAt) : now; // nothing of it changes by time alone, but a term that stands still
        var book = order.Act?.Walk.Start is { } start ? (await library.Find(start.Rulebook, start.Version, ct))?.Book : (await library.InForce(RulebookShelf.Usual, order.Order.Clock.Detected, ct))?.Book;
        return new(order, at, book, order.Order.Extension is { } more ? writings.Find(more.Why) : null, new(nameOf, words));
    }
}
