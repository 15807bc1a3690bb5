using System.Collections.Concurrent;
using Compliance.Domain.Devices;
using Compliance.Domain.Venues;

namespace Compliance.Web.Parts.Venues;

/// <summary>Venues and devices this circuit has met, so that a list of outages can name them without asking twice.</summary>
public sealed class Known(ApiClient api)
{
    /// <summary>Reads at most this many at once.</summary>
    const int AtOnce = 8;

    readonly ConcurrentDictionary<Guid, VenueCard> venues = new();
    readonly ConcurrentDictionary<Guid, DeviceCard> devices = new();

    public VenueCard? Venue(Guid id) => venues.GetValueOrDefault(id);
    public DeviceCard? Device(Guid id) => devices.GetValueOrDefault(id);

    public void Meet(VenueCard venue) => venues[venue.VenueId] = venue;
    public void Meet(DeviceCard device) => devices[device.DeviceId] = device;

    /// <summary>Asks for those not met yet; one that may not be seen stays unknown.</summary>
    public async Task Meet(IEnumerable<(Guid Venue, Guid Device)> pairs, CancellationToken ct)
    {
        var all = pairs.ToList();
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct };
        await Parallel.ForEachAsync(all.Select(p => p.Venue).Distinct().Where(id => !venues.ContainsKey(id)), options, async (id, token) =>
        {
            if ((await api.Venue(id, token)).Value is { } venue) Meet(venue);
        });
        await Parallel.ForEachAsync(all.Select(p => p.Device).Distinct().Where(id => !devices.ContainsKey(id)), options, async (id, token) =>
        {
            if ((await api.Device(id, token)).Value is { } device) Meet(device);
        });
    }
}
