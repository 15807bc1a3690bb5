using System.Text.Json.Serialization;

namespace Compliance.Domain.Rulebooks;

/// <summary>
/// How a rule is found to be met: a small typed language. An attribute is named as the <see cref="Vocabulary"/> does: of the
/// thing at hand (<c>width</c> within <c>each camera</c>), or of the venue from anywhere (<c>venue.capacity</c>). A number,
/// list or span that is null is one whose legal text nobody has read yet: the rule is then unknown, never passed.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "check")]
[JsonDerivedType(typeof(All), "all")]
[JsonDerivedType(typeof(Any), "any")]
[JsonDerivedType(typeof(When), "when")]
[JsonDerivedType(typeof(Each), "each")]
[JsonDerivedType(typeof(Count), "count")]
[JsonDerivedType(typeof(CountByTable), "count-by-table")]
[JsonDerivedType(typeof(CountByHeads), "count-by-heads")]
[JsonDerivedType(typeof(AtLeast), "at-least")]
[JsonDerivedType(typeof(AtMost), "at-most")]
[JsonDerivedType(typeof(AtLeastSum), "at-least-sum")]
[JsonDerivedType(typeof(Is), "is")]
[JsonDerivedType(typeof(OneOf), "one-of")]
[JsonDerivedType(typeof(HoldsAll), "holds-all")]
[JsonDerivedType(typeof(HoldsAny), "holds-any")]
[JsonDerivedType(typeof(HoldsNone), "holds-none")]
[JsonDerivedType(typeof(IsKnown), "known")]
[JsonDerivedType(typeof(InForce), "in-force")]
[JsonDerivedType(typeof(Age), "age")]
[JsonDerivedType(typeof(Lapse), "lapse")]
[JsonDerivedType(typeof(NotPast), "not-past")]
[JsonDerivedType(typeof(Share), "share")]
[JsonDerivedType(typeof(Gaps), "gaps")]
[JsonDerivedType(typeof(NoneDuring), "none-during")]
[JsonDerivedType(typeof(CheckedBeforeOpening), "checked-before-opening")]
[JsonDerivedType(typeof(Trading), "trading")]
[JsonDerivedType(typeof(NotExpressed), "not-expressed")]
public abstract record Check
{
    // Together.
    public sealed record All(IReadOnlyList<Check> Of) : Check;
    public sealed record Any(IReadOnlyList<Check> Of) : Check;

    /// <summary>Asked only where the condition holds.</summary>
    public sealed record When(Check If, Check Then) : Check;

    // Over things.

    /// <summary>Every thing of a kind. None at all: not applicable; while nobody knows how many there are, it never passes.</summary>
    public sealed record Each(string Of, Check Must, Check? Where = null) : Check;

    public sealed record Count(string Of, decimal? Min = null, decimal? Max = null, Check? Where = null) : Check;

    /// <summary>At least the number of the first step whose <c>UpTo</c> is not below an attribute of the venue.</summary>
    public sealed record CountByTable(string Of, string By, IReadOnlyList<Step>? Steps, Check? Where = null) : Check;

    /// <summary><c>First</c> for the first <c>UpTo</c> persons, one more for every <c>Per</c> begun above.</summary>
    public sealed record CountByHeads(string Of, string Persons, decimal? First, decimal? UpTo, decimal? Per, Check? Where = null) : Check;

    // Of one attribute.

    /// <param name="Advised">A better number: meeting only <paramref name="Min"/> passes, with advice.</param>
    /// <param name="Tolerance">The share of <paramref name="Min"/> that a value may fall short of it and still meet it: no instrument is exact. Less than a half.</param>
    public sealed record AtLeast(string Attribute, decimal? Min, decimal? Advised = null, decimal Tolerance = 0) : Check;

    public sealed record AtMost(string Attribute, decimal? Max) : Check;

    /// <summary>An attribute is at least <c>Times</c> the sum of an attribute over all things of a kind.</summary>
    public sealed record AtLeastSum(string Attribute, decimal? Times, string Of, string Sum, Check? Where = null) : Check;

    /// <summary>A flag or a text has this value.</summary>
    public sealed record Is(string Attribute, string Value) : Check;

    public sealed record OneOf(string Attribute, IReadOnlyList<string>? Values) : Check;
    public sealed record HoldsAll(string Attribute, IReadOnlyList<string>? Values) : Check;
    public sealed record HoldsAny(string Attribute, IReadOnlyList<string>? Values) : Check;
    public sealed record HoldsNone(string Attribute, IReadOnlyList<string>? Values) : Check;
    public sealed record IsKnown(string Attribute) : Check;

    // Of time.

    /// <summary>The paper named by an instant it ends at is still good.</summary>
    public sealed record InForce(string Attribute) : Check;

    public sealed record Age(string Attribute, CalendarSpan? Max) : Check;

    /// <summary>From one instant to another in no more than <c>Max</c>; while the second has not come, until now.</summary>
    public sealed record Lapse(string From, string To, CalendarSpan? Max, CalendarSpan? Warn = null) : Check;

    /// <summary>A number is not above another one, an instant not after it.</summary>
    public sealed record NotPast(string Attribute, string Other) : Check;

    /// <summary>Up time through known time over the last <c>Over</c>; unknown when less than <c>Known</c> of it is known.</summary>
    public sealed record Share(string Attribute, decimal? Min, CalendarSpan Over, decimal Known = 0.5m) : Check;

    /// <summary>
    /// Seconds down within each opening of the last <c>Over</c>, from its beginning (or <c>From</c>) to its closing and
    /// <c>After</c>: the worst opening counts.
    /// </summary>
    public sealed record Gaps(string Attribute, decimal? MaxSeconds, CalendarSpan Over, TimeOnly? From = null, CalendarSpan? After = null) : Check;

    /// <summary>Nothing of a kind happened in a daily window of the last <c>Over</c>; no window: at no time. Holidays are as weekends.</summary>
    public sealed record NoneDuring(string Of, CalendarSpan Over, DailyWindow? Weekday = null, DailyWindow? Weekend = null, Check? Where = null) : Check;

    /// <summary>A check was written down within <c>Within</c> before the latest opening; with <c>By</c> until that time of the night.</summary>
    public sealed record CheckedBeforeOpening(string Of, CalendarSpan? Within, TimeOnly? By = null) : Check;

    /// <summary>The venue trades now; with <c>From</c>: and it is that late in the night already.</summary>
    public sealed record Trading(TimeOnly? From = null) : Check;

    /// <summary>A rule nothing here can decide; it is listed by name in the documents and always unknown.</summary>
    public sealed record NotExpressed(string Because) : Check;
}

/// <param name="UpTo">The largest value of the attribute the step is for; null: any.</param>
public sealed record Step(decimal? UpTo, decimal Min);

/// <summary>A part of each day by the venue's clock; past midnight when it ends at or before it begins.</summary>
public sealed record DailyWindow(TimeOnly From, TimeOnly To)
{
    public bool Holds(TimeOnly time) => From < To ? From <= time && time < To : time >= From || time < To;
}
