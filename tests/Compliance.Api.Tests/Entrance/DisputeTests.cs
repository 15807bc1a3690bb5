using Compliance.Domain.Devices;
using Compliance.Domain.Evidence;
using Compliance.Domain.Kernel;
using Compliance.Domain.Maintenance;
using Compliance.Domain.Notices;
using Compliance.Domain.Outages;
using Compliance.Domain.Venues;
using Microsoft.Extensions.DependencyInjection;

namespace Compliance.Api.Tests.Entrance;

/// <summary>Through the doors: an owner contests minutes, asks for maintenance, and the authority decides.</summary>
public sealed class DisputeTests(SharedHouse shared) : IClassFixture<SharedHouse>
{
    House House => shared.House;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>An exit that has been blocked for two hours.</summary>
    static async Task<(Scene Scene, OutageRow Outage)> Blocked(House house)
    {
        var scene = await Scene.In(house);
        await scene.NoticeOfABlockedExit();
        house.Clock.Advance(TimeSpan.FromHours(2));
        var id = (await scene.AsOwner.Get<Page<NoticeRow>>("/notices")).Items[0].OutageId!.Value;
        return (scene, (await scene.AsOwner.Get<Page<OutageRow>>($"/venues/{scene.Venue}/outages")).Items.Single(o => o.OutageId == id));
    }

    static OutageCommand.Contest Plea(OutageRow outage, Guid id) =>
        new(id, outage.StartedAt, outage.StartedAt.AddHours(1), Cause.Authority, new("raid 12"));

    static async Task<AvailabilityScore> Score(Scene scene, CommandAnswer? after = null) =>
        (await scene.AsOwner.Get<VenueAvailability>($"/venues/{scene.Venue}/availability", after)).Score(DeviceKind.Exit);

    [Fact]
    public async Task Contested_minutes_leave_the_score_until_the_authority_decides_and_the_decision_names_the_formula()
    {
        var (scene, outage) = await Blocked(House);
        var before = await Score(scene);
        Assert.Equal((2, 0), (Math.Round(before.Against.TotalHours, 2), before.InContest.TotalHours));

        var plea = Guid.NewGuid();
        var contested = await Score(scene, await scene.AsOwner.Do("POST", $"/outages/{outage.OutageId}/contests", Plea(outage, plea)));
        Assert.Equal((1, 1), (Math.Round(contested.Against.TotalHours, 2), contested.InContest.TotalHours));

        var decided = await scene.AsAuthority.Do("POST", $"/outages/{outage.OutageId}/contests/decided", new OutageCommand.DecideContest(plea, true, "protocol 12 seen"));
        var score = await Score(scene, decided);
        Assert.Equal((0, 1), (score.InContest.TotalHours, score.DownBy(Cause.Authority).TotalHours));
        var row = (await scene.AsAuthority.Get<Page<ContestRow>>("/contests")).Items.Single(c => c.ContestId == plea);
        Assert.Equal((true, AvailabilityFormula.Current), (row.Accepted, row.FormulaVersion));

        await scene.AsAuthority.Do("POST", $"/outages/{outage.OutageId}/causes", new OutageCommand.AttributeCause(Cause.Power, outage.StartedAt, null, "grid report 3"));
        Assert.Equal(0, (await Score(scene)).Against.TotalHours);
    }

    [Theory]
    [InlineData("inspector", false), InlineData("operator", false), InlineData("supervisor", false), InlineData("administrator", false)]
    [InlineData("authority", true), InlineData("oversight", true), InlineData("owner", true), InlineData("manager", true), InlineData("installer", false)]
    public async Task What_is_brought_forward_is_read_by_those_who_read_contests(string role, bool reads)
    {
        var (scene, outage) = await Blocked(House);
        var pleaded = await scene.AsOwner.Do("POST", $"/outages/{outage.OutageId}/contests", Plea(outage, Guid.NewGuid()));
        var reader = House.As(role switch { "owner" => scene.Owner, "manager" => scene.Manager, "installer" => scene.Installer, _ => Guid.NewGuid() }, role);
        foreach (var list in (string[])["/outages", $"/venues/{scene.Venue}/outages"])
            Assert.Equal(reads ? "raid 12" : "", Assert.Single((await reader.Get<Page<OutageRow>>(list, pleaded)).Items.Single(o => o.OutageId == outage.OutageId).Contests).Proof.Reference);
    }

    [Fact]
    public async Task What_has_not_passed_and_what_is_another_owners_cannot_be_contested()
    {
        var (scene, outage) = await Blocked(House);
        var path = $"/outages/{outage.OutageId}/contests";
        using var future = await scene.AsOwner.Ask("POST", path, Plea(outage, Guid.NewGuid()) with { Until = House.Clock.GetUtcNow().AddMinutes(5) });
        Assert.Equal("400 outage.interval-outside until", await future.Refusal());
        using var stranger = await House.As(Guid.NewGuid(), "owner").Ask("POST", path, Plea(outage, Guid.NewGuid()));
        Assert.Equal(403, (int)stranger.StatusCode);
        Assert.Empty((await House.As(Guid.NewGuid(), "owner").Get<Page<ContestRow>>("/contests")).Items);
    }

    [Fact]
    public async Task Approved_maintenance_leaves_the_sum_and_marks_the_outage()
    {
        var scene = await Scene.In(House);
        var window = await scene.AskForMaintenance();
        await scene.AsAuthority.Do("POST", $"/maintenance/{window}/approved");
        House.Clock.Advance(TimeSpan.FromMinutes(45));
        await scene.NoticeOfABlockedExit();
        await House.Services.GetRequiredService<Maintenance.Excuses>().Tick(Ct);
        await House.Services.GetRequiredService<Maintenance.Excuses>().Tick(Ct);
        House.Clock.Advance(TimeSpan.FromMinutes(15));

        var ended = await scene.AsOwner.Do("POST", $"/maintenance/{window}/ended");
        House.Clock.Advance(TimeSpan.FromMinutes(10));
        var score = await Score(scene, ended);
        Assert.Equal((30, 10), (Math.Round(score.NotOwed(Owed.Maintenance).TotalMinutes), Math.Round(score.Against.TotalMinutes)));
        var outage = (await scene.AsOwner.Get<Page<OutageRow>>($"/venues/{scene.Venue}/outages")).Items.Single();
        Assert.Equal(window, Assert.Single(outage.Excused).MaintenanceId);
        Assert.Equal(MaintenanceState.Ended, (await scene.AsOwner.Get<Page<MaintenanceRow>>($"/maintenance?venue={scene.Venue}")).Items.Single().State);
    }

    [Fact]
    public async Task A_window_is_for_devices_of_the_venue()
    {
        var (scene, other) = (await Scene.In(House), await Scene.In(House));
        var now = House.Clock.GetUtcNow();
        using var elsewhere = await scene.AsOwner.Ask("POST", $"/venues/{scene.Venue}/maintenance",
            new MaintenanceCommand.Request(Guid.NewGuid(), scene.Venue, [other.Exit], now.AddHours(1), now.AddHours(2), WorkKind.Repair, "1"));
        Assert.Equal("400 maintenance.device-elsewhere deviceIds", await elsewhere.Refusal());
        await scene.AskForMaintenance();
        Assert.Empty((await other.AsOwner.Get<Page<MaintenanceRow>>($"/maintenance?venue={scene.Venue}")).Items);
    }

    [Fact]
    public async Task An_audit_names_its_formula_and_is_computed_by_an_older_one_on_request()
    {
        var (scene, _) = await Blocked(House);
        var today = VenueZone.Day(House.Clock.GetUtcNow());
        async Task<string> Html(string formula)
        {
            using var answer = await scene.AsOwner.Ask("GET", $"/venues/{scene.Venue}/audit.html?from={today.AddDays(-1):yyyy-MM-dd}&to={today:yyyy-MM-dd}&language=en{formula}");
            return answer.IsSuccessStatusCode ? await answer.Content.ReadAsStringAsync(Ct) : await answer.Refusal();
        }

        Assert.Contains($"Formula {AvailabilityFormula.Current}", await Html(""), StringComparison.Ordinal);
        Assert.DoesNotContain(AvailabilityFormula.Current, await Html($"&formula={AvailabilityFormula.First}"), StringComparison.Ordinal);
        Assert.Equal("400 report.formula-unknown formula", await Html("&formula=v9"));
    }

    [Fact]
    public async Task The_authority_mandates_the_hours_of_a_device()
    {
        var scene = await Scene.In(House);
        var done = await scene.AsAuthority.Do("PUT", $"/devices/{scene.Camera}/mandated-hours", new DeviceCommand.MandateHours(MandatedHours.OpeningHours));
        Assert.Equal(MandatedHours.OpeningHours, (await scene.AsOwner.Get<DeviceCard>($"/devices/{scene.Camera}", done)).Hours);
    }
}
