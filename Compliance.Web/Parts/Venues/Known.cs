using System.Collections.Concurrent;
using Compliance.Domain.Detectors;
using Compliance.Domain.Devices;
using Compliance.Domain.Subjects;
using Compliance.Domain.Venues;

namespace Compliance.Web.Parts.Venues;

/// <summary>Venues and devices this circuit has met, so that a list of outages can name them without asking twice.</summary>
public sealed class Known(ApiClient api)
{
    /// <summary>Reads at most this many at once.</summary>
    const int AtOnce = 8;

    readonly ConcurrentDictionary<Guid, VenueCard> venues = new();
    readonly ConcurrentDictionary<Guid, DeviceCard> devices = new();
    readonly ConcurrentDictionary<Guid, Subject> people = new();
    readonly ConcurrentDictionary<Guid, int> guards = new();

    public VenueCard? Venue(Guid id) => venues.GetValueOrDefault(id);
    public DeviceCard? Device(Guid id) => devices.GetValueOrDefault(id);

    /// <summary>Which number a guard bears on the roster; null for one not met.</summary>
    public int? GuardNumber(Guid id) => guards.TryGetValue(id, out var number) ? number : null;

    public void Meet(VenueCard venue) => venues[venue.VenueId] = venue;
    public void Meet(DeviceCard device) => devices[device.DeviceId] = device;

    /// <summary>The name behind an actor of the log (<c>user:{subject id}</c>); null for one who may not be named, or no longer.</summary>
    public string? Actor(string actor) => PersonIn(actor) is { } id ? people.GetValueOrDefault(id)?.Name : null;

    public async Task MeetActors(IEnumerable<string> actors, CancellationToken ct)
    {
        foreach (var id in actors.Select(PersonIn).OfType<Guid>().Distinct().Where(id => !people.ContainsKey(id)))
        {
            if ((await api.Person(id, ct)).Value is { } person) people[id] = person;
        }
    }

    /// <summary>Venues and persons that a list of bases names.</summary>
    public async Task Meet(IReadOnlyList<LegalBasisRow> rows, CancellationToken ct)
    {
        await MeetVenues(rows.Select(row => row.VenueId), ct);
        await MeetActors(rows.SelectMany(row => new[] { row.GrantedBy, row.Withdrawn?.By }.OfType<string>()), ct);
    }

    /// <summary>Venues, cameras and persons that a list of bases for detectors names.</summary>
    public async Task Meet(IReadOnlyList<DetectorBasisRow> rows, CancellationToken ct)
    {
        await Meet(rows.SelectMany(row => row.Card.Cameras, (row, camera) => (row.Card.VenueId, camera)), ct);
        await MeetActors(rows.SelectMany(row => new[] { row.GrantedBy, row.End?.By }.OfType<string>()), ct);
    }

    static Guid? PersonIn(string actor) => actor.Split(':') is ["user", var id] && Guid.TryParse(id, out var subject) ? subject : null;

    /// <summary>Asks for those not met yet; one that may not be seen stays unknown.</summary>
    public Task Meet(IEnumerable<(Guid Venue, Guid Device)> pairs, CancellationToken ct) => Meet(pairs.Select(p => (p.Venue, (Guid?)p.Device)), ct);

    /// <summary>Of some of them there is no device to speak of.</summary>
    public async Task Meet(IEnumerable<(Guid Venue, Guid? Device)> pairs, CancellationToken ct)
    {
        var all = pairs.ToList();
        await MeetVenues(all.Select(p => p.Venue), ct);
        await Parallel.ForEachAsync(all.Select(p => p.Device).OfType<Guid>().Distinct().Where(id => !devices.ContainsKey(id)), AFewAtOnce(ct), async (id, token) =>
        {
            if ((await api.Device(id, token)).Value is { } device) Meet(device);
        });
    }

    public Task MeetVenues(IEnumerable<Guid> ids, CancellationToken ct) =>
        Parallel.ForEachAsync(ids.Distinct().Where(id => !venues.ContainsKey(id)), AFewAtOnce(ct), async (id, token) =>
        {
            if ((await api.Venue(id, token)).Value is { } venue) Meet(venue);
        });

    /// <summary>The numbers of guards on the rosters of these venues.</summary>
    public Task MeetGuards(IEnumerable<(Guid Venue, Guid Guard)> pairs, CancellationToken ct) =>
        Parallel.ForEachAsync(pairs.Where(p => !guards.ContainsKey(p.Guard)).Select(p => p.Venue).Distinct(), AFewAtOnce(ct), async (venue, token) =>
        {
            foreach (var guard in (await api.Guards(venue, token)).Value?.Card.Guards ?? []) guards[guard.GuardId] = guard.Number;
        });

    static ParallelOptions AFewAtOnce(CancellationToken ct) => new() { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct };
}
