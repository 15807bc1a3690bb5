using Compliance.Api.Tests.Entrance;
using Compliance.Domain.Access;
using Compliance.Domain.Alerts;
using Compliance.Domain.Kernel;
using Microsoft.Extensions.DependencyInjection;

namespace Compliance.Api.Tests.Access;

/// <summary>What anybody reads of looks, and what oversight reads of desks at which nobody was.</summary>
public sealed class PublishedLooksTests
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Anybody_reads_counts_of_months_that_are_over_and_no_session()
    {
        await using var house = new House();
        var (scene, last) = (await Scene.In(house), default(CommandAnswer));
        for (var n = 0; n < 8; n++)
        {
            var officer = house.As(Guid.NewGuid(), "operator");
            var session = Guid.NewGuid();
            await officer.Do("PUT", $"/access/{session}", new AccessCommand.Open(session, scene.Venue, "ЦОУ-2", AccessPurpose.CallTo102, $"102-{n}", null, false, [scene.Camera]));
            if (n > 0) last = await officer.Do("POST", $"/access/{session}/closed");
            if (n == 1) house.Clock.Advance(TimeSpan.FromDays(400)); // two are too old to be told; the one of them that nobody closed stands on top of the list and hides no other
        }

        house.Clock.Advance(TimeSpan.FromDays(32));
        using var anybody = house.CreateClient();
        var months = await anybody.Get<MonthLooks[]>("/public/looks", last);
        Assert.Equal(MonthLooks.Months, months.Length);
        var month = months.Single(m => m.All > 0);
        Assert.Equal((6, 6, 6), (month.All, month.ByPurpose.Single(l => l.Count > 0).Count, month.ByUnit.Single(l => l.Key == nameof(UnitKind.OperationsCentre)).Count));
        Assert.DoesNotContain("102-", await anybody.GetStringAsync("/public/looks", Ct), StringComparison.Ordinal);
        Assert.DoesNotContain($"{scene.Venue}", await anybody.GetStringAsync("/public/looks", Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task That_no_officer_listens_is_told_to_oversight_with_its_beginning_and_end()
    {
        await using var house = new House();
        using var oversight = house.As(Guid.NewGuid(), "oversight");
        using var officer = house.As(Guid.NewGuid(), "operator");
        using (await officer.Listen())
        {
            using (await house.As(Guid.NewGuid(), "owner").Listen()) await Tick(); // an owner is no desk
        }

        await Gone();
        house.Clock.Advance(TimeSpan.FromMinutes(4));
        await Tick();
        Assert.Empty(await oversight.Get<DeskOutage[]>("/incidents/desk-outages"));
        house.Clock.Advance(TimeSpan.FromMinutes(2));
        await Tick();
        await Asking.Until(async () => await oversight.Get<DeskOutage[]>("/incidents/desk-outages") is [{ Until: null }]);
        using var back = await officer.Listen();
        await Tick();
        await Asking.Until(async () => await oversight.Get<DeskOutage[]>("/incidents/desk-outages") is [{ Until: not null }]);

        Task Tick() => house.Services.GetRequiredService<Compliance.Api.Alerts.DeskPresence>().Tick(Ct);
        Task Gone() => Asking.Until(() => Task.FromResult(house.Services.GetRequiredService<Compliance.Api.Changes.Listeners>().Officers == 0));
    }
}
