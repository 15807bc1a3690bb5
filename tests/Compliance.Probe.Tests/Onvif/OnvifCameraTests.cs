using System.Net;
using Compliance.Domain.Probes;
using Compliance.Probe.Watch.Onvif;
using VenueSimulator.Load;
using VenueSimulator.Onvif;

namespace Compliance.Probe.Tests.Onvif;

/// <summary>Our ONVIF client before our simulated device, which <see cref="ForeignClientTests"/> holds against somebody else's client.</summary>
public sealed class OnvifCameraTests
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(AuthSchemes.None, 0)]
    [InlineData(AuthSchemes.None, 120)]
    [InlineData(AuthSchemes.None, -86400)]
    [InlineData(AuthSchemes.DigestMd5, 0)]
    [InlineData(AuthSchemes.DigestSha256, 0)]
    [InlineData(AuthSchemes.DigestMd5 | AuthSchemes.DigestSha256, 7)]
    public async Task Signs_in_as_the_device_asks_and_by_its_clock(AuthSchemes digest, int ahead)
    {
        await using var device = await Device.Start(digest);
        device.Faults = new() { ClockSkew = TimeSpan.FromSeconds(ahead) };
        var camera = await OnvifCamera.Meet(device.Target(), Device.Means(), Ct);
        Assert.InRange(camera.ClockOffset!.Value.TotalSeconds, ahead - 1, ahead + 1);
        Assert.Equal(new("Simulated", "SIM-4", "1.2.3", "SIM000417"), await camera.Identity(Ct));
    }

    [Fact]
    public async Task A_clock_that_is_set_during_a_conversation_is_read_again()
    {
        await using var device = await Device.Start();
        var camera = await OnvifCamera.Meet(device.Target(), Device.Means(), Ct);
        device.Faults = new() { ClockSkew = TimeSpan.FromHours(-5) };
        Assert.Equal("SIM000417", (await camera.Identity(Ct)).Serial);
        Assert.InRange(camera.ClockOffset!.Value.TotalHours, -5.01, -4.99);
    }

    [Theory]
    [InlineData(false, false, new[] { "GetServices", "GetProfiles" })]
    [InlineData(true, false, new[] { "GetServices", "GetCapabilities", "GetProfiles" })]
    [InlineData(false, true, new[] { "GetServices", "GetProfiles", "GetProfiles" })]
    public async Task Declared_values_come_by_the_newest_service_that_answers(bool noServices, bool brokenMedia2, string[] asked)
    {
        await using var device = await Device.Start();
        device.Faults = new() { NoServices = noServices, BrokenMedia2 = brokenMedia2 };
        var camera = await OnvifCamera.Meet(device.Target(), Device.Means(), Ct);
        var profile = Assert.Single(await camera.Profiles(Ct));
        Assert.Equal(new("main", VideoCodec.H264, 640, 360, 25, 600, 50, "vsc0", "vs0"), profile);
        Assert.Equal(asked, device.Asked.Where(name => name != "GetSystemDateAndTime"));
    }

    [Fact]
    public async Task The_profile_of_a_stream_is_found_by_its_address()
    {
        await using var device = await Device.Start();
        var camera = await OnvifCamera.Meet(device.Target(), Device.Means(), Ct);
        Assert.Equal("main", (await camera.ProfileOf(new("rtsp://10.0.0.7/h264/1"), Ct))!.Token);
        Assert.Equal(Device.Stream, await camera.StreamUri((await camera.Profiles(Ct))[0], Ct));
    }

    [Fact]
    public async Task Services_told_at_another_address_are_asked_at_the_door()
    {
        await using var device = await Device.Start();
        device.Faults = new() { ServicesAt = new("http://192.0.2.7:8000/") };
        var camera = await OnvifCamera.Meet(device.Target(), Device.Means(TimeSpan.FromSeconds(2)), Ct);
        Assert.Single(await camera.Profiles(Ct));
    }

    [Fact]
    public async Task A_wire_that_is_pulled_is_heard()
    {
        await using var device = await Device.Start();
        var camera = await OnvifCamera.Meet(device.Target(), Device.Means(), Ct);
        Assert.Equal([new("di0", false)], await camera.Inputs(Ct));
        var subscription = await camera.Subscribe(Ct);
        Assert.Equal([("di0", false)], (await camera.Pull(subscription, TimeSpan.FromSeconds(10), Ct)).Select(c => (c.Token, c.Active)));
        device.Trigger(active: true);
        Assert.Equal([("di0", true)], (await camera.Pull(subscription, TimeSpan.FromSeconds(10), Ct)).Select(c => (c.Token, c.Active)));
    }

    [Fact]
    public async Task Recordings_are_listed_and_replayed_at_the_cameras_own_host()
    {
        await using var device = await Device.Start(replay: new("rtsp://10.1.2.3:8556/replay"));
        device.Faults = new() { ClaimedDays = 90 };
        var camera = await OnvifCamera.Meet(device.Target(), Device.Means(), Ct);
        var summary = await camera.Summary(Ct);
        Assert.InRange((summary!.Until - summary.From).TotalDays, 89.9, 90.1);
        var recording = Assert.Single(await camera.Recordings(Ct));
        Assert.Equal(("rec0", "vs0"), (recording.Token, recording.Source));
        Assert.Equal(new("rtsp://127.0.0.1:8556/replay"), await camera.ReplayUri(recording, Device.Stream, Ct));
    }

    [Fact]
    public async Task A_device_without_recordings_says_so()
    {
        await using var device = await Device.Start();
        var camera = await OnvifCamera.Meet(device.Target(), Device.Means(), Ct);
        Assert.Equal(Trouble.NotSupported, (await Assert.ThrowsAsync<OnvifFault>(() => camera.Summary(Ct))).Trouble);
    }

    [Theory]
    [InlineData(null, false, true)]
    [InlineData("wrong", false, false)]
    [InlineData(null, true, false)]
    public async Task A_password_is_vouched_for_where_it_is_asked_for_and_taken(string? password, bool letsEverybodyIn, bool vouches)
    {
        await using var device = await Device.Start();
        device.Faults = new() { NoAuth = letsEverybodyIn };
        Assert.Equal(vouches, await OnvifCamera.Vouches(device.Target(password), Device.Means(), Ct) is not null);
    }

    [Fact]
    public async Task Devices_of_the_network_are_found_and_another_s_answer_is_not_believed()
    {
        await using var device = await Device.Start();
        using var echo = new DiscoveryEcho(device.Address);
        var found = await OnvifDiscovery.Find(IPAddress.Loopback, TimeSpan.FromSeconds(2), Guid.NewGuid(), allowLoopback: true, TimeProvider.System, Ct);
        Assert.Contains(found, one => one.Door == device.Address);
        using var liar = new DiscoveryEcho(new("http://192.0.2.9/onvif/device_service"));
        found = await OnvifDiscovery.Find(IPAddress.Loopback, TimeSpan.FromSeconds(2), Guid.NewGuid(), allowLoopback: true, TimeProvider.System, Ct);
        Assert.DoesNotContain(found, one => one.Door.Host == "192.0.2.9");
    }
}
