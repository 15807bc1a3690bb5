using Compliance.Api.Notices;
using Compliance.Api.Tests.Entrance;
using Compliance.Domain.Kernel;
using Compliance.Domain.Notices;
using Compliance.Domain.Venues;
using Microsoft.Extensions.DependencyInjection;

namespace Compliance.Api.Tests.Reactions;

/// <summary>What ends is reminded of through the whole house: each reminder once, however often and by how many it is asked.</summary>
public sealed class RemindingTests
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static Endings Another(House house) => ActivatorUtilities.CreateInstance<Endings>(house.Services);

    static async Task<IReadOnlyList<NoticeRow>> Told(Scene scene, NoticeKind kind)
    {
        var now = await scene.AsAuthority.Do("PUT", $"/venues/{scene.Venue}/capacity", new VenueCommand.SetCapacity(Random.Shared.Next(1, 900)));
        return [.. (await scene.AsOwner.Get<Page<NoticeRow>>("/notices?limit=200", now)).Items.Where(n => n.Kind == kind)];
    }

    [Fact]
    public async Task A_consent_that_ends_is_said_to_30_7_and_1_days_before_by_two_machines_that_ask_every_morning()
    {
        await using var house = new House();
        var scene = await Scene.In(house);
        var (id, ends) = (Guid.NewGuid(), VenueZone.Day(house.Clock.GetUtcNow()).AddDays(33));
        var granted = await scene.AsOwner.Do("POST", $"/venues/{scene.Venue}/legal-bases",
            new VenueCommand.GrantLegalBasis(new(id, LegalBasisKind.Consent, "№ 9", "all", VenueZone.Day(house.Clock.GetUtcNow()), ends)));
        await scene.AsOwner.Get<VenueCard>($"/venues/{scene.Venue}", granted);
        for (var day = 0; day < 36; day++)
        {
            await Task.WhenAll(Another(house).Remind(Ct), Another(house).Remind(Ct));
            house.Clock.Advance(TimeSpan.FromDays(1));
        }

        var told = await Told(scene, NoticeKind.BasisEndsSoon);
        Assert.Equal([1, 7, 30], told.Select(n => ends.DayNumber - VenueZone.Day(n.At).DayNumber));
        Assert.All(told, n => Assert.Equal((id, ends), (n.AboutId!.Value, n.Day!.Value)));
    }

    [Fact]
    public async Task After_mornings_that_nobody_asked_the_nearest_reminder_is_sent_and_no_older_one()
    {
        await using var house = new House();
        var scene = await Scene.In(house);
        var ends = VenueZone.Day(house.Clock.GetUtcNow()).AddDays(40);
        var granted = await scene.AsOwner.Do("POST", $"/venues/{scene.Venue}/legal-bases",
            new VenueCommand.GrantLegalBasis(new(Guid.NewGuid(), LegalBasisKind.Consent, "№ 9", "all", VenueZone.Day(house.Clock.GetUtcNow()), ends)));
        await scene.AsOwner.Get<VenueCard>($"/venues/{scene.Venue}", granted);
        house.Clock.Advance(TimeSpan.FromDays(36));
        await Another(house).Remind(Ct);
        Assert.Equal([4], (await Told(scene, NoticeKind.BasisEndsSoon)).Select(n => ends.DayNumber - VenueZone.Day(n.At).DayNumber));
    }

    [Fact]
    public async Task A_closed_venue_hears_of_nothing()
    {
        await using var house = new House();
        var scene = await Scene.In(house);
        await scene.AsOwner.Do("POST", $"/venues/{scene.Venue}/legal-bases",
            new VenueCommand.GrantLegalBasis(new(Guid.NewGuid(), LegalBasisKind.Consent, "№ 9", "all", new(2026, 1, 1), VenueZone.Day(house.Clock.GetUtcNow()).AddDays(5))));
        var closed = await scene.AsAuthority.Do("POST", $"/venues/{scene.Venue}/closed", new VenueCommand.Close("sold"));
        await scene.AsAuthority.Get<VenueCard>($"/venues/{scene.Venue}", closed);
        await Another(house).Remind(Ct);
        Assert.DoesNotContain((await scene.AsOwner.Get<Page<NoticeRow>>("/notices")).Items, n => n.Kind == NoticeKind.BasisEndsSoon);
    }
}
