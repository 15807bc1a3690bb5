using System.Globalization;
using System.Text.Json;
using Compliance.Domain.Kernel;
using Compliance.Domain.Outages;
using Compliance.Domain.Venues;
using Microsoft.Playwright;
using VenueSimulator.Cities;
using VenueSimulator.Load;
using VenueSimulator.Media;

namespace Compliance.Web.Tests.EndToEnd;

/// <summary>
/// The whole thread, as people live it: registered, seen, cut, known to everyone, written down. The camera is Debian's GStreamer
/// RTSP server, which we did not write; the cut is the death of its process.
/// </summary>
[Collection(typeof(OneHouseAtATime))]
public sealed class FirstVenueTests : IDisposable
{
    const string Camera = "hall/bar", Place = "Барная стойка";
    static readonly Login Police = new("police", "se\"cret");
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("first-venue-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_venue_is_registered_its_camera_is_cut_and_everybody_knows()
    {
        Installed.OrSkip("ffmpeg", "weasyprint", "qpdf", "poppler-utils", "python3-gi", "gir1.2-gst-rtsp-server-1.0");
        await using var camera = await PlugIn();
        var (playwright, browser) = await Browser.Launch();
        using var _ = playwright;
        await using var __ = browser;
        await using var house = await House.Open();
        try
        {
            var owner = await browser.SignIn(house, "owner@demo");
            var venue = await Register(owner, camera);
            await Cut(owner, camera, venue);
            await Everybody_knows(browser, house);
            await Download(owner, house, venue);
        }
        catch (Exception failed) when (failed is PlaywrightException or TimeoutException)
        {
            Assert.Fail($"{failed.Message}\n{await browser.OnScreen()}\n{house.LastWords}");
        }
    }

    async Task<GstServer> PlugIn()
    {
        var clip = await ClipCache.Shared.Make(ClipRecipe.Small, TestContext.Current.CancellationToken);
        return await GstServer.Start("127.0.0.1", 0, ClipRecipe.Small.Fps,
            [new(Camera, Police.User, Police.Password, new Dictionary<string, string> { ["main"] = clip })], Path.Combine(_folder.FullName, "camera.json"));
    }

    static async Task<Guid> Register(IPage page, GstServer camera)
    {
        await page.GotoAsync("/register");
        await page.Connected();
        await page.Locator("#name-kk").FillAsync("Түнгі қала");
        await page.Locator("#name-ru").FillAsync("Ночной город");
        await page.Locator("#bin").FillAsync("990140001233");
        await page.Locator("#capacity").FillAsync("350");
        await page.Locator("#address").FillAsync("пр. Аль-Фараби, 77");
        await page.Locator("#district").SelectOptionAsync("Бостандық");
        await page.Locator("#latitude").FillAsync("43.238");
        await page.Locator("#longitude").FillAsync("76.945");
        await page.GetByLabel("Friday").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Register and go on" }).ClickAsync();
        await page.GetByLabel("I have read the text").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Give consent" }).ClickAsync();

        await page.Locator("#camera-address").FillAsync($"rtsp://127.0.0.1:{camera.Port}/{Camera}");
        await page.Locator("#camera-user").FillAsync(Police.User);
        await page.Locator("#camera-password").FillAsync("wrong");
        await Assertions.Expect(page.Locator(".test-verdict")).ToHaveTextAsync("Password refused");
        await page.Locator("#camera-password").FillAsync(Police.Password);
        await page.Locator("img.still").WaitForAsync();
        Assert.True(await page.Locator("img.still").EvaluateAsync<int>("picture => picture.naturalWidth") > 100);
        await page.Locator("#place-kk").FillAsync("Бар");
        await page.Locator("#place-ru").FillAsync(Place);
        await page.GetByRole(AriaRole.Button, new() { Name = "Register the camera" }).ClickAsync();
        await page.Locator(".plain-list li").First.WaitForAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "To the venue page" }).ClickAsync();
        await page.WaitForURLAsync("**/venues/*");
        return Guid.Parse(page.Url.Split('/')[^1]);
    }

    static async Task Cut(IPage page, GstServer camera, Guid venue)
    {
        await page.Locator("[data-verdict=Online]").WaitForAsync();
        await page.EvaluateAsync("window.neverReloaded = true");
        camera.Kill();
        await page.Locator("[data-verdict=Unreachable]").WaitForAsync();
        await page.Locator(".outages .row.running").WaitForAsync();
        Assert.True(await page.EvaluateAsync<bool>("window.neverReloaded === true"));
        Assert.Contains(venue.ToString(), page.Url, StringComparison.Ordinal);
    }

    static async Task Everybody_knows(IBrowser browser, House house)
    {
        var inspector = await browser.SignIn(house, "inspector@demo");
        await inspector.GotoAsync("/outages");
        await inspector.Locator(".outages .row.running").WaitForAsync();

        var police = await browser.SignIn(house, "operator@demo");
        await police.GotoAsync("/feeds");
        await police.Locator(".feed[data-device] .state.bad").WaitForAsync();
    }

    /// <summary>What stands in the file is judged by tools that are not ours.</summary>
    async Task Download(IPage page, House house, Guid venue)
    {
        var outage = Assert.Single((await house.Get<Page<OutageRow>>($"/venues/{venue}/outages", "owner@demo")).Items);
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Download the PDF" }).ClickAsync());
        var (pdf, facts) = (Path.Combine(_folder.FullName, "audit.pdf"), Path.Combine(_folder.FullName, "facts.json"));
        await download.SaveAsAsync(pdf);
        await Installed.Run("qpdf", "--check", pdf);
        var text = await Installed.Run("pdftotext", pdf, "-");
        var today = VenueZone.Day(outage.StartedAt).ToString("d MMM yyyy", CultureInfo.InvariantCulture);
        Assert.All((string[])["Ночной город", Place, today, "unreachable", "still runs"], said => Assert.Contains(said, text, StringComparison.Ordinal));

        await Installed.Run("pdfdetach", "-save", "1", "-o", facts, pdf);
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(facts));
        var attached = json.RootElement.GetProperty("facts").EnumerateArray().Select(fact => fact.GetProperty("eventId").GetGuid()).ToHashSet();
        Assert.NotEmpty(outage.EventIds);
        Assert.Superset(outage.EventIds.ToHashSet(), attached);
    }
}
