namespace Compliance.Domain.Venues;

/// <summary>A week of opening hours and the instant from which it counts.</summary>
public sealed record OpeningWeek(DateTimeOffset From, IReadOnlyList<OpeningHours> Hours);

/// <summary>
/// The opening hours of a venue over time, the oldest first: each week holds until the next one counts, and an opening ends as it was
/// when it began. The first one stands for the time before it too.
/// </summary>
public sealed record OpeningWeeks(IReadOnlyList<OpeningWeek> Weeks)
{
    public static readonly OpeningWeeks None = new([]);

    /// <summary>One week, at all times.</summary>
    public static OpeningWeeks Always(IReadOnlyList<OpeningHours> hours) => new([new(DateTimeOffset.MinValue, hours)]);

    /// <summary>The week that holds at an instant; empty: all hours.</summary>
    public IReadOnlyList<OpeningHours> At(DateTimeOffset at) => Weeks.LastOrDefault(w => w.From <= at)?.Hours ?? [];

    /// <summary>What was to count later, or from the very same instant, is replaced.</summary>
    public OpeningWeeks Set(DateTimeOffset from, IReadOnlyList<OpeningHours> hours) => new([.. Weeks.Where(w => w.From < from), new(from, hours)]);

    /// <summary>Without the weeks that were over by then: whoever looks further back asks the log.</summary>
    public OpeningWeeks Since(DateTimeOffset at) => new([.. Weeks.Where((_, i) => Until(i) > at)]);

    /// <summary>The same where a week without hours names all of them.</summary>
    public OpeningWeeks Spelled(IReadOnlyList<OpeningHours> all) => new([.. Weeks.Select(w => w.Hours.Count > 0 ? w : w with { Hours = all })]);

    public bool IsOpen(DateTimeOffset at) =>
        At(at).Count == 0 || Openings(at.AddDays(-2), at).Any(opening => at < opening.Closes);

    /// <summary>Since when the venue has been open; null while it is not.</summary>
    public DateTimeOffset? OpenSince(DateTimeOffset at) => Weeks.Count == 0 ? DateTimeOffset.MinValue
        : OpenTimes(at, at).Where(time => time.Opens <= at && at < time.Closes).Select(time => (DateTimeOffset?)time.Opens).Min();

    /// <summary>Openings that begin after one instant and not after another, oldest first. A week without hours has none.</summary>
    public IEnumerable<(DateTimeOffset Opens, DateTimeOffset Closes)> Openings(DateTimeOffset after, DateTimeOffset until) =>
        Enumerable.Range(0, Weeks.Count).SelectMany(i => Of(i, after, until));

    /// <summary>When the venue is open, in order, of whatever touches these times; they may overlap.</summary>
    public IEnumerable<(DateTimeOffset Opens, DateTimeOffset Closes)> OpenTimes(DateTimeOffset from, DateTimeOffset to)
    {
        if (Weeks.Count == 0) yield return (from, to);
        for (var i = 0; i < Weeks.Count; i++)
        {
            if (Weeks[i].From > to || Until(i) <= from.AddDays(-2)) continue;
            if (Weeks[i].Hours.Count == 0) yield return (Weeks[i].From, Until(i));
            else foreach (var opening in Of(i, from.AddDays(-2), to)) yield return opening;
        }
    }

    /// <summary>Openings of one week. One that would have begun before the week counts begins with it, unless the venue is open then anyway.</summary>
    IEnumerable<(DateTimeOffset Opens, DateTimeOffset Closes)> Of(int i, DateTimeOffset after, DateTimeOffset until)
    {
        var from = Weeks[i].From;
        if (from > until) yield break;
        foreach (var (opens, closes) in Weeks[i].Hours.Openings(from > after ? from.AddDays(-2) : after, Until(i) <= until ? Until(i).AddTicks(-1) : until))
        {
            if (opens >= from) yield return (opens, closes);
            else if (closes > from && from > after && (i == 0 || !Of(i - 1, from.AddDays(-2), from).Any(earlier => earlier.Closes > from))) yield return (from, closes);
        }
    }

    DateTimeOffset Until(int i) => i + 1 < Weeks.Count ? Weeks[i + 1].From : DateTimeOffset.MaxValue;
}
