using System.Globalization;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;
using Microsoft.Extensions.Localization;

namespace Compliance.Web.Shell;

/// <summary>How numbers, times and names are put into words of the reader's language.</summary>
public static class Wording
{
    /// <summary>The forms of a counted sentence stand in one resource, parted by <c>|</c>.</summary>
    public static string Count(this IStringLocalizer words, string key, long n, params object[] more) =>
        string.Format(CultureInfo.CurrentCulture, Plural.Of(words[key].Value, n, Languages.Current), [n, .. more]);

    /// <summary>The venue's wall clock, 24 hours.</summary>
    public static string Moment(this DateTimeOffset instant, DateTimeOffset now)
    {
        var local = VenueZone.Local(instant);
        return VenueZone.Day(instant) == VenueZone.Day(now)
            ? local.ToString("HH:mm", CultureInfo.CurrentCulture) : local.ToString("d MMM, HH:mm", CultureInfo.CurrentCulture);
    }

    public static string Exactly(this DateTimeOffset instant) =>
        VenueZone.Local(instant).ToString("d MMMM yyyy, HH:mm:ss", CultureInfo.CurrentCulture);

    /// <summary>The end of a term: midnight is 24:00 of the day before, which is the last day to act on.</summary>
    public static string Ends(this DateTimeOffset instant, DateTimeOffset now) => LastDay(instant) is not { } day ? instant.Moment(now)
        : day == VenueZone.Day(now) ? "24:00" : $"{day.ToString("d MMM", CultureInfo.CurrentCulture)}, 24:00";

    public static string EndsExactly(this DateTimeOffset instant) => LastDay(instant) is { } day
        ? $"{day.ToString("d MMMM yyyy", CultureInfo.CurrentCulture)}, 24:00" : instant.Exactly();

    static DateOnly? LastDay(DateTimeOffset instant) => VenueZone.Local(instant).TimeOfDay == TimeSpan.Zero ? VenueZone.Day(instant.AddTicks(-1)) : null;

    /// <summary>As a form field and a machine take a day (ISO 8601).</summary>
    public static string Iso(this DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Text(this DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.CurrentCulture);

    /// <summary>Two units at most: 3 d 4 h, 2 h 5 min, 12 min, 40 s.</summary>
    public static string Span(this IStringLocalizer<ShellWords> words, TimeSpan span) => span switch
    {
        { Ticks: <= 0 } => words["span.seconds", 0],
        { TotalMinutes: < 1 } => words["span.seconds", (int)span.TotalSeconds],
        { TotalHours: < 1 } => words["span.minutes", (int)span.TotalMinutes],
        { TotalDays: < 1 } => words["span.hours", (int)span.TotalHours, span.Minutes],
        _ => words["span.days", (int)span.TotalDays, span.Hours],
    };

    /// <summary>How far something is off: milliseconds below a second, seconds above, and nothing is never less than nothing.</summary>
    public static string Offset(this IStringLocalizer<ShellWords> words, double milliseconds) => Math.Abs(milliseconds) < 999.5
        ? words["span.milliseconds", Math.Round(milliseconds) + 0.0] : words["span.seconds", Math.Round(milliseconds / 1000, 1)];

    public static string Name(this VenueDetails details) => Languages.Current == "kk" ? details.NameKk : details.NameRu;

    public static string Place(this DeviceSpec spec) => Languages.Current == "kk" ? spec.PlaceKk : spec.PlaceRu;

    public static string VenueName(this FeedRow row) => Languages.Current == "kk" ? row.VenueNameKk : row.VenueNameRu;

    /// <summary>Rounded down: nothing less than whole is ever said to be 100.</summary>
    /// <param name="beside">Another share that stands beside it: so many decimals that two which differ look different, four at most.</param>
    public static string Percent(double share, double? beside = null)
    {
        var decimals = Enumerable.Range(1, 4).FirstOrDefault(n => beside is not { } other || other == share || Cut(share, n) != Cut(other, n), 4);
        return Cut(share, decimals).ToString("0." + new string('0', decimals), CultureInfo.CurrentCulture) + " %";
    }

    static double Cut(double share, int decimals) => Math.Floor(share * Math.Pow(10, decimals + 2)) / Math.Pow(10, decimals);
}
