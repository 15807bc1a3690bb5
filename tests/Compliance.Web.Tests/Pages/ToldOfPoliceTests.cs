using Bunit;
using Compliance.Domain.Alerts;
using Compliance.Domain.Kernel;
using Compliance.Web.Parts.Alerts;
using Compliance.Web.Shell;
using Compliance.Web.Tests.Fakes;

namespace Compliance.Web.Tests.Pages;

/// <summary>What is told of the police themselves: incidents that are over, and clips seen without their blur. What does not fit on the first page is one press away.</summary>
public sealed class ToldOfPoliceTests() : Desk(Roles.Owner)
{
    /// <summary>As many as the lists ask for at once.</summary>
    const int Page = 20;

    readonly City city = City.Of(DateTimeOffset.UtcNow);

    Guid Venue => city.Venues[0].VenueId;

    string[] Questions => [.. Api.Asked.Where(asked => asked.Door == $"GET /venues/{Venue}/alerts").Select(asked => asked.Query)];

    EndedIncident[] Ended(int from, int count) => [.. Enumerable.Range(from, count).Select(n => new EndedIncident(Incidents.Id(n), [AlertKind.Fight], city.Now.AddDays(-n), city.Now.AddDays(-n), true, null) { Unblurred = [city.Now.AddDays(-n)] })];

    [Fact]
    public void Beside_who_looked_only_incidents_are_asked_for_of_which_a_clip_was_seen_without_blur()
    {
        Api.On($"GET /venues/{Venue}/alerts", new Page<EndedIncident>(Ended(0, Page), "further"));
        var list = Render<EndedIncidents>(p => p.Add(x => x.Venue, Venue).Add(x => x.OnlyUnblurred, true));
        Assert.Contains("of which police saw a clip without its blur", list.WaitForElement(".ended-incidents > p").TextContent, StringComparison.Ordinal);
        Assert.Contains("unblurred=true", Assert.Single(Questions), StringComparison.Ordinal);
        Api.On($"GET /venues/{Venue}/alerts", new Page<EndedIncident>(Ended(Page, 3), null));
        list.Find(".more").Click();
        list.WaitForAssertion(() => Assert.Equal(Page + 3, list.FindAll("li").Count));
        Assert.Contains("after=further", Questions[1], StringComparison.Ordinal);
        Assert.Empty(list.FindAll(".more"));
    }

    [Fact]
    public void On_the_page_of_the_venue_all_are()
    {
        Api.On($"GET /venues/{Venue}/alerts", new Page<EndedIncident>(Ended(0, 1), null));
        var list = Render<EndedIncidents>(p => p.Add(x => x.Venue, Venue));
        Assert.Contains("what came of it", list.WaitForElement(".ended-incidents > p").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("unblurred", Assert.Single(Questions), StringComparison.Ordinal);
    }

    [Fact]
    public void Oversight_reads_on_in_the_list_of_clips_seen_without_blur()
    {
        UnblurredClip[] Seen(int from, int count) => [.. Enumerable.Range(from, count).Select(n => new UnblurredClip(Incidents.Id(1), Venue, Incidents.Id(2), City.Person, UnblurReason.IdentifyVictim, null, city.Now.AddHours(-n)))];
        Api.On($"GET /venues/{Venue}", city.Venues[0]).On("GET /incidents/unblurred", new Page<UnblurredClip>(Seen(0, Page), "further"));
        var list = Render<UnblurredClips>();
        list.WaitForAssertion(() => Assert.Equal(Page, list.FindAll("li").Count));
        Api.On("GET /incidents/unblurred", new Page<UnblurredClip>(Seen(Page, 2), null));
        list.WaitForElement(".more").Click();
        list.WaitForAssertion(() => Assert.Equal(Page + 2, list.FindAll("li").Count));
        Assert.Empty(list.FindAll(".more"));
    }
}
