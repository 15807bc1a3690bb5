using System.Net;
using Bunit;
using Compliance.Domain.Devices;
using Compliance.Domain.Evidence;
using Compliance.Domain.Kernel;
using Compliance.Domain.Outages;
using Compliance.Domain.Venues;
using Compliance.Web.Desks;
using Compliance.Web.Desks.Owner;
using Compliance.Web.Parts.Venues;
using Compliance.Web.Shell;
using Compliance.Web.Tests.Fakes;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace Compliance.Web.Tests.Pages;

/// <summary>What an owner may correct of the record, and whom he may appoint and relieve.</summary>
public sealed class OwnerDeskTests : Desk
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    static readonly DateOnly Today = VenueZone.Day(DateTimeOffset.UtcNow);

    readonly VenueCard venue = City.Of(DateTimeOffset.UtcNow).Venues[1];

    string Door(string of) => $"PUT /venues/{venue.VenueId}/{of}";

    IRenderedComponent<CorrectVenuePage> Correcting()
    {
        Api.On($"GET /venues/{venue.VenueId}", venue).On(Door("details"), new CommandAnswer(4, new(1, 4))).On(Door("capacity"), new CommandAnswer(5, new(1, 5)));
        var page = Render<CorrectVenuePage>(p => p.Add(c => c.Id, venue.VenueId));
        page.WaitForElement("#capacity", Patience);
        return page;
    }

    [Fact]
    public void A_record_that_is_not_touched_is_not_sent()
    {
        var page = Correcting();
        page.Find("form").Submit();
        page.WaitForAssertion(() => Assert.EndsWith($"/venues/{venue.VenueId}", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal));
        Assert.DoesNotContain(Api.Asked, asked => asked.Door.StartsWith("PUT", StringComparison.Ordinal));
    }

    [Fact]
    public void Each_correction_names_the_revision_it_was_decided_on()
    {
        var page = Correcting();
        page.Find("#address").Change("ул. Новая, 1");
        page.Find("#capacity").Change("420");
        page.Find("form").Submit();
        page.WaitForAssertion(() => Assert.Contains(Api.Asked, asked => asked.Door == Door("capacity")));
        Assert.Equal([(Door("details"), "\"3\""), (Door("capacity"), "\"4\"")], Api.Asked.Where(a => a.Door.StartsWith("PUT", StringComparison.Ordinal)).Select(a => (a.Door, a.IfMatch)));
    }

    [Fact]
    public void Who_was_slower_is_told_and_may_begin_anew()
    {
        var page = Correcting();
        Api.On(Door("capacity"), new { code = "request.stale" }, HttpStatusCode.PreconditionFailed);
        page.Find("#capacity").Change("420");
        page.Find("form").Submit();
        page.WaitForElement(".note.bad button", Patience);
        Assert.Contains("somebody else changed this record", page.Markup, StringComparison.Ordinal);
        page.Find(".note.bad button").Click();
        page.WaitForAssertion(() => Assert.Equal("350", page.Find("#capacity").GetAttribute("value")));
    }

    [Fact]
    public void A_day_with_two_openings_keeps_both()
    {
        var hours = new OpeningHours[] { new(DayOfWeek.Friday, new(12, 0), new(15, 0)), new(DayOfWeek.Friday, new(20, 0), new(5, 0)) };
        Assert.Equal(hours, VenueDraft.Of(venue with { OpeningHours = hours }).ToCommand(venue.VenueId).OpeningHours);
    }

    [Fact]
    public void Who_answers_now_stands_apart_from_who_did_before()
    {
        var people = Render<VenuePeople>(p => p.Add(v => v.Venue, venue).Add(v => v.Today, Today));
        Assert.Equal(2, people.FindAll(".now li").Count);
        Assert.Contains("30 Jun 2026", Assert.Single(people.FindAll(".before li")).TextContent, StringComparison.Ordinal);
        Assert.Empty(people.FindAll(".relieve, .forget, .appoint"));
    }

    [Fact]
    public async Task A_person_is_appointed_by_contact_and_the_link_is_shown_once()
    {
        Api.On($"POST /venues/{venue.VenueId}/people/invited", new InvitedPerson(Guid.NewGuid(), "https://example.kz/welcome?token=abc", "<svg></svg>", 4, new(1, 4)));
        var dialogs = Render<MudDialogProvider>();
        var people = Render<VenuePeople>(p => p.Add(v => v.Venue, venue).Add(v => v.Today, Today).Add(v => v.CanAppoint, true));
        await people.InvokeAsync(() => people.Find(".appoint").Click());
        dialogs.WaitForElement("#person-name", Patience);
        await dialogs.InvokeAsync(() => dialogs.Find("#person-name").Input("Мадина Оспанова"));
        await dialogs.InvokeAsync(() => dialogs.Find("#person-contact").Input("+7 701 555 01 01"));
        await dialogs.InvokeAsync(() => dialogs.Find(".mud-dialog-actions button:last-child").Click());
        Assert.Equal("https://example.kz/welcome?token=abc", dialogs.WaitForElement(".secret", Patience).TextContent);
        Assert.NotNull(dialogs.Find(".qr svg"));
        Assert.Contains("701 555 01 01", Assert.Single(Api.Asked).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_is_relieved_from_a_day_on()
    {
        var door = $"POST /venues/{venue.VenueId}/people/relieved";
        Api.On(door, new CommandAnswer(4, new(1, 4)));
        var dialogs = Render<MudDialogProvider>();
        var people = Render<VenuePeople>(p => p.Add(v => v.Venue, venue).Add(v => v.Today, Today).Add(v => v.CanAppoint, true));
        await people.InvokeAsync(() => people.FindAll(".relieve")[0].Click());
        dialogs.WaitForElement("#relieve-until", Patience).Change("2026-12-31");
        await dialogs.InvokeAsync(() => dialogs.Find(".mud-dialog-actions button:last-child").Click());
        dialogs.WaitForAssertion(() => Assert.Contains(Api.Asked, asked => asked.Door == door && asked.Body.Contains("2026-12-31", StringComparison.Ordinal) && asked.IfMatch == "\"3\""), Patience);
    }

    [Fact]
    public void All_notices_are_marked_read_with_one_knock_up_to_the_newest_on_the_screen()
    {
        var city = City.Of(DateTimeOffset.UtcNow);
        Domain.Notices.NoticeRow[] notices = [.. city.Notices.OrderByDescending(n => n.IssuedAt)];
        Api.On("GET /notices", new Page<Domain.Notices.NoticeRow>(notices, "more")).On("GET /notices/unread", new Domain.Notices.UnreadNotices(1_000))
            .OnAll("POST /notices/", new CommandAnswer(2, new(1, 2))).OnAll("GET /venues/", city.Venues[2]).OnAll("GET /devices/", city.Devices[0]);
        var inbox = Render<InboxPage>();
        var button = inbox.WaitForElement(".read-all", Patience);
        Assert.Contains("Mark all 1000 notices as read", button.TextContent, StringComparison.Ordinal);

        Api.On("GET /notices/unread", new Domain.Notices.UnreadNotices(0));
        button.Click();
        inbox.WaitForAssertion(() => Assert.Empty(inbox.FindAll(".read-all")), Patience);
        var knock = Assert.Single(Api.Asked, asked => asked.Door == "POST /notices/read");
        Assert.Equal(notices[0].IssuedAt, System.Text.Json.JsonSerializer.Deserialize<Domain.Notices.NoticesRead>(knock.Body, EventCatalog.Json)!.Until);
        Assert.DoesNotContain(Api.Asked, asked => asked.Door.EndsWith("/read", StringComparison.Ordinal) && asked.Door != "POST /notices/read");
    }

    [Fact]
    public void Two_guards_who_did_not_come_are_two_notices_with_their_numbers_and_one_of_before_has_none()
    {
        var at = DateTimeOffset.UtcNow;
        var shown = Standing.Shown(venue.VenueId, at);
        Domain.Notices.NoticeRow Late(Guid about) => new(Guid.NewGuid(), venue.VenueId, Domain.Notices.NoticeKind.GuardLate, null, null, null, at, at, [], about);
        Api.On("GET /notices", new Page<Domain.Notices.NoticeRow>([Late(shown.Card.Guards[0].GuardId), Late(shown.Card.Guards[2].GuardId), Late(venue.VenueId)], null))
            .On($"GET /venues/{venue.VenueId}", venue).On($"GET /venues/{venue.VenueId}/guards", shown).OnAll("POST /notices/", new CommandAnswer(2, new(1, 2)));
        var inbox = Render<InboxPage>();
        inbox.WaitForAssertion(() => Assert.Equal(
            ["Guard № 1 has not come to the shift", "Guard № 3 has not come to the shift", "A guard has not come to the shift"], inbox.FindAll(".notice .row-title").Select(title => title.TextContent)), Patience);
        Assert.All(inbox.FindAll("a.about"), link => Assert.Equal($"/venues/{venue.VenueId}/guards", link.GetAttribute("href")));
    }

    [Theory]
    [InlineData(TextLanguage.Kazakh, "Signed in Kazakh", "kk"), InlineData(TextLanguage.Russian, "Signed in Russian", "ru"), InlineData(null, null, null)]
    public void A_consent_keeps_its_words_and_says_in_which_language_they_are(TextLanguage? language, string? said, string? code)
    {
        var consent = venue.Bases[0] with { Language = language };
        var bases = Render<VenueBases>(p => p.Add(v => v.Venue, venue with { Bases = [consent] }).Add(v => v.Today, Today));
        Assert.Contains(consent.Document, bases.Markup, StringComparison.Ordinal);
        Assert.Contains("The owner agreed that the police see the feeds.", bases.Find(".what").TextContent, StringComparison.Ordinal);
        if (said is null) Assert.DoesNotContain("Signed in", bases.Markup, StringComparison.Ordinal);
        else Assert.Contains(said, bases.Find(".what").TextContent, StringComparison.Ordinal);
        Assert.Equal(code, bases.Find("strong + span").GetAttribute("lang"));
    }

    [Fact]
    public async Task What_an_owner_signs_is_recorded_with_the_language_he_signed_it_in()
    {
        var door = $"POST /venues/{venue.VenueId}/legal-bases";
        Api.On(door, new CommandAnswer(2, new(1, 2)));
        var form = Render<ConsentForm>(p => p.Add(c => c.Venue, venue));
        await form.InvokeAsync(() => form.Find("input[type=checkbox]").Change(true));
        await form.InvokeAsync(() => form.Find("form").Submit());
        form.WaitForAssertion(() => Assert.Contains("\"language\":\"English\"", Assert.Single(Api.Asked, asked => asked.Door == door).Body, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public void A_notice_of_a_refused_password_leads_into_the_feed_dialog_of_that_camera()
    {
        var city = City.Of(DateTimeOffset.UtcNow);
        var camera = city.Devices.First(d => d.Verdict == Verdict.AuthFailed);
        Api.On("GET /notices", new Page<Domain.Notices.NoticeRow>([.. city.Notices], null)).OnAll("POST /notices/", new CommandAnswer(2, new(1, 2)))
            .OnAll("GET /venues/", city.Venues[2]).OnAll("GET /devices/", camera);
        var inbox = Render<InboxPage>();
        var link = inbox.WaitForElement("a.change-feed", Patience).GetAttribute("href")!;
        Assert.Equal($"/venues/{camera.VenueId}?feed={camera.DeviceId}", link);

        Api.On($"GET /venues/{camera.VenueId}", city.Venues[2]).On($"GET /venues/{camera.VenueId}/devices", city.Devices.Where(d => d.VenueId == camera.VenueId).ToList())
            .On($"GET /venues/{camera.VenueId}/availability", new VenueAvailability(camera.VenueId, new(default, default), AvailabilityFormula.Current, [])).On($"GET /venues/{camera.VenueId}/outages", new Page<OutageRow>([], null));
        var dialogs = Render<MudDialogProvider>();
        Services.GetRequiredService<NavigationManager>().NavigateTo(link);
        Render<VenuePage>(p => p.Add(v => v.Id, camera.VenueId));
        dialogs.WaitForElement("#camera-password", Patience);
    }
}
