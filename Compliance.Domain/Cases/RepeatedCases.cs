using Compliance.Domain.Kernel;

namespace Compliance.Domain.Cases;

/// <summary>Which cases of a venue are repeats, and of which ruling; and which rulings were cancelled. One that counts from a cancelled ruling waits to be charged anew, and stands on top.</summary>
public sealed record RepeatedCases(Guid VenueId, IReadOnlyList<RepeatedCase> Repeats, IReadOnlyList<Guid> Cancelled)
{
    public static readonly View<RepeatedCases> View = new(
        "case-repeats", 2, fact => (fact as CaseEvent)?.VenueId, Apply, row => row.VenueId, row => $"{(row.Waiting().Any() ? 0 : 1)}{row.VenueId:N}");

    /// <summary>Those that count from a ruling which counts no more.</summary>
    public IEnumerable<RepeatedCase> Waiting() => Repeats.Where(repeat => Cancelled.Contains(repeat.Earlier));

    static RepeatedCases? Apply(RepeatedCases? row, object fact, Recorded recorded) => fact switch
    {
        CaseEvent.Opened { Charge.Earlier: { } earlier } f => With(row, f, [new(f.CaseId, earlier)]),
        CaseEvent.ChargedAnew { Charge.Earlier: { } earlier } f => With(row, f, [new(f.CaseId, earlier)]),
        CaseEvent.ChargedAnew f => With(row, f, []),
        CaseEvent.AppealDecided { Outcome: AppealOutcome.Cancelled } f => Without(row, f),
        CaseEvent.Decided { Outcome: CaseOutcome.Dismissed } f => Without(row, f),
        _ => row,
    };

    static RepeatedCases Without(RepeatedCases? row, CaseEvent ruled) => new(ruled.VenueId, row?.Repeats ?? [], [.. row?.Cancelled ?? [], ruled.CaseId]);

    static RepeatedCases With(RepeatedCases? row, CaseEvent of, IReadOnlyList<RepeatedCase> now) =>
        new(of.VenueId, [.. (row?.Repeats ?? []).Where(repeat => repeat.CaseId != of.CaseId), .. now], row?.Cancelled ?? []);
}

/// <summary>A case, and the earlier one within a year that makes it a repeat.</summary>
public sealed record RepeatedCase(Guid CaseId, Guid Earlier);
