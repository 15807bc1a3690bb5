using Compliance.Domain.Kernel;

namespace Compliance.Domain.Rulebooks;

/// <summary>One MCI in tenge as a sanction table lists it, from a day on.</summary>
public sealed record MciValue(DateOnly From, decimal Tenge, Confidence Confidence, IReadOnlyList<string> Sources);

/// <summary>One MCI in tenge as it is known.</summary>
/// <param name="Source">Where it was read, in words.</param>
/// <param name="OfficerId">Who entered it; null for one the house was delivered with.</param>
/// <param name="Was">What stood there before it was corrected.</param>
public sealed record MciEntry(
    DateOnly From, decimal Tenge, string Source, Confidence Confidence, Guid? OfficerId = null, DateTimeOffset? At = null, decimal? Was = null, string? Grounds = null);

/// <summary>The monthly calculation indices by the day they hold from. What the authority told stands above what the house was delivered with.</summary>
/// <param name="Told">Those the authority told.</param>
public sealed record MciLine(IReadOnlyList<MciEntry> Told)
{
    /// <summary>The month from which on the index of the next year is missed: budgets are law by then.</summary>
    const int December = 12;

    public static readonly View<MciLine> View = new(
        "mci", 1, fact => (fact as MciEvent)?.MciId, (row, fact, _) => fact is MciEvent f ? Mci.Evolve(row ?? new([]), f) : row, _ => null, _ => "");

    /// <summary>Every index that is known, the oldest first.</summary>
    public IReadOnlyList<MciEntry> All() => [.. Delivered.Where(given => Told.All(told => told.From != given.From)).Concat(Told).OrderBy(entry => entry.From)];

    /// <summary>The index of a day; null where that of its year was not entered yet: none lives on into the next year.</summary>
    public MciEntry? On(DateOnly day) => All().LastOrDefault(entry => entry.From <= day && entry.From.Year == day.Year);

    /// <summary>The year whose index has to be entered now: this one, or from December on the next. Null when both are known.</summary>
    public int? MissingOn(DateOnly today) =>
        On(today) is null ? today.Year : today.Month == December && On(new(today.Year + 1, 1, 1)) is null ? today.Year + 1 : null;

    internal MciLine With(MciEntry entry) => new([.. Told.Where(other => other.From != entry.From), entry]);

    static readonly IReadOnlyList<MciEntry> Delivered =
        [.. Sanctions.Table.Mci.Select(value => new MciEntry(value.From, value.Tenge, string.Join("; ", value.Sources.Select(id => Sanctions.Table.Sources[id].Act)), value.Confidence))];
}

/// <summary>What the door of the index answers: every value that is known, and the year whose value is missed.</summary>
public sealed record MciShown(IReadOnlyList<MciEntry> Entries, int? Missing);

/// <summary>A new index, and the act that sets it.</summary>
public sealed record MciWord(DateOnly From, decimal Tenge, string Source);

/// <summary>An index that was wrong, and why.</summary>
public sealed record MciCorrection(DateOnly From, decimal Tenge, string Source, string Grounds);
