using System.Security.Cryptography;
using Compliance.Domain.Access;
using Compliance.Domain.Complaints;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;
using Microsoft.Playwright;
using VenueSimulator.Cities;
using VenueSimulator.Load;
using VenueSimulator.Media;

namespace Compliance.Web.Tests.EndToEnd;

/// <summary>
/// An officer gives a reason and sees the moving picture of a camera whose server we did not write; the session ends; the owner reads that he looked, and oversight draws it.
/// </summary>
[Collection(typeof(OneHouseAtATime))]
public sealed class LiveViewTests : IDisposable
{
    const string Camera = "hall/bar", Modern = "hall/stage", Owner = "owner@demo";
    static readonly Login Police = new("police", "secret");
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("live-view-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_reason_a_moving_picture_an_end_and_a_line_in_the_owner_s_ledger()
    {
        Installed.OrSkip("ffmpeg", "python3-gi", "gir1.2-gst-rtsp-server-1.0");
        var clip = await ClipCache.Shared.Make(ClipRecipe.Small, TestContext.Current.CancellationToken);
        var h265 = await ClipCache.Shared.Make(ClipRecipe.Small with { Codec = Codec.H265 }, TestContext.Current.CancellationToken);
        await using var camera = await GstServer.Start("127.0.0.1", 0, ClipRecipe.Small.Fps,
            [new(Camera, Police.User, Police.Password, new Dictionary<string, string> { ["main"] = clip }), new(Modern, Police.User, Police.Password, new Dictionary<string, string> { ["main"] = h265 })], Path.Combine(_folder.FullName, "camera.json"));
        var (playwright, browser) = await Browser.Launch();
        using var _ = playwright;
        await using var __ = browser;
        await using var house = await House.Open();
        try
        {
            var (venue, device, modern) = await Register(house, camera);
            var officer = await browser.SignIn(house, "operator@demo");
            var timed = await browser.SignIn(house, "operator@demo");
            var session = await Look(officer, device);
            const int shortest = 1; // minutes: the shortest there is, it runs beside all that follows
            var limited = Guid.CreateVersion7();
            await house.Send(HttpMethod.Put, $"/access/{limited}", new AccessCommand.Open(limited, venue, "ЦОУ-2", AccessPurpose.CallTo102, "102-4712", null, false, [device], shortest), "operator@demo");
            await timed.GotoAsync($"/access/{limited}");
            await timed.Locator(".screen[data-state=shown]").WaitForAsync();
            await Still(officer, house, session);
            await WithoutWebCodecs(browser, house, session);
            await Transcoded(officer, house, venue, modern);
            await officer.GotoAsync($"/access/{session}");
            await officer.Connected();
            await officer.Locator("button.close").ClickAsync();
            await officer.Locator(".screen").WaitForAsync(new() { State = WaitForSelectorState.Detached });

            await FromTheDesk(officer, house, venue, device);

            var owner = await browser.SignIn(house, Owner);
            await owner.GotoAsync($"/venues/{venue}/seen-by-police");
            await owner.Locator($".seen [data-session='{session}']").WaitForAsync();
            await Assertions.Expect(owner.Locator(".seen")).ToContainTextAsync("Who and why: opens on");
            await Assertions.Expect(owner.Locator(".seen")).ToContainTextAsync("stills kept: 1");
            Assert.DoesNotContain("102-4711", await owner.ContentAsync(), StringComparison.Ordinal);

            var oversight = await browser.SignIn(house, "oversight@demo");
            await oversight.GotoAsync("/access");
            await oversight.Connected();
            await oversight.Locator("button.draw").ClickAsync();
            await oversight.Locator($".sample [data-session='{session}']").WaitForAsync();
            await Assertions.Expect(oversight.Locator(".sample")).ToContainTextAsync("102-4711");
            await OverByItself(timed, house, limited);
        }
        catch (Exception failed) when (failed is PlaywrightException or TimeoutException)
        {
            Assert.Fail($"{failed.Message}\n{await browser.OnScreen()}\n{house.LastWords}");
        }
    }

    static async Task<(Guid Venue, Guid Device, Guid Modern)> Register(House house, GstServer camera)
    {
        var (venue, device, modern) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await house.Send(HttpMethod.Put, $"/venues/{venue}", new VenueCommand.Register(venue, new("Жалын", "Пламя", "990040001230", "Абай, 1", "Алмалы", new(43.24, 76.9), false), 300, []), Owner);
        await house.Send(HttpMethod.Post, $"/venues/{venue}/legal-bases", new VenueCommand.GrantLegalBasis(new(Guid.CreateVersion7(), LegalBasisKind.Consent, "№ 1", "all", new(2026, 1, 1), null)), Owner);
        foreach (var (id, path) in new[] { (device, Camera), (modern, Modern) })
        {
            await house.Send(HttpMethod.Put, $"/devices/{id}", new DeviceCommand.Register(id, venue,
                new CameraSpec("Бар", "Барная стойка", CameraPurpose.Hall, [], [], new(camera.Url(path), null, FeedTransport.Tcp))), Owner);
            await house.Send(HttpMethod.Put, $"/devices/{id}/feed-credentials", new FeedCredentials(Police.User, Police.Password), Owner);
        }

        return (venue, device, modern);
    }

    /// <summary>A camera that sends H.265: the picture moves, and beside it stands what was done to it.</summary>
    static async Task Transcoded(IPage page, House house, Guid venue, Guid modern)
    {
        var session = Guid.CreateVersion7();
        await house.Send(HttpMethod.Put, $"/access/{session}", new AccessCommand.Open(session, venue, "ЦОУ-2", AccessPurpose.FeedCheck, "1-1", null, false, [modern]), "operator@demo");
        await page.GotoAsync($"/access/{session}");
        await page.Locator(".screen[data-state=shown]").WaitForAsync();
        await Moves(page);
        await Assertions.Expect(page.Locator(".screen figcaption")).ToContainTextAsync("(H.265, transcoded)");
    }

    /// <summary>From the list of feeds through the reason to a picture that moves.</summary>
    static async Task<Guid> Look(IPage page, Guid device)
    {
        await page.GotoAsync("/feeds");
        await page.Connected();
        await page.Locator($".feed[data-device='{device}'] .state.good").WaitForAsync();
        await page.Locator($".feed[data-device='{device}'] a.look").ClickAsync();
        await page.Locator("input[value=CallTo102]").CheckAsync();
        await page.Locator("#unit").FillAsync("ЦОУ-2");
        await page.Locator("#case-number").FillAsync("Асанов Ержан");
        await page.GetByRole(AriaRole.Button, new() { Name = "Open for 15 minutes" }).ClickAsync();
        await page.GetByText("no names, no sentences").WaitForAsync();
        await page.Locator("#case-number").FillAsync("102-4711");
        await page.GetByRole(AriaRole.Button, new() { Name = "Open for 15 minutes" }).ClickAsync();
        await page.Locator(".screen[data-state=shown]").WaitForAsync();
        await Moves(page);
        return Guid.Parse(page.Url.Split('/')[^1]);
    }

    /// <summary>An incident is a reason too: one key from the alert to the moving picture.</summary>
    static async Task FromTheDesk(IPage page, House house, Guid venue, Guid device)
    {
        await house.Send(HttpMethod.Put, $"/complaints/{Guid.CreateVersion7()}", new ComplaintForm(ComplaintChannel.Line102, ComplaintCategory.Violence, venue, null, DateTimeOffset.UtcNow, "Драка у бара", null), "operator@demo");
        await page.GotoAsync("/alerts");
        await page.Connected();
        await page.Locator(".incident-look [data-key=KeyL]").WaitForAsync();
        await page.Keyboard.PressAsync("KeyL");
        await page.Locator($".look-screens .screen[data-device='{device}'][data-state=shown]").WaitForAsync();
        await Moves(page);
        if (Environment.GetEnvironmentVariable("SHOTS") is { } folder) await page.ScreenshotAsync(new() { Path = Path.Combine(folder, "look-now.png") });
        await page.Keyboard.PressAsync("KeyL");
        await page.Locator(".look-screens").WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    /// <summary>An older browser plays the same units as fragmented MP4, with the same watermark.</summary>
    static async Task WithoutWebCodecs(IBrowser browser, House house, Guid session)
    {
        var page = await browser.SignIn(house, "operator@demo");
        await page.AddInitScriptAsync("delete window.VideoDecoder");
        await page.GotoAsync($"/access/{session}");
        await page.Locator(".screen[data-state=shown]").WaitForAsync();
        await Moves(page);
        await page.CloseAsync();
    }

    /// <summary>Nobody pressed anything: the minute is over, the picture is gone, and the page says why.</summary>
    static async Task OverByItself(IPage page, House house, Guid session)
    {
        await page.GetByText("The session is over: time was up").WaitForAsync(new() { Timeout = 120_000 });
        await page.Locator(".screen").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        Assert.Equal(AccessEnd.TimeEnded, (await house.Get<AccessRow>($"/access/{session}", "operator@demo")).ClosedBecause);
        await page.CloseAsync();
    }

    /// <summary>The clock that is burnt into the clip goes on.</summary>
    static async Task Moves(IPage page)
    {
        Assert.Equal((ClipRecipe.Small.Width, ClipRecipe.Small.Height), (await Size(page, "width"), await Size(page, "height")));
        await page.WaitForFunctionAsync($"() => ({ClockFace})(document.querySelector('.screen canvas')).includes('1')");
        var before = await page.Locator(".screen canvas").First.EvaluateAsync<string>(ClockFace);
        await page.WaitForFunctionAsync($"before => ({ClockFace})(document.querySelector('.screen canvas')) !== before", before);
    }

    static Task<int> Size(IPage page, string side) => page.Locator(".screen canvas").First.EvaluateAsync<int>($"c => c.{side}");

    /// <summary>White and black of the box in which the clip tells its place (<see cref="ClipRecipe.Clock"/>); no watermark crosses it, and nothing but the digits moves in it.</summary>
    const string ClockFace = "c => [...c.getContext('2d').getImageData(18, 18, 120, 20).data].filter((_, i) => i % 4 === 0).map(v => v > 160 ? 1 : 0).join('')";

    /// <summary>The hash in the log is that of the file the officer got.</summary>
    async Task Still(IPage page, House house, Guid session)
    {
        var download = await page.RunAndWaitForDownloadAsync(() => page.Locator("button.keep-still").ClickAsync());
        var file = Path.Combine(_folder.FullName, "still.png");
        await download.SaveAsAsync(file);
        var row = await house.Get<AccessRow>($"/access/{session}", "operator@demo");
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(file))), Assert.Single(row.Stills).Sha256);
    }
}
