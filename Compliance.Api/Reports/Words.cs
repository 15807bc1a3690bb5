using System.Globalization;
using System.Resources;
using Compliance.Domain.Devices;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Venues;

namespace Compliance.Api.Reports;

/// <summary>The sentences of the reports in one language, and how that language writes dates, durations and shares.</summary>
public sealed class Words
{
    static readonly ResourceManager Texts = new("Compliance.Api.Reports.Words", typeof(Words).Assembly);
    readonly CultureInfo _culture;
    readonly NumberFormatInfo _numbers;

    Words(string language)
    {
        (Language, _culture) = (language, CultureInfo.GetCultureInfo(language));
        _numbers = new() { NumberDecimalSeparator = this["DecimalSeparator"], NumberGroupSeparator = "\u00A0" };
    }

    /// <summary>The languages a report is printed in: Kazakh, Russian, English.</summary>
    public static IReadOnlyDictionary<string, Words> All { get; } = new[] { "kk", "ru", "en" }.ToDictionary(l => l, l => new Words(l));

    public string Language { get; }

    public string this[string key] => Texts.GetString(key, _culture) ?? throw new MissingManifestResourceException($"No text '{key}'.");

    /// <summary>A word of the domain: <c>Verdict_Online</c>.</summary>
    public string this[Enum word] => this[$"{word.GetType().Name}_{word}"];

    public string Say(string key, params object?[] values) => string.Format(_numbers, this[key], values);

    /// <summary>Why a verdict was held. A person's remark stands as it was written.</summary>
    public string Because(string detail) => Detail.Read(detail) is { } reasons
        ? string.Join("; ", reasons.Select(r => Say($"Reason_{r.Reason}", [.. r.Figures.Select(Figure)]))) : detail;

    string Figure(string figure) => double.TryParse(figure, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? Number(number) : figure;

    /// <summary>What is written in both state languages, in the one of the report; English readers get the Russian.</summary>
    public string Of(string kk, string ru) => Language == "kk" ? kk : ru;

    public string Number(double value) => value.ToString("#,0.##", _numbers);

    /// <summary>Rounded down: nothing less than whole is ever printed as 100.</summary>
    /// <param name="beside">Another share that stands beside it: so many decimals that two which differ look different, four at most.</param>
    public string Percent(double? share, double? beside = null) => share is { } s ? Percent(s, Decimals(s, beside ?? s)) : this["None"];

    string Percent(double share, int decimals) => Cut(share, decimals).ToString("0." + new string('0', decimals), _numbers) + "\u00A0%";

    static int Decimals(double share, double beside) => Enumerable.Range(2, 3).FirstOrDefault(decimals => share == beside || Cut(share, decimals) != Cut(beside, decimals), 4);

    static double Cut(double share, int decimals) => Math.Floor(share * Math.Pow(10, decimals + 2)) / Math.Pow(10, decimals);

    public string Day(DateOnly day) => day.ToString(this["DayFormat"], CultureInfo.InvariantCulture);

    public string Day(DateTimeOffset instant) => Day(VenueZone.Day(instant));

    public string Day(DateOnly? day) => day is { } d ? Day(d) : this["None"];

    public static string Time(DateTimeOffset instant) => VenueZone.Local(instant).ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>By the venue's clocks.</summary>
    public string Instant(DateTimeOffset instant) => $"{Day(instant)} {Time(instant)}";

    /// <summary>The end of a term: midnight is 24:00 of the day before, which is the last day to act on.</summary>
    public string Ends(DateTimeOffset instant) => $"{EndDay(instant)} {EndTime(instant)}";

    public string EndDay(DateTimeOffset instant) => Day(IsMidnight(instant) ? instant.AddTicks(-1) : instant);

    public string EndTime(DateTimeOffset instant) => IsMidnight(instant) ? "24:00:00" : Time(instant);

    static bool IsMidnight(DateTimeOffset instant) => VenueZone.Local(instant).TimeOfDay == TimeSpan.Zero;

    public string Duration(TimeSpan span)
    {
        var clock = span.ToString(@"hh\:mm\:ss", CultureInfo.InvariantCulture);
        return span.Days == 0 ? clock : $"{span.Days}\u00A0{this["DaysShort"]} {clock}";
    }

    /// <summary>A length of time as the law counts it.</summary>
    public string Span(CalendarSpan span) => RuleValues.Span(span, Language);

    /// <summary>Days with the same hours stand together: <c>Mon–Thu 20:00–03:00</c>.</summary>
    public string Hours(IReadOnlyList<OpeningHours> hours)
    {
        var runs = new List<(DayOfWeek First, DayOfWeek Last, string Times)>();
        foreach (var day in hours.GroupBy(h => h.Day).OrderBy(d => ((int)d.Key + 6) % 7))
        {
            var times = string.Join(", ", day.OrderBy(h => h.Opens).Select(h => $"{Clock(h.Opens)}–{Clock(h.Closes)}"));
            if (runs is [.., var (first, last, same)] && same == times && ((int)last + 1) % 7 == (int)day.Key) runs[^1] = (first, day.Key, times);
            else runs.Add((day.Key, day.Key, times));
        }

        return runs.Count == 0 ? this["None"] : string.Join("; ", runs.Select(r =>
            r.First == r.Last ? $"{this[r.First]} {r.Times}" : $"{this[r.First]}–{this[r.Last]} {r.Times}"));
    }

    static string Clock(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);
}
