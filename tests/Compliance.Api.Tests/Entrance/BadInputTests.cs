using System.Net;
using System.Text;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;
using Compliance.Domain.Venues;

namespace Compliance.Api.Tests.Entrance;

/// <summary>What is wrong is said with a stable code and the field at fault, and nothing of the machine's inside.</summary>
public sealed class BadInputTests(SharedHouse shared) : IClassFixture<SharedHouse>
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    Scene Scene => shared.Scene;

    [Theory]
    [InlineData("""{ "capacity": "many" }""", "capacity")]
    [InlineData("""{ "capacity": 1.5 }""", "capacity")]
    [InlineData("""{ "capacity": -1 }""", "capacity")]
    [InlineData("""{ }""", "capacity")]
    [InlineData("""{ "capacity": """, "capacity")]
    [InlineData("""{ capacity""", "body")]
    [InlineData("""[]""", "body")]
    public async Task A_malformed_capacity_names_its_field(string body, string field) =>
        Assert.EndsWith($" {field}", await Put($"/venues/{Scene.Venue}/capacity", body), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{ "details": null }""", "400 request.malformed details")]
    [InlineData("""{ "details": { "nameKk": "a", "nameRu": "b", "bin": 12, "address": "", "district": "", "position": { "latitude": 43.2, "longitude": 76.9 }, "uto": true } }""", "400 request.malformed details.bin")]
    [InlineData("""{ "details": { "nameKk": "a", "nameRu": "b", "bin": "12", "address": "", "district": "", "position": { "latitude": 43.2, "longitude": 76.9 }, "uto": true } }""", "400 venue.bin-malformed details.bin")]
    [InlineData("""{ "details": { "nameKk": "a", "nameRu": "b", "bin": "990140000384", "address": "", "district": "", "position": { "latitude": 1 }, "uto": true } }""", "400 request.malformed details.position.longitude")]
    [InlineData("""{ "details": { "nameKk": "a", "nameRu": "b", "bin": "990140000384", "address": "", "district": "", "position": { "latitude": 43.2, "longitude": 2 }, "uto": true } }""", "400 venue.position-impossible details.position")]
    public async Task Malformed_details_name_the_path_to_the_fault(string body, string refusal) =>
        Assert.Equal(refusal, await Put($"/venues/{Scene.Venue}/details", body));

    [Fact]
    public async Task Every_bad_field_is_named_at_once()
    {
        var venue = Guid.NewGuid();
        using var answer = await Scene.AsOwner.Ask("PUT", $"/venues/{venue}", new VenueCommand.Register(venue, Scene.Details with { NameKk = "", Bin = "12", Position = new(0, 0) }, 0, []));
        Assert.Equal(["details.nameKk", "details.bin", "details.position", "capacity"], (await answer.Json()).GetProperty("errors").EnumerateObject().Select(field => field.Name));
    }

    [Fact]
    public async Task A_feed_needs_no_second_stream()
    {
        await Scene.AsOwner.Do("PUT", $"/devices/{Scene.Camera}/feed", new { feed = new { main = Scene.Feed.Main } });
    }

    [Fact]
    public async Task A_hole_in_a_list_is_malformed() =>
        Assert.Equal("400 request.malformed openingHours", await Put($"/venues/{Scene.Venue}/opening-hours", """{ "openingHours": [null] }"""));

    [Fact]
    public async Task An_enum_is_a_word() => Assert.Equal("400 request.malformed appointment.post", await Send("POST", $"/venues/{Scene.Venue}/people",
        """{ "appointment": { "subjectId": "00000000-0000-0000-0000-000000000001", "post": 7, "from": "2026-01-01", "until": null, "devices": [] } }"""));

    [Fact]
    public async Task A_text_without_end_is_refused() => Assert.Equal("400 request.malformed reason",
        await Send("POST", $"/venues/{Scene.Venue}/legal-bases/withdrawn", $$"""{ "basisId": "{{Guid.NewGuid()}}", "reason": "{{new string('x', 5000)}}" }"""));

    [Fact]
    public async Task A_body_of_another_kind_is_refused()
    {
        using var answer = await Scene.AsOwner.PutAsync($"/venues/{Scene.Venue}/capacity", new StringContent("capacity=3", Encoding.UTF8, "text/plain"), Ct);
        Assert.Equal("415 request.media-type", await answer.Refusal());
    }

    [Fact]
    public async Task Path_and_body_name_one_thing()
    {
        using var answer = await Scene.AsOwner.Ask("PUT", $"/venues/{Guid.NewGuid()}", Scene.Registration);
        Assert.Equal("400 request.id-mismatch venueId", await answer.Refusal());
    }

    [Theory]
    [InlineData("/venues/{0}")]
    [InlineData("/devices/{0}")]
    [InlineData("/devices/{0}/facts")]
    [InlineData("/venues/{0}/timeline")]
    [InlineData("/feed-tests/{0}")]
    [InlineData("/venues/not-an-id")]
    [InlineData("/nowhere")]
    public async Task What_does_not_exist_is_404(string path)
    {
        using var answer = await Scene.AsOwner.Ask("GET", string.Format(System.Globalization.CultureInfo.InvariantCulture, path, Guid.NewGuid()));
        Assert.Equal("404 request.unknown", await answer.Refusal());
    }

    [Fact]
    public async Task A_command_to_what_does_not_exist_is_404()
    {
        using var answer = await Scene.AsAuthority.Ask("PUT", $"/venues/{Guid.NewGuid()}/capacity", new VenueCommand.SetCapacity(3));
        Assert.Equal("404 venue.unknown", await answer.Refusal());
    }

    [Fact]
    public async Task A_broken_rule_is_409_with_its_code()
    {
        using var answer = await Scene.AsOwner.Ask("PUT", $"/devices/{Scene.Exit}/feed", new DeviceCommand.ChangeFeed(Scene.Feed));
        Assert.Equal("409 device.not-a-camera", await answer.Refusal());
    }

    [Fact]
    public async Task A_person_says_nothing_about_a_camera()
    {
        using var answer = await Scene.AsOwner.Ask("POST", $"/devices/{Scene.Camera}/verdicts", new DeviceCommand.ReportVerdict(
            Verdict.Online, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, Guid.NewGuid(), "", null));
        Assert.Equal("409 device.measured-only", await answer.Refusal());
    }

    [Theory]
    [InlineData("rtsp://viewer:secret@camera.example.kz/", "feed.credentials-inside")]
    [InlineData("http://camera.example.kz/", "feed.scheme-refused")]
    [InlineData("file:///etc/passwd", "feed.scheme-refused")]
    [InlineData("rtsp://127.0.0.1:6379/", "feed.target-refused")]
    [InlineData("rtsp://169.254.169.254/latest", "feed.target-refused")]
    [InlineData("rtsp://[::1]/", "feed.target-refused")]
    [InlineData("rtsp://localhost/", "feed.target-refused")]
    [InlineData("camera", "feed.address-malformed")]
    public async Task A_feed_leads_to_a_camera_and_nowhere_else(string address, string code)
    {
        var uri = new Uri(address, UriKind.RelativeOrAbsolute);
        var feed = Scene.Feed with { Main = uri };
        using var registered = await Scene.AsOwner.Ask("PUT", $"/devices/{Scene.Camera}", Scene.CameraAt(feed));
        using var changed = await Scene.AsOwner.Ask("PUT", $"/devices/{Scene.Camera}/feed", new DeviceCommand.ChangeFeed(feed));
        using var tested = await Scene.AsOwner.Ask("POST", "/feed-tests", new FeedTest(Guid.NewGuid(), Scene.Venue, uri, null, null));
        Assert.Equal($"400 {code} spec.feed.main", await registered.Refusal());
        Assert.Equal($"400 {code} feed.main", await changed.Refusal());
        Assert.Equal($"400 {code} uri", await tested.Refusal());
    }

    [Theory]
    [InlineData("http://elsewhere.example.kz/onvif/device_service", "feed.onvif-elsewhere")]
    [InlineData("http://viewer:secret@camera.example.kz/onvif", "feed.credentials-inside")]
    [InlineData("ftp://camera.example.kz/", "feed.onvif-malformed")]
    [InlineData("camera", "feed.onvif-malformed")]
    public async Task An_Onvif_address_stands_on_the_host_of_the_stream(string address, string code)
    {
        var onvif = new Uri(address, UriKind.RelativeOrAbsolute);
        using var changed = await Scene.AsOwner.Ask("PUT", $"/devices/{Scene.Camera}/feed", new DeviceCommand.ChangeFeed(Scene.Feed, onvif));
        Assert.Equal($"400 {code} onvif", await changed.Refusal());
    }

    [Theory]
    [InlineData("/venues?limit=0", "limit")]
    [InlineData("/venues?limit=many", "limit")]
    [InlineData("/venues?after=%21", "after")]
    [InlineData("/outages?open=perhaps", "open")]
    [InlineData("/outages?cursor=abc", "cursor")]
    [InlineData("/venues?serach=x", "serach")]
    [InlineData("/me?as=authority", "as")]
    public async Task A_malformed_question_names_its_field(string path, string field)
    {
        using var answer = await Scene.AsOwner.Ask("GET", path);
        Assert.Equal($"400 request.malformed {field}", await answer.Refusal());
    }

    [Theory]
    [InlineData("Idempotency-Key", "again")]
    [InlineData("If-Match", "3")]
    public async Task A_malformed_header_is_named(string header, string value)
    {
        using var answer = await Scene.AsOwner.Ask("PUT", $"/venues/{Scene.Venue}/capacity", new VenueCommand.SetCapacity(3), (header, value));
        Assert.Equal($"400 request.malformed {header}", await answer.Refusal());
    }

    Task<string> Put(string path, string json) => Send("PUT", path, json);

    async Task<string> Send(string verb, string path, string json)
    {
        using var request = new HttpRequestMessage(new(verb), path) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        return await (await Scene.AsOwner.SendAsync(request, Ct)).Refusal();
    }
}
