using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Api.Tests.Entrance;

/// <summary>Nobody stops his own clock by his opening hours.</summary>
public sealed class HoursTests(SharedHouse shared) : IClassFixture<SharedHouse>
{
    House House => shared.House;

    static readonly OpeningHours[] Noon = [new(DayOfWeek.Monday, new(12, 0), new(13, 0))];

    static string Path(Scene scene) => $"/venues/{scene.Venue}/opening-hours";

    [Fact]
    public async Task An_owners_hours_count_from_tomorrow_and_the_authoritys_at_once()
    {
        var (scene, now) = (await Scene.In(House), House.Clock.GetUtcNow());
        var done = await scene.AsOwner.Do("PUT", Path(scene), new HoursForm(Noon));
        var hours = (await scene.AsOwner.Get<VenueCard>($"/venues/{scene.Venue}", done)).Hours;
        Assert.Equal((VenueZone.Midnight(VenueZone.Day(now).AddDays(1)), 0), (hours.Weeks[^1].From, hours.At(now).Count));
        Assert.Equal("400 venue.grounds-missing grounds", await (await scene.AsAuthority.Ask("PUT", Path(scene), new HoursForm(Noon))).Refusal());
        done = await scene.AsAuthority.Do("PUT", Path(scene), new HoursForm(Noon, "№ 7"));
        Assert.Equal(Noon, (await scene.AsOwner.Get<VenueCard>($"/venues/{scene.Venue}", done)).Hours.At(House.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task While_something_is_to_be_mended_in_them_nobody_shortens_his_hours()
    {
        var scene = await Scene.In(House);
        await scene.AsAuthority.Do("PUT", $"/devices/{scene.Exit}/mandated-hours", new DeviceCommand.MandateHours(MandatedHours.OpeningHours));
        await scene.NoticeOfABlockedExit();
        Assert.Equal("409 venue.hours-owed", await (await scene.AsOwner.Ask("PUT", Path(scene), new HoursForm(Noon))).Refusal());
        var done = await scene.AsAuthority.Do("PUT", Path(scene), new HoursForm(Noon, "№ 7"));
        Assert.Equal("409 venue.hours-owed", await (await scene.AsOwner.Ask("PUT", Path(scene), new HoursForm([new(DayOfWeek.Tuesday, new(12, 0), new(13, 0))]), ("Compliance-After", done.Position.ToString()))).Refusal());
        await scene.AsOwner.Do("PUT", Path(scene), new HoursForm([.. Noon, new(DayOfWeek.Tuesday, new(12, 0), new(13, 0))]));
    }

    [Fact]
    public async Task The_term_of_an_exit_stands_still_by_night_so_nobody_makes_the_night_longer()
    {
        var scene = await Scene.In(House);
        await scene.NoticeOfABlockedExit();
        Assert.Equal("409 venue.hours-owed", await (await scene.AsOwner.Ask("PUT", Path(scene), new HoursForm(Noon))).Refusal());
    }

    [Fact]
    public async Task A_device_that_owes_at_all_hours_binds_no_hours()
    {
        var scene = await Scene.In(House);
        await scene.Tell(scene.Saw(Verdict.Covered, House.Clock.GetUtcNow()));
        await scene.AsOwner.Do("PUT", Path(scene), new HoursForm(Noon));
    }
}
