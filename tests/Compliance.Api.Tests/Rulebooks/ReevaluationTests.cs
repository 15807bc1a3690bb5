using Compliance.Api.Rulebooks;
using Compliance.Api.Tests.Entrance;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Venues;
using Microsoft.Extensions.DependencyInjection;

namespace Compliance.Api.Tests.Rulebooks;

/// <summary>The rules are asked again when something is learned of a venue and every night, and what turned is on record.</summary>
public sealed class ReevaluationTests(SharedHouse shared) : IClassFixture<SharedHouse>
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_fact_that_breaks_a_rule_turns_it_and_asking_again_writes_nothing()
    {
        var scene = await Scene.In(shared.House);
        var rules = shared.House.Services.GetRequiredService<Reevaluation>();
        await Asking.Until(async () => // the views have heard of the venue
        {
            await rules.AskAll(Ct);
            await rules.Tick(Ct);
            return await Record(scene) > 0;
        });

        Assert.Equal(Outcome.Pass, Exit(await Card(scene)).Outcome);

        shared.House.Clock.Advance(TimeSpan.FromMinutes(1));
        var exit = Guid.NewGuid();
        using (var changes = await scene.AsOwner.Listen())
        {
            await scene.AsOwner.Do("PUT", $"/devices/{exit}", new DeviceCommand.Register(
                exit, scene.Venue, new ExitSpec("Артқы есік", "Чёрный ход", 600, 2_000, OpeningDirection.Outward, LockType.Key)));
            await changes.Until("device-card");
            await rules.Tick(Ct);
            await changes.Until("compliance-card");
        }

        var turned = Exit(await Card(scene));
        Assert.Equal((Outcome.Fail, Wording.Violation), (turned.Outcome, turned.Wording));

        var before = await Record(scene);
        await rules.AskAll(Ct);
        await rules.Tick(Ct);
        Assert.Equal(before, await Record(scene));
        Assert.Contains((await scene.AsAuthority.Get<Page<ComplianceCard>>("/compliance")).Items, card => card.VenueId == scene.Venue);

        var fleet = await scene.AsAuthority.Get<FleetCompliance>("/compliance/statistics");
        var group = Assert.Single(fleet.Groups, group => (group.District, group.FromCapacity) == (Scene.Details.District, 100));
        var tally = group.Rules.Single(rule => rule.RuleId == "KZ.EXIT.002");
        Assert.Equal((1, 1), (tally.Fail, tally.FailedAs[Wording.Violation]));

        static RuleStands Exit(ComplianceCard card) => card.Rules.Single(rule => rule.RuleId == "KZ.EXIT.002");
    }

    /// <summary>Waits until the view shows all of the venue's record.</summary>
    async Task<ComplianceCard> Card(Scene scene) => await scene.AsOwner.Get<ComplianceCard>(
        $"/venues/{scene.Venue}/compliance/card", new(0, (await Facts(scene))[^1].Position));

    async Task<int> Record(Scene scene) => (await Facts(scene)).Count;

    async Task<List<Recorded>> Facts(Scene scene) =>
        await shared.House.Services.GetRequiredService<IEventLog>().Read(new("compliance", scene.Venue), Ct).ToListAsync(Ct);
}
