using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Compliance.Domain.Access;
using Compliance.Domain.Detectors;
using Compliance.Domain.Devices;
using Compliance.Domain.Drills;
using Compliance.Domain.Kernel;
using Compliance.Domain.KnownClips;
using Compliance.Domain.Probes;
using Compliance.Domain.Venues;
using Compliance.Web.Tests.Fakes;
using Microsoft.Playwright;

namespace Compliance.Web.Tests.EndToEnd;

/// <summary>A known clip that a box found rings at the desk like a fight; who confirms or rejects it reads at once that it was a test.</summary>
[Collection(typeof(OneHouseAtATime))]
public sealed class DrillTests
{
    const string Operator = "operator@demo", Owner = "owner@demo", Authority = "authority@demo";

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_is_confirmed_and_one_rejected_by_keyboard_and_nobody_can_be_sent()
    {
        Installed.OrSkip("ffmpeg");
        var (playwright, browser) = await Browser.Launch();
        using var _ = playwright;
        await using var __ = browser;
        await using var house = await House.OpenDesk(new() { ["Drills__HoursBetween"] = "0", ["Drills__UntakenSeconds"] = "3600", ["Drills__UndecidedSeconds"] = "3600" });
        try
        {
            var (venue, camera, clip) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
            var enrolled = await house.Send(HttpMethod.Put, $"/probes/{house.Probe}", new ProbeCommand.Enrol(house.Probe, "almaty-1"), "administrator@demo");
            await house.Send(HttpMethod.Put, $"/venues/{venue}", new VenueCommand.Register(venue, new("Жалын", "Пламя", "990040001230", "Абай, 1", "Алмалы", new(43.24, 76.9), false), 300, []), Owner);
            await house.Send(HttpMethod.Put, $"/devices/{camera}", new DeviceCommand.Register(camera, venue, new CameraSpec("Бар", "Барная стойка", CameraPurpose.Hall, [], [], new(new("rtsp://127.0.0.1:9/none"), null, FeedTransport.Tcp))), Owner);
            await house.Send(HttpMethod.Put, $"/known-clips/{clip}", new KnownClipProposal(new(clip, Detector.Fight, true, ClipRight.Staged, "Order 7"), await Drawn()), Authority);
            using var box = await house.AsBox(enrolled.GetProperty("clientId").GetString()!, enrolled.GetProperty("clientSecret").GetString()!);
            var page = await browser.SignIn(house, Operator);
            await page.GotoAsync("/language/en");
            await page.GotoAsync("/alerts");
            await page.Connected();

            await Finds(box, page, clip, camera);
            await page.Locator("[data-key=Space]").WaitForAsync();
            Assert.Contains("A fight, possibly", await page.Locator(".queue-row").InnerTextAsync(), StringComparison.Ordinal);
            await Reaches(page, "Space", "Taken");
            await page.Keyboard.PressAsync("KeyC");
            await page.Locator(".drill-end[data-right=True]").GetByText("This was a test").WaitForAsync();
            await page.GetByText("and you saw it").WaitForAsync();
            await page.Locator(".queue-row").WaitForAsync(new() { State = WaitForSelectorState.Detached });
            Assert.Equal(0, await page.Locator(".desk-actions, .look-at, .incident-look").CountAsync());

            await Finds(box, page, clip, camera);
            await page.Keyboard.PressAsync("KeyN");
            await Reaches(page, "Space", "Taken");
            await page.Keyboard.PressAsync("KeyF");
            await page.Locator(".choices [data-key=Digit1]").WaitForAsync();
            await page.Keyboard.PressAsync("Digit1");
            await page.Locator(".drill-end[data-right=False]").GetByText("This was a test").WaitForAsync();
            await page.GetByText("Your drills of this shift: 2, right: 1").WaitForAsync();
            Assert.Empty((await house.Get<Page<AccessRow>>("/access", Operator)).Items);
            Assert.True(Assert.Single(await house.Get<IReadOnlyList<DrillMonth>>("/drills", Authority)) is { Shown: 2, Seen: 1 });
        }
        catch (Exception failed) when (failed is PlaywrightException or TimeoutException)
        {
            Assert.Fail($"{failed.Message}\n{await browser.OnScreen()}\n{house.LastWords}");
        }
    }

    /// <summary>The box finds the clip, once more each time that nobody was at the desk yet, until one stands there.</summary>
    static async Task Finds(HttpClient box, IPage page, Guid clip, Guid camera)
    {
        using var again = new PeriodicTimer(TimeSpan.FromSeconds(1));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(TimeSpan.FromSeconds(90));
        for (; await page.Locator(".queue-row[data-stage=New]").CountAsync() == 0; await again.WaitForNextTickAsync(patience.Token))
        {
            using (await box.GetAsync("/probe/assignments", Ct))
            using (var told = await box.PostAsJsonAsync<Observation[]>("/probe/observations", [new ShowingObserved(
                Guid.CreateVersion7(), camera, DateTimeOffset.UtcNow, new(true, 0), clip, Detector.Fight, new("fights", new('a', 64), 0.62, new('b', 64)), true, 5, 0.82, 75, 0, null)], EventCatalog.Json, Ct))
                Assert.True(told.IsSuccessStatusCode, await told.Content.ReadAsStringAsync(Ct));
        }
    }

    static async Task<byte[]> Drawn()
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.mp4");
        try
        {
            using (var made = Process.Start("ffmpeg", ["-v", "error", "-f", "lavfi", "-i", "testsrc=size=320x180:rate=10:duration=7", "-pix_fmt", "yuv420p", path])) await made.WaitForExitAsync(Ct);
            return await File.ReadAllBytesAsync(path, Ct);
        }
        finally
        {
            File.Delete(path);
        }
    }

    static async Task Reaches(IPage page, string key, string stage)
    {
        await page.Locator($"[data-key='{key}']:not([disabled])").First.WaitForAsync();
        await page.Keyboard.PressAsync(key);
        await page.Locator($".desk-incident[data-stage={stage}]").WaitForAsync();
    }
}
