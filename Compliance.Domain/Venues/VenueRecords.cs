namespace Compliance.Domain.Venues;

/// <summary>WGS 84 degrees.</summary>
public sealed record GeoPosition(double Latitude, double Longitude);

/// <summary>One opening of the week in the venue's own zone; closing at or before opening means the next morning.</summary>
public sealed record OpeningHours(DayOfWeek Day, TimeOnly Opens, TimeOnly Closes);

/// <summary>The week a venue is to have; an officer says on what grounds, those who answer for the venue need none.</summary>
public sealed record HoursForm(IReadOnlyList<OpeningHours> OpeningHours, string? Grounds = null);

public static class OpeningTimes
{
    const long WeekTicks = 7 * TimeSpan.TicksPerDay;

    /// <summary>Whether a week is open whenever another one is; one that names no hours is open at all hours.</summary>
    public static bool Covers(this IReadOnlyList<OpeningHours> week, IReadOnlyList<OpeningHours> other)
    {
        var (mine, theirs) = (week.Select(Span).ToArray(), other.Select(Span).ToArray());
        return mine.Concat(theirs).SelectMany(s => new[] { s.From, s.To % WeekTicks }).All(at => !IsIn(theirs, at) || IsIn(mine, at));

        static (long From, long To) Span(OpeningHours h)
        {
            var from = ((int)h.Day * TimeSpan.TicksPerDay) + h.Opens.Ticks;
            return (from, from + h.Closes.Ticks - h.Opens.Ticks + (h.Closes <= h.Opens ? TimeSpan.TicksPerDay : 0));
        }

        static bool IsIn((long From, long To)[] spans, long at) => spans.Length == 0 || spans.Any(s => (s.From <= at && at < s.To) || (s.From <= at + WeekTicks && at + WeekTicks < s.To));
    }

    /// <summary>Openings that begin after one instant and not after another, oldest first.</summary>
    public static IEnumerable<(DateTimeOffset Opens, DateTimeOffset Closes)> Openings(this IReadOnlyList<OpeningHours> week, DateTimeOffset after, DateTimeOffset until)
    {
        for (var day = VenueZone.Day(after); day <= VenueZone.Day(until); day = day.AddDays(1))
        {
            foreach (var hours in week.Where(h => h.Day == day.DayOfWeek).OrderBy(h => h.Opens))
            {
                var opens = VenueZone.At(day, hours.Opens);
                if (opens > after && opens <= until) yield return (opens, VenueZone.At(hours.Closes <= hours.Opens ? day.AddDays(1) : day, hours.Closes));
            }
        }
    }

    /// <summary>
    /// The instant a time of the night is reached within an opening: when it opens, if that is later; null when it closes
    /// before. So 01:00 comes after 22:00.
    /// </summary>
    public static DateTimeOffset? LateIn(DateTimeOffset opens, DateTimeOffset closes, TimeOnly time)
    {
        var night = Night.Of(opens);
        var at = VenueZone.At(time.ToTimeSpan() < Night.Morning ? night.AddDays(1) : night, time);
        return at >= closes ? null : at > opens ? at : opens;
    }
}

/// <summary>Nights run from six in the morning to six, so that one evening's work is one night's.</summary>
public static class Night
{
    public static readonly TimeSpan Morning = TimeSpan.FromHours(6);

    public static DateOnly Of(DateTimeOffset instant) => VenueZone.Day(instant - Morning);
}

/// <summary>What the register says of a venue: its names in both state languages, its owner's business number (BIN, 12 digits) and its place.</summary>
/// <param name="Uto">Classed as vulnerable to terrorism (УТО): the statutory technical duties apply.</param>
public sealed record VenueDetails(
    string NameKk, string NameRu, string Bin, string Address, string District, GeoPosition Position, bool Uto);

/// <summary>What a person answers for at a venue. An installer works on named devices only.</summary>
public enum Post { Owner, Manager, Installer }

/// <summary>A person's post, effective-dated. The person is an opaque subject; name and contact stand in the vault.</summary>
/// <param name="Devices">For an installer: the devices named; empty for the others.</param>
public sealed record Appointment(Guid SubjectId, Post Post, DateOnly From, DateOnly? Until, IReadOnlyList<Guid> Devices)
{
    public bool HoldsOn(DateOnly day) => From <= day && (Until is not { } until || day <= until);
}

public enum LegalBasisKind { Statute, Consent, CourtOrder }

/// <summary>The language a text was signed in: what was signed is never translated afterwards.</summary>
public enum TextLanguage { Kazakh, Russian, English }

/// <summary>Why police may see the feeds of a venue at all: document, scope and dates.</summary>
/// <param name="Language">Of document and scope, which stay as they were signed; null where nobody recorded it.</param>
public sealed record LegalBasis(
    Guid BasisId, LegalBasisKind Kind, string Document, string Scope, DateOnly From, DateOnly? Until, TextLanguage? Language = null)
{
    public bool HoldsOn(DateOnly day) => From <= day && (Until is not { } until || day <= until);
}

/// <summary>The zone of the venue's wall clocks. Kazakhstan has kept one zone since March 2024.</summary>
public static class VenueZone
{
    public static readonly TimeZoneInfo Almaty = TimeZoneInfo.FindSystemTimeZoneById("Asia/Almaty");

    public static DateTimeOffset Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Almaty);

    public static DateOnly Day(DateTimeOffset instant) => DateOnly.FromDateTime(Local(instant).DateTime);

    /// <summary>Its first day.</summary>
    public static DateOnly Month(DateTimeOffset instant) => Day(instant) is var day ? new(day.Year, day.Month, 1) : default;

    /// <summary>The instant, in UTC, at which the day begins.</summary>
    public static DateTimeOffset Midnight(DateOnly day) => At(day, TimeOnly.MinValue);

    /// <summary>The instant, in UTC, at which the venue's clocks show this.</summary>
    public static DateTimeOffset At(DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time);
        return new DateTimeOffset(local, Almaty.GetUtcOffset(local)).ToUniversalTime();
    }
}
