using Compliance.Api.Outages;
using Compliance.Api.Tests.Entrance;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Notices;
using Compliance.Domain.Outages;
using Compliance.Domain.Venues;
using Microsoft.Extensions.DependencyInjection;

namespace Compliance.Api.Tests.Outages;

/// <summary>From what a probe says of four cameras to one notice of one recorder, and to one of its end.</summary>
public sealed class OutageGroupTests
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static Task Tick(House house) => house.Services.GetRequiredService<OutageGroups>().Tick(Ct);

    static Feed Behind(string host, int channel) => new(new($"rtsp://{host}/{channel}"), null, FeedTransport.Tcp);

    static async Task<Guid[]> Cameras(Scene scene, string host, int count)
    {
        var ids = Enumerable.Range(0, count).Select(_ => Guid.NewGuid()).ToArray();
        foreach (var (id, n) in ids.Select((id, n) => (id, n)))
            await scene.AsOwner.Do("PUT", $"/devices/{id}", new DeviceCommand.Register(id, scene.Venue, new CameraSpec($"бар {n}", $"бар {n}", CameraPurpose.Bar, [], [], Behind(host, n))));
        return ids;
    }

    static async Task Say(House house, Scene scene, Verdict verdict, Guid[] cameras, int apart = 1)
    {
        house.Clock.Advance(TimeSpan.FromSeconds(20)); // nothing is said of the time before it was watched
        var now = house.Clock.GetUtcNow();
        using var changes = await scene.AsOwner.Listen();
        Assert.All(await scene.Tell([.. cameras.Select((id, n) => scene.Saw(verdict, now.AddSeconds(n * apart - 10), id))]), Assert.Null);
        bool IsTold(IEnumerable<OutageRow> rows) => cameras.All(id => verdict == Verdict.Online ? rows.All(r => r.DeviceId != id || r.EndedAt is not null) : rows.Any(r => r.DeviceId == id && r.EndedAt is null));
        while (!IsTold((await scene.AsOwner.Get<Page<OutageRow>>($"/venues/{scene.Venue}/outages?limit=100")).Items)) await changes.Until("outage-list");
    }

    static async Task<NoticeRow[]> Notices(Scene scene, Func<NoticeRow[], bool> until)
    {
        using var changes = await scene.AsOwner.Listen();
        for (NoticeRow[] notices; ; await changes.Until("notice-list"))
            if (until(notices = [.. (await scene.AsOwner.Get<Page<NoticeRow>>("/notices")).Items.Where(n => n.Kind is NoticeKind.OutageOpened or NoticeKind.OutageClosed)])) return notices;
    }

    [Fact]
    public async Task A_recorder_with_four_cameras_is_one_notice_that_grows_and_one_of_its_end()
    {
        await using var house = new House();
        var scene = await Scene.In(house);
        var cameras = await Cameras(scene, "203.0.113.7", 4);
        await Say(house, scene, Verdict.Online, [scene.Camera, .. cameras]);
        await Say(house, scene, Verdict.Unreachable, cameras[..1]);
        await Tick(house);
        Assert.Null(Assert.Single(await Notices(scene, n => n.Length > 0)).Group);

        await Say(house, scene, Verdict.Unreachable, cameras[1..]);
        for (var twice = 0; twice < 2; twice++) await Tick(house);
        var notice = Assert.Single(await Notices(scene, n => n is [{ Group.Devices.Count: 4 }]));
        Assert.Equal((CommonCause.Recorder, 4), (notice.Group!.Cause, notice.Group.Outages.Count));
        var group = Assert.Single((await scene.AsOwner.Get<Page<OutageGroupRow>>($"/outage-groups?venue={scene.Venue}")).Items);
        Assert.Equal((4, 4, 1), (group.Evidence.Failed, group.Evidence.Of, group.Evidence.Answering));

        house.Clock.Advance(TimeSpan.FromMinutes(3));
        await Say(house, scene, Verdict.Online, cameras[..2]);
        await Tick(house);
        Assert.Single(await Notices(scene, n => n.Length > 0));
        await Say(house, scene, Verdict.Online, cameras[2..]);
        for (var twice = 0; twice < 2; twice++) await Tick(house);
        Assert.Equal([4, 4], (await Notices(scene, n => n.Length == 2 && n.All(x => x.Group is not null))).Select(n => n.Group!.Devices.Count));

        var facts = await house.Services.GetRequiredService<IEventLog>().Read(new("outagegroup", group.GroupId), Ct).Select(f => f.Name).ToListAsync(Ct);
        Assert.Equal(["outagegroup.found.v1", "outagegroup.changed.v1", "outagegroup.ended.v1"], facts);
    }

    [Fact]
    public async Task Three_venues_of_one_provider_that_go_dark_at_once_are_told_as_the_provider()
    {
        await using var house = new House();
        Scene[] scenes = [await Scene.In(house), await Scene.In(house), await Scene.In(house)];
        foreach (var (scene, name) in scenes.Zip(["ТОО «Желі»", "ТОО Желі", "тоо «желі»"]))
        {
            var named = await scene.AsOwner.Do("PUT", $"/venues/{scene.Venue}/provider", new VenueCommand.NameProvider(name));
            Assert.Equal(name, (await scene.AsOwner.Get<VenueCard>($"/venues/{scene.Venue}", named)).Provider);
            await Say(house, scene, Verdict.Online, [scene.Camera]);
        }

        house.Clock.Advance(TimeSpan.FromSeconds(20));
        var at = house.Clock.GetUtcNow().AddSeconds(-5);
        foreach (var scene in scenes) await scene.Tell(scene.Saw(Verdict.Unreachable, at));
        foreach (var scene in scenes)
        {
            // Outages follow from what was told, groups from a tick, rows from both: each in its time.
            OutageGroupRow[] groups;
            for (var tries = 0; (groups = [.. (await scene.AsOwner.Get<Page<OutageGroupRow>>($"/outage-groups?venue={scene.Venue}")).Items]) is not [{ Evidence.Venues: 3 }]; tries++)
            {
                Assert.True(tries < 500, $"{groups.Length} groups");
                await Tick(house);
            }

            Assert.Equal((CommonCause.Provider, 3, 3), (groups[0].Cause, groups[0].Evidence.Venues, groups[0].Evidence.OfVenues));
        }
    }

    [Fact]
    public async Task A_flapping_camera_is_one_notice()
    {
        await using var house = new House();
        var scene = await Scene.In(house);
        for (var times = 0; times < 3; times++)
        {
            await Say(house, scene, Verdict.Stalled, [scene.Camera]);
            await Tick(house);
            house.Clock.Advance(TimeSpan.FromMinutes(2));
            await Say(house, scene, Verdict.Online, [scene.Camera]);
            await Tick(house);
            house.Clock.Advance(TimeSpan.FromMinutes(2));
        }

        var notices = await Notices(scene, n => n.Length == 2 && n.All(x => x.Group?.Outages.Count == 3));
        Assert.Single(notices[0].Group!.Devices);
        Assert.Equal(2, notices.Length);
    }

    [Fact]
    public async Task Another_owner_sees_nothing_of_it_and_the_police_do()
    {
        await using var house = new House();
        var scene = await Scene.In(house);
        await Say(house, scene, Verdict.Unreachable, [scene.Camera]);
        await Tick(house);
        await Notices(scene, n => n.Length > 0);
        Assert.Empty((await house.As(Guid.NewGuid(), "owner").Get<Page<OutageGroupRow>>("/outage-groups")).Items);
        Assert.Empty((await house.As(Guid.NewGuid(), "owner").Get<Page<OutageGroupRow>>($"/outage-groups?venue={scene.Venue}")).Items);
        Assert.Single((await house.As(Guid.NewGuid(), "operator").Get<Page<OutageGroupRow>>("/outage-groups")).Items);
    }

    [Theory, InlineData("rtsp://10.1.2.3/1", "rtsp://10.1.2.99:8554/2", true), InlineData("rtsp://10.1.2.3/1", "rtsp://10.1.3.3/1", false), InlineData("rtsp://NVR.example.kz:554/1", "rtsp://nvr.example.kz:555/2", true)]
    public void What_stands_behind_one_host_is_told_by_name_or_network(string one, string other, bool same)
    {
        DeviceCard At(string address) => new(Guid.Empty, Guid.Empty, new CameraSpec("", "", CameraPurpose.Bar, [], [], new(new(address))), 0, true, Verdict.Online, "", null, null, null, null, null);
        Assert.Equal(same, OutageGroups.HostOf(At(one)) == OutageGroups.HostOf(At(other)));
    }
}
