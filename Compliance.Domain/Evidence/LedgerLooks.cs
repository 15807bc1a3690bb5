using Compliance.Domain.Access;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Evidence;

/// <summary>The sessions in which police looked at a venue's cameras, of those that were opened within a period, as the venue reads them. Computed from their facts and from nothing else.</summary>
/// <param name="Lines">In the order they were opened; by whom and why only where the seal has ended.</param>
public sealed record LedgerLooks(SeenTotals Totals, IReadOnlyList<SeenByPolice> Lines)
{
    /// <param name="facts">The streams of the venue's sessions, each whole; others are let go.</param>
    /// <param name="now">By which seals have ended or not.</param>
    public static LedgerLooks Of(Guid venueId, Period period, DateTimeOffset now, IEnumerable<Recorded> facts)
    {
        AccessRow[] rows = [.. AccessRow.View.Build(facts.Where(f => f.Stream.Category == AccessSession.Decider.Category)).Values
            .Where(row => row.VenueId == venueId && row.OpenedAt >= period.From && row.OpenedAt < period.To).OrderBy(row => row.OpenedAt).ThenBy(row => row.SessionId)];
        return new(SeenTotals.Of(rows), [.. rows.Select(row => SeenByPolice.Of(row, now))]);
    }
}
