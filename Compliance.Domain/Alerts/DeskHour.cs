using System.Globalization;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Alerts;

/// <summary>What one district's desk was given in one hour, and what it was not.</summary>
/// <param name="Hour">When it began, UTC.</param>
/// <param name="Opened">Incidents it was given.</param>
/// <param name="Joined">Alerts that joined one of them.</param>
/// <param name="Fetched">Alerts that a person took from what was held back.</param>
public sealed record DeskHour(string District, DateTimeOffset Hour, int Opened, int Joined, int OverBudget, int CooledDown, int Late, int Fetched)
{
    /// <summary>Alerts of complaints that opened an incident; which of them were anonymous, the complaints say.</summary>
    public IReadOnlyList<Guid> Complaints { get; init; } = [];

    /// <summary>Alerts that belonged to an incident which was full.</summary>
    public int Full { get; init; }

    public int HeldBack => OverBudget + CooledDown + Late + Full;

    public static readonly View<DeskHour> View = new(
        "alert-hours", 4, fact => fact switch
        {
            AlertEvent.Placed f => KeyOf(f.District, f.At),
            AlertEvent.Suppressed f => KeyOf(f.District, f.At),
            _ => null,
        }, Apply, _ => null, row => $"{ViewOrder.NewestFirst(row.Hour)}{row.District}");

    public static Guid KeyOf(string district, DateTimeOffset at) =>
        EventIds.From(Guid.Empty, string.Create(CultureInfo.InvariantCulture, $"desk-hour/{district}/{HourOf(at):yyyyMMddHH}"));

    static DateTimeOffset HourOf(DateTimeOffset at) => new(at.UtcDateTime.Date.AddHours(at.UtcDateTime.Hour), TimeSpan.Zero);

    static DeskHour? Apply(DeskHour? row, object fact, Recorded recorded) => fact switch
    {
        AlertEvent.Placed { By: not null } f => Of(row, f.District, f.At) is var hour ? hour with { Fetched = hour.Fetched + 1 } : row,
        AlertEvent.Placed f => Of(row, f.District, f.At) is var hour && f.Opens ? hour with { Opened = hour.Opened + 1, Complaints = f.Kind == AlertKind.Complaint ? [.. hour.Complaints, f.AlertId] : hour.Complaints } : hour with { Joined = hour.Joined + 1 },
        AlertEvent.Suppressed f => Of(row, f.District, f.At) is var hour ? f.Because switch
        {
            Suppression.Budget => hour with { OverBudget = hour.OverBudget + 1 },
            Suppression.CoolDown => hour with { CooledDown = hour.CooledDown + 1 },
            Suppression.Full => hour with { Full = hour.Full + 1 },
            _ => hour with { Late = hour.Late + 1 },
        } : row,
        _ => row,
    };

    static DeskHour Of(DeskHour? row, string district, DateTimeOffset at) => row ?? new(district, HourOf(at), 0, 0, 0, 0, 0, 0);
}
