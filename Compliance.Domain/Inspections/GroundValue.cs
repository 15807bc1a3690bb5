using System.Globalization;
using Compliance.Domain.Rulebooks;

namespace Compliance.Domain.Inspections;

/// <summary>A value as a fact and not as it is printed: a number is the same number with however many noughts, an instant in whatever zone.</summary>
static class GroundValue
{
    /// <summary>Finer than this no measured number is told.</summary>
    const int Decimals = 4;

    /// <param name="written">What was found or is needed, as results write it; null: nobody knows.</param>
    public static string Of(Ground ground, string? written)
    {
        if (written is null) return "unknown";
        var type = Vocabulary.Find(ground.Kind, ground.Attribute)?.Type;
        if (type is WordType.Text) return Text(written);
        if (type is WordType.Texts) return Texts(written.Split(", "));
        if (DateTimeOffset.TryParse(written, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) && written.Contains('T', StringComparison.Ordinal)) return Instant(at);
        if (CalendarSpan.TryParse(written, out var span)) return $"span {span}";
        return decimal.TryParse(written, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? Number(number) : Text(written);
    }

    public static string Of(Known said) => said switch
    {
        Known.Flag(var value, _) => Text(value ? "true" : "false"),
        Known.Number(var value, _) => Number(value),
        Known.Text(var value, _) => Text(value),
        Known.Texts(var values, _) => Texts(values),
        Known.Instant(var at, _) => Instant(at),
        _ => "unknown",
    };

    static string Number(decimal n) => string.Create(CultureInfo.InvariantCulture, $"number {decimal.Round(n, Decimals):0.####}");

    static string Instant(DateTimeOffset at) => string.Create(CultureInfo.InvariantCulture, $"instant {at.UtcTicks / TimeSpan.TicksPerSecond}");

    static string Text(string text) => $"text {text}";

    static string Texts(IEnumerable<string> texts) => $"texts {string.Join('|', texts.Order(StringComparer.Ordinal).Select(text => $"{text.Length}:{text}"))}";
}
