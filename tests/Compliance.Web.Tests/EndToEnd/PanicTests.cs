using Microsoft.Playwright;

namespace Compliance.Web.Tests.EndToEnd;

/// <summary>In a browser: what is pressed by accident calls nobody, what is held calls once, by mouse and by keyboard; a guard calls without script.</summary>
[Collection(typeof(OneHouseAtATime))]
public sealed class PanicTests
{
    [Fact]
    public async Task A_hold_calls_once_by_mouse_and_by_keyboard()
    {
        await using var portal = await PortalAlone.Start();
        var browser = await portal.Open();
        await using var context = await browser.NewContextAsync(new() { BaseURL = portal.Url });
        var page = await context.NewPageAsync();
        portal.Api.Role = "manager";
        await page.GotoAsync("/sign-in?back=/");
        await page.GotoAsync($"/venues/{portal.Api.City.Venues[0].VenueId}/panic");
        await page.Connected();
        var button = page.Locator(".panic-button");
        await page.Locator(".panic-list li").First.WaitForAsync();

        await button.HoverAsync();
        await page.Mouse.DownAsync();
        await page.Locator(".panic-sent").WaitForAsync();
        await page.Mouse.UpAsync();
        Assert.Single(portal.Api.Calls);

        await page.Locator(".panic-button:not(.calling)").WaitForAsync(); // until the answer is read a hold calls nobody
        await button.FocusAsync();
        await page.Keyboard.DownAsync("Space");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (portal.Api.Calls.Count < 2) await again.WaitForNextTickAsync(patience.Token);
        await page.Keyboard.UpAsync("Space");
        Assert.Equal(2, portal.Api.Calls.DistinctBy(c => c.PressId).Count());
    }

    /// <summary>The page's own button before a line that never answers, then before one that does: what the portal would do is not asked here.</summary>
    [Fact]
    public async Task What_is_let_go_calls_nobody_and_where_no_answer_comes_the_page_says_so_itself_and_the_next_hold_calls_again()
    {
        await using var portal = await PortalAlone.Start();
        var browser = await portal.Open();
        await using var context = await browser.NewContextAsync(new() { BaseURL = portal.Url });
        var page = await context.NewPageAsync();
        portal.Api.Role = "manager";
        await page.GotoAsync("/sign-in?back=/");
        await page.GotoAsync($"/venues/{portal.Api.City.Venues[0].VenueId}/panic");
        await page.Connected();
        await page.Locator(".panic-list li").First.WaitForAsync();
        await page.EvaluateAsync("""
            async () => {
              const button = document.querySelector('.panic-button').cloneNode(true); // without its listeners
              document.querySelector('.panic-button').replaceWith(button);
              window.line = {
                calls: 0, answers: [], saysCalling: false,
                invokeMethodAsync() {
                  button.dataset.calls = ++this.calls;
                  this.saysCalling = getComputedStyle(button.querySelector('.while-calling')).display !== 'none' && getComputedStyle(button.querySelector('.at-rest')).display === 'none';
                  return new Promise(answer => this.answers.push(answer));
                },
              };
              const { watch } = await import('/hold.js');
              window.held = milliseconds => { window.watched?.leave(); window.watched = watch(button, window.line, milliseconds, 400); };
              const long = 600000, { setTimeout, clearTimeout } = window; // so long that no machine is too slow to let go
              window.due = new Set();
              window.setTimeout = (act, wait, ...rest) => { const id = setTimeout(act, wait, ...rest); if (wait === long) window.due.add(id); return id; };
              window.clearTimeout = id => { window.due.delete(id); clearTimeout(id); };
              window.held(long);
            }
            """);
        var (button, lost) = (page.Locator(".panic-button"), page.Locator(".panic-lost"));
        await button.HoverAsync();
        await page.Mouse.DownAsync();
        await page.Locator(".panic-button.holding").WaitForAsync();
        Assert.Equal(1, await page.EvaluateAsync<int>("window.due.size"));
        await page.Mouse.UpAsync();
        await page.Locator(".panic-button:not(.holding)").WaitForAsync();
        Assert.Equal(0, await page.EvaluateAsync<int>("window.due.size")); // nothing will call
        await button.FocusAsync();
        await page.Keyboard.DownAsync("Enter");
        await page.Locator(".panic-button.holding").WaitForAsync();
        await page.Keyboard.UpAsync("Enter");
        await page.Locator(".panic-button:not(.holding)").WaitForAsync();
        Assert.Equal((0, 0), (await page.EvaluateAsync<int>("window.due.size"), await page.EvaluateAsync<int>("window.line.calls")));
        await page.EvaluateAsync("window.held(50)");
        Assert.False(await lost.IsVisibleAsync());
        Assert.False(await page.Locator(".panic-failed").IsVisibleAsync());

        await button.FocusAsync();
        await page.Keyboard.DownAsync("Space");
        await lost.WaitForAsync();
        Assert.True(await page.EvaluateAsync<bool>("window.line.saysCalling"));
        for (var again = 0; again < 20; again++) await page.Keyboard.DownAsync("Space"); // the key repeats
        await page.Keyboard.UpAsync("Space");
        Assert.Equal(1, await page.EvaluateAsync<int>("window.line.calls"));

        await page.Keyboard.DownAsync("Space");
        await page.Locator(".panic-button[data-calls='2']").WaitForAsync();
        await page.Keyboard.UpAsync("Space");
        await lost.WaitForAsync();
        await page.EvaluateAsync("window.line.answers[1]()"); // it came after all
        await lost.WaitForAsync(new() { State = WaitForSelectorState.Hidden });

        await page.EvaluateAsync("window.watched.leave()");
        await page.Keyboard.DownAsync("Space");
        Assert.Equal(0, await page.Locator(".panic-button.holding").CountAsync());
        await page.Keyboard.UpAsync("Space");
    }

    [Fact]
    public async Task A_guard_who_came_calls_without_script_and_is_asked_once_more()
    {
        await using var portal = await PortalAlone.Start();
        var browser = await portal.Open();
        await using var context = await browser.NewContextAsync(new() { BaseURL = portal.Url, JavaScriptEnabled = false });
        var page = await context.NewPageAsync();
        var venue = portal.Api.City.Venues[0].VenueId;
        await page.GotoAsync($"/guard/{venue}/help");
        Assert.Equal(0, await page.Locator("form.check-in").CountAsync());
        await page.GotoAsync($"/guard/{venue}/abc");
        await page.Locator("input[name='Form.Number']").FillAsync("2");
        await page.Locator("input[name='Form.Pin']").FillAsync("2580");
        await page.Locator("button[name='Form.Leaving']").First.ClickAsync();
        await page.Locator("a.help").ClickAsync();
        Assert.False(await page.Locator(".call-now").IsVisibleAsync());
        await page.Locator(".panic-ask summary").ClickAsync();
        await page.Locator(".call-now").ClickAsync();
        await page.Locator(".called").WaitForAsync();
    }
}
