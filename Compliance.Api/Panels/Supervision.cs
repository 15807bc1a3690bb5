using Compliance.Api.Views;
using Compliance.Domain.Contacts;
using Compliance.Domain.Kernel;
using Compliance.Domain.Panels;
using Compliance.Domain.Probes;
using Compliance.Domain.Venues;

namespace Compliance.Api.Panels;

/// <summary>
/// What time alone brings about for panels and contacts: a test runs out, a daily test does not come, a venue opens or closes with a zone
/// bypassed or a door locked, the probe that hears them falls silent. It compares what is with what should be, so a missed tick changes nothing.
/// </summary>
sealed class Supervision(IEventLog log, IViewStore views, TimeProvider clock)
{
    const string Actor = "reaction:supervise-panels";

    public async Task Tick(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        HashSet<Guid>? watched = null;
        Dictionary<Guid, VenueCard?> venues = [];
        foreach (var card in await views.All(PanelCard.View, null, ct))
        {
            if (await Venue(card.VenueId) is { ClosedBecause: null } venue)
                await Assess(Panel.Decider, card.PanelId, card.State, new PanelCommand.Assess(now, venue.Hours.IsOpen(now), await IsWatched(card.VenueId)));
        }

        foreach (var card in await views.All(ContactCard.View, null, ct))
        {
            if (await Venue(card.VenueId) is { ClosedBecause: null } venue)
                await Assess(Contact.Decider, card.DeviceId, card.State, new ContactCommand.Assess(now, venue.Hours.OpenSince(now), await IsWatched(card.VenueId)));
        }

        async ValueTask<VenueCard?> Venue(Guid id) => venues.TryGetValue(id, out var known) ? known : venues[id] = await views.Find(VenueCard.View, id, ct);

        async ValueTask<bool> IsWatched(Guid venue) =>
            (watched ??= [.. (await views.All(ProbeCard.View, null, ct)).Where(probe => !probe.Silent).SelectMany(probe => probe.Venues)]).Contains(venue);

        async Task Assess<TState, TCommand, TEvent>(Decider<TState, TCommand, TEvent> decider, Guid id, TState shown, TCommand command) where TEvent : notnull
        {
            // The log is asked only where the card says that there is something new.
            if (decider.Decide(shown, command).Events.Count > 0) await log.Execute(decider, id, command, new(Guid.CreateVersion7(now), Actor), ct);
        }
    }
}
