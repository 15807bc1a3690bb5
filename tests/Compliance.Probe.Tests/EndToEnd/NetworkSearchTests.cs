using System.Net;
using System.Net.Sockets;
using Compliance.Domain.Probes;
using Compliance.Probe.Tell;
using Compliance.Probe.Tests.Tell;
using Compliance.Probe.Watch.Onvif;
using Microsoft.Extensions.Logging.Abstractions;
using VenueSimulator.Onvif;

namespace Compliance.Probe.Tests.EndToEnd;

/// <summary>Somebody looks for cameras in the venue's network: from the API through the box to a device that calls back, and back.</summary>
public sealed class NetworkSearchTests
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_device_that_calls_back_is_told_with_its_name_and_model()
    {
        await using var device = await Onvif.Device.Start();
        using var echo = new DiscoveryEcho(device.Address);
        Assert.SkipUnless(await CarriesMulticast(device.Address), "loopback carries no multicast here");
        await using var api = await FakeApi.Start();
        var search = new NetworkSearch(Guid.NewGuid(), Guid.NewGuid());
        api.Search = search;
        using var box = Box(api, inVenue: true);
        await box.StartAsync(Ct);
        await Cameras.Until(() => api.Found.ContainsKey(search.Id));
        await box.StopAsync(Ct);
        Assert.Contains(new FoundDevice(device.Address, "Hall camera", "SIM-4"), api.Found[search.Id].Devices);
    }

    [Fact]
    public async Task A_probe_outside_the_venue_never_looks()
    {
        await using var api = await FakeApi.Start();
        api.Search = new(Guid.NewGuid(), Guid.NewGuid());
        using var box = Box(api, inVenue: false);
        await box.StartAsync(Ct);
        await box.ExecuteTask!;
        Assert.NotNull(api.Search);
        Assert.Empty(api.Found);
    }

    [Fact]
    public void What_a_hostile_network_answers_is_bounded_before_a_person_reads_it()
    {
        FoundDevice[] many = [.. Enumerable.Range(0, 500).Select(n => new FoundDevice(new($"http://10.0.{n / 250}.{n % 250 + 1}/onvif/device_service"), new string('x', 5_000) + "\n", "m\0del"))];
        FoundDevice[] odd = [new(new("file:///etc/passwd"), "", ""), new(new("http://somebody.example/x"), "", ""), new(new("http://u:p@10.0.0.9/"), "", "")];
        var told = new NetworkSearchResult([.. odd, .. many, .. many]).Told().Devices;
        Assert.Equal(NetworkSearchResult.Most, told.Count);
        Assert.All(told, one => Assert.Equal((60, "mdel", "http"), (one.Name.Length, one.Hardware, one.Door.Scheme)));
    }

    static NetworkSearches Box(FakeApi api, bool inVenue)
    {
        var options = new ProbeOptions { Api = api.Address, ClientId = $"probe-{Guid.Empty}", ClientSecret = "s", AllowLoopback = true, AllowPrivate = inVenue };
        return new(new(new() { BaseAddress = api.Address }, options, TimeProvider.System, NullLogger<ApiConnection>.Instance), options, TimeProvider.System, NullLogger<NetworkSearches>.Instance);
    }

    static async Task<bool> CarriesMulticast(Uri door)
    {
        try
        {
            return (await OnvifDiscovery.Find(IPAddress.Loopback, TimeSpan.FromSeconds(2), Guid.NewGuid(), allowLoopback: true, TimeProvider.System, Ct)).Any(one => one.Door == door);
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
