using Compliance.Domain.Access;
using Compliance.Domain.Complaints;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;
using Microsoft.Playwright;

namespace Compliance.Web.Tests.EndToEnd;

/// <summary>An officer takes, looks, confirms, dispatches and closes by keys, beside plan, map and telephones; nothing is sent before he confirmed.</summary>
[Collection(typeof(OneHouseAtATime))]
public sealed class AlertDeskTests
{
    const string Operator = "operator@demo", Owner = "owner@demo";

    [Fact]
    public async Task A_plan_drawn_by_hand_stands_on_the_desk_beside_map_telephones_a_look_that_the_incident_is_the_reason_of_and_what_is_done_by_keys()
    {
        var (playwright, browser) = await Browser.Launch();
        using var _ = playwright;
        await using var __ = browser;
        await using var house = await House.Open();
        try
        {
            var (venue, camera, exit) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
            await house.Send(HttpMethod.Put, $"/venues/{venue}", new VenueCommand.Register(venue, new("Жалын", "Пламя", "990040001230", "Абай, 1", "Алмалы", new(43.25, 76.92), false), 300, []), Owner);
            await house.Send(HttpMethod.Post, $"/venues/{venue}/legal-bases", new VenueCommand.GrantLegalBasis(new(Guid.CreateVersion7(), LegalBasisKind.Consent, "№ 1", "all", new(2026, 1, 1), null)), Owner);
            await house.Send(HttpMethod.Put, $"/devices/{camera}", new DeviceCommand.Register(camera, venue, new CameraSpec("Бар", "Барная стойка", CameraPurpose.Hall, [], [], new(new("rtsp://127.0.0.1:9/none"), null, FeedTransport.Tcp))), Owner);
            await house.Send(HttpMethod.Put, $"/devices/{exit}", new DeviceCommand.Register(exit, venue, new ExitSpec("Артқы", "Задний", 1200, 2000, OpeningDirection.Outward, LockType.PanicBar)), Owner);
            await Draw(await browser.SignIn(house, Owner), house, venue, camera);

            var page = await browser.SignIn(house, Operator);
            await page.GotoAsync("/alerts");
            await page.Connected();
            await house.Send(HttpMethod.Put, $"/complaints/{Guid.CreateVersion7()}", new ComplaintForm(ComplaintChannel.Line102, ComplaintCategory.Violence, venue, null, DateTimeOffset.UtcNow, "Драка у бара", null), Operator);
            await page.Locator(".desk-side .plan-mark.camera .view").WaitForAsync();
            await page.Locator($".plan-sheet image[href$='{await Sheet(house, venue)}']").WaitForAsync();
            await Assertions.Expect(page.Locator(".map-name")).ToHaveCountAsync(8);
            await page.Locator(".map-dot.chosen[aria-label='Пламя']").WaitForAsync();

            await page.Keyboard.PressAsync("KeyD"); // nobody confirmed: the key does nothing
            await Reaches(page, "Space", "Taken");
            await Reaches(page, "KeyZ", "New");
            await Reaches(page, "Space", "Taken");
            await page.Locator(".call").ClickAsync();
            await page.Locator(".contacts li").First.WaitForAsync();

            await page.Keyboard.PressAsync("KeyL"); // nobody ever looked: which unit looks is asked once
            await page.Locator("#look-unit").FillAsync("ЦОУ-2");
            await page.Locator(".incident-look .key-button.main").ClickAsync();
            await page.Locator($".look-screens .screen[data-device='{camera}']").WaitForAsync();
            var session = Assert.Single((await house.Get<Page<AccessRow>>("/access", Operator)).Items);
            Assert.Equal((AccessPurpose.AlertUnderWay, Guid.Parse((await page.Locator(".desk-incident").GetAttributeAsync("data-incident"))!)), (session.Purpose, session.IncidentId));
            await page.Locator(".look-head [data-key=KeyL]").ClickAsync();
            await page.Locator(".look-screens").WaitForAsync(new() { State = WaitForSelectorState.Detached });

            await page.Keyboard.PressAsync("KeyF");
            await page.Locator(".choices [data-key=Digit8]").WaitForAsync();
            await page.Keyboard.PressAsync("Digit8"); // none of the list: said in words, which press nothing
            await Assertions.Expect(page.Locator("#grounds")).ToBeFocusedAsync();
            await page.Keyboard.PressAsync("KeyC");
            await page.Keyboard.PressAsync("KeyD");
            await Assertions.Expect(page.Locator("#grounds")).ToHaveValueAsync("cd");
            await page.Keyboard.PressAsync("Escape"); // out of the field, but the question is open
            await page.Keyboard.PressAsync("Slash");
            await Assertions.Expect(page.Locator("input[data-key=Slash]")).Not.ToBeFocusedAsync();
            await page.Keyboard.PressAsync("Escape");
            await page.Locator(".choice-panel").WaitForAsync(new() { State = WaitForSelectorState.Detached });
            await Reaches(page, "KeyC", "Confirmed");
            await Reaches(page, "KeyD", "Dispatched");
            await Reaches(page, "KeyA", "Arrived");
            await page.Keyboard.PressAsync("KeyX");
            await page.Locator(".choices [data-key=Digit1]").WaitForAsync();
            await Reaches(page, "Digit1", "Closed");
            await page.Locator(".queue-row").WaitForAsync(new() { State = WaitForSelectorState.Detached });

            await IsTold(page, "hangs", () => Signal("-STOP")); // a server that hangs is no server
            await Signal("-CONT");
            await page.Locator(".desk-banner.bad").WaitForAsync(new() { State = WaitForSelectorState.Detached });
            await IsTold(page, "is gone", house.StopApi);

            Task Signal(string which) => System.Diagnostics.Process.Start("kill", [which, $"{house.ApiProcess}"])!.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        catch (Exception failed) when (failed is PlaywrightException or TimeoutException)
        {
            Assert.Fail($"{failed.Message}\n{await browser.OnScreen()}\n{house.LastWords}");
        }
    }

    /// <summary>
    /// Within five seconds by the page's own clock. By as much as its own timer came late the machine was busy with something else: what the portal waits for
    /// on its way (a second, the question, its patience, the picture) may each come as late.
    /// </summary>
    static async Task IsTold(IPage page, string what, Func<Task> outage)
    {
        const double Promised = 5_000;
        const int Waits = 4;
        await page.EvaluateAsync("""
            () => {
                const began = performance.now(), seen = window.deskSeen = { late: 0, told: null };
                let last = began;
                const timer = setInterval(() => {
                    const now = performance.now();
                    seen.late = Math.max(seen.late, now - last - 50);
                    last = now;
                    if (!document.querySelector('.desk-banner.bad')) return;
                    seen.told = now - began;
                    clearInterval(timer);
                }, 50);
            }
            """);
        await outage();
        await page.WaitForFunctionAsync("() => window.deskSeen.told !== null");
        var (told, late) = (await page.EvaluateAsync<double>("() => window.deskSeen.told"), await page.EvaluateAsync<double>("() => window.deskSeen.late"));
        TestContext.Current.TestOutputHelper?.WriteLine($"A server that {what} was told after {told:0} ms; the page's own timer was {late:0} ms late");
        Assert.InRange(told, 0, Promised + (Waits * late));
    }

    /// <summary>A floor, a camera on it that is dragged with the mouse and turned by a key, a corner moved by arrows, and a picture under it all.</summary>
    static async Task Draw(IPage page, House house, Guid venue, Guid camera)
    {
        await page.GotoAsync($"/venues/{venue}");
        await page.Connected();
        await page.Locator("a.draw-plan").ClickAsync();
        await page.Locator(".add-floor").ClickAsync();
        await page.Locator(".plan-devices .place").First.ClickAsync();
        var (sheet, mark) = ((await page.Locator("svg.sheet").BoundingBoxAsync())!, (await page.Locator(".plan-mark .body").BoundingBoxAsync())!);
        await page.Mouse.MoveAsync(mark.X + (mark.Width / 2), mark.Y + (mark.Height / 2));
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(sheet.X + (sheet.Width * 0.5f), sheet.Y + (sheet.Height * 0.25f), new() { Steps = 4 });
        await page.Mouse.UpAsync();
        await Assertions.Expect(page.Locator("#mark-x")).ToHaveValueAsync("50");
        await page.Locator($"[data-move='{camera}']").FocusAsync();
        await page.Keyboard.PressAsync("BracketRight");
        await Assertions.Expect(page.Locator("#mark-direction")).ToHaveValueAsync("15");
        await page.Locator("[data-move='corner:0']").FocusAsync();
        await page.Keyboard.PressAsync("Shift+ArrowRight");
        await Assertions.Expect(page.Locator("[data-move='corner:0']")).ToHaveAttributeAsync("transform", "translate(100 33.33)");
        await page.Locator(".save-plan").ClickAsync();
        await page.Locator(".form-end [role=status]").WaitForAsync();
        await page.Locator("input[data-plan]").SetInputFilesAsync(Path.Combine(Repo.Root, "docs/portal.png"));
        await page.Locator(".plan-sheet image").WaitForAsync();
        var floor = Assert.Single((await house.Get<PlanCard>($"/venues/{venue}/plan", Owner)).Floors);
        var drawn = Assert.Single(floor.Marks);
        Assert.Equal((camera, 0.5, 0.25, 15d), (drawn.DeviceId, Math.Round(drawn.X, 2), Math.Round(drawn.Y, 2), drawn.Direction));
        await page.CloseAsync();
    }

    static async Task<string> Sheet(House house, Guid venue) => (await house.Get<PlanCard>($"/venues/{venue}/plan", Operator)).Floors[0].Sheet!;

    static async Task Reaches(IPage page, string key, string stage)
    {
        await page.Locator($"[data-key='{key}']:not([disabled])").First.WaitForAsync();
        await page.Keyboard.PressAsync(key);
        await page.Locator($".desk-incident[data-stage={stage}]").WaitForAsync();
    }
}
