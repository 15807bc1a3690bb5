using Bunit;
using Compliance.Domain.Guards;
using Compliance.Domain.Kernel;
using Compliance.Web.Desks;
using Compliance.Web.Desks.Owner;
using Compliance.Web.Desks.Public;
using Compliance.Web.Parts.Guards;
using Compliance.Web.Shell;
using Compliance.Web.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MudBlazor;

namespace Compliance.Web.Tests.Pages;

/// <summary>The owner sees how many stand there, and writes.</summary>
public sealed class GuardsPageTests : Desk
{
    static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);
    readonly City city = City.Of(DateTimeOffset.UtcNow);

    IRenderedComponent<GuardsPage> Page()
    {
        var venue = city.Venues[0];
        Api.On($"GET /venues/{venue.VenueId}", venue).On($"GET /venues/{venue.VenueId}/guards", Standing.Shown(venue.VenueId, city.Now)).On($"GET /venues/{venue.VenueId}/incidents", Standing.Book(venue.VenueId, city.Now))
            .On($"GET /venues/{venue.VenueId}/guards/telephone", new PostTelephone("+77273000002"));
        Render<MudPopoverProvider>();
        var page = Render<GuardsPage>(p => p.Add(v => v.Id, venue.VenueId));
        page.WaitForElement(".on-duty", Soon);
        return page;
    }

    [Fact]
    public void It_says_how_many_of_how_many_and_who_is_missing()
    {
        var page = Page();
        Assert.Contains("2 of 3 on duty", page.Find(".on-duty").TextContent, StringComparison.Ordinal);
        Assert.Contains("142 persons inside", page.Find(".on-duty").TextContent, StringComparison.Ordinal);
        Assert.Contains("bad", page.Find(".on-duty").ClassList);
        Assert.Equal(1, page.FindAll("[data-shift]").Count(row => row.TextContent.Contains("has not come yet", StringComparison.Ordinal)));
        Assert.NotEmpty(page.FindAll(".night-chart rect.bad"));
    }

    [Fact]
    public async Task Heads_are_counted_in_one_line()
    {
        var page = Page();
        var venue = city.Venues[0].VenueId;
        Api.On($"POST /venues/{venue}/guards/heads", new CommandAnswer(1, new(1, 1)));
        await page.InvokeAsync(() => page.Find("#heads").Change("160"));
        await page.InvokeAsync(() => page.Find("form.heads").Submit());
        page.WaitForState(() => Api.Asked.Any(a => a.Door.EndsWith("/heads", StringComparison.Ordinal)), Soon);
        Assert.Contains("160", Api.Asked.Single(a => a.Door.EndsWith("/heads", StringComparison.Ordinal)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_telephone_of_the_post_is_named_in_one_line()
    {
        var page = Page();
        var door = $"PUT /venues/{city.Venues[0].VenueId}/guards/telephone";
        Api.On(door, new CommandAnswer(1, new(1, 1)));
        page.WaitForAssertion(() => Assert.Equal("+77273000002", page.Find("#post-telephone").GetAttribute("value")), Soon);
        Assert.True(page.Find(".save-telephone").HasAttribute("disabled")); // nothing to save
        await page.InvokeAsync(() => page.Find("#post-telephone").Input("+7 727 300 00 03"));
        await page.InvokeAsync(() => page.Find("form.post-telephone").Submit());
        page.WaitForAssertion(() => Assert.Contains("+7 727 300 00 03", System.Text.RegularExpressions.Regex.Unescape(Assert.Single(Api.Asked, a => a.Door == door).Body), StringComparison.Ordinal), Soon);
        page.WaitForAssertion(() => Assert.Equal("Saved", page.Find(".post-telephone [role=status]").TextContent), Soon);
    }

    [Fact]
    public void The_book_shows_what_waits_what_was_corrected_and_what_is_forgotten()
    {
        var book = Page().Find(".book-card").TextContent;
        Assert.Contains("left to write it up", book, StringComparison.Ordinal);
        Assert.Contains("Үш қонақ болған", book, StringComparison.Ordinal);
        Assert.Contains("Noticed and written up by the system", book, StringComparison.Ordinal);
        Assert.Contains("the text is forgotten", book, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_needs_no_words_at_once()
    {
        var venue = city.Venues[0].VenueId;
        Api.OnAll($"PUT /venues/{venue}/incidents/", new CommandAnswer(0, new(1, 1)));
        var dialogs = Render<MudDialogProvider>();
        Render<MudPopoverProvider>();
        await dialogs.InvokeAsync(() => Services.GetRequiredService<IDialogService>().ShowAsync<EntryDialog>(null, new DialogParameters { ["Venue"] = venue }));
        dialogs.Find("#entry-kind").Change(nameof(IncidentKind.Seizure));
        dialogs.Find(".mud-dialog-actions button:last-child").Click();
        dialogs.WaitForState(() => Api.Asked.Any(a => a.Door.Contains("/incidents/", StringComparison.Ordinal)), Soon);
        var sent = System.Text.Json.JsonSerializer.Deserialize<EntryForm>(Api.Asked.Single(a => a.Door.Contains("/incidents/", StringComparison.Ordinal)).Body, EventCatalog.Json)!;
        Assert.Equal((IncidentKind.Seizure, null), (sent.Kind, sent.Words));
    }

    [Fact]
    public async Task A_pin_is_shown_once()
    {
        var venue = city.Venues[0].VenueId;
        Api.OnAll($"PUT /venues/{venue}/guards/", new GuardPin(Guid.NewGuid(), 4, "071234"));
        var dialogs = Render<MudDialogProvider>();
        await dialogs.InvokeAsync(() => Services.GetRequiredService<IDialogService>().ShowAsync<GuardDialog>(null, new DialogParameters { ["Venue"] = venue, ["Step"] = GuardStep.Enter }));
        Assert.True(dialogs.Find(".mud-dialog-actions button:last-child").HasAttribute("disabled"));
        dialogs.Find("#guard-name").Input("Тест");
        dialogs.Find("#guard-certificate").Input("АБ 1");
        Assert.True(dialogs.Find(".mud-dialog-actions button:last-child").HasAttribute("disabled"));
        dialogs.Find("#certificate-until").Change("2028-01-01");
        dialogs.Find(".mud-dialog-actions button:last-child").Click();
        dialogs.WaitForElement(".pin-told", Soon);
        Assert.Contains("071234", dialogs.Find(".secret").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void The_screen_shows_the_code_of_now_and_who_has_come()
    {
        var venue = city.Venues[0];
        Api.On($"GET /venues/{venue.VenueId}/guards", Standing.Shown(venue.VenueId, city.Now))
            .On($"GET /venues/{venue.VenueId}/guards/code", new GuardCode("https://x/guard/1/abc", "<svg class=\"code-of-now\"></svg>", city.Now.AddSeconds(20)));
        var page = Render<GuardScreenPage>(p => p.Add(v => v.Id, venue.VenueId));
        page.WaitForElement(".code-of-now", Soon);
        Assert.Equal(2, page.FindAll(".came li").Count);
        Assert.DoesNotContain("Ерлан", page.Markup, StringComparison.Ordinal);
    }
}

/// <summary>The screen at the door outlives a network that fails for a moment.</summary>
public sealed class GuardScreenTests() : Desk(clock: Clock)
{
    static readonly FakeTimeProvider Clock = new(DateTimeOffset.UtcNow);
    static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    [Fact]
    public void A_call_that_failed_is_made_again()
    {
        var city = City.Of(Clock.GetUtcNow());
        var venue = city.Venues[0];
        Api.On($"GET /venues/{venue.VenueId}/guards", Standing.Shown(venue.VenueId, city.Now)).Unreachable($"GET /venues/{venue.VenueId}/guards/code");
        var page = Render<GuardScreenPage>(p => p.Add(v => v.Id, venue.VenueId));
        page.WaitForElement("[role=alert]", Soon);
        Api.On($"GET /venues/{venue.VenueId}/guards/code", new GuardCode("https://x/guard/1/abc", "<svg class=\"code-of-now\"></svg>", city.Now.AddSeconds(20)));
        Clock.Advance(TimeSpan.FromSeconds(6));
        page.WaitForElement(".code-of-now", Soon);
    }
}

/// <summary>Who checks reads; nothing to press is there.</summary>
public sealed class InspectorsGuardsPageTests() : Desk(Roles.Inspector)
{
    [Fact]
    public void An_inspector_reads_the_numbers_and_names_and_writes_nothing()
    {
        var city = City.Of(DateTimeOffset.UtcNow);
        var venue = city.Venues[0];
        Api.On($"GET /venues/{venue.VenueId}", venue).On($"GET /venues/{venue.VenueId}/guards", Standing.Shown(venue.VenueId, city.Now)).On($"GET /venues/{venue.VenueId}/incidents", Standing.Book(venue.VenueId, city.Now));
        var page = Render<GuardsPage>(p => p.Add(v => v.Id, venue.VenueId));
        page.WaitForElement(".on-duty", TimeSpan.FromSeconds(10));
        Assert.Contains("Ерлан Қасымов", page.Find(".roster-card").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".heads, .plan-shift, .enter-guard, .open-entry, .sign-contract, .show-code, .write-entry, .new-pin"));
    }
}

/// <summary>The page behind the code: plain, for a telephone.</summary>
public sealed class CheckInPageTests : Desk
{
    static readonly Guid Venue = Guid.NewGuid();

    IRenderedComponent<CheckInPage> Page() => Render<CheckInPage>(p => p.Add(v => v.Venue, Venue).Add(v => v.Code, "abc"));

    [Fact]
    public void A_fresh_code_opens_a_plain_form()
    {
        Api.On($"POST /public/venues/{Venue}/guard-code", new CheckInTicket("the-ticket"));
        var page = Page();
        var form = page.WaitForElement("form.check-in", TimeSpan.FromSeconds(10));
        Assert.Equal("post", form.GetAttribute("method"));
        Assert.Equal("the-ticket", page.Find("input[name='Form.Ticket']").GetAttribute("value"));
        Assert.Equal(2, page.FindAll("button[name='Form.Leaving']").Count);
        Assert.Empty(page.FindAll("input[name='Form.NewPin']"));
    }

    [Fact]
    public void An_old_one_opens_nothing()
    {
        Api.On($"POST /public/venues/{Venue}/guard-code", new { code = "guard.code-stale", status = 409 }, System.Net.HttpStatusCode.Conflict);
        var page = Page();
        Assert.Contains("has turned", page.WaitForElement("[role=alert]", TimeSpan.FromSeconds(10)).TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("form"));
    }

    [Fact]
    public void It_is_counted_as_a_page_for_everybody() => Assert.True(PublicLimits.IsPublic($"/guard/{Venue}/abc"));
}
