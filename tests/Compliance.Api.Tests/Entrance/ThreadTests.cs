using System.Net;
using System.Net.Http.Json;
using Compliance.Api.Outages;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Notices;
using Compliance.Domain.Outages;
using Compliance.Domain.Probes;
using Compliance.Domain.Venues;
using Microsoft.Extensions.DependencyInjection;

namespace Compliance.Api.Tests.Entrance;

/// <summary>The whole thread: a venue registers, a probe looks, a feed is lost, those who answer learn of it.</summary>
public sealed class ThreadTests(SharedHouse shared) : IClassFixture<SharedHouse>
{
    House House => shared.House;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_lost_feed_is_an_outage_and_a_notice_and_both_end_with_it()
    {
        var scene = await Scene.In(House);
        using var changes = await scene.AsOwner.Listen();
        var seen = House.Clock.GetUtcNow();
        Assert.Equal([null, null], await scene.Tell(scene.Saw(Verdict.Online, seen), scene.Saw(Verdict.Unreachable, seen.AddSeconds(1))));
        while ((await scene.AsOwner.Get<Page<OutageRow>>("/outages?open=true")).Items.Count < 1) await changes.Until("outage-list");
        await House.Services.GetRequiredService<OutageGroups>().Tick(Ct);
        while ((await scene.AsOwner.Get<Page<NoticeRow>>("/notices")).Items.Count < 1) await changes.Until("notice-list");
        var outage = Assert.Single((await scene.AsOwner.Get<Page<OutageRow>>("/outages?open=true")).Items);
        Assert.Equal((scene.Camera, Verdict.Unreachable, seen.AddSeconds(1)), (outage.DeviceId, outage.Verdict, outage.StartedAt));
        var notice = Assert.Single((await scene.AsOwner.Get<Page<NoticeRow>>("/notices")).Items);
        var read = await scene.AsOwner.Do("POST", $"/notices/{notice.NoticeId}/read");
        Assert.NotNull(Assert.Single((await scene.AsOwner.Get<Page<NoticeRow>>("/notices", read)).Items[0].Receipts).ReadAt);

        await scene.Tell(scene.Saw(Verdict.Online, seen.AddSeconds(2)));
        while ((await scene.AsOwner.Get<Page<OutageRow>>("/outages?open=true")).Items.Count > 0) await changes.Until("outage-list");
        await House.Services.GetRequiredService<OutageGroups>().Tick(Ct);
        while ((await scene.AsOwner.Get<Page<NoticeRow>>("/notices")).Items.Count < 2) await changes.Until("notice-list");
        Assert.Empty((await scene.AsOwner.Get<Page<OutageRow>>("/outages?open=true")).Items);
        Assert.Equal(seen.AddSeconds(2), Assert.Single((await scene.AsOwner.Get<Page<OutageRow>>($"/venues/{scene.Venue}/outages")).Items).EndedAt);
    }

    [Fact]
    public async Task A_new_venue_is_watched_at_once_where_the_settings_name_a_probe()
    {
        var probe = Guid.NewGuid();
        await using var house = new House(("Probes:NewVenuesTo", probe.ToString()));
        using (var enrolled = await house.As(Guid.NewGuid(), "administrator").Ask("PUT", $"/probes/{probe}", new ProbeCommand.Enrol(probe, "box 1")))
            enrolled.EnsureSuccessStatusCode();
        var scene = new Scene(house);
        await scene.AsOwner.Do("PUT", $"/venues/{scene.Venue}", scene.Registration);
        var (state, _, _) = await house.Services.GetRequiredService<IEventLog>().Load(Domain.Probes.Probe.Decider, new("probe", probe), Ct);
        Assert.Equal([scene.Venue], Assert.IsType<Domain.Probes.Probe.Enrolled>(state).Venues);
    }

    [Fact]
    public async Task A_venue_that_its_probe_could_not_take_is_taken_on_a_later_tick_and_only_once()
    {
        var probe = Guid.NewGuid();
        await using var house = new House(("Probes:NewVenuesTo", probe.ToString()));
        var (scene, administrator) = (new Scene(house), house.As(Guid.NewGuid(), "administrator"));
        var registered = await scene.AsOwner.Do("PUT", $"/venues/{scene.Venue}", scene.Registration);
        await scene.AsOwner.Get<VenueCard>($"/venues/{scene.Venue}", registered);
        using (var enrolled = await administrator.Ask("PUT", $"/probes/{probe}", new ProbeCommand.Enrol(probe, "box 1"))) enrolled.EnsureSuccessStatusCode();
        var newVenues = house.Services.GetRequiredService<Api.Probes.NewVenues>();

        await newVenues.Tick(Ct);
        Assert.Equal([scene.Venue], await Watched());

        var unassigned = await administrator.Do("POST", $"/probes/{probe}/unassigned", new ProbeCommand.Unassign(scene.Venue));
        await administrator.Get<Page<ProbeCard>>("/probes", unassigned);
        await newVenues.Tick(Ct);
        Assert.Empty(await Watched());

        async Task<IReadOnlyList<Guid>> Watched() => Assert.IsType<Domain.Probes.Probe.Enrolled>(
            (await house.Services.GetRequiredService<IEventLog>().Load(Domain.Probes.Probe.Decider, new("probe", probe), Ct)).State).Venues;
    }

    [Fact]
    public async Task An_observation_told_twice_counts_once()
    {
        var scene = await Scene.In(House);
        var lost = scene.Saw(Verdict.Unreachable, House.Clock.GetUtcNow());
        await scene.Tell(lost, lost);
        await scene.Tell(lost);
        var facts = await scene.AsOwner.Get<Page<StoredFact>>($"/devices/{scene.Camera}/facts");
        Assert.Single(facts.Items, fact => fact.Name == "device.verdict-changed.v2");
        Assert.Equal($"probe:{scene.Probe}", facts.Items[^1].Actor);
    }

    [Fact]
    public async Task A_probe_speaks_only_of_cameras_of_its_own_venues_and_of_the_time_since_it_watches()
    {
        var (scene, other) = (await Scene.In(House), await Scene.In(House));
        await scene.AsOwner.Get<VenueCard>($"/venues/{scene.Venue}", other.Ready);
        var now = House.Clock.GetUtcNow();
        Assert.Equal(["probe.not-assigned", "device.unknown", "device.not-a-camera", "device.observed-before-watched", null], await scene.Tell(
            scene.Saw(Verdict.Online, now, other.Camera), scene.Saw(Verdict.Online, now, Guid.NewGuid()), scene.Saw(Verdict.Clear, now, scene.Exit),
            scene.Saw(Verdict.Online, now.AddHours(-1)), scene.Saw(Verdict.Online, now)));
    }

    [Fact]
    public async Task A_stolen_box_dates_no_outage_before_it_was_given_the_camera()
    {
        var scene = await Scene.In(House);
        var now = House.Clock.GetUtcNow();
        await scene.Tell(scene.Saw(Verdict.Unreachable, now) with { Since = now.AddYears(-1) });
        var card = await scene.AsOwner.Get<DeviceCard>($"/devices/{scene.Camera}", await scene.AsAuthority.Do("PUT", $"/venues/{scene.Venue}/capacity", new VenueCommand.SetCapacity(9)));
        Assert.InRange(card.Since!.Value, now.AddMinutes(-1), now);
    }

    [Fact]
    public async Task What_a_clock_ahead_of_ours_says_is_taken_and_marked()
    {
        var scene = await Scene.In(House);
        var said = House.Clock.GetUtcNow().AddHours(1);
        Assert.Equal([null, null], await scene.Tell(scene.Saw(Verdict.Online, said), scene.Saw(Verdict.Unreachable, House.Clock.GetUtcNow().AddSeconds(1))));
        var facts = (await scene.AsOwner.Get<Page<StoredFact>>($"/devices/{scene.Camera}/facts")).Items;
        Assert.Equal(["device.registered.v1", "device.verdict-changed.v2", "device.clock-doubted.v1", "device.verdict-changed.v2"], facts.Select(f => f.Name));
        Assert.Equal(said, facts[2].Data.GetProperty("saidObservedAt").GetDateTimeOffset());
        Assert.InRange(facts[1].Data.GetProperty("observedAt").GetDateTimeOffset(), said.AddHours(-1), facts[1].RecordedAt);
    }

    [Fact]
    public async Task Cameras_of_a_silent_probe_are_unknown_until_it_tells_anew()
    {
        await using var house = new House();
        var scene = await Scene.In(house);
        await scene.Tell(scene.Saw(Verdict.Online, house.Clock.GetUtcNow()));
        Assert.Equal(HttpStatusCode.NoContent, await Beat(scene));
        using var changes = await scene.AsAdministrator.Listen();
        house.Clock.Advance(TimeSpan.FromMinutes(2));
        await Tick(house);
        while (!(await scene.AsAdministrator.Get<Page<ProbeCard>>("/probes")).Items.Any(p => p.Silent)) await changes.Until("probe-card");
        await Tick(house);
        await Becomes(Verdict.Unknown, scene, changes);
        Assert.Empty((await scene.AsOwner.Get<Page<OutageRow>>("/outages")).Items);

        Assert.Equal(HttpStatusCode.ResetContent, await Beat(scene));
        await scene.Tell(scene.Saw(Verdict.Online, house.Clock.GetUtcNow()));
        await Becomes(Verdict.Online, scene, changes);
        Assert.Equal(HttpStatusCode.NoContent, await Beat(scene));
    }

    [Fact]
    public async Task Cameras_of_a_blind_probe_are_not_judged()
    {
        await using var house = new House();
        var scene = await Scene.In(house);
        await scene.Tell(scene.Saw(Verdict.Online, house.Clock.GetUtcNow()));
        using var changes = await scene.AsAdministrator.Listen();
        await Beat(scene, blind: true);
        while (!(await scene.AsAdministrator.Get<Page<ProbeCard>>("/probes")).Items.Any(p => p.Blind)) await changes.Until("probe-card");
        await Tick(house);
        await Becomes(Verdict.ProbeBlind, scene, changes);
    }

    [Fact]
    public async Task Without_a_legal_basis_nothing_is_assigned_and_the_record_stays()
    {
        var scene = await Scene.In(House);
        using (var kept = await scene.AsOwner.Ask("PUT", $"/devices/{scene.Camera}/feed-credentials", new FeedCredentials("viewer", "s3cret"))) kept.EnsureSuccessStatusCode();
        var assigned = await scene.AsProbe.Get<Assignments>("/probe/assignments", scene.Ready);
        Assert.Equal(("viewer", "s3cret", 15d), (assigned.Cameras.Single().UserName, assigned.Cameras.Single().Password, assigned.Cameras.Single().Declared.MinFps));
        using (var same = await scene.AsProbe.Ask("GET", "/probe/assignments", null, ("If-None-Match", $"\"{assigned.Revision}\"")))
            Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);

        var withdrawn = await scene.AsOwner.Do("POST", $"/venues/{scene.Venue}/legal-bases/withdrawn", new VenueCommand.WithdrawLegalBasis(scene.Consent, "no more"));
        Assert.Empty((await scene.AsProbe.Get<Assignments>("/probe/assignments", withdrawn)).Cameras);
        Assert.NotEmpty((await scene.AsOwner.Get<Page<StoredFact>>($"/devices/{scene.Camera}/facts")).Items);
    }

    [Fact]
    public async Task What_may_no_longer_be_watched_is_owed_no_more_until_it_may_again()
    {
        await using var house = new House();
        var scene = await Scene.In(house);
        await scene.Tell(scene.Saw(Verdict.Online, house.Clock.GetUtcNow()), scene.Saw(Verdict.Unreachable, house.Clock.GetUtcNow()));
        using var changes = await scene.AsOwner.Listen();
        while ((await scene.AsOwner.Get<Page<OutageRow>>("/outages")).Items.Count == 0) await changes.Until("outage-list");
        var withdrawn = await scene.AsOwner.Do("POST", $"/venues/{scene.Venue}/legal-bases/withdrawn", new VenueCommand.WithdrawLegalBasis(scene.Consent, "no more"));
        await scene.AsOwner.Get<VenueCard>($"/venues/{scene.Venue}", withdrawn);
        await Tick(house);
        await Becomes(Verdict.NoLegalBasis, scene, changes);
        Assert.Equal(HttpStatusCode.NoContent, await Beat(scene));
        OutageRow outage;
        while ((outage = (await scene.AsOwner.Get<Page<OutageRow>>("/outages")).Items.Single()).EndedAt is null) await changes.Until("outage-list");
        Assert.Equal(Verdict.NoLegalBasis, outage.DutyEndedBecause);

        var granted = await scene.AsOwner.Do("POST", $"/venues/{scene.Venue}/legal-bases", new VenueCommand.GrantLegalBasis(
            new(Guid.NewGuid(), LegalBasisKind.Consent, "№ 2", "all feeds", VenueZone.Day(house.Clock.GetUtcNow()), null)));
        await scene.AsOwner.Get<VenueCard>($"/venues/{scene.Venue}", granted);
        await Tick(house);
        await Becomes(Verdict.Unknown, scene, changes);
        Assert.Equal(HttpStatusCode.ResetContent, await Beat(scene));
    }

    static async Task Becomes(Verdict verdict, Scene scene, Listener changes)
    {
        while ((await scene.AsOwner.Get<DeviceCard>($"/devices/{scene.Camera}")).Verdict != verdict) await changes.Until("device-card");
    }

    static async Task<HttpStatusCode> Beat(Scene scene, bool blind = false)
    {
        using var answer = await scene.AsProbe.Ask("POST", "/probe/heartbeat", new Heartbeat(scene.Probe, 0, 1, blind, 0, 0, "1.0"));
        return answer.StatusCode;
    }

    static Task Tick(House house) => house.Services.GetRequiredService<Api.Probes.Watchfulness>().Tick(Ct);
}
