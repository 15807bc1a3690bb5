using System.Net;
using Compliance.Api.Tests.Entrance;
using Compliance.Domain.Devices;
using Compliance.Domain.Rulebooks;

namespace Compliance.Api.Tests.Rulebooks;

/// <summary>The law asked of a venue through its door: from facts alone, as of any instant, under any rulebook.</summary>
public sealed class ComplyTests(SharedHouse shared) : IClassFixture<SharedHouse>
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_answered_as_of_an_instant_stays_answered()
    {
        var scene = await Scene.In(shared.House);
        var before = shared.House.Clock.GetUtcNow();
        var asked = $"/venues/{scene.Venue}/compliance?asOf={Uri.EscapeDataString($"{before:yyyy-MM-dd'T'HH:mm:ss.FFFFFFF}Z")}";
        var then = await scene.AsOwner.Get<VenueCompliance>(asked);
        Assert.Equal(Outcome.Pass, Exit(then).Outcome);

        shared.House.Clock.Advance(TimeSpan.FromMinutes(1));
        var exit = Guid.NewGuid();
        var registered = await scene.AsOwner.Do("PUT", $"/devices/{exit}", new DeviceCommand.Register(
            exit, scene.Venue, new ExitSpec("Артқы есік", "Чёрный ход", 600, 2_000, OpeningDirection.Outward, LockType.Key)));

        var now = Exit(await scene.AsOwner.Get<VenueCompliance>($"/venues/{scene.Venue}/compliance", registered));
        Assert.Equal((Outcome.Fail, Wording.Violation), (now.Outcome, now.Wording));
        Assert.Contains(now.Grounds, ground => ground is { Outcome: Outcome.Fail, Attribute: "lock", Found: "Key", By: [_] });
        Assert.Equal(System.Text.Json.JsonSerializer.Serialize(then), System.Text.Json.JsonSerializer.Serialize(await scene.AsOwner.Get<VenueCompliance>(asked)));

        static RuleAnswer Exit(VenueCompliance answer) => answer.Rules.Single(rule => rule.RuleId == "KZ.EXIT.002");
    }

    [Theory]
    [InlineData("us-nyc-10-177", 14)]
    [InlineData("uk-premises-licence", 8)]
    public async Task A_rulebook_of_another_country_may_be_asked(string rulebook, int rules)
    {
        var scene = await Scene.In(shared.House);
        var answer = await scene.AsOwner.Get<VenueCompliance>($"/venues/{scene.Venue}/compliance?rulebook={rulebook}");
        Assert.Equal((rules, RulebookShelf.Hash(rulebook)), (answer.Rules.Count, answer.RulebookHash));
    }

    [Theory]
    [InlineData("asOf=yesterday", 400, "compliance.as-of-malformed")]
    [InlineData("asOf=2026-11-23T12:00:00", 400, "compliance.as-of-malformed")]
    [InlineData("asOf=2999-01-01T00:00:00Z", 400, "compliance.as-of-malformed")]
    [InlineData("asOf=1999-01-01T00:00:00Z", 400, "compliance.before-registration")]
    [InlineData("rulebook=mars", 400, "rulebook.unknown")]
    public async Task A_question_that_makes_no_sense_is_told_what_is_wrong(string query, int status, string code)
    {
        var scene = await Scene.In(shared.House);
        using var answer = await scene.AsOwner.Ask("GET", $"/venues/{scene.Venue}/compliance?{query}");
        Assert.Equal((HttpStatusCode)status, answer.StatusCode);
        Assert.Contains($"\"{code}\"", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Anybody_may_read_the_rulebooks()
    {
        using var nobody = shared.House.CreateClient();
        var cards = await nobody.Get<RulebookCard[]>("/rulebooks");
        Assert.Equal(63, cards.Single(card => card.Id == "kz-nightclub-2025-2026").Rules);
        using var text = await nobody.Ask("GET", "/rulebooks/kz-nightclub-2025-2026");
        Assert.Equal(RulebookShelf.Text("kz-nightclub-2025-2026"), await text.Content.ReadAsStringAsync(Ct));
        using var none = await nobody.Ask("GET", "/rulebooks/mars");
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }
}
