using Compliance.Domain.Kernel;

namespace Compliance.Domain.Recordings;

/// <summary>What is known of an hour's recordings.</summary>
public enum RecordedHour
{
    /// <summary>Nobody told: there is no box, it was off, or the recorder could not be reached.</summary>
    Untold,

    /// <summary>Hashed: what is changed in it can be proven.</summary>
    Hashed,

    /// <summary>Hashed but for files that could not be read.</summary>
    Partly,

    /// <summary>Nothing was recorded.</summary>
    Missing,

    /// <summary>Told twice, and not the same.</summary>
    Differed,
}

/// <summary>Of which of a camera's last hours recordings are proven, and of which there are none.</summary>
/// <param name="From">When the first of them began, UTC.</param>
/// <param name="Marks">A letter an hour, in order: the first of its <see cref="RecordedHour"/>.</param>
/// <param name="Since">The first hour that was ever told.</param>
public sealed record RecordedHours(Guid DeviceId, Guid VenueId, DateTimeOffset From, string Marks, DateTimeOffset Since)
{
    /// <summary>As long as recordings are to be kept, and some days.</summary>
    public const int Kept = 35 * 24;

    const string Letters = "UHPMD";

    public static readonly View<RecordedHours> View = new(
        "recorded-hours", 2, fact => (fact as RecordingEvent)?.DeviceId, Apply, row => row.VenueId, row => $"{row.DeviceId:N}");

    /// <summary>Days (UTC) of which something may have been told, the first first.</summary>
    public IEnumerable<DateTimeOffset> Days()
    {
        var last = From.AddHours(Marks.Length - 1);
        for (var day = new DateTimeOffset(Since.UtcDateTime.Date, TimeSpan.Zero); day <= last; day = day.AddDays(1)) yield return day;
    }

    /// <summary>What is known of the hour that begins then.</summary>
    public RecordedHour At(DateTimeOffset hour) => (hour - From).TotalHours is >= 0 and var place && place < Marks.Length ? (RecordedHour)Letters.IndexOf(Marks[(int)place], StringComparison.Ordinal) : RecordedHour.Untold;

    static RecordedHours? Apply(RecordedHours? row, object fact, Recorded recorded) => fact switch
    {
        RecordingEvent.HourHashed { Unread: > 0 } f => Put(row, f, RecordedHour.Partly),
        RecordingEvent.HourHashed f => Put(row, f, RecordedHour.Hashed),
        RecordingEvent.HourMissing f => Put(row, f, RecordedHour.Missing),
        RecordingEvent.HourDiffered f => Put(row, f, RecordedHour.Differed),
        _ => row,
    };

    static RecordedHours Put(RecordedHours? row, RecordingEvent fact, RecordedHour known)
    {
        var (from, marks, since) = row is null ? (fact.Hour, "", fact.Hour) : (row.From, row.Marks, row.Since < fact.Hour ? row.Since : fact.Hour);
        var place = (long)(fact.Hour - from).TotalHours;
        if (place <= -Kept || marks.Length - place > Kept) return row! with { Since = since }; // long past what is shown
        if (place >= marks.Length + Kept) (from, marks, place) = (fact.Hour, "", 0);
        if (place < 0) (from, marks, place) = (fact.Hour, new string(Letters[0], (int)-place) + marks, 0);
        marks = marks.PadRight((int)place + 1, Letters[0]);
        marks = $"{marks[..(int)place]}{Letters[(int)known]}{marks[((int)place + 1)..]}";
        var tooMany = Math.Max(0, marks.Length - Kept);
        return new(fact.DeviceId, fact.VenueId, from.AddHours(tooMany), marks[tooMany..], since);
    }
}
