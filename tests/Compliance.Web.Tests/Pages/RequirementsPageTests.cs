using Bunit;
using Compliance.Domain.Devices;
using Compliance.Domain.Rulebooks;
using Compliance.Web.Desks;
using Compliance.Web.Tests.Fakes;

namespace Compliance.Web.Tests.Pages;

public sealed class RequirementsPageTests : Desk
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    readonly City city = City.Of(DateTimeOffset.UtcNow);

    (Guid Venue, VenueCompliance Answer) Can()
    {
        var venue = city.Venues[0];
        var answer = Law.Of(venue, city.Devices, city.Now);
        Api.On($"GET /venues/{venue.VenueId}", venue)
            .On($"GET /venues/{venue.VenueId}/devices", city.Devices.Where(d => d.VenueId == venue.VenueId).ToList())
            .On($"GET /venues/{venue.VenueId}/compliance", answer)
            .On("GET /rulebooks", RulebookShelf.Ids.Select(id => RulebookCard.Of(RulebookShelf.All[id], RulebookShelf.Hash(id))).ToList());
        return (venue.VenueId, answer);
    }

    [Fact]
    public void Every_requirement_has_a_card_and_says_how_it_stands()
    {
        var (venue, answer) = Can();
        var page = Render<RequirementsPage>(p => p.Add(v => v.Id, venue));
        page.WaitForElement(".requirement", Patience);
        Assert.Equal(answer.Rules.Count, page.FindAll(".requirement").Count);
        Assert.All(page.FindAll(".requirement .state"), state =>
        {
            Assert.NotNull(state.QuerySelector("svg"));
            Assert.NotEmpty(state.TextContent.Trim());
        });
    }

    [Fact]
    public void A_failed_rule_says_what_was_measured_what_is_needed_and_who_has_to_act()
    {
        var (venue, answer) = Can();
        var page = Render<RequirementsPage>(p => p.Add(v => v.Id, venue));
        page.WaitForElement(".requirement", Patience);
        Assert.Equal(Outcome.Fail, answer.Rules.Single(rule => rule.RuleId == "KZ.CAM.002").Outcome);
        var card = page.Find("[data-rule='KZ.CAM.002']").TextContent;
        Assert.Contains("picture density at the subject 120\u00A0px/m (from the register), at least 250\u00A0px/m needed.", card, StringComparison.Ordinal);
        Assert.Contains("the owner", card, StringComparison.Ordinal);
        Assert.Contains("Recommended", card, StringComparison.Ordinal);
        Assert.Contains("none: this is no law, nobody can demand it", card, StringComparison.Ordinal);
        Assert.DoesNotContain("Violation of the law", card, StringComparison.Ordinal);
    }

    [Fact]
    public void What_nobody_wrote_down_is_said_to_be_unknown_and_what_to_write_down()
    {
        var (venue, answer) = Can();
        var page = Render<RequirementsPage>(p => p.Add(v => v.Id, venue));
        page.WaitForElement(".requirement", Patience);
        var unknown = answer.Rules.First(rule => rule.Outcome == Outcome.Unknown && rule.Grounds.Any(g => g is { Outcome: Outcome.Unknown, Need: Need.Is, ThingId.Length: > 0 }));
        var card = page.Find($"[data-rule='{unknown.RuleId}']").TextContent;
        Assert.Contains("not known", card, StringComparison.Ordinal);
        Assert.Contains("Nobody has written this down", card, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_asked_of_others_is_counted_apart()
    {
        var (venue, answer) = Can();
        var rules = answer.Rules.Select(rule => rule.RuleId == "KZ.CAM.015" ? rule with { Outcome = Outcome.Fail, BySystem = true, Wording = Wording.Violation } : rule).ToList();
        Api.On($"GET /venues/{venue}/compliance", answer with { Rules = rules });
        var page = Render<RequirementsPage>(p => p.Add(v => v.Id, venue));
        page.WaitForElement(".requirement", Patience);
        var own = rules.Where(rule => !rule.BySystem && rule.Answerable is not (Answerable.Police or Answerable.Operator)).ToList();
        Assert.NotEqual(rules.Count(rule => rule.Outcome == Outcome.Fail), own.Count(rule => rule.Outcome == Outcome.Fail));
        Assert.Contains($"not met: {own.Count(rule => rule.Outcome == Outcome.Fail)} ·", page.Find(".mood .dim").TextContent, StringComparison.Ordinal);
        Assert.Contains("of this system, the police or the operator", page.Find(".mood .others").TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.Find(".of-others [data-rule='KZ.CAM.015']"));
    }

    [Fact]
    public void A_subject_leaves_out_the_others()
    {
        var (venue, answer) = Can();
        var page = Render<RequirementsPage>(p => p.Add(v => v.Id, venue));
        page.WaitForElement(".requirement", Patience);
        page.FindAll(".filter").Single(button => button.TextContent.Contains("Exits", StringComparison.Ordinal)).Click();
        Assert.Equal(answer.Rules.Where(rule => rule.Subject == "exit").Select(rule => rule.RuleId).Order(), page.FindAll(".requirement").Select(card => card.GetAttribute("data-rule")!).Order());
    }

    /// <summary>No sentence shows a key of a resource file, in any of the five rulebooks.</summary>
    [Theory]
    [InlineData("au-qld-142ah")]
    [InlineData("kz-nightclub-2025-2026")]
    [InlineData("uk-premises-licence")]
    [InlineData("us-detroit-pgl")]
    [InlineData("us-nyc-10-177")]
    public void No_card_shows_a_bare_key(string book)
    {
        var (venue, _) = Can();
        Api.On($"GET /venues/{venue}/compliance", Law.Of(city.Venues[0], city.Devices, city.Now, book));
        var page = Render<RequirementsPage>(p => p.Add(v => v.Id, venue));
        page.WaitForElement(".requirement", Patience);
        Assert.DoesNotMatch(@"\b(word|kind|kinds|need|value|unit|span|found|basis|confidence|answerable|severity|wording|subject|part|outcome)\.[A-Za-z]", page.Markup.Replace("data-", "", StringComparison.Ordinal));
    }
}
