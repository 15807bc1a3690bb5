using System.Net;
using Compliance.Api.Duties;
using Compliance.Api.Subjects;
using Compliance.Api.Tests.Entrance;
using Compliance.Domain.Devices;
using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;
using Microsoft.Extensions.DependencyInjection;

namespace Compliance.Api.Tests.Duties;

/// <summary>What an owner owes, from the blocked exit to the inspector who finds it clear, through the doors.</summary>
public sealed class DutyDoorTests(SharedHouse shared) : IClassFixture<SharedHouse>
{
    House House => shared.House;

    static readonly DateOnly Tomorrow = ShiftedClock.Today.AddDays(1);
    static readonly byte[] Photo = [0xFF, 0xD8, 0xFF, 1, 2, 3];

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A venue whose exit is blocked, with the duty that came of it in the list.</summary>
    static async Task<(Scene Scene, Guid Notice)> Blocked(House house)
    {
        var scene = await Scene.In(house);
        return (scene, await scene.NoticeOfABlockedExit());
    }

    static string Door(Scene scene, string what) => $"/duties/{scene.Duty}/{what}";

    static async Task<DutyShown> Duty(Scene scene, CommandAnswer? after = null) => await scene.AsOwner.Get<DutyShown>($"/duties/{scene.Duty}", after);

    [Fact]
    public async Task A_blocked_exit_is_owed_and_told_read_extended_mended_and_found_so()
    {
        var (scene, notice) = await Blocked(House);
        var inspector = House.As(Guid.NewGuid(), "inspector");
        using var changes = await scene.AsOwner.Listen();
        await scene.AsOwner.Do("POST", $"/notices/{notice}/read");
        while ((await Duty(scene)).Duty.Clock.Read is null) await changes.Until("duty-list");
        var owed = Assert.Single((await scene.AsOwner.Get<Page<DutyShown>>("/duties?open=true")).Items);
        Assert.Equal(("KZ.EXIT.003", DutyState.Owed, TimeSpan.FromHours(2)), (owed.Duty.Matter.RuleId, owed.Duty.State, owed.Duty.Clock.Due - owed.Duty.Clock.Detected));
        Assert.NotNull(owed.Requirement);

        await scene.AsOwner.Do("POST", Door(scene, "extension-asked"), new ExtensionWish(Tomorrow, "the welder comes tomorrow"));
        var granted = await inspector.Do("POST", Door(scene, "extension-decided"), new ExtensionDecision(true, "seen on the spot"));
        var extended = await Duty(scene, granted);
        Assert.Equal((VenueZone.Midnight(Tomorrow.AddDays(1)), "the welder comes tomorrow", true), (extended.Duty.Clock.Due!.Value, extended.Why, extended.Duty.Extension!.Granted!.Value));

        Assert.Equal(HttpStatusCode.OK, await Show(scene, Photo));
        while ((await Duty(scene)).Duty.Photo is null) await changes.Until("duty-list");
        using var seen = await inspector.Ask("GET", Door(scene, "photo"));
        Assert.Equal(Photo, await seen.Content.ReadAsByteArrayAsync(Ct));
        await inspector.Do("POST", Door(scene, "repair-found"), new RepairFound(false, "boxes are back"));
        Assert.Equal(HttpStatusCode.OK, await Show(scene, [.. Photo, 4]));
        var found = await inspector.Do("POST", Door(scene, "repair-found"), new RepairFound(true, "clear"));
        Assert.Equal((DutyState.Met, VerifiedBy.Inspector), ((await Duty(scene, found)).Duty.State, (await Duty(scene, found)).Duty.VerifiedBy!.Value));
        Assert.Empty((await scene.AsOwner.Get<Page<DutyShown>>("/duties?open=true", found)).Items);
        Assert.Single((await scene.AsOwner.Get<Page<DutyShown>>($"/venues/{scene.Venue}/duties", found)).Items);
    }

    static async Task<HttpStatusCode> Show(Scene scene, byte[] picture)
    {
        using var answer = await scene.AsOwner.PostAsync(Door(scene, "repair-shown"), new ByteArrayContent(picture), Ct);
        return answer.StatusCode;
    }

    [Fact]
    public async Task A_term_that_passes_unmet_is_said_once()
    {
        var (scene, _) = await Blocked(House);
        var deadlines = House.Services.GetRequiredService<Deadlines>();
        using var changes = await scene.AsOwner.Listen();
        await deadlines.Tick(Ct);
        Assert.Null((await Duty(scene)).Duty.OverstayedBy);
        House.Clock.Advance(TimeSpan.FromHours(2));
        for (var tick = 0; tick < 3; tick++) await deadlines.Tick(Ct);
        while ((await Duty(scene)).Duty.OverstayedBy is null) await changes.Until("duty-list");
        var log = House.Services.GetRequiredService<IEventLog>();
        Assert.Single(await log.Read(new("duty", scene.Duty), Ct).Where(r => r.Name == "duty.overstayed.v1").ToListAsync(Ct));
    }

    [Fact]
    public async Task A_device_that_owes_in_opening_hours_only_overstays_at_the_next_opening()
    {
        var scene = await Scene.In(House);
        var opens = TimeOnly.FromDateTime(VenueZone.Local(House.Clock.GetUtcNow()).DateTime).AddHours(4);
        await scene.AsAuthority.Do("PUT", $"/venues/{scene.Venue}/opening-hours", new HoursForm(
            [.. Enum.GetValues<DayOfWeek>().Select(day => new OpeningHours(day, opens, opens.AddHours(2)))], "№ 7"));
        await scene.AsAuthority.Do("PUT", $"/devices/{scene.Exit}/mandated-hours", new DeviceCommand.MandateHours(MandatedHours.OpeningHours));
        await scene.NoticeOfABlockedExit();
        var deadlines = House.Services.GetRequiredService<Deadlines>();
        using var changes = await scene.AsOwner.Listen();
        House.Clock.Advance(TimeSpan.FromHours(3));
        await deadlines.Tick(Ct);
        Assert.DoesNotContain("duty.overstayed.v1", await House.Services.GetRequiredService<IEventLog>().Read(new("duty", scene.Duty), Ct).Select(r => r.Name).ToListAsync(Ct));
        House.Clock.Advance(TimeSpan.FromHours(2));
        await deadlines.Tick(Ct);
        while ((await Duty(scene)).Duty.OverstayedBy is null) await changes.Until("duty-list");
    }

    [Fact]
    public async Task What_is_mended_before_the_next_opening_is_in_time()
    {
        var scene = await Scene.In(House);
        var opens = TimeOnly.FromDateTime(VenueZone.Local(House.Clock.GetUtcNow()).DateTime).AddHours(4);
        await scene.AsAuthority.Do("PUT", $"/venues/{scene.Venue}/opening-hours", new HoursForm(
            [.. Enum.GetValues<DayOfWeek>().Select(day => new OpeningHours(day, opens, opens.AddHours(2)))], "№ 7"));
        await scene.AsAuthority.Do("PUT", $"/devices/{scene.Exit}/mandated-hours", new DeviceCommand.MandateHours(MandatedHours.OpeningHours));
        await scene.NoticeOfABlockedExit();
        using var changes = await scene.AsOwner.Listen();
        var due = (await Duty(scene)).Duty.Clock.Due!.Value;
        House.Clock.Advance(due - TimeSpan.FromMinutes(30) - House.Clock.GetUtcNow());
        await House.Services.GetRequiredService<Deadlines>().Tick(Ct);
        while ((await Duty(scene)).Duty.Clock.Due == due) await changes.Until("duty-list");
        House.Clock.Advance(TimeSpan.FromHours(1));
        await scene.AsOwner.Do("POST", $"/devices/{scene.Exit}/verdicts", new DeviceCommand.ReportVerdict(
            Verdict.Clear, House.Clock.GetUtcNow(), House.Clock.GetUtcNow(), Guid.Empty, "", null));
        while ((await Duty(scene)).Duty.State == DutyState.Owed) await changes.Until("duty-list");
        Assert.Null((await Duty(scene)).Duty.OverstayedBy);
    }

    [Fact]
    public async Task A_venue_that_was_closed_in_time_owes_nothing()
    {
        var (scene, _) = await Blocked(House);
        var closed = await scene.AsAuthority.Do("POST", $"/venues/{scene.Venue}/closed", new VenueCommand.Close("sold"));
        await scene.AsAuthority.Get<DutyShown>($"/duties/{scene.Duty}", closed);
        House.Clock.Advance(TimeSpan.FromHours(3));
        await House.Services.GetRequiredService<Deadlines>().Tick(Ct);
        var log = House.Services.GetRequiredService<IEventLog>();
        Assert.DoesNotContain("duty.overstayed.v1", await log.Read(new("duty", scene.Duty), Ct).Select(r => r.Name).ToListAsync(Ct));
    }

    [Theory]
    [InlineData("extension-asked", "{\"until\":\"2099-01-01\",\"why\":\" \"}", "400 duty.reason-missing why")]
    [InlineData("extension-asked", "{\"until\":\"2020-01-01\",\"why\":\"x\"}", "400 duty.extension-backward until")]
    [InlineData("extension-asked", "{\"until\":\"9999-12-31\",\"why\":\"x\"}", "400 request.malformed until")]
    [InlineData("repair-shown", "\"done\"", "400 duty.photo-missing body")]
    public async Task What_is_asked_badly_is_refused(string door, string body, string refusal)
    {
        var (scene, _) = await Blocked(House);
        using var answer = await scene.AsOwner.Ask("POST", Door(scene, door), System.Text.Json.JsonDocument.Parse(body).RootElement);
        Assert.Equal(refusal, await answer.Refusal());
    }

    [Theory]
    [InlineData("operator", false), InlineData("supervisor", false), InlineData("administrator", false)]
    [InlineData("inspector", true), InlineData("authority", true), InlineData("oversight", true), InlineData("owner", true), InlineData("manager", true)]
    public async Task What_was_asked_is_listed_for_those_who_may_read_the_duty(string role, bool reads)
    {
        var (scene, _) = await Blocked(House);
        var asked = await scene.AsOwner.Do("POST", Door(scene, "extension-asked"), new ExtensionWish(Tomorrow, "the welder comes tomorrow"));
        var reader = House.As(role switch { "owner" => scene.Owner, "manager" => scene.Manager, _ => Guid.NewGuid() }, role);
        foreach (var list in (string[])["/duties", $"/venues/{scene.Venue}/duties"])
            Assert.Equal(reads, (await reader.Get<Page<DutyShown>>(list, asked)).Items.Single(shown => shown.Duty.DutyId == scene.Duty).Duty.Extension is not null);
    }

    [Fact]
    public async Task Another_owner_sees_nothing_of_it()
    {
        var (scene, _) = await Blocked(House);
        var stranger = await Scene.In(House);
        using var answer = await stranger.AsOwner.Ask("GET", $"/duties/{scene.Duty}");
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Empty((await stranger.AsOwner.Get<Page<DutyShown>>("/duties")).Items);
    }

    [Fact]
    public async Task What_was_said_goes_with_the_person_who_said_it()
    {
        var (scene, _) = await Blocked(House);
        await House.Services.GetRequiredService<Persons>().Enrol(new(scene.Owner, "Ержан", null), new(Guid.NewGuid(), "user:test"), Ct);
        var asked = await scene.AsOwner.Do("POST", Door(scene, "extension-asked"), new ExtensionWish(Tomorrow, "my wife is ill"));
        var inspector = House.As(Guid.NewGuid(), "inspector");
        Assert.Equal("my wife is ill", (await inspector.Get<DutyShown>($"/duties/{scene.Duty}", asked)).Why);
        await House.As(Guid.NewGuid(), "oversight").Do("POST", $"/subjects/{scene.Owner}/key-destroyed");
        var after = await inspector.Get<DutyShown>($"/duties/{scene.Duty}", asked);
        Assert.Null(after.Why);
        Assert.Equal(64, after.Duty.Extension!.Why.Hash.Length);
    }
}
