using Compliance.Api.Views;
using Compliance.Domain.Contacts;
using Compliance.Domain.Kernel;
using Compliance.Domain.Panels;
using Compliance.Domain.Probes;
using Compliance.Domain.Venues;

namespace Compliance.Api.Panels;

/// <summary>
/// What time alone brings about for panels and contacts: a test runs out, a daily test does not come, a venue opens or closes with a zone
/// bypassed or a door locked, the probe through which they speak falls silent and another hears them. It compares what is with what should be, so a missed tick changes nothing.
/// </summary>
sealed class Supervision(IEventLog log, IViewStore views, Ears ears, TimeProvider clock)
{
    const string Actor = "reaction:supervise-panels";

    public async Task Tick(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        ILookup<Guid, Guid>? watching = null;
        Dictionary<Guid, VenueCard?> venues = [];
        foreach (var card in await views.All(PanelCard.View, null, ct))
        {
            if (await Venue(card.VenueId) is not { ClosedBecause: null } venue) continue;
            var isHeld = await IsHeld(card.VenueId, card.State.Holder);
            if (!isHeld && await ears.Of(card.PanelId, card.VenueId, card.State.Holder, null, ct) is { } other)
                await Assess(Panel.Decider, card.PanelId, card.State, new PanelCommand.Take(other, now, venue.Hours.IsOpen(now)));
            else await Assess(Panel.Decider, card.PanelId, card.State, new PanelCommand.Assess(now, venue.Hours.IsOpen(now), isHeld));
        }

        foreach (var card in await views.All(ContactCard.View, null, ct))
        {
            if (await Venue(card.VenueId) is not { ClosedBecause: null } venue) continue;
            var isHeld = await IsHeld(card.VenueId, card.State.Holder);
            if (!isHeld && await ears.Of(card.DeviceId, card.VenueId, card.State.Holder, null, ct) is { } other)
                await Assess(Contact.Decider, card.DeviceId, card.State, new ContactCommand.Take(other, now));
            else await Assess(Contact.Decider, card.DeviceId, card.State, new ContactCommand.Assess(now, venue.Hours.OpenSince(now), isHeld));
        }

        async ValueTask<VenueCard?> Venue(Guid id) => venues.TryGetValue(id, out var known) ? known : venues[id] = await views.Find(VenueCard.View, id, ct);

        // The probe through which it speaks is heard; before it spoke, any of the venue.
        async ValueTask<bool> IsHeld(Guid venue, Guid? holder)
        {
            watching ??= (await views.All(ProbeCard.View, null, ct)).Where(probe => !probe.Silent).SelectMany(probe => probe.Venues, (probe, its) => (its, probe.ProbeId)).ToLookup(p => p.its, p => p.ProbeId);
            return holder is { } probe ? watching[venue].Contains(probe) : watching[venue].Any();
        }

        async Task Assess<TState, TCommand, TEvent>(Decider<TState, TCommand, TEvent> decider, Guid id, TState shown, TCommand command) where TEvent : notnull
        {
            // The log is asked only where the card says that there is something new.
            if (decider.Decide(shown, command).Events.Count > 0) await log.Execute(decider, id, command, new(Guid.CreateVersion7(now), Actor), ct);
        }
    }
}
