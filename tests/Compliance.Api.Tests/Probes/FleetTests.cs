using Compliance.Api.Probes;
using Compliance.Api.Tests.Entrance;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;
using Compliance.Domain.Venues;
using Microsoft.Extensions.DependencyInjection;

namespace Compliance.Api.Tests.Probes;

/// <summary>What administrator and authority see of the fleet: each camera, each box, each venue on the map.</summary>
public sealed class FleetTests
{
    [Fact]
    public async Task The_fleet_is_listed_and_filtered_and_drawn_without_an_address()
    {
        await using var house = new House();
        var scene = await Scene.In(house);
        Assert.Equal([null], await scene.Tell(scene.Saw(Verdict.Stalled, house.Clock.GetUtcNow())));
        using var authority = scene.AsAuthority;
        var after = await authority.Do("PUT", $"/venues/{scene.Venue}/watch/interval", new VenueWatchCommand.SetInterval(scene.Venue, 60));

        var row = Assert.Single((await authority.Get<Page<FleetRow>>("/fleet", after)).Items);
        Assert.Equal((scene.Camera, Verdict.Stalled, scene.Probe, "box 1", 60), (row.DeviceId, row.Verdict, row.ProbeId!.Value, row.ProbeName, row.EverySeconds!.Value));
        Assert.Single((await authority.Get<Page<FleetRow>>($"/fleet?verdict=Stalled&district={Uri.EscapeDataString(row.District)}&probe={scene.Probe}&search=зВЕЗ")).Items);
        foreach (var other in new[] { "verdict=Online", "state=Up", "district=nowhere", $"probe={Guid.NewGuid()}", "search=nothing", $"venue={Guid.NewGuid()}" })
            Assert.Empty((await authority.Get<Page<FleetRow>>($"/fleet?{other}")).Items);
        var place = Assert.Single(await authority.Get<FleetPlace[]>("/fleet/map"));
        Assert.Equal((0, 1, 0, Scene.Details.Position), (place.Up, place.Down, place.Unknown, place.Position));
        using var raw = await authority.Ask("GET", "/fleet");
        Assert.DoesNotContain("rtsp", await raw.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_box_tells_what_its_day_was_and_nobody_tells_it_for_another()
    {
        await using var house = new House();
        var scene = await Scene.In(house);
        var yesterday = VenueZone.Day(house.Clock.GetUtcNow()).AddDays(-1);
        var day = new DayStatement(scene.Probe, yesterday, 1_400, 3, 0, 1, 9, 40, 50, 2, 1);
        foreach (var told in new[] { day with { Taken = 1 }, day })
            using (var answer = await scene.AsProbe.Ask("POST", "/probe/statements", told)) Assert.Equal(204, (int)answer.StatusCode);
        Assert.Equal([day], (await scene.AsAdministrator.Get<ProbeStatus>($"/probes/{scene.Probe}", scene.Ready)).Days);
        foreach (var wrong in new[] { day with { RanMinutes = 1_441 }, day with { BlindMinutes = 1_401 }, day with { Day = yesterday.AddDays(2) }, day with { Day = yesterday.AddDays(-90) } })
            using (var answer = await scene.AsProbe.Ask("POST", "/probe/statements", wrong)) Assert.Equal("400 request.malformed day", await answer.Refusal());
        using var another = await scene.AsProbe.Ask("POST", "/probe/statements", day with { ProbeId = Guid.NewGuid() });
        Assert.Equal("400 request.id-mismatch probeId", await another.Refusal());
        house.Clock.Advance(TimeSpan.FromDays(40));
        house.Services.GetRequiredService<StatementStore>().EraseOld();
        Assert.Empty((await scene.AsAdministrator.Get<ProbeStatus>($"/probes/{scene.Probe}")).Days);
    }

    [Fact]
    public async Task A_box_is_shown_with_what_it_said_of_itself_and_what_is_to_be_seen_to()
    {
        await using var house = new House();
        var scene = await Scene.In(house);
        await scene.AsProbe.Get<Assignments>("/probe/assignments");
        var health = new BoxHealth(0.2, 0.3, 90, 0.99, 50, TimeSpan.FromHours(1), new(true, 4, house.Clock.GetUtcNow()), null, true, new Dictionary<string, int> { ["device.unknown"] = 2 });
        using (var beat = await scene.AsProbe.Ask("POST", "/probe/heartbeat", new Heartbeat(scene.Probe, 3, 1, false, 0, 2, "1.0") { Health = health })) beat.EnsureSuccessStatusCode();
        using var administrator = scene.AsAdministrator;
        var status = await administrator.Get<ProbeStatus>($"/probes/{scene.Probe}", await scene.AsAuthority.Do("PUT", $"/venues/{scene.Venue}/watch/interval", new VenueWatchCommand.SetInterval(scene.Venue, 60)));
        Assert.Equal([BoxWarning.DiskFull, BoxWarning.Refused], status.Warnings);
        Assert.Equal(2, status.Beat?.Health?.Refusals["device.unknown"]);
        var held = Assert.Single(status.Venues);
        Assert.Equal((scene.Probe, "box 1", 60, 1), (held.HolderId!.Value, held.HolderName, held.EverySeconds!.Value, held.Cameras));
        Assert.Equal(scene.Probe, Assert.Single(await administrator.Get<ProbeWarnings[]>("/probes/warnings")).ProbeId);
        using var unknown = await administrator.Ask("GET", $"/probes/{Guid.NewGuid()}");
        Assert.Equal("404 probe.unknown", await unknown.Refusal());
    }
}
