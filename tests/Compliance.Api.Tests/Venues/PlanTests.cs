using System.Net;
using System.Net.Http.Headers;
using Compliance.Api.Tests.Entrance;
using Compliance.Api.Venues;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Api.Tests.Venues;

/// <summary>The plan of a venue through its doors: drawn by its own people, with a picture that is one, read by whoever is sent there.</summary>
public sealed class PlanTests : IAsyncDisposable
{
    static readonly PlanPoint[] Wall = [new(0, 0), new(1, 0), new(1, 1), new(0, 1)];

    readonly House _house = new();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    static object Body(params Floor[] floors) => new { floors };

    static Floor Hall(Guid camera) => new(1, 1.4, Wall, null, [new(camera, 0.25, 0.5, 90, 70)]);

    /// <summary>A PNG that says its size and nothing else; no browser would draw it.</summary>
    static byte[] Png(int width, int height) =>
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, .. "IHDR"u8, .. Big(width), .. Big(height), 8, 6, 0, 0, 0];

    /// <summary>A JPEG with a comment before its frame header.</summary>
    static byte[] Jpeg(int width, int height) =>
        [0xFF, 0xD8, 0xFF, 0xFE, 0, 4, 1, 2, 0xFF, 0xC0, 0, 17, 8, .. Big(height)[2..], .. Big(width)[2..], 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1, 0xFF, 0xD9];

    static byte[] Big(int number) => [(byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number];

    static Task<HttpResponseMessage> Put(HttpClient by, Guid venue, int level, byte[] picture) =>
        by.PutAsync($"/venues/{venue}/plan/picture?level={level}", new ByteArrayContent(picture) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } }, Ct);

    [Fact]
    public async Task Owner_and_installer_draw_it_and_police_read_it()
    {
        var scene = await Scene.In(_house);
        using var police = _house.As(Guid.NewGuid(), "operator");
        Assert.Empty((await police.Get<PlanCard>($"/venues/{scene.Venue}/plan")).Floors);
        using var installer = _house.As(scene.Installer, "installer");
        var done = await installer.Do("PUT", $"/venues/{scene.Venue}/plan", Body(Hall(scene.Camera)));
        var floor = Assert.Single((await police.Get<PlanCard>($"/venues/{scene.Venue}/plan", done)).Floors);
        Assert.Equal(new PlanMark(scene.Camera, 0.25, 0.5, 90, 70), Assert.Single(floor.Marks));

        using var administrator = await scene.AsAdministrator.Ask("GET", $"/venues/{scene.Venue}/plan");
        using var stranger = await _house.As(Guid.NewGuid(), "installer").Ask("PUT", $"/venues/{scene.Venue}/plan", Body(Hall(scene.Camera)));
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (administrator.StatusCode, stranger.StatusCode));
    }

    [Fact]
    public async Task A_device_of_another_venue_is_not_drawn()
    {
        var (scene, other) = (await Scene.In(_house), await Scene.In(_house));
        using var foreign = await scene.AsOwner.Ask("PUT", $"/venues/{scene.Venue}/plan", Body(Hall(other.Camera)));
        Assert.Equal("400 venue.plan-device-foreign floors", await foreign.Refusal());
        using var blind = await scene.AsOwner.Ask("PUT", $"/venues/{scene.Venue}/plan", Body(Hall(scene.Exit))); // an exit looks nowhere
        Assert.Equal("400 venue.plan-device-foreign floors", await blind.Refusal());
    }

    [Fact]
    public async Task A_venue_keeps_so_many_pictures_and_no_more_and_the_same_one_again_is_none()
    {
        var (scene, other) = (await Scene.In(_house), await Scene.In(_house));
        await scene.AsOwner.Do("PUT", $"/venues/{scene.Venue}/plan", Body(Hall(scene.Camera)));
        await other.AsOwner.Do("PUT", $"/venues/{other.Venue}/plan", Body(Hall(other.Camera)));
        for (var n = 0; n < PlanPictures.MostOfVenue; n++)
            using (var kept = await Put(scene.AsOwner, scene.Venue, 1, Png(300 + n, 200))) Assert.True(kept.IsSuccessStatusCode, await kept.Content.ReadAsStringAsync(Ct));
        using (var many = await Put(scene.AsOwner, scene.Venue, 1, Png(299, 200))) Assert.Equal("409 venue.plan-pictures-many", await many.Refusal());
        using (var again = await Put(scene.AsOwner, scene.Venue, 1, Png(300, 200))) Assert.True(again.IsSuccessStatusCode);
        using var theirs = await Put(other.AsOwner, other.Venue, 1, Png(299, 200));
        Assert.True(theirs.IsSuccessStatusCode);
    }

    [Fact]
    public async Task A_picture_is_measured_sealed_and_handed_out_as_what_it_is()
    {
        var scene = await Scene.In(_house);
        using (var early = await Put(scene.AsOwner, scene.Venue, 1, Png(300, 200))) Assert.Equal("400 venue.plan-floor-unknown level", await early.Refusal());
        await scene.AsOwner.Do("PUT", $"/venues/{scene.Venue}/plan", Body(Hall(scene.Camera)));
        var png = Png(300, 200);
        using (var put = await Put(scene.AsOwner, scene.Venue, 1, png)) Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        var jpeg = Jpeg(400, 1600);
        using var again = await Put(scene.AsOwner, scene.Venue, 1, jpeg);
        var done = (await System.Net.Http.Json.HttpContentJsonExtensions.ReadFromJsonAsync<CommandAnswer>(again.Content, EventCatalog.Json, Ct))!;
        var floor = Assert.Single((await scene.AsOwner.Get<PlanCard>($"/venues/{scene.Venue}/plan", done)).Floors);
        Assert.Equal(0.25, floor.Ratio);
        using var shown = await _house.As(Guid.NewGuid(), "inspector").Ask("GET", $"/venues/{scene.Venue}/plan/pictures/{floor.Sheet}");
        Assert.Equal(("image/jpeg", "nosniff"), (shown.Content.Headers.ContentType!.MediaType, shown.Headers.GetValues("X-Content-Type-Options").Single()));
        Assert.Equal(jpeg, await shown.Content.ReadAsByteArrayAsync(Ct));

        var other = await Scene.In(_house); // a hash of elsewhere opens nothing here
        using var elsewhere = await other.AsOwner.Ask("GET", $"/venues/{other.Venue}/plan/pictures/{floor.Sheet}");
        Assert.Equal(HttpStatusCode.NotFound, elsewhere.StatusCode);
    }

    [Fact]
    public async Task What_is_no_picture_is_not_taken()
    {
        var scene = await Scene.In(_house);
        await scene.AsOwner.Do("PUT", $"/venues/{scene.Venue}/plan", Body(Hall(scene.Camera)));
        byte[][] unfit = [[.. "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"u8], [.. "<html/>"u8], Png(9_000, 10), Png(0, 10), [0xFF, 0xD8, 0xFF, 0xD9], Png(300, 200)[..20], [.. Png(300, 200), .. new byte[4 << 20]], []];
        foreach (var picture in unfit)
        {
            using var answer = await Put(scene.AsOwner, scene.Venue, 1, picture);
            Assert.Equal("400 venue.plan-picture-unfit body", await answer.Refusal());
        }
    }

    const string Head = "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' viewBox='0 0 300 200'";

    [Fact]
    public async Task A_drawing_is_kept_as_what_is_harmless_of_it()
    {
        var scene = await Scene.In(_house);
        await scene.AsOwner.Do("PUT", $"/venues/{scene.Venue}/plan", Body(Hall(scene.Camera)));
        using var put = await Put(scene.AsOwner, scene.Venue, 1, System.Text.Encoding.UTF8.GetBytes(Head + "><script>alert(1)</script><rect width='10' height='10' onclick='alert(2)'/></svg>"));
        var done = (await System.Net.Http.Json.HttpContentJsonExtensions.ReadFromJsonAsync<CommandAnswer>(put.Content, EventCatalog.Json, Ct))!;
        var floor = Assert.Single((await scene.AsOwner.Get<PlanCard>($"/venues/{scene.Venue}/plan", done)).Floors);
        Assert.Equal(1.5, floor.Ratio);
        using var shown = await scene.AsOwner.Ask("GET", $"/venues/{scene.Venue}/plan/pictures/{floor.Sheet}");
        Assert.Equal("image/svg+xml", shown.Content.Headers.ContentType!.MediaType);
        Assert.Contains("sandbox", shown.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        var kept = await shown.Content.ReadAsStringAsync(Ct);
        Assert.Equal("""<svg viewBox="0 0 300 200" xmlns="http://www.w3.org/2000/svg"><rect width="10" height="10" /></svg>""", kept);
    }

    [Theory]
    [InlineData("<g><path d='M0 0L1 1' fill='#fff'/><text x='3'>Зал &lt;1&gt;</text></g>", "<g><path d=\"M0 0L1 1\" fill=\"#fff\" /><text x=\"3\">Зал &lt;1&gt;</text></g>")]
    [InlineData("<a xlink:href='javascript:alert(1)'><rect/></a><use href='#x'/><image href='https://a/b.png'/>", "")]
    [InlineData("<style>@import 'https://a'</style><rect fill='url(#x)' style='fill:red' stroke='u\\72l(https://a)'/>", "<rect />")]
    [InlineData("<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'><script>1</script></body></foreignObject>", "")]
    [InlineData("<rect><animate attributeName='href' to='javascript:1'/><set/></rect>", "<rect></rect>")]
    [InlineData("<g><s:script xmlns:s='http://www.w3.org/2000/svg'>1</s:script><x:g xmlns:x='other'/></g>", "<g></g>")]
    [InlineData("<!-- a --><?php 1 ?><text><![CDATA[<script>]]></text>", "<text>&lt;script&gt;</text>")]
    public void What_is_not_a_shape_or_a_letter_is_left_out(string inside, string left) =>
        Assert.Equal($"""<svg viewBox="0 0 300 200" xmlns="http://www.w3.org/2000/svg">{left}</svg>""",
            System.Text.Encoding.UTF8.GetString(Api.Venues.PlanSvg.Cleaned(System.Text.Encoding.UTF8.GetBytes($"{Head}>{inside}</svg>"))!.Value.Svg));

    [Theory]
    [InlineData("<!DOCTYPE svg [<!ENTITY a 'aaaa'>]><svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'>&a;</svg>")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'/>")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 0 1'/>")]
    [InlineData("<svg viewBox='0 0 1 1'/>")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'>")]
    public void What_is_no_drawing_with_a_size_is_not_taken(string text) => Assert.Null(Api.Venues.PlanSvg.Cleaned(System.Text.Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void A_drawing_is_bounded() =>
        Assert.All((string[])[string.Concat(Enumerable.Repeat("<g>", 70)) + string.Concat(Enumerable.Repeat("</g>", 70)), string.Concat(Enumerable.Repeat("<rect/>", 20_001))],
            inside => Assert.Null(Api.Venues.PlanSvg.Cleaned(System.Text.Encoding.UTF8.GetBytes($"{Head}>{inside}</svg>"))));
}
