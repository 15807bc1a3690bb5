using Compliance.Api.Duties;
using Compliance.Api.Tests.Entrance;
using Compliance.Domain.Cases;
using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;
using Microsoft.Extensions.DependencyInjection;
using Route = Compliance.Domain.Cases.Route;

namespace Compliance.Api.Tests.Duties;

/// <summary>A wish nobody decides stands before the officers, and before the authority as late when its term has passed; told once, however often it is asked.</summary>
public sealed class WaitingDoorTests
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_waits_for_an_officer_is_put_before_the_authority_when_its_term_passed()
    {
        await using var house = new House();
        var scene = await Scene.In(house);
        await scene.NoticeOfABlockedExit();
        var until = VenueZone.Day(house.Clock.GetUtcNow()).AddDays(90);
        var asked = await scene.AsOwner.Do("POST", $"/duties/{scene.Duty}/extension-asked", new ExtensionWish(until, "the wall is a monument"));
        var waits = house.Services.GetRequiredService<Waits>();
        await waits.Tick(Ct);
        var early = Assert.Single((await house.As(Guid.NewGuid(), "inspector").Get<Page<WaitingDuty>>("/waiting", asked)).Items);
        Assert.Equal((scene.Duty, DutyWait.Extension, null), (early.Shown.Duty.DutyId, early.Waits[0].Kind, early.Waits[0].Stage));

        house.Clock.Advance(TimeSpan.FromDays(15));
        using var changes = await scene.AsOwner.Listen();
        for (var tick = 0; tick < 3; tick++) await waits.Tick(Ct);
        while ((await scene.AsAuthority.Get<Page<WaitingDuty>>("/waiting")).Items[0].Waits[0].Stage is null) await changes.Until("duty-list");
        var late = (await scene.AsAuthority.Get<Page<WaitingDuty>>("/waiting")).Items[0];
        Assert.Equal((WaitStage.Term, early.Waits[0].Due), (late.Waits[0].Stage!.Value, late.Waits[0].Due));
        Assert.Single((await house.Services.GetRequiredService<IEventLog>().Read(new("duty", scene.Duty), Ct).ToListAsync(Ct)), f => f.Name == "duty.wait-escalated.v1");

        Assert.Equal(1, (await scene.AsAuthority.Get<WaitingFigures>("/waiting/figures")).Late);

        var refused = await scene.AsAuthority.Do("POST", $"/duties/{scene.Duty}/extension-decided", new ExtensionDecision(false, "no monument"));
        Assert.Equal(0, (await scene.AsAuthority.Get<WaitingFigures>("/waiting/figures", refused)).Late);
        Assert.Empty((await scene.AsAuthority.Get<Page<WaitingDuty>>("/waiting", refused)).Items);
    }

    [Fact]
    public async Task Nothing_that_waits_is_left_out_however_much_there_is()
    {
        await using var house = new House();
        var scene = await Scene.In(house);
        var (log, now) = (house.Services.GetRequiredService<IEventLog>(), house.Clock.GetUtcNow());
        Executed last = null!;
        const int Many = 205;
        for (var n = 0; n < Many; n++)
        {
            var (duty, of) = (Guid.NewGuid(), Guid.NewGuid());
            await log.Execute(Duty.Decider, duty, new DutyCommand.Arise(duty, scene.Venue, new DutySource.OfRule("kz", "1"), DutyTerms.Of(Domain.Devices.DeviceKind.Exit).Matter,
                now.AddDays(-40), now.AddDays(-40), now.AddDays(-30 - n), DutyTerms.Of(Domain.Rulebooks.Severity.Major)), Origin(), Ct);
            await log.Execute(Duty.Decider, duty, new DutyCommand.Meet(null, now.AddDays(-30).AddMinutes(n)), Origin(), Ct);
            await log.Execute(Case.Decider, of, new CaseCommand.Open(of, scene.Venue, duty, DutyTerms.Of(Domain.Devices.DeviceKind.Exit).Matter,
                new(Route.Prescription, null, null, Domain.Rulebooks.Stage.First, null, null, null, null), null, now.AddDays(-50), now.AddDays(10).AddMinutes(n), now.AddDays(-49)), Origin(), Ct);
            last = await log.Execute(Case.Decider, of, new CaseCommand.Assess(now), Origin(), Ct);
        }

        var figures = await scene.AsAuthority.Get<WaitingFigures>("/waiting/figures", new(last.Revision, last.Position));
        Assert.Equal(2 * Many, figures.Late);
        Assert.Equal(Many, await Paged<WaitingDuty>(scene.AsAuthority, "/waiting", duty => duty.Shown.Duty.DutyId));
        Assert.Equal(Many, await Paged<CaseRow>(scene.AsAuthority, "/waiting/cases", row => row.CaseId));

        static Origin Origin() => new(Guid.NewGuid(), "reaction:test");
    }

    /// <summary>How many different rows a list has, read page by page.</summary>
    static async Task<int> Paged<TRow>(HttpClient client, string path, Func<TRow, Guid> key)
    {
        var keys = new HashSet<Guid>();
        for (Page<TRow>? page = null; page is null || page.Next is not null;)
        {
            page = await client.Get<Page<TRow>>($"{path}?limit=100{(page?.Next is { } next ? $"&after={Uri.EscapeDataString(next)}" : "")}");
            Assert.All(page.Items, row => Assert.True(keys.Add(key(row))));
        }

        return keys.Count;
    }
}
