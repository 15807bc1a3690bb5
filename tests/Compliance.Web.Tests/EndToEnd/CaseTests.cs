using Compliance.Domain.Devices;
using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;
using Microsoft.Playwright;

namespace Compliance.Web.Tests.EndToEnd;

/// <summary>
/// From an outage to the end of an appeal, as people live it in the browser. The exit is blocked three hours before the present of the
/// house: its own policies and assessments make the rest of it.
/// </summary>
[Collection(typeof(OneHouseAtATime))]
public sealed class CaseTests
{
    static readonly Guid Venue = Guid.CreateVersion7(), Exit = Guid.CreateVersion7();

    [Fact]
    public async Task An_outage_becomes_a_case_that_is_explained_decided_appealed_and_printed()
    {
        Installed.OrSkip("weasyprint", "poppler-utils");
        var (playwright, browser) = await Browser.Launch();
        using var _ = playwright;
        await using var __ = browser;
        var blocked = DateTimeOffset.UtcNow.AddHours(-3);
        await using var house = await House.OpenAt(blocked);
        try
        {
            await Block(house, blocked);
            await File.WriteAllTextAsync(house.ClockFile, "", TestContext.Current.CancellationToken);
            var owner = await browser.SignIn(house, "owner@demo");
            await owner.GotoAsync($"/venues/{Venue}");
            await owner.Locator(".outages .row.running").WaitForAsync();
            var page = await Explain(owner);
            await Decide(await browser.SignIn(house, "authority@demo"), page);
            await Say(owner, ".appeal", "It could be opened from within");
            await owner.Locator(".appealed").WaitForAsync();
            await Review(await browser.SignIn(house, "authority2@demo"), page);
            await owner.Locator(".appealed").GetByText("The door opened without a key").WaitForAsync();
            await Print(owner);
        }
        catch (Exception failed) when (failed is PlaywrightException or TimeoutException)
        {
            Assert.Fail($"{failed.Message}\n{await browser.OnScreen()}\n{house.LastWords}");
        }
    }

    /// <summary>What follows from it at once is of that time too.</summary>
    static async Task Block(House house, DateTimeOffset at)
    {
        await house.Send(HttpMethod.Put, $"/venues/{Venue}", new VenueCommand.Register(Venue, new("Түн", "Ночь", "990140001233", "пр. Абая, 1", "Медеу", new(43.24, 76.95), false), 200, []), "owner@demo");
        await house.Send(HttpMethod.Put, $"/devices/{Exit}", new DeviceCommand.Register(Exit, Venue, new ExitSpec("Аула", "Двор", 1200, 2000, OpeningDirection.Outward, LockType.PanicBar)), "owner@demo");
        await house.Send(HttpMethod.Post, $"/devices/{Exit}/verdicts", new DeviceCommand.ReportVerdict(Verdict.Blocked, at, at, Guid.CreateVersion7(at), "boxes", null), "owner@demo");
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while ((await house.Get<Page<DutyShown>>($"/venues/{Venue}/duties", "owner@demo")).Items.Count == 0) await again.WaitForNextTickAsync(patience.Token);
    }

    /// <summary>The case is there by itself; the owner opens it and says why.</summary>
    static async Task<string> Explain(IPage page)
    {
        await page.GotoAsync("/cases");
        await page.Connected();
        await page.Locator("a[href^='/cases/']").First.WaitForAsync();
        await page.Locator("a[href^='/cases/']").First.ClickAsync();
        await page.WaitForURLAsync("**/cases/*-*");
        await Say(page, ".explain", "The yard was flooded");
        await page.Locator(".pleadings").GetByText("The yard was flooded").WaitForAsync();
        return new Uri(page.Url).AbsolutePath;
    }

    static async Task Decide(IPage page, string of)
    {
        await page.GotoAsync(of);
        await page.Connected();
        await page.Locator(".decide").ClickAsync();
        await page.Locator("#outcome").SelectOptionAsync("Warning");
        await page.Locator("#grounds").FillAsync("Blocked for longer than two hours");
        await page.Locator(".mud-dialog-actions button").Last.ClickAsync();
        await page.Locator(".ruling").GetByText("Blocked for longer than two hours").WaitForAsync();
    }

    /// <summary>Whoever decided the case cannot; the second officer can.</summary>
    static async Task Review(IPage page, string of)
    {
        await page.GotoAsync(of);
        await page.Connected();
        await page.Locator(".cancel-ruling").ClickAsync();
        await page.Locator("#reason").FillAsync("The door opened without a key");
        await page.Locator(".mud-dialog-actions button").Last.ClickAsync();
        await page.Locator(".appealed").GetByText("The door opened without a key").WaitForAsync();
    }

    static async Task Say(IPage page, string button, string words)
    {
        await page.Locator(button).ClickAsync();
        await page.Locator("#said").FillAsync(words);
        await page.Locator(".mud-dialog-actions button").Last.ClickAsync();
    }

    static async Task Print(IPage page)
    {
        await page.GotoAsync($"/venues/{Venue}");
        await page.Connected();
        var download = await page.RunAndWaitForDownloadAsync(() => page.Locator(".liability a[lang=en]").ClickAsync());
        var text = await Installed.Run("pdftotext", (await download.PathAsync())!, "-");
        Assert.All((string[])["LIABILITY RECORD", "Violations of law", "The yard was flooded", "It could be opened from within", "The door opened without a key"],
            said => Assert.Contains(said, text.ReplaceLineEndings(" "), StringComparison.Ordinal));
    }
}
