using Compliance.Web.Tests.Fakes;
using Microsoft.Playwright;

namespace Compliance.Web.Tests.EndToEnd;

/// <summary>A camera is calibrated in a real browser: by mouse, by a finger on a telephone, and by keys alone.</summary>
[Collection(typeof(OneHouseAtATime))]
public sealed class CalibrationTests
{
    [Fact]
    public async Task Persons_and_floor_are_drawn_by_mouse_finger_and_keys()
    {
        await using var portal = await PortalAlone.Start();
        portal.Api.Role = "installer";
        var browser = await portal.Open();
        await using (var desk = await browser.NewContextAsync(new() { BaseURL = portal.Url, ViewportSize = new() { Width = 1280, Height = 900 } })) await WithMouseAndKeys(await Opened(desk, portal));
        await using (var phone = await browser.NewContextAsync(new() { BaseURL = portal.Url, ViewportSize = new() { Width = 390, Height = 844 }, HasTouch = true })) await WithAFinger(await Opened(phone, portal));
    }

    static async Task<IPage> Opened(IBrowserContext context, PortalAlone portal)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync("/language/en?back=/sign-in");
        await page.GotoAsync(portal.Api.City.Path("/cameras/{5}/calibration"));
        await page.Connected();
        await page.Locator(".take-picture").ClickAsync();
        await page.Locator(".cal-sheet image").WaitForAsync();
        return page;
    }

    static async Task WithMouseAndKeys(IPage page)
    {
        var sheet = (await page.Locator("svg.cal-sheet").BoundingBoxAsync())!;
        var (x, y) = await Middle(page, "person:1:head");
        await page.Mouse.MoveAsync(x, y);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(sheet.X + sheet.Width * 0.6f, sheet.Y + sheet.Height * 0.5f, new() { Steps = 4 });
        await Assertions.Expect(page.Locator("[data-shape='person:1']")).ToHaveAttributeAsync("points", new System.Text.RegularExpressions.Regex("""600(\.\d+)?,281(\.\d+)?$""")); // follows the finger before it is let go
        await page.Mouse.UpAsync();
        await Assertions.Expect(Field(page, "person:1:head:y")).ToHaveValueAsync("50");
        await Assertions.Expect(page.Locator(".save-calibration")).ToBeDisabledAsync();

        await page.Locator("[data-move='person:0:foot']").FocusAsync();
        await page.Keyboard.PressAsync("Shift+ArrowDown");
        await Assertions.Expect(Field(page, "person:0:foot:y")).ToHaveValueAsync("55");
        await Assertions.Expect(Field(page, "person:0:head:y")).ToHaveValueAsync("33"); // it went along
        await page.Keyboard.PressAsync("Control+KeyZ");
        await Assertions.Expect(Field(page, "person:0:foot:y")).ToHaveValueAsync("50");
        await page.Keyboard.PressAsync("ArrowUp");
        await Assertions.Expect(Field(page, "person:0:foot:y")).ToHaveValueAsync("49");

        await page.Locator(".draw-floor").ClickAsync();
        await page.Locator("[data-move='floor:1']").FocusAsync();
        await page.Keyboard.PressAsync("Delete");
        await Assertions.Expect(page.Locator(".cal-handle.floor")).ToHaveCountAsync(3);
        await page.Locator(".save-calibration").ClickAsync();
        await Assertions.Expect(page.Locator(".form-end [role=status]")).ToHaveTextAsync("Saved. Detectors go by it within a minute.");
        await Assertions.Expect(page.Locator(".cal-handle.floor")).ToHaveCountAsync(3); // as it was kept
        await Assertions.Expect(page.Locator("[role=alert]")).ToHaveCountAsync(0);
    }

    /// <summary>A finger on a handle moves that, and not the page.</summary>
    static async Task WithAFinger(IPage page)
    {
        await page.Locator("svg.cal-sheet").ScrollIntoViewIfNeededAsync();
        var scrolled = await page.EvaluateAsync<double>("scrollY");
        var sheet = (await page.Locator("svg.cal-sheet").BoundingBoxAsync())!;
        var (x, y) = await Middle(page, "person:1:foot");
        var session = await page.Context.NewCDPSessionAsync(page);
        await Touch(session, "touchStart", x, y);
        for (var step = 1; step <= 4; step++) await Touch(session, "touchMove", x + (sheet.X + sheet.Width * 0.8f - x) * step / 4, y + (sheet.Y + sheet.Height * 0.7f - y) * step / 4);
        await session.SendAsync("Input.dispatchTouchEvent", new() { ["type"] = "touchEnd", ["touchPoints"] = Array.Empty<object>() });
        await Assertions.Expect(Field(page, "person:1:foot:x")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("^(79.9|80|80.1)$"));
        await Assertions.Expect(Field(page, "person:1:foot:y")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("^(69.[89]|70|70.[12])$"));
        Assert.Equal(scrolled, await page.EvaluateAsync<double>("scrollY"));
    }

    static async Task Touch(ICDPSession session, string type, float x, float y) =>
        await session.SendAsync("Input.dispatchTouchEvent", new() { ["type"] = type, ["touchPoints"] = new[] { new Dictionary<string, object> { ["x"] = x, ["y"] = y } } });

    static ILocator Field(IPage page, string name) => page.Locator($"[data-field='{name}']");

    static async Task<(float X, float Y)> Middle(IPage page, string what)
    {
        var box = (await page.Locator($"[data-move='{what}'] .grip").BoundingBoxAsync())!;
        return (box.X + box.Width / 2, box.Y + box.Height / 2);
    }
}
