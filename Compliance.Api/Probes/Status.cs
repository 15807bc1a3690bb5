using Compliance.Api.Entrance;
using Compliance.Api.Views;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;
using Compliance.Domain.Venues;

namespace Compliance.Api.Probes;

/// <summary>One probe's own page: how the box is, and each of its venues with who holds it and until when.</summary>
static class Status
{
    public static async Task<IResult> Show(Guid probeId, IViewStore views, Presence presence, Leases leases, StatementStore days, CancellationToken ct)
    {
        if (await views.Find(ProbeCard.View, probeId, ct) is not { } card) return Problems.Of(new Refusal("probe.unknown", "No such probe."));
        var names = new Dictionary<Guid, string?> { [card.ProbeId] = card.Name };
        List<HeldVenue> venues = [];
        foreach (var id in card.Venues)
            if (await views.Find(VenueCard.View, id, ct) is { ClosedBecause: null } venue) venues.Add(await Held(venue));
        var beat = presence.BeatOf(probeId);
        return TypedResults.Ok(new ProbeStatus(card, presence.LastHeard(probeId), beat, BoxWarnings.Of(card, beat), venues) { Days = days.Of(probeId) });

        async Task<HeldVenue> Held(VenueCard venue)
        {
            var row = await views.Find(VenueWatchRow.View, venue.VenueId, ct);
            if (row?.ProbeId is { } holder && !names.ContainsKey(holder)) names[holder] = (await views.Find(ProbeCard.View, holder, ct))?.Name;
            var cameras = venue.Devices.Values.Where(device => device.Kind == DeviceKind.Camera).ToArray();
            return new(venue.VenueId, venue.Details.NameKk, venue.Details.NameRu, row?.ProbeId, row?.ProbeId is { } by ? names[by] : null, row?.Since,
                row is { ProbeId: { } who, Since: { } since } ? leases.Until(who, since) : null, row?.EverySeconds,
                cameras.Length, cameras.Count(camera => camera.Verdict.Availability() == Availability.Down));
        }
    }

    /// <summary>The probes that somebody has to see to.</summary>
    public static async Task<IReadOnlyList<ProbeWarnings>> Warnings(IViewStore views, Presence presence, CancellationToken ct) =>
        [.. (await views.All(ProbeCard.View, null, ct)).Select(card => new ProbeWarnings(card.ProbeId, BoxWarnings.Of(card, presence.BeatOf(card.ProbeId)))).Where(probe => probe.Warnings.Count > 0)];
}
