using System.Net;
using Bunit;
using Compliance.Domain.Detectors;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.WatchLists;
using Compliance.Web.Desks.Police;
using Compliance.Web.Shell;
using Compliance.Web.Tests.Fakes;

namespace Compliance.Web.Tests.Pages;

public sealed class WatchListPagesTests() : Desk(Roles.Supervisor)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    readonly City city = City.Of(DateTimeOffset.UtcNow);

    void Known()
    {
        foreach (var device in city.Devices) Api.On($"GET /devices/{device.DeviceId}", device);
        foreach (var venue in city.Venues) Api.On($"GET /venues/{venue.VenueId}", venue).On($"GET /venues/{venue.VenueId}/devices", city.Devices.Where(d => d.VenueId == venue.VenueId).ToList());
        foreach (var entry in Searching.Entries(city.Now)) Api.On($"GET /watch-list/{entry.EntryId}", entry);
        Api.On("GET /watch-list", new Page<WatchEntryRow>(Searching.Entries(city.Now), null));
    }

    [Fact]
    public void A_supervisor_decides_on_what_another_proposed_and_never_on_his_own()
    {
        Known();
        Api.OnAll("POST /watch-list/", new CommandAnswer(1, new(1, 1))).On($"GET /watch-list/{Searching.Id(1)}/person", new WatchedPerson("Ерлан Тестов", "A warrant"));
        var page = Render<WatchListPage>();
        page.WaitForElement(".entry", Patience);
        var mine = Searching.Id(2);
        Assert.Empty(page.FindAll($"[data-entry='{mine}'] .approve"));
        Assert.True(page.Find($"[data-entry='{Searching.Id(1)}'] .approve").HasAttribute("disabled"));
        page.Find($"[data-entry='{Searching.Id(1)}'] .reveal").Click();
        page.WaitForAssertion(() => Assert.False(page.Find($"[data-entry='{Searching.Id(1)}'] .approve").HasAttribute("disabled")), Patience);
        page.Find($"[data-entry='{Searching.Id(1)}'] .approve").Click();
        page.WaitForAssertion(() => Assert.Contains($"POST /watch-list/{Searching.Id(1)}/approved", Api.Asked.Select(ask => ask.Door)), Patience);
        Assert.NotNull(page.Find($"[data-entry='{Searching.Id(3)}'] .approve")); // a renewal that another asked for
    }

    [Fact]
    public void Who_it_is_is_shown_only_when_asked_for()
    {
        Known();
        Api.On($"GET /watch-list/{Searching.Id(4)}/person", new WatchedPerson("Ерлан Тестов", "A warrant"));
        var page = Render<WatchListPage>();
        page.WaitForElement(".entry", Patience);
        Assert.DoesNotContain("Тестов", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".entry img"));
        page.Find($"[data-entry='{Searching.Id(4)}'] .reveal").Click();
        page.WaitForElement(".who", Patience);
        Assert.Contains("Ерлан Тестов", page.Markup, StringComparison.Ordinal);
        Assert.Single(page.FindAll(".who img"));
    }

    [Fact]
    public void An_operation_is_approved_only_after_what_it_costs_was_shown()
    {
        Known();
        Api.On("GET /watch-operations", new Page<WatchOperationRow>(Searching.Operations(city), null))
            .On($"GET /watch-operations/{Searching.Id(11)}/size", new ListSize(4, 166, 800, 0.49, 0.13, new('a', 64), new(3, 2, 2400, 0.4)))
            .OnAll("POST /watch-operations/", new CommandAnswer(1, new(1, 1)));
        var page = Render<WatchOperationsPage>();
        page.WaitForElement(".operation", Patience);
        Assert.True(page.Find($"[data-operation='{Searching.Id(11)}'] .approve").HasAttribute("disabled"));
        page.Find($"[data-operation='{Searching.Id(11)}'] .size").Click();
        page.WaitForAssertion(() => Assert.False(page.Find($"[data-operation='{Searching.Id(11)}'] .approve").HasAttribute("disabled")), Patience);
        var cost = page.Find($"[data-operation='{Searching.Id(11)}'] .note").TextContent;
        Assert.Contains("0.13", cost, StringComparison.Ordinal);
        Assert.Contains("0.490", cost, StringComparison.Ordinal);
        Assert.Contains("3 operations over 2 venues; of 2400 who pass in a night about 0.4 ", page.Find(".night").TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.Find($"[data-operation='{Searching.Id(13)}'] .note.bad")); // a copy that nobody said was wiped
    }

    [Fact]
    public void Not_the_same_stands_first_and_whoever_said_the_same_leaves_it_to_another()
    {
        Known();
        Api.On("GET /face-candidates", new Page<FaceCandidateRow>(Searching.Candidates(city), null)).OnAll("POST /face-candidates/", new CommandAnswer(1, new(1, 1)));
        var page = Render<FaceCandidatesPage>();
        page.WaitForElement(".candidate", Patience);
        Assert.Empty(page.FindAll(".candidate img"));
        foreach (var n in (int[])[21, 22]) page.Find($"[data-candidate='{Searching.Id(n)}'] .open").Click();
        var waiting = page.WaitForElement($"[data-candidate='{Searching.Id(21)}'] .answers", Patience);
        page.WaitForElement($"[data-candidate='{Searching.Id(22)}'] .answers", Patience);
        Assert.Contains("not-same", waiting.FirstElementChild!.ClassName, StringComparison.Ordinal);
        Assert.Equal(4, page.FindAll($"[data-candidate='{Searching.Id(21)}'] img").Count);
        Assert.Empty(page.FindAll($"[data-candidate='{Searching.Id(22)}'] .same"));
        Assert.Empty(page.FindAll($"[data-candidate='{Searching.Id(24)}'] img"));
        page.Find($"[data-candidate='{Searching.Id(21)}'] .not-same").Click();
        page.WaitForAssertion(() => Assert.Contains($"POST /face-candidates/{Searching.Id(21)}/looked-at", Api.Asked.Select(ask => ask.Door)), Patience);
    }

    [Fact]
    public void An_entry_that_is_gone_is_asked_for_once()
    {
        Known();
        var candidates = Searching.Candidates(city);
        var door = $"GET /watch-list/{candidates[0].Card.EntryId}";
        foreach (var entry in candidates.Select(row => row.Card.EntryId).Distinct()) Api.On($"GET /watch-list/{entry}", new { code = "request.unknown" }, HttpStatusCode.NotFound);
        Api.On("GET /face-candidates", new Page<FaceCandidateRow>(candidates, null)).OnAll("POST /face-candidates/", new CommandAnswer(1, new(1, 1)));
        var page = Render<FaceCandidatesPage>();
        page.WaitForElement(".candidate", Patience);
        page.Find($"[data-candidate='{Searching.Id(21)}'] .open").Click();
        for (var reads = 2; reads <= 3; reads++) // reads never overlap: when the third is asked for, the second is over
        {
            page.WaitForElement($"[data-candidate='{Searching.Id(21)}'] .not-same", Patience).Click();
            page.WaitForAssertion(() => Assert.Equal(reads, Api.Asked.Count(ask => ask.Door == "GET /face-candidates")), Patience);
        }

        Assert.Single(Api.Asked, ask => ask.Door == door);
    }
}
