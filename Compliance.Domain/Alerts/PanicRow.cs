using Compliance.Domain.Kernel;
using Compliance.Domain.Panels;

namespace Compliance.Domain.Alerts;

/// <summary>One call for help from within a venue, under the id of the alert it raised: who called, and what a person said of it.</summary>
/// <param name="By">Null where a device of the panel called.</param>
/// <param name="Zone">Of the panel; of a code under duress the user's number.</param>
public sealed record PanicRow(Guid AlertId, Guid VenueId, DateTimeOffset At, PanicWay Way, Guid? By, int? Zone, Guid? IncidentId, AlertJudgement? Judgement)
{
    public static readonly View<PanicRow> View = new(
        "panic-list", 2, fact => fact switch
        {
            PanicEvent f => PanicButton.AlertOf(f),
            PanelEvent.PanicRaised f => PanicButton.AlertOf(AsWired(f)),
            AlertEvent.Placed { Kind: AlertKind.PanicButton } f => f.AlertId,
            AlertEvent.Judged { Kind: AlertKind.PanicButton } f => f.AlertId,
            _ => null,
        }, Apply, row => row.VenueId, row => ViewOrder.NewestFirst(row.At));

    /// <summary>What a person found, once its incident is over. An incident that was confirmed, cost a patrol and was closed with nothing found is no judgement of the alert, and yet a call for nothing.</summary>
    public AlertJudgement? Found(IncidentCard over) => over.Outcome == IncidentOutcome.NothingFound ? new(false, null) : Judgement;

    /// <summary>As such a call stood in the panel's own stream before.</summary>
    internal static PanicEvent.Wired AsWired(PanelEvent.PanicRaised f) => new(f.VenueId, f.PanelId, f.Zone, f.SentAt, f.ReceivedAt);

    static PanicRow? Apply(PanicRow? row, object fact, Recorded recorded) => (row, fact) switch
    {
        (null, PanicEvent.Pressed f) => new(PanicButton.AlertOf(f.PressId), f.VenueId, f.At, f.Way, f.By, null, null, null),
        (null, PanelEvent.PanicRaised f) => Apply(null, AsWired(f), recorded),
        (null, PanicEvent.Wired f) => new(PanicButton.AlertOf(f), f.VenueId, f.ReceivedAt, PanicWay.Panel, null, f.Zone, null, null),
        ({ }, AlertEvent.Placed f) => row with { IncidentId = f.IncidentId },
        ({ }, AlertEvent.Judged f) => row with { Judgement = f.Now },
        _ => row,
    };
}
