using System.Globalization;
using Compliance.Domain.Guards;
using Compliance.Domain.Venues;
using Microsoft.Extensions.Localization;

namespace Compliance.Web.Parts.Guards;

/// <summary>How guards and shifts look: tones, and times by the venue's clock.</summary>
public static class GuardFaces
{
    public static string Tone(this ShiftState state) => state switch
    {
        ShiftState.OnDuty or ShiftState.Done => "good",
        ShiftState.Planned => "unclear",
        _ => "bad",
    };

    /// <summary>Red where too few stand there, green where enough do, grey where nothing is asked.</summary>
    public static string Tone(int onDuty, int? needed) => needed is not { } wanted ? "unclear" : onDuty < wanted ? "bad" : "good";

    public static string Clock(this DateTimeOffset at) => VenueZone.Local(at).ToString("HH:mm", CultureInfo.CurrentCulture);

    /// <summary>The guard's number, with the name where it may be read and is still known.</summary>
    public static string Who(this IStringLocalizer<GuardWords> words, GuardsShown shown, Guid guardId)
    {
        var number = shown.Card.Guards.FirstOrDefault(g => g.GuardId == guardId)?.Number ?? 0;
        return $"№ {number} · {shown.Persons.GetValueOrDefault(guardId)?.Name ?? words["guard.forgotten"]}";
    }

    /// <summary>A day that ends something: red when it has passed, grey within a month of it.</summary>
    public static string EndTone(DateOnly until, DateOnly today) => until < today ? "bad" : until.DayNumber - today.DayNumber <= 30 ? "some" : "good";
}
