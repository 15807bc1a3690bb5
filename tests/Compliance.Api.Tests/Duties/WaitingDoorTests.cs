using Compliance.Api.Duties;
using Compliance.Api.Tests.Entrance;
using Compliance.Domain.Cases;
using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;
using Microsoft.Extensions.DependencyInjection;

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
        var early = Assert.Single((await house.As(Guid.NewGuid(), "inspector").Get<Waiting>("/waiting", asked)).Duties);
        Assert.Equal((scene.Duty, DutyWait.Extension, null), (early.Shown.Duty.DutyId, early.Waits[0].Kind, early.Waits[0].Stage));

        house.Clock.Advance(TimeSpan.FromDays(15));
        using var changes = await scene.AsOwner.Listen();
        for (var tick = 0; tick < 3; tick++) await waits.Tick(Ct);
        while ((await scene.AsAuthority.Get<Waiting>("/waiting")).Duties[0].Waits[0].Stage is null) await changes.Until("duty-list");
        var late = (await scene.AsAuthority.Get<Waiting>("/waiting")).Duties[0];
        Assert.Equal((WaitStage.Term, early.Waits[0].Due), (late.Waits[0].Stage!.Value, late.Waits[0].Due));
        Assert.Single((await house.Services.GetRequiredService<IEventLog>().Read(new("duty", scene.Duty), Ct).ToListAsync(Ct)), f => f.Name == "duty.wait-escalated.v1");

        var refused = await scene.AsAuthority.Do("POST", $"/duties/{scene.Duty}/extension-decided", new ExtensionDecision(false, "no monument"));
        Assert.Empty((await scene.AsAuthority.Get<Waiting>("/waiting", refused)).Duties);
    }
}
