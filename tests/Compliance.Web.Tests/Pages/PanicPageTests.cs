using Bunit;
using Compliance.Domain.Alerts;
using Compliance.Domain.Kernel;
using Compliance.Web.Desks;
using Compliance.Web.Desks.Public;
using Compliance.Web.Parts.Alerts;
using Compliance.Web.Parts.Guards;
using Compliance.Web.Shell;
using Compliance.Web.Tests.Fakes;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Compliance.Web.Tests.Pages;

/// <summary>The button for help of a venue's staff, and who called.</summary>
public sealed class PanicPageTests() : Desk(Roles.Manager)
{
    static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);
    readonly City city = City.Of(DateTimeOffset.UtcNow);

    IRenderedComponent<PanicPage> Page()
    {
        var venue = city.Venues[0];
        Api.On($"GET /venues/{venue.VenueId}", venue).On($"GET /venues/{venue.VenueId}/panic", Incidents.Calls(city.Now)).On($"POST /venues/{venue.VenueId}/panic", new CommandAnswer(0, new(1, 1)));
        var page = Render<PanicPage>(p => p.Add(v => v.Id, venue.VenueId));
        page.WaitForElement(".panic-list li", Soon);
        return page;
    }

    [Fact]
    public async Task Once_it_was_held_it_is_sent_and_says_when()
    {
        var page = Page();
        Assert.Empty(page.FindAll(".panic-sent"));
        Assert.Equal("tel:102", page.Find(".panic-phone").GetAttribute("href"));
        await page.InvokeAsync(page.FindComponent<PanicHold>().Instance.Call);
        page.WaitForElement(".panic-sent", Soon);
        var sent = System.Text.Json.JsonSerializer.Deserialize<PanicForm>(Api.Asked.Single(a => a.Door.StartsWith("POST", StringComparison.Ordinal)).Body, EventCatalog.Json)!;
        Assert.Equal(PanicGesture.Held, sent.Gesture);
        Assert.NotEqual(Guid.Empty, sent.PressId);
    }

    [Fact]
    public async Task What_did_not_arrive_says_to_call_102()
    {
        var page = Page();
        Api.Unreachable($"POST /venues/{city.Venues[0].VenueId}/panic");
        Assert.True(page.Find(".panic-failed").HasAttribute("hidden"));
        await page.InvokeAsync(page.FindComponent<PanicHold>().Instance.Call);
        Assert.False(page.Find(".panic-failed").HasAttribute("hidden"));
        Assert.Empty(page.FindAll(".panic-sent"));
    }

    [Fact]
    public void Who_called_and_what_it_was_stands_beside_it()
    {
        var page = Page();
        Assert.Contains("pressed 5, confirmed 1, found to be nothing 3", page.Find(".panic-counts").TextContent, StringComparison.Ordinal);
        var rows = page.FindAll(".panic-list li").Select(li => li.TextContent).ToArray();
        Assert.Contains("Guard no. 2 · Ерлан Қасымов", rows[1], StringComparison.Ordinal);
        Assert.Contains("It was nothing: Test", rows[2], StringComparison.Ordinal);
        Assert.Contains("Nobody has said yet", rows[0], StringComparison.Ordinal);
        Assert.Contains("button 8", rows[3], StringComparison.Ordinal); // told in the same frame as the one before
        Assert.Contains("It was nothing: Nothing found", rows[3], StringComparison.Ordinal);
    }

    [Fact]
    public void A_telephone_nobody_came_on_duty_with_is_offered_102_and_no_button()
    {
        var page = Render<GuardHelpPage>(p => p.Add(v => v.Venue, Guid.NewGuid()));
        Assert.Empty(page.FindAll("form"));
        Assert.Equal("tel:102", page.Find("a.more").GetAttribute("href"));
    }

    [Fact]
    public void What_a_telephone_keeps_is_for_one_venue()
    {
        var (venue, other, guard, handset) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        var kept = Kept(http => GuardPass.Keep(http, venue, guard, handset, "abc"));
        var there = Kept(http => GuardPass.Keep(http, other, guard, handset, "def"));
        var both = With(kept.Concat(there));
        Assert.Equal(new GuardPass(guard, handset, "abc"), GuardPass.Of(both, venue));
        Assert.Equal(new GuardPass(guard, handset, "def"), GuardPass.Of(both, other));
        Assert.Null(GuardPass.Of(both, Guid.NewGuid()));
        Assert.Null(GuardPass.Of(With(kept.Where(cookie => cookie.Name != "handset")), venue));

        var left = Kept(http => GuardPass.Keep(http, venue, guard, handset, null)); // he leaves one, and is on duty at the other
        Assert.Equal(kept.Select(cookie => cookie.Name.ToString()).Where(name => name != "handset"), left.Select(cookie => cookie.Name.ToString()));
        Assert.All(left, cookie => Assert.True(cookie.Expires <= DateTimeOffset.UtcNow));
    }

    [Fact]
    public void From_a_check_in_on_mark_and_pass_last_a_whole_shift_however_old_the_mark_is()
    {
        var (guard, handset) = (Guid.NewGuid(), Guid.NewGuid());
        var kept = Kept(http => GuardPass.Keep(http, Guid.NewGuid(), guard, handset, "abc"), $"handset={handset}");
        Assert.Equal(2, kept.Length);
        Assert.All(kept, cookie => Assert.Equal(TimeSpan.FromHours(16), cookie.MaxAge));
        Assert.Equal(handset.ToString(), kept.Single(cookie => cookie.Name == "handset").Value.ToString());
    }

    static SetCookieHeaderValue[] Kept(Action<HttpContext> act, string? had = null)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers.Cookie = had;
        act(http);
        return [.. SetCookieHeaderValue.ParseList(http.Response.Headers.SetCookie.ToArray()!)];
    }

    static DefaultHttpContext With(IEnumerable<SetCookieHeaderValue> cookies)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers.Cookie = string.Join("; ", cookies.Select(cookie => $"{cookie.Name}={cookie.Value}"));
        return http;
    }
}

/// <summary>Police read who called; they have a desk of their own and no button.</summary>
public sealed class OfficersPanicPageTests() : Desk(Roles.Operator)
{
    [Fact]
    public void An_officer_reads_and_presses_nothing()
    {
        var city = City.Of(DateTimeOffset.UtcNow);
        var venue = city.Venues[0];
        Api.On($"GET /venues/{venue.VenueId}", venue).On($"GET /venues/{venue.VenueId}/panic", Incidents.Calls(city.Now));
        var page = Render<PanicPage>(p => p.Add(v => v.Id, venue.VenueId));
        page.WaitForElement(".panic-list li");
        Assert.Empty(page.FindAll(".panic-button"));
    }
}
