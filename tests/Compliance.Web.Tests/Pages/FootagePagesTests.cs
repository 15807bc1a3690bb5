using Bunit;
using Compliance.Domain.Footage;
using Compliance.Domain.Kernel;
using Compliance.Web.Desks;
using Compliance.Web.Desks.Police;
using Compliance.Web.Parts.Footage;
using Compliance.Web.Shell;
using Compliance.Web.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Compliance.Web.Tests.Pages;

public sealed class FootagePagesTests() : Desk(Roles.Owner)
{
    readonly City city = City.Of(DateTimeOffset.UtcNow);

    Guid Venue => city.Venues[0].VenueId;

    void Can()
    {
        foreach (var device in city.Devices) Api.On($"GET /devices/{device.DeviceId}", device);
        foreach (var venue in city.Venues) Api.On($"GET /venues/{venue.VenueId}", venue);
        Api.On($"GET /venues/{Venue}/footage/agreement", new FetchAgreementForm(false));
        foreach (var row in Handing.Rows(city)) Api.On($"GET /footage/{row.Card.RequestId}/fetches", Handing.Fetches(city));
        Api.On($"GET /venues/{Venue}/footage", new Page<FootageRow>(Handing.Rows(city), null)).On("GET /footage", new Page<FootageRow>(Handing.Rows(city), null)).On("GET /footage/copies", Handing.Copies(city));
    }

    [Fact]
    public void An_owner_reads_the_clock_and_who_received_what()
    {
        Can();
        var page = Render<VenueFootagePage>(p => p.Add(v => v.Id, Venue));
        page.WaitForElement(".footage-card");
        var cards = page.FindAll(".footage-card");
        Assert.Contains("Overdue by 5", cards[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("1 d 3 h left", cards[1].QuerySelector(".state")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Received by", cards[2].QuerySelector(".take")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("it was overwritten", cards[2].TextContent, StringComparison.Ordinal);
        Assert.Equal(2, page.FindAll(".footage-answer").Count); // what waits can be answered
        Assert.Empty(page.FindAll(".take-over")); // and nothing of it is the owner's to take
    }

    [Fact]
    public void A_fetch_is_started_watched_and_stopped_and_what_came_says_where_from()
    {
        Can();
        var (row, page) = (Handing.Rows(city)[1], Render<VenueFootagePage>(p => p.Add(v => v.Id, Venue)));
        var (failed, running) = (row.Card.Cameras[0], row.Card.Cameras[1]);
        page.WaitForAssertion(() => Assert.Contains("50 %", page.Find($".fetch[data-camera='{running}'][data-state=Running]").TextContent, StringComparison.Ordinal));
        Assert.Contains("The recorder replays", page.Find($".fetch[data-camera='{running}'][data-state=Running]").TextContent, StringComparison.Ordinal);
        Assert.Contains("does not answer", page.Find($".fetch[data-camera='{failed}'][data-state=Failed]").TextContent, StringComparison.Ordinal);
        Assert.Contains("31 s are not there", page.Find(".from-recorder").TextContent, StringComparison.Ordinal);
        Api.On($"POST /footage/{row.Card.RequestId}/fetches/{running}/stopped", new CommandAnswer(1, new(1, 1))).On($"POST /footage/{row.Card.RequestId}/fetches/{failed}", new CommandAnswer(1, new(1, 1)));
        page.Find(".stop-fetch").Click();
        page.Find($".fetch[data-camera='{failed}'][data-state=Failed] .start-fetch").Click();
        page.WaitForAssertion(() => Assert.Equal(2, Api.Asked.Count(a => a.Door.StartsWith("POST", StringComparison.Ordinal))));
    }

    [Fact]
    public void An_owner_agrees_to_what_is_fetched_at_once()
    {
        Can();
        Api.On($"PUT /venues/{Venue}/footage/agreement", new CommandAnswer(1, new(1, 1)));
        var page = Render<VenueFootagePage>(p => p.Add(v => v.Id, Venue));
        page.WaitForElement(".fetch-agreement input").Change(true);
        page.WaitForAssertion(() => Assert.Contains("true", Assert.Single(Api.Asked, a => a.Door.StartsWith("PUT", StringComparison.Ordinal)).Body, StringComparison.Ordinal));
    }

    [Fact]
    public void An_answer_goes_only_when_each_camera_has_a_file_or_a_reason()
    {
        Can();
        var row = Handing.Rows(city)[1];
        var answer = Render<FootageAnswer>(p => p.Add(a => a.Row, row));
        Assert.True(answer.Find(".send-answer").HasAttribute("disabled"));
        Assert.Single(answer.FindAll("select")); // the other camera has its file
        answer.Find("select").Change($"{FootageReason.RecorderFailed}");
        Api.On($"POST /footage/{row.Card.RequestId}/answered", new CommandAnswer(1, new(1, 1)));
        answer.Find("form").Submit();
        answer.WaitForAssertion(() =>
        {
            var sent = Assert.Single(Api.Asked, asked => asked.Door == $"POST /footage/{row.Card.RequestId}/answered");
            Assert.Contains("RecorderFailed", sent.Body, StringComparison.Ordinal);
            Assert.Contains($"{row.Card.Cameras[1]}", sent.Body, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_file_that_came_by_mistake_is_removed_by_pressing_twice()
    {
        Can();
        var row = Handing.Rows(city)[1] with { Fetches = [] }; // nothing draws it anew meanwhile
        var door = $"POST /footage/{row.Card.RequestId}/files/{row.Files[0].FileId}/removed";
        Api.On(door, new CommandAnswer(1, new(1, 1)));
        var answer = Render<FootageAnswer>(p => p.Add(a => a.Row, row).Add(a => a.Now, city.Now));
        answer.Find(".remove-file").Click();
        Assert.DoesNotContain(Api.Asked, asked => asked.Door == door);
        answer.Find(".remove-file").Click();
        answer.WaitForAssertion(() => Assert.Single(Api.Asked, asked => asked.Door == door));
        answer.Render(p => p.Add(a => a.Row, row with { Files = [row.Files[0] with { RemovedAt = city.Now }] }));
        Assert.Empty(answer.FindAll(".remove-file"));
        Assert.Equal(2, answer.FindAll("select").Count); // a reason or another file is wanted again
    }

    [Fact]
    public void What_came_is_theirs_to_take_over_once_the_venue_answered()
    {
        Can();
        foreach (var (row, isTheirs) in new[] { (Handing.Rows(city)[1], false), (Handing.Rows(city)[2], true) })
        {
            var card = Render<FootageCard>(p => p.Add(c => c.Row, row).Add(c => c.CanTake, true).Add(c => c.Now, city.Now));
            Assert.NotEmpty(card.FindAll("[data-file]"));
            Assert.Equal(isTheirs ? [$"/footage/{row.Card.RequestId}/export/{row.Files[0].FileId}"] : [], card.FindAll(".take-over").Select(link => link.GetAttribute("href")));
        }
    }
}

/// <summary>Copies with their recipient burnt in, by a clock of its own.</summary>
public sealed class TakeOverTests() : Desk(Roles.Operator, Clock)
{
    const string List = "GET /footage/copies";
    static readonly FakeTimeProvider Clock = new(DateTimeOffset.UtcNow);
    readonly (Guid Request, Guid File) of = (Guid.NewGuid(), Guid.NewGuid());

    string Href => $"/footage/{of.Request}/export/{of.File}";

    CopyShown Copy(CopyState state, double? share = null, CopyFailure? why = null) => new(of.Request, of.File, state, share, why, state is CopyState.Ready or CopyState.Failed ? Clock.GetUtcNow().AddHours(24) : null);

    IRenderedComponent<TakeOver> Shown(params CopyShown[] copies) => Render<TakeOver>(p => p.Add(t => t.RequestId, of.Request).Add(t => t.FileId, of.File).Add(t => t.Copies, copies));

    bool Left => Services.GetRequiredService<Bunit.TestDoubles.BunitNavigationManager>().History.Any(to => to.Uri == Href);

    [Fact]
    public void A_short_one_is_ready_at_once_and_the_page_goes_on_by_itself()
    {
        var part = Shown();
        Api.On($"PUT /footage/{of.Request}/copies/{of.File}", Copy(CopyState.Waiting)).On(List, new[] { Copy(CopyState.Ready) });
        part.Find(".take-over").Click();
        part.WaitForAssertion(() => Assert.Contains("waits for its turn", part.Markup, StringComparison.Ordinal));
        Assert.False(Left);
        Clock.Advance(TimeSpan.FromSeconds(2));
        part.WaitForAssertion(() => Assert.True(Left));
    }

    [Fact]
    public void A_long_one_shows_how_far_it_is_can_be_stopped_and_when_it_is_ready_waits_for_a_press()
    {
        var part = Shown(Copy(CopyState.Making, 0.25));
        Assert.Contains("25 %", part.Find(".fetch-runs").TextContent, StringComparison.Ordinal);
        Assert.Equal($"{Href}?marked=false", part.Find(".take-unmarked").GetAttribute("href"));
        Api.On(List, new[] { Copy(CopyState.Ready) });
        Clock.Advance(TimeSpan.FromSeconds(2));
        part.WaitForAssertion(() => Assert.Equal(Href, part.Find(".take-over").GetAttribute("href")));
        Assert.Contains("kept until", part.Markup, StringComparison.Ordinal);
        Assert.False(Left); // nobody pressed a moment ago

        var other = Shown(Copy(CopyState.Making, 0.25));
        Api.On($"POST /footage/{of.Request}/copies/{of.File}/stopped", new { });
        other.Find(".stop-copy").Click();
        other.WaitForAssertion(() => Assert.Equal("None", other.Find(".take-copy").GetAttribute("data-state")));
    }

    [Fact]
    public void Of_one_that_failed_it_says_why_and_leaves_both_ways_open()
    {
        var part = Shown(Copy(CopyState.Failed, why: CopyFailure.NoRoom));
        Assert.Contains("no room on the disk", part.Markup, StringComparison.Ordinal);
        Assert.Equal(Href, part.Find(".take-over").GetAttribute("href"));
        Api.On($"PUT /footage/{of.Request}/copies/{of.File}", Copy(CopyState.Waiting));
        part.Find(".again").Click();
        part.WaitForAssertion(() => Assert.Equal("Waiting", part.Find(".take-copy").GetAttribute("data-state")));
    }
}

/// <summary>By a clock of its own.</summary>
public sealed class FootageProgressTests() : Desk(Roles.Owner, Clock)
{
    static readonly FakeTimeProvider Clock = new(DateTimeOffset.UtcNow);

    [Fact]
    public void How_fetches_stand_is_asked_once_for_all_cameras_of_a_request()
    {
        var city = City.Of(DateTimeOffset.UtcNow);
        var (running, door) = (Handing.Rows(city)[1], $"GET /footage/{Handing.Rows(city)[1].Card.RequestId}/fetches");
        running = running with { Fetches = [.. running.Fetches.Select(fetch => fetch with { State = FetchState.Running, Why = null })] };
        Api.On(door, running.Fetches.Select(fetch => new FetchShown(fetch, FetchStage.Replaying, 5400, 10_800)).ToArray());
        var answer = Render<FootageAnswer>(p => p.Add(a => a.Row, running));
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        for (var asked = 1; asked <= 2; asked++)
        {
            answer.WaitForAssertion(() => Assert.Equal(asked, Api.Asked.Count(a => a.Door == door)));
            answer.WaitForAssertion(() => Assert.Equal(2, answer.FindAll(".fetch[data-state=Running] progress[value='50']").Count));
            Clock.Advance(TimeSpan.FromSeconds(4));
        }
    }
}
