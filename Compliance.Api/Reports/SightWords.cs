using Compliance.Domain.Devices;
using Compliance.Domain.Outages;

namespace Compliance.Api.Reports;

/// <summary>From where an outage was seen and how it was confirmed, in sentences.</summary>
static class SightWords
{
    /// <summary>Nothing where no second place is asked for: what was seen in a picture, or told by the device itself.</summary>
    public static IEnumerable<string> Sight(this Words words, OutageRow row)
    {
        if (row.Look is { } look) yield return row.EndedAt <= look.At ? words["Sight_Unlooked"] : words.Of(look.Vantage, look.ProbeId, look.Seen, look.At);
        else if (row.Kind == DeviceKind.Camera && row.Verdict.BringsNoPicture()) yield return words["Sight_Unlooked"];
        if (row.ConfirmedBy is { } how) yield return words[$"Sight_Person_{how}"];
    }

    /// <summary>A probe is named by the beginning of its id.</summary>
    public static string Of(this Words words, Vantage vantage, Guid? probe, Verdict? seen, DateTimeOffset at) =>
        words.Say($"Sight_{vantage}", probe?.ToString("N")[..8], seen is { } verdict ? words[verdict] : "", words.Instant(at));
}
