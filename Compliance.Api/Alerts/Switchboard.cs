using Compliance.Api.Views;
using Compliance.Domain.Alerts;
using Compliance.Domain.Complaints;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Api.Alerts;

/// <summary>
/// Says of each alert which desk is called, one after another, the most urgent first, then in the order they came, and asks of each incident that nobody took whether it has to
/// go further. It compares what is with what should be: what a restart interrupted is taken up again, and asking twice changes nothing.
/// </summary>
sealed class Switchboard(IEventLog log, IViewStore views, ViewProgress progress, AlertRules rules, TimeProvider clock) : IDisposable
{
    const string Actor = "reaction:call-desk";

    /// <summary>After so few it is asked anew what waits: so many go before a fire that is raised behind a flood, and no more.</summary>
    internal const int AtOnce = 4;

    /// <summary>The next alert is placed by what the last one left behind.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    readonly SemaphoreSlim _gate = new(1);

    public void Dispose() => _gate.Dispose();

    public async Task Tick(CancellationToken ct)
    {
        await PlaceAll(ct);
        await AssessAll(ct);
    }

    public async Task PlaceAll(CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            while (await views.List(WaitingAlert.View, null, AtOnce, null, ct) is { Items: { Count: > 0 } waiting })
                foreach (var alert in waiting)
                    if (!await Place(alert, ct)) return;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>False when the views do not come after, so that the next would be placed blindly.</summary>
    async Task<bool> Place(WaitingAlert alert, CancellationToken ct)
    {
        var place = new AlertCommand.Place(await Scene(alert, ct), EventIds.From(alert.AlertId, "incident"));
        var done = await log.Execute(Alert.Decider, alert.AlertId, place, new(EventIds.From(alert.AlertId, "place"), Actor), ct);
        return await progress.WaitFor(done.Position, Patience, ct);
    }

    async Task<DeskScene> Scene(WaitingAlert alert, CancellationToken ct)
    {
        var card = alert.Card;
        var (now, district) = (clock.GetUtcNow(), (await views.Find(VenueCard.View, card.VenueId, ct))?.Details.District ?? "");
        var last = await views.Find(LastAlert.View, LastAlert.KeyOf(card.DeviceId ?? card.VenueId, card.Kind), ct);
        var open = (await views.Find(VenueIncidents.View, card.VenueId, ct))?.Open ?? [];
        var hour = await views.Find(DeskHour.View, DeskHour.KeyOf(district, now), ct);
        return new(district, now, last, open, hour?.Opened ?? 0, rules, await IsAnonymous(card, ct) ? await AnonymousOf(hour, ct) : null, alert.RaisedAt);
    }

    /// <summary>Handed in at the door or on the web: who it was, nobody knows, so a few of them must not use up a desk's hour.</summary>
    async Task<bool> IsAnonymous(AlertEvent.Raised card, CancellationToken ct) =>
        card is { Kind: AlertKind.Complaint, Cause.AboutId: var id } && (await views.Find(ComplaintRow.View, id, ct))?.Channel is not (ComplaintChannel.Line102 or ComplaintChannel.App);

    async Task<int> AnonymousOf(DeskHour? hour, CancellationToken ct)
    {
        var anonymous = 0;
        foreach (var id in hour?.Complaints ?? [])
            if (await log.Load(Alert.Decider, new(Alert.Decider.Category, id), ct) is { State: Alert.Known { Card: var card } } && await IsAnonymous(card, ct)) anonymous++;
        return anonymous;
    }

    /// <summary>What nobody took stands among what is not over, and that stands first.</summary>
    async Task AssessAll(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await foreach (var card in views.From(IncidentCard.View, ct))
        {
            if (card.IsOver) return;
            if (card.Stage != IncidentStage.New || !IsDue(card, now)) continue;
            var assess = new IncidentCommand.Assess(now, DeskNeighbours.Of(card.Desks[0]), rules);
            await log.Execute(Incident.Decider, card.IncidentId, assess, new(Guid.CreateVersion7(now), Actor), ct);
        }
    }

    /// <summary>The log is asked only where the card says that there is something new.</summary>
    bool IsDue(IncidentCard card, DateTimeOffset now)
    {
        var waited = now - card.Since;
        return (waited >= rules.NeighbourAfter && card.Desks.Count < 2 && DeskNeighbours.Of(card.Desks[0]) is not null) || (waited >= rules.LeadAfter && !card.WithLead) || waited >= rules.LapseAfter;
    }
}
