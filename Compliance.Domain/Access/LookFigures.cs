using Compliance.Domain.Kernel;
using Compliance.Domain.Reports;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Access;

/// <summary>What kind of unit looked: told from the first word of its official short name.</summary>
public enum UnitKind { OperationsCentre, Station, Department, Other }

/// <summary>
/// The looks of police at cameras in one month, as anybody may read them: how many, why, by what kind of unit, how long the middle one was, and what was said of those that did not wait for a number.
/// Counts from 1 to 4 are withheld with what they would follow from; no day, venue, unit or officer is told.
/// </summary>
/// <param name="All">Null where it would tell what is withheld.</param>
/// <param name="MedianSeconds">On the screen, all cameras of a session together; null where too few were viewed.</param>
/// <param name="NeverViewed">Sessions that ended with no picture on any screen.</param>
/// <param name="Urgent">In the order all, found justified, found not justified, not reviewed within a day.</param>
public sealed record MonthLooks(
    DateOnly Month, int? All, IReadOnlyList<PublishedLine> ByPurpose, IReadOnlyList<PublishedLine> ByUnit, int? MedianSeconds, int? NeverViewed, IReadOnlyList<PublishedLine> Urgent)
{
    public const string AllUrgent = "All", Justified = "Justified", Unjustified = "Unjustified", Overdue = "Overdue";

    /// <summary>So many months back are told.</summary>
    public const int Months = 12;

    /// <summary>The earliest month that is told; a day in it.</summary>
    public static DateOnly First(DateTimeOffset now) => VenueZone.Month(now).AddMonths(-Months);

    /// <summary>Of months that are over, the newest first; one in which nobody looked says so.</summary>
    public static IReadOnlyList<MonthLooks> Of(IEnumerable<AccessRow> rows, DateTimeOffset now)
    {
        var (current, byMonth) = (VenueZone.Month(now), rows.ToLookup(row => VenueZone.Month(row.OpenedAt)));
        return [.. Enumerable.Range(1, Months).Select(back => current.AddMonths(-back)).Select(month => Of(month, [.. byMonth[month]]))];
    }

    static MonthLooks Of(DateOnly month, AccessRow[] rows)
    {
        var (purposes, units) = SmallCounts.OfOneSum(Counted(rows, row => row.Purpose), Counted(rows, row => KindOf(row.Unit)), []);
        var viewed = rows.Where(row => row.Views.Count > 0).Select(row => row.Looked.TotalSeconds).Order().ToArray();
        var never = rows.Count(row => row is { ClosedAt: not null, Views.Count: 0 });
        var urgent = rows.Where(row => row.Urgent).ToArray();
        var all = purposes.Concat(units).Any(line => line.Count is null) ? (int?)null : rows.Length;
        return new(month, all, purposes, units, viewed.Length >= SmallCounts.Least ? (int)viewed[viewed.Length / 2] : null, never is > 0 and < SmallCounts.Least ? null : never, SmallCounts.Of(
        [
            new(AllUrgent, urgent.Length), new(Justified, urgent.Count(row => row.Review is { Justified: true })), new(Unjustified, urgent.Count(row => row.Review is { Justified: false })), new(Overdue, urgent.Count(row => row.ReviewOverdue)),
        ], AllUrgent));
    }

    static IEnumerable<KeyValuePair<string, int>> Counted<T>(AccessRow[] rows, Func<AccessRow, T> of) where T : struct, Enum =>
        Enum.GetValues<T>().Select(word => KeyValuePair.Create($"{word}", rows.Count(row => EqualityComparer<T>.Default.Equals(of(row), word))));

    /// <summary>As units write themselves in Kazakh and Russian (ЖБО, ЦОУ: operations centre; ПБ, УП, РУП, ОП: station; ПД, ДП: department).</summary>
    public static UnitKind KindOf(string unit) => unit.Split([' ', '-', '–', '№', '.', '/'], StringSplitOptions.RemoveEmptyEntries).FirstOrDefault()?.ToUpperInvariant() switch
    {
        "ЦОУ" or "ЖБО" => UnitKind.OperationsCentre,
        "УП" or "РУП" or "ГУП" or "ОП" or "ПБ" or "АПБ" => UnitKind.Station,
        "ДП" or "ПД" => UnitKind.Department,
        _ => UnitKind.Other,
    };
}
