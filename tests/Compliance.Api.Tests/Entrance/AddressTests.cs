using System.Globalization;
using Compliance.Domain.Devices;
using Compliance.Domain.Venues;

namespace Compliance.Api.Tests.Entrance;

/// <summary>A camera's address stands on the desks of those who set it up and of those who inspect it, and nowhere else.</summary>
public sealed class AddressTests
{
    [Fact]
    public async Task Only_who_needs_the_address_reads_it_at_any_door()
    {
        await using var house = new House();
        var scene = await Scene.In(house);
        await scene.AsOwner.Do("PUT", $"/devices/{scene.Camera}/feed", new DeviceCommand.ChangeFeed(Scene.Feed with { Sub = new("rtsp://camera.example.kz/sub") }, new("http://camera.example.kz:8000/onvif/device_service")));
        var (other, today) = (Guid.NewGuid(), VenueZone.Day(house.Clock.GetUtcNow()).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        var ready = await scene.AsOwner.Do("PUT", $"/devices/{other}", scene.CameraAt(Scene.Feed with { Main = new("rtsp://other.example.kz/") }) with { DeviceId = other });
        (string Role, Guid Subject, string Reads)[] readers =
        [
            ("owner", scene.Owner, "camera other"), ("manager", scene.Manager, "camera other"), ("installer", scene.Installer, "camera"),
            ("inspector", Guid.NewGuid(), "camera other"), ("authority", Guid.NewGuid(), "camera other"),
            ("operator", Guid.NewGuid(), ""), ("supervisor", Guid.NewGuid(), ""), ("oversight", Guid.NewGuid(), ""), ("administrator", Guid.NewGuid(), ""),
        ];
        foreach (var (role, subject, reads) in readers)
        {
            using var client = house.As(subject, role);
            var devices = await Text(client, $"/venues/{scene.Venue}/devices", ready.Position.ToString());
            Assert.Equal((role, reads), (role, string.Join(' ', ((string[])["camera", "other"]).Where(host => devices.Contains($"{host}.example.kz", StringComparison.Ordinal)))));
            foreach (var door in (string[])[$"/devices/{scene.Camera}", $"/devices/{scene.Camera}/facts"])
                Assert.Equal((role, door, reads.Length > 0), (role, door, (await Text(client, door, ready.Position.ToString())).Contains("camera.example.kz", StringComparison.Ordinal)));
            if (role is "owner" or "inspector" or "authority" or "oversight")
                Assert.Equal((role, reads.Length > 0), (role, (await Text(client, $"/venues/{scene.Venue}/audit.html?from={today}&to={today}", ready.Position.ToString())).Contains("camera.example.kz", StringComparison.Ordinal)));
        }
    }

    static async Task<string> Text(HttpClient client, string path, string after)
    {
        using var answer = await client.Ask("GET", path, null, ("Compliance-After", after));
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
