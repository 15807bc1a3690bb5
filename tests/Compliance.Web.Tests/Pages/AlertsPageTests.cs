using Bunit;
using Compliance.Domain.Alerts;
using Compliance.Domain.Devices;
using Compliance.Domain.Guards;
using Compliance.Domain.Kernel;
using Compliance.Web.Desks.Police;
using Compliance.Web.Shell;
using Compliance.Web.Tests.Fakes;

namespace Compliance.Web.Tests.Pages;

/// <summary>What an officer is shown of an incident and may do with it; the browser's own part is tested by keyboard.</summary>
public sealed class AlertsPageTests() : Desk(Roles.Operator)
{
    readonly City city = City.Of(DateTimeOffset.UtcNow);

    IRenderedComponent<AlertsPage> Open(params IncidentLine[] lines)
    {
        var venue = city.Venues[0];
        Api.On("GET /incidents", new Page<IncidentLine>(lines, null)).On("GET /alerts/counts", Incidents.Counts(city.Now) with { LateProbes = 0 })
            .On($"GET /venues/{venue.VenueId}", venue).On($"GET /venues/{venue.VenueId}/devices", city.Devices.Where(d => d.VenueId == venue.VenueId).ToArray())
            .On($"GET /venues/{venue.VenueId}/guards/on-duty", new GuardNumber(venue.VenueId, city.Now, 2, 4, 180, 250));
        foreach (var line in lines) Api.On($"GET /incidents/{line.Card.IncidentId}", line);
        foreach (var step in (string[])["taken", "confirmed", "rejected", "undone", "dispatched", "arrived", "closed", "merged", "preserved"])
            foreach (var line in lines) Api.On($"POST /incidents/{line.Card.IncidentId}/{step}", new CommandAnswer(1, new(1, 1)));
        var page = Render<AlertsPage>();
        page.WaitForElement(".queue-row, .plain");
        return page;
    }

    IncidentLine Fight(IncidentStage stage, Guid? by = null, double secondsAgo = 60, int n = 2, bool clip = true) => Incidents.Line(city, n, 0, stage, by, secondsAgo, Incidents.Fight(city, n, 0, secondsAgo, 0.91, clip));

    static string[] Keys(IRenderedComponent<AlertsPage> page) => [.. page.FindAll(".desk-actions [data-key]").Select(b => b.GetAttribute("data-key")!)];

    (string Door, string Body) Sent() => Api.Asked.Where(a => a.Door.StartsWith("POST", StringComparison.Ordinal)).Select(a => (a.Door, a.Body)).Single();

    [Fact]
    public void It_says_what_was_seen_in_words_how_surely_and_by_which_version()
    {
        var card = Open(Fight(IncidentStage.New)).WaitForElement(".alert-card");
        Assert.StartsWith("People move as in a fight:", card.QuerySelector(".alert-words span")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("High confidence", card.TextContent, StringComparison.Ordinal);
        Assert.Contains("Score 0.91, threshold 0.62", card.TextContent, StringComparison.Ordinal);
        Assert.Contains("fights-2026-11", card.TextContent, StringComparison.Ordinal);
        Assert.Contains("3fa81c0b", card.TextContent, StringComparison.Ordinal);
        Assert.Contains("96 frames analysed, 4 skipped", card.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_to_an_incident_opens_it_on_a_telephone_too_where_the_queue_stands_before_it()
    {
        var line = Fight(IncidentStage.New);
        Assert.Empty(Open(line).FindAll(".alert-desk.chosen"));
        Assert.NotNull(Render<AlertsPage>(page => page.Add(p => p.IncidentId, line.Card.IncidentId)).WaitForElement(".alert-desk.chosen"));
    }

    [Fact]
    public void Only_what_may_be_done_now_has_a_button_and_a_key()
    {
        Assert.Equal(["Space", "KeyM", "KeyE"], Keys(Open(Fight(IncidentStage.New))));
        Assert.Equal(["KeyC", "KeyF", "KeyM", "KeyE"], Keys(Open(Fight(IncidentStage.Taken, City.Person))));
        Assert.Equal(["KeyD", "KeyX", "KeyM"], Keys(Open(Fight(IncidentStage.Confirmed, City.Person, clip: false))));
        Assert.Equal(["KeyA", "KeyX"], Keys(Open(Fight(IncidentStage.Dispatched, City.Person, clip: false))));
        Assert.Equal(["KeyX"], Keys(Open(Fight(IncidentStage.Arrived, City.Person, clip: false))));
        Assert.Empty(Keys(Open(Fight(IncidentStage.Taken, Guid.NewGuid(), clip: false)))); // another officer's
    }

    [Fact]
    public void What_was_just_done_can_be_undone_for_ten_seconds()
    {
        Assert.Contains("KeyZ", Keys(Open(Fight(IncidentStage.Taken, City.Person, secondsAgo: 9))));
        Assert.DoesNotContain("KeyZ", Keys(Open(Fight(IncidentStage.Taken, City.Person, secondsAgo: 60))));
    }

    [Fact]
    public void It_is_rejected_by_a_digit()
    {
        var page = Open(Fight(IncidentStage.Taken, City.Person));
        page.WaitForElement("[data-key=KeyF]").Click();
        page.WaitForAssertion(() => Assert.Equal(Enum.GetValues<RejectReason>().Length, page.FindAll(".choices [data-key^=Digit]").Count));
        page.WaitForElement("[data-key=Digit4]").Click();
        page.WaitForAssertion(() => Assert.Equal(($"POST /incidents/{Incidents.Id(2)}/rejected", """{"reason":"LightShow","grounds":null}"""), Sent()));
    }

    [Fact]
    public void What_is_none_of_the_list_is_said_in_words()
    {
        var page = Open(Fight(IncidentStage.Arrived, City.Person));
        page.WaitForElement("[data-key=KeyX]").Click();
        page.WaitForElement("[data-key=Digit7]").Click();
        page.WaitForElement("#grounds");
        JSInterop.VerifyFocusAsyncInvoke(); // what is typed next goes into it
        Assert.True(page.Find(".choices .key-button").HasAttribute("disabled"));
        page.Find("#grounds").Input("Свадьба");
        page.WaitForElement(".choices .key-button:not([disabled])").Click();
        page.WaitForAssertion(() => Assert.Contains("Other", Sent().Body, StringComparison.Ordinal));
    }

    [Fact]
    public void A_clip_is_seen_only_when_somebody_asks_for_it()
    {
        var page = Open(Fight(IncidentStage.New));
        Assert.Empty(page.FindAll("video"));
        page.WaitForElement("[data-key=KeyP]").Click();
        Assert.Equal($"/incidents/{Incidents.Id(2)}/clips/{Incidents.Id(102)}", page.WaitForElement("video").GetAttribute("src"));
    }

    const string Unblurred = "/incidents/0196f000-0000-7000-8000-0000000c0002/clips/0196f000-0000-7000-8000-0000000c0102/unblurred";

    [Fact]
    public void The_clip_is_blurred_until_somebody_says_by_a_digit_why_not()
    {
        Api.On($"POST {Unblurred}", new CommandAnswer(1, new(1, 1)));
        var page = Open(Fight(IncidentStage.Taken, City.Person));
        Assert.Contains("Faces that were found are blurred", page.WaitForElement(".alert-card").TextContent, StringComparison.Ordinal);
        page.WaitForElement("[data-key=KeyU]").Click();
        page.WaitForAssertion(() => Assert.Equal(Enum.GetValues<UnblurReason>().Length, page.FindAll(".alert-card .choices [data-key^=Digit]").Count));
        Assert.Empty(page.FindAll("video"));
        page.WaitForElement(".alert-card [data-key=Digit2]").Click();
        page.WaitForAssertion(() => Assert.Equal(($"POST {Unblurred}", """{"reason":"IdentifyVictim","caseNumber":null}"""), Sent()));
        Assert.Equal(Unblurred.Replace("unblurred", "original", StringComparison.Ordinal), page.WaitForElement("video").GetAttribute("src"));
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[data-key=KeyU], .choice-panel")));
        page.WaitForElement("[data-key=KeyP]").Click();
        page.WaitForAssertion(() => Assert.EndsWith($"/clips/{Incidents.Id(102)}", page.Find("video").GetAttribute("src"), StringComparison.Ordinal));
    }

    /// <summary>The alert beside each open question; null beside the incident's own.</summary>
    static string?[] Questions(IRenderedComponent<AlertsPage> page) => [.. page.FindAll(".choice-panel").Select(panel => panel.Closest(".alert-card")?.GetAttribute("data-alert"))];

    [Fact]
    public void One_question_is_open_at_a_time_so_that_a_digit_answers_what_stands_there()
    {
        var (first, second) = ($"{Incidents.Id(102)}", $"{Incidents.Id(103)}");
        var page = Open(Incidents.Line(city, 2, 0, IncidentStage.Taken, City.Person, 60, Incidents.Fight(city, 2, 0, 60, 0.91, true), Incidents.Fight(city, 3, 0, 90, 0.8, true)));
        foreach (var (press, asks) in new (string, string?)[] { ("[data-key=KeyF]", null), ("[data-key=KeyU]", first), ($"[data-alert='{second}'] .unblur", second), ("[data-key=KeyE]", null), ("[data-key=KeyU]", first) })
        {
            page.WaitForElement(press).Click();
            page.WaitForAssertion(() => Assert.Equal([asks], Questions(page)));
        }

        Assert.Single(page.FindAll("[data-key=Digit1]"));
        Api.On($"POST {Unblurred}", new CommandAnswer(1, new(1, 1)));
        page.Find("[data-key=Digit1]").Click();
        page.WaitForAssertion(() => Assert.Equal(($"POST {Unblurred}", """{"reason":"IdentifyOffender","caseNumber":null}"""), Sent()));
        page.WaitForAssertion(() => Assert.Empty(Questions(page)));
    }

    [Fact]
    public void A_question_does_not_stay_open_for_another_incident()
    {
        var page = Open(Fight(IncidentStage.Taken, City.Person), Fight(IncidentStage.New, n: 4, secondsAgo: 90));
        page.WaitForElement("[data-key=KeyU]").Click();
        page.WaitForElement(".choice-panel");
        page.Find("[data-key=KeyN]").Click();
        page.WaitForElement($".desk-incident[data-incident='{Incidents.Id(4)}']");
        page.FindAll(".queue-row")[0].Click();
        page.WaitForElement($".desk-incident[data-incident='{Incidents.Id(2)}']");
        Assert.Empty(Questions(page));
    }

    [Fact]
    public void The_keys_for_a_copy_and_for_a_clip_are_each_the_first_alert_s_that_has_one()
    {
        var (bare, whole) = (Incidents.Fight(city, 2, 0, 60, 0.91, true), Incidents.Fight(city, 3, 0, 90, 0.8, true));
        var page = Open(Incidents.Line(city, 2, 0, IncidentStage.Taken, City.Person, 60, bare with { Row = bare.Row with { HasBlurred = false } }, whole));
        Assert.Equal($"{Incidents.Id(103)}", page.WaitForElement("[data-key=KeyP]").Closest(".alert-card")!.GetAttribute("data-alert"));
        Assert.Equal($"{Incidents.Id(102)}", page.WaitForElement("[data-key=KeyU]").Closest(".alert-card")!.GetAttribute("data-alert"));
    }

    [Fact]
    public void What_is_none_of_the_reasons_asks_for_a_number_and_a_reason_that_is_refused_shows_nothing()
    {
        var page = Open(Fight(IncidentStage.Taken, City.Person));
        page.WaitForElement("[data-key=KeyU]").Click();
        page.WaitForElement(".alert-card [data-key=Digit4]").Click();
        page.WaitForElement("#grounds");
        Assert.True(page.Find(".alert-card .choices .key-button").HasAttribute("disabled"));
        page.Find("#grounds").Input("1723-26");
        page.WaitForElement(".alert-card .choices .key-button:not([disabled])").Click();
        page.WaitForAssertion(() => Assert.Equal(($"POST {Unblurred}", """{"reason":"Other","caseNumber":"1723-26"}"""), Sent()));
        page.WaitForElement(".alert-card .note.bad");
        Assert.Empty(page.FindAll("video"));
    }

    [Fact]
    public void Who_has_not_the_incident_in_hand_sees_the_blurred_copy_alone()
    {
        foreach (var line in (IncidentLine[])[Fight(IncidentStage.New), Fight(IncidentStage.Taken, Guid.NewGuid())])
        {
            var page = Open(line);
            page.WaitForElement("[data-key=KeyP]");
            Assert.Empty(page.FindAll("[data-key=KeyU], .unblur"));
        }
    }

    [Fact]
    public void The_venue_stands_beside_it_with_its_guards_and_defects()
    {
        var side = Open(Fight(IncidentStage.New)).WaitForElement(".venue-side");
        Assert.Contains("2, needed 4", side.TextContent, StringComparison.Ordinal);
        Assert.Equal(city.Devices.Count(d => d.VenueId == city.Venues[0].VenueId && d.Verdict.Availability() == Availability.Down), side.QuerySelectorAll(".plain-list")[0].Children.Length);
    }

    [Fact]
    public void The_queue_is_searched_and_the_next_that_nobody_took_is_one_key_away()
    {
        var page = Open(Fight(IncidentStage.Taken, City.Person), Fight(IncidentStage.New, n: 4, secondsAgo: 90));
        page.WaitForElement("[data-key=KeyN]").Click();
        page.WaitForAssertion(() => Assert.Equal($"{Incidents.Id(4)}", page.Find(".desk-incident").GetAttribute("data-incident")));
        page.Find("input[type=search]").Input("nowhere");
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".queue-row")));
    }

    [Fact]
    public void Of_a_flood_the_newest_are_shown_and_the_others_when_somebody_asks()
    {
        var whole = Incidents.Line(city, 2, 0, IncidentStage.Taken, City.Person, 60, [.. Enumerable.Range(2, 25).Select(n => Incidents.Fight(city, n, 0, n, 0.8, true))]);
        var page = Open(whole with { Alerts = [.. whole.Alerts.Take(20)], More = 5 });
        Api.On($"GET /incidents/{Incidents.Id(2)}", whole);
        page.WaitForAssertion(() => Assert.Equal(20, page.FindAll(".alert-card").Count));
        Assert.Contains("+ 24", page.Find(".queue-row").TextContent, StringComparison.Ordinal);
        var button = page.Find(".more-alerts");
        Assert.Equal("Show 5 more", button.TextContent);
        button.Click();
        page.WaitForAssertion(() => Assert.Equal(25, page.FindAll(".alert-card").Count));
        Assert.Empty(page.FindAll(".more-alerts"));
    }

    [Fact]
    public void A_clip_is_preserved_of_each_alert_shown_or_not()
    {
        var whole = Incidents.Line(city, 2, 0, IncidentStage.Taken, City.Person, 60, [.. Enumerable.Range(2, 3).Select(n => Incidents.Fight(city, n, 0, n, 0.8, true))]);
        var page = Open(whole with { Alerts = [.. whole.Alerts.Take(2)], More = 1 });
        Api.On($"GET /incidents/{Incidents.Id(2)}", whole);
        page.Find("[data-key=KeyE]").Click();
        page.Find("#case-number").Input("1723-26");
        page.Find(".choice-panel .key-button").Click();
        page.WaitForAssertion(() => Assert.Equal(3, Api.Asked.Count(a => a.Door.EndsWith("/preserved", StringComparison.Ordinal))));
    }

    [Fact]
    public void What_is_not_held_is_said_by_its_alert_and_does_not_vanish_behind_what_is()
    {
        var line = Incidents.Line(city, 2, 0, IncidentStage.Taken, City.Person, 60, [.. Enumerable.Range(2, 3).Select(n => Incidents.Fight(city, n, 0, n, 0.8, true))]);
        var page = Open(line);
        Api.Refuse($"POST /incidents/{Incidents.Id(2)}/preserved", "policeincident.clip-missing", body => body.Contains($"{line.Alerts[0].Row.AlertId}", StringComparison.Ordinal));
        page.Find("[data-key=KeyE]").Click();
        page.Find("#case-number").Input("1723-26");
        page.Find(".choice-panel .key-button").Click();
        page.WaitForAssertion(() => Assert.Equal(3, Api.Asked.Count(a => a.Door.EndsWith("/preserved", StringComparison.Ordinal))));
        page.WaitForAssertion(() => Assert.Contains(line.Alerts[0].Row.SeenFrom.Exactly(), page.Find(".unheld").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain(line.Alerts[1].Row.SeenFrom.Exactly(), page.Find(".unheld").TextContent, StringComparison.Ordinal);
        page.Find(".choice-panel"); // and it can be tried again
    }

    [Fact]
    public void A_digit_means_the_incident_that_was_read_beside_it_whatever_comes_meanwhile()
    {
        IncidentLine mine = Fight(IncidentStage.Taken, City.Person), other = Fight(IncidentStage.New, n: 4, secondsAgo: 90), news = Fight(IncidentStage.New, n: 6, secondsAgo: 1);
        var page = Open(mine, other);
        page.WaitForElement("[data-key=KeyM]").Click();
        var read = page.WaitForElement(".choice-panel [data-key=Digit1]").TextContent;
        Api.On("GET /incidents", new Page<IncidentLine>([mine, news, other], null));
        page.Find(".district select").Change(""); // asks anew, as any change does
        page.WaitForElement($".queue-row[data-incident='{news.Card.IncidentId}']");
        Assert.Equal(read, Assert.Single(page.FindAll(".choice-panel [data-key^=Digit]")).TextContent);
        page.Find(".choice-panel [data-key=Digit1]").Click();
        page.WaitForAssertion(() => Assert.Contains($"{other.Card.IncidentId}", Sent().Body, StringComparison.Ordinal));
    }

    [Fact]
    public void Faces_that_wait_for_two_officers_are_said_on_the_desk()
    {
        Assert.Empty(Open(Fight(IncidentStage.New)).FindAll(".faces-wait"));
        var page = Open(Fight(IncidentStage.New));
        Api.On("GET /alerts/counts", Incidents.Counts(city.Now) with { LateProbes = 0, Candidates = 3 });
        page.WaitForAssertion(() => Assert.Equal("Faces to look at: 3", page.Find(".faces-wait").TextContent), TimeSpan.FromSeconds(8));
    }

    [Fact]
    public void An_empty_desk_says_so() => Assert.Contains("No incident is open now", Open().Markup, StringComparison.Ordinal);

    [Fact]
    public void A_server_that_is_gone_is_told_at_once()
    {
        var page = Open(Fight(IncidentStage.New));
        Api.Unreachable("GET /alerts/counts");
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".desk-banner.bad")), TimeSpan.FromSeconds(8));
    }
}

/// <summary>The desk of a shift lead.</summary>
public sealed class LeadsDeskTests() : Desk(Roles.Supervisor)
{
    readonly City city = City.Of(DateTimeOffset.UtcNow);

    [Fact]
    public void What_comes_to_the_shift_lead_rings_for_him_once_though_it_stood_before_him()
    {
        IncidentLine line = Fight(2), news = Fight(4);
        Api.On("GET /alerts/counts", Incidents.Counts(city.Now));
        Stand(line);
        var page = Render<AlertsPage>();
        page.WaitForElement(".queue-row");
        Assert.Empty(Rung());
        Again(line with { Card = line.Card with { WithLead = true } });
        page.WaitForAssertion(() => Assert.Equal([[line.Card.IncidentId]], Rung()));
        Again(line with { Card = line.Card with { WithLead = true } }, news);
        page.WaitForAssertion(() => Assert.Equal([[line.Card.IncidentId], [news.Card.IncidentId]], Rung()));

        void Stand(params IncidentLine[] lines) => Api.On("GET /incidents", new Page<IncidentLine>(lines, null));

        void Again(params IncidentLine[] lines)
        {
            Stand(lines);
            page.Find(".district select").Change("");
        }

        IncidentLine Fight(int n) => Incidents.Line(city, n, 0, IncidentStage.New, null, 60, Incidents.Fight(city, n, 0, 60, 0.91, false));

        Guid[][] Rung() => [.. JSInterop.Invocations.Where(call => call.Identifier == "ringDesk").Select(call => (Guid[])call.Arguments[1]!)];
    }
}
