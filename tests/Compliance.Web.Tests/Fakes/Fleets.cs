using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Compliance.Web.Tests.Fakes;

/// <summary>The fleet of the invented city: one box that is well, one that is not, and how each venue is watched.</summary>
static class Fleets
{
    public static void MapFleet(this IEndpointRouteBuilder app, City city)
    {
        app.MapGet("/probes/warnings", () => new[] { new ProbeWarnings(city.Probes[1].ProbeId, Ill(city).Warnings) });
        app.MapGet("/probes/{id:guid}", (Guid id) => $"{id}".EndsWith('1') ? Ill(city) : Well(city, id));
        app.MapGet("/fleet", (string? state, string? verdict, Guid? venue) => new Page<FleetRow>([.. Rows(city).Where(row =>
            (state is null || $"{row.Verdict.Availability()}" == state) && (verdict is null || $"{row.Verdict}" == verdict) && (venue is null || row.VenueId == venue))], null));
        app.MapGet("/fleet/map", () => Places(city));
        app.MapGet("/venues/{id:guid}/watch", (Guid id) => new VenueWatching(id, city.Probes[0].ProbeId, city.Probes[0].Name, city.Now.AddDays(-3), city.Now.AddSeconds(27), id == city.Venues[3].VenueId ? 60 : null));
    }

    static ProbeStatus Well(City city, Guid id) => new(city.Probes[0] with { ProbeId = id }, city.Now.AddSeconds(-3), Beat(id, Health(city)), [], Held(city, city.Probes[0] with { ProbeId = id })) { Days = [.. Days(city, 0, 0, 0), .. Days(city, 0, 0, 0).Select(day => day with { Day = day.Day.AddDays(-1), LeasesLost = 12, Refused = 12 })] };

    public static ProbeStatus Ill(City city)
    {
        var beat = Beat(city.Probes[1].ProbeId, Health(city) with
        {
            DiskShare = 0.97, DiskFreeMb = 212, TemperatureC = 84, Canaries = false, OwnKey = false, Clock = new(false, 41_000, city.Now.AddMinutes(-20)),
            Refusals = new Dictionary<string, int> { ["probe.lease-lost"] = 12, ["device.unknown"] = 3 },
        }) with { SpoolDepth = 4_112, DeadLetters = 15 };
        return new(city.Probes[1], city.Now.AddMinutes(-14), beat, BoxWarnings.Of(city.Probes[1], beat), []) { Days = Days(city, 412, 9, 3) };
    }

    public static IReadOnlyList<FleetPlace> Places(City city) =>
        [.. city.Venues.Select(venue => venue.Devices.Values.Where(d => d.Kind == DeviceKind.Camera).ToLookup(d => d.Verdict.Availability()) is var cameras
            ? new FleetPlace(venue.VenueId, venue.Details.NameKk, venue.Details.NameRu, venue.Details.District, venue.Details.Position, cameras[Availability.Up].Count(), cameras[Availability.Down].Count(), cameras[Availability.Unknown].Count()) : null!)];

    public static IReadOnlyList<FleetRow> Rows(City city) =>
        [.. from device in city.Devices where device.Spec is CameraSpec
            let venue = city.Venues.Single(v => v.VenueId == device.VenueId)
            let rank = device.Verdict.Availability() switch { Availability.Down => 0, Availability.Unknown => 1, _ => 2 }
            orderby rank
            select new FleetRow(device.DeviceId, venue.VenueId, venue.Details.NameKk, venue.Details.NameRu, venue.Details.District, device.Spec.PlaceKk, device.Spec.PlaceRu,
                device.Verdict, device.Detail, device.Since, rank == 1 ? null : city.Probes[0].ProbeId, rank == 1 ? null : city.Probes[0].Name, rank == 0 ? null : 60)];

    static DayStatement[] Days(City city, int gap, int blind, int refused) =>
        [new(city.Probes[0].ProbeId, Compliance.Domain.Venues.VenueZone.Day(city.Now).AddDays(-1), 1_440 - gap, blind, 2 * blind, gap > 0 ? 3 : 0, 9, 41, 57, refused, 0)];

    static Heartbeat Beat(Guid probe, BoxHealth health) => new(probe, 12, 9, false, 0, 0, "1.0.0.0") { Health = health };

    static BoxHealth Health(City city) => new(0.31, 0.58, 41_300, 0.42, 51, TimeSpan.FromHours(77), new(true, 3, city.Now), true, true, new Dictionary<string, int>());

    static IReadOnlyList<HeldVenue> Held(City city, ProbeCard probe) =>
        [.. city.Venues.Where(venue => probe.Venues.Contains(venue.VenueId)).Select((venue, n) => new HeldVenue(
            venue.VenueId, venue.Details.NameKk, venue.Details.NameRu, n == 1 ? city.Probes[1].ProbeId : probe.ProbeId, n == 1 ? city.Probes[1].Name : probe.Name, city.Now.AddDays(-3), city.Now.AddSeconds(27),
            n == 2 ? 60 : null, venue.Devices.Values.Count(d => d.Kind == DeviceKind.Camera), venue.Devices.Values.Count(d => d.Kind == DeviceKind.Camera && d.Verdict.Availability() == Availability.Down)))];
}
