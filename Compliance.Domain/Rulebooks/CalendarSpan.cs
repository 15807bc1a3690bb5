using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Rulebooks;

/// <summary>
/// A length of time as the law counts it: ISO 8601 (<c>P6M</c>, <c>P30D</c>, <c>PT48H</c>), where a month is a month of the
/// calendar and not so many hours, and <c>P1WD</c> for working days (ours; ISO has no word for them).
/// </summary>
[JsonConverter(typeof(CalendarSpanText))]
public readonly partial record struct CalendarSpan(int Months, int Days, int WorkingDays, TimeSpan Time)
{
    /// <summary>Where the calendar ends there is no later day, and no earlier one where it begins: an absurd instant ends nothing and throws nothing.</summary>
    static readonly DateTimeOffset First = new(1000, 1, 1, 0, 0, 0, TimeSpan.Zero), Last = new(9000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public DateTimeOffset After(DateTimeOffset instant, IReadOnlyList<string> holidays)
    {
        if (instant >= Last) return DateTimeOffset.MaxValue;
        var day = VenueZone.Local(instant).DateTime.AddMonths(Months).AddDays(Days);
        for (var left = WorkingDays; left > 0;)
        {
            day = day.AddDays(1);
            if (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)
                && !holidays.Contains(day.ToString("MM-dd", CultureInfo.InvariantCulture))) left--;
        }

        return new DateTimeOffset(day, VenueZone.Almaty.GetUtcOffset(day)).ToUniversalTime() + Time;
    }

    public DateTimeOffset Before(DateTimeOffset instant)
    {
        if (instant <= First) return DateTimeOffset.MinValue;
        var day = VenueZone.Local(instant).DateTime.AddMonths(-Months).AddDays(-Days);
        return new DateTimeOffset(day, VenueZone.Almaty.GetUtcOffset(day)).ToUniversalTime() - Time;
    }

    public static bool TryParse(string text, out CalendarSpan span)
    {
        var match = Form().Match(text);
        int Part(string name) => match.Groups[name].Success ? int.Parse(match.Groups[name].Value, CultureInfo.InvariantCulture) : 0;
        span = match.Success
            ? new((Part("y") * 12) + Part("m"), Part("d"), Part("wd"), new TimeSpan(Part("h"), Part("min"), Part("s")))
            : default;
        return match.Success;
    }

    public override string ToString()
    {
        var date = (Months > 0 ? $"{Months}M" : "") + (Days > 0 ? $"{Days}D" : "") + (WorkingDays > 0 ? $"{WorkingDays}WD" : "");
        var hours = (int)Time.TotalHours;
        var time = (hours > 0 ? $"{hours}H" : "") + (Time.Minutes > 0 ? $"{Time.Minutes}M" : "") + (Time.Seconds > 0 ? $"{Time.Seconds}S" : "");
        return this == default ? "P0D" : $"P{date}{(time.Length > 0 ? "T" + time : "")}";
    }

    [GeneratedRegex(@"^P(?=.)((?<y>\d{1,3})Y)?((?<m>\d{1,4})M)?((?<d>\d{1,5})D)?((?<wd>\d{1,3})WD)?(T(?=.)((?<h>\d{1,5})H)?((?<min>\d{1,5})M)?((?<s>\d{1,5})S)?)?$")]
    private static partial Regex Form();
}

/// <summary>A span in JSON is its text.</summary>
public sealed class CalendarSpanText : JsonConverter<CalendarSpan>
{
    public override CalendarSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && CalendarSpan.TryParse(reader.GetString()!, out var span)
            ? span : throw new JsonException("Not a length of time such as P6M, P30D, PT48H or P1WD.");

    public override void Write(Utf8JsonWriter writer, CalendarSpan value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
