using Compliance.Api.Panels;
using Compliance.Api.Tests.Entrance;
using Compliance.Domain.Alerts;
using Compliance.Domain.Contacts;
using Compliance.Domain.Devices;
using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;
using Compliance.Domain.Notices;
using Compliance.Domain.Panels;
using Compliance.Domain.Probes;
using Compliance.Domain.Rulebooks;
using Microsoft.Extensions.DependencyInjection;

namespace Compliance.Api.Tests.Panels;

/// <summary>A panel is connected, tested and supervised through the doors; what it says becomes facts, verdicts, notices and results.</summary>
public sealed class PanelDoorTests : IAsyncDisposable
{
    const string Key = "3A1F6B8C9D4E7F20123456789ABCDEF0";
    static readonly PanelZone[] Zones = [new(1, ZoneUse.Detector, "фойе", "фойе"), new(2, ZoneUse.CallPoint, "бар", "бар")];

    readonly House _house = new();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task A_connected_panel_is_assigned_to_the_probe_with_its_key_and_shown_without()
    {
        var (scene, alarm) = await Connected();
        var assigned = Assert.Single((await scene.AsProbe.Get<Assignments>("/probe/assignments")).Panels);
        Assert.Equal(new AssignedPanel(alarm, scene.Venue, "AB12", Key, null, 60), assigned);
        using var shown = await scene.AsOwner.GetAsync($"/devices/{alarm}/panel", Ct);
        Assert.DoesNotContain(Key, await shown.Content.ReadAsStringAsync(Ct), StringComparison.OrdinalIgnoreCase);
        Assert.Equal("AB12", (await scene.AsOwner.Get<PanelShown>($"/devices/{alarm}/panel")).Card.State.Card.Account);
        Assert.Equal("", (await _house.As(Guid.NewGuid(), "operator").Get<PanelShown>($"/devices/{alarm}/panel")).Card.State.Card.Account);
    }

    [Fact]
    public async Task What_cannot_be_connected_is_refused()
    {
        var (scene, alarm) = await Connected();
        Assert.Equal("panel.not-a-fire-alarm", await Refused(scene.AsOwner, "PUT", $"/devices/{scene.Exit}/panel", new PanelEnrolment("77AA", Key, null, 60)));
        Assert.Equal("panel.key-malformed", await Refused(scene.AsOwner, "PUT", $"/devices/{alarm}/panel", new PanelEnrolment("AB12", "secret", null, 60)));
        Assert.Equal("panel.unprotected", await Refused(scene.AsOwner, "PUT", $"/devices/{alarm}/panel", new PanelEnrolment("AB12", "", null, 60)));
        var other = await Alarm(scene);
        Assert.Equal("panel.account-taken", await Refused(scene.AsOwner, "PUT", $"/devices/{other}/panel", new PanelEnrolment("ab12", Key, null, 60)));
        Assert.Equal("panel.exit-foreign", await Refused(scene.AsOwner, "PUT", $"/devices/{alarm}/panel/zones", new PanelZones([Zones[0] with { ExitId = scene.Camera }])));
    }

    [Fact]
    public async Task From_the_door_to_a_passed_test_and_a_result_of_the_rules()
    {
        var (scene, alarm) = await Connected();
        Assert.Equal(Verdict.Unknown, await HeldOf(scene, alarm));
        Assert.All(await scene.Tell(Link(alarm, PanelLink.Up)), Assert.Null);
        Assert.Equal("device.speaks-for-itself", await Refused(scene.AsOwner, "POST", $"/devices/{alarm}/verdicts", new DeviceCommand.ReportVerdict(Verdict.Ready, Now, Now, Guid.NewGuid(), "", null)));

        var test = Guid.NewGuid();
        var opened = await scene.AsOwner.Do("POST", $"/devices/{alarm}/panel/tests", new PanelTestAsked(test));
        var asked = (await Card(scene, alarm, opened)).State.Test!.AskedZone;
        int[] order = [asked, .. Zones.Select(z => z.Number).Where(n => n != asked)];
        await scene.Tell(Said(alarm, PanelSignal.TestMode, true, 0));
        foreach (var zone in order) await scene.Tell(Said(alarm, PanelSignal.Fire, true, zone), Said(alarm, PanelSignal.Fire, false, zone));
        await scene.Tell(Said(alarm, PanelSignal.TestMode, false, 0), Said(alarm, PanelSignal.AutomaticTest, true, 0));

        await Asking.Until(async () => (await HeldOf(scene, alarm)) == Verdict.Ready && (await Card(scene, alarm)).LastTest is not null);
        var card = await Card(scene, alarm);
        Assert.True(card.LastTest!.Passed);
        Assert.All(card.LastTest.Trials, trial => Assert.InRange(trial.Delay!.Value, TimeSpan.Zero, TimeSpan.FromSeconds(2)));
        Assert.DoesNotContain((await scene.AsOwner.Get<Page<NoticeRow>>("/notices")).Items, n => n.Kind == NoticeKind.FireRaised);

        var results = (await scene.AsOwner.Get<VenueCompliance>($"/venues/{scene.Venue}/compliance")).Rules;
        Assert.Equal(Outcome.Pass, results.Single(r => r.RuleId == "KZ.FIRE.001").Outcome);
        var facts = results.Single(r => r.RuleId == "KZ.FIRE.005").Grounds.ToDictionary(g => g.Attribute);
        Assert.Equal((Outcome.Pass, Provenance.Measured), (facts["checkedAt"].Outcome, facts["checkedAt"].From!.Value));
        Assert.Equal((Outcome.Pass, Provenance.Measured), (facts["testedAt"].Outcome, facts["testedAt"].From!.Value));
    }

    [Fact]
    public async Task A_fire_is_a_fact_and_a_notice_and_sent_twice_counts_once()
    {
        var (scene, alarm) = await Connected();
        var said = Said(alarm, PanelSignal.Fire, true, 2);
        await scene.Tell(Link(alarm, PanelLink.Up), said);
        await scene.Tell(said);
        await Asking.Until(async () => (await scene.AsOwner.Get<Page<NoticeRow>>("/notices")).Items.Any(n => n is { Kind: NoticeKind.FireRaised } && n.AboutId == alarm));
        Assert.Single((await scene.AsOwner.Get<Page<NoticeRow>>("/notices")).Items, n => n.Kind == NoticeKind.FireRaised);
        await Asking.Until(async () => (await Card(scene, alarm)).Held.Count > 0);
        Assert.Equal([new HeldCondition(PanelSignal.Fire, 2, said.ObservedAt)], (await Card(scene, alarm)).Held);
        var facts = await _house.Services.GetRequiredService<IEventLog>().Read(new("panel", alarm), Ct).Where(f => f.Name == "panel.fire-raised.v1").ToListAsync(Ct);
        Assert.Single(facts);
    }

    /// <summary>Whoever forces somebody to give a code may be one who reads of the panel.</summary>
    [Fact]
    public async Task A_code_under_duress_calls_police_and_moves_nothing_of_the_panels()
    {
        var (scene, alarm) = await Connected();
        await scene.Tell(Link(alarm, PanelLink.Up));
        var log = _house.Services.GetRequiredService<IEventLog>();
        var before = await log.Read(new("panel", alarm), Ct).CountAsync(Ct);
        var said = Said(alarm, PanelSignal.Panic, true, 7);
        await scene.Tell(said);
        await scene.Tell(said, Said(alarm, PanelSignal.Panic, false, 7));
        using var officer = _house.As(Guid.NewGuid(), "operator");
        await Asking.Until(async () => (await officer.Get<PanicShown>($"/venues/{scene.Venue}/panic")).Presses is [{ Way: PanicWay.Panel, Number: 7 }]);
        Assert.Equal(before, await log.Read(new("panel", alarm), Ct).CountAsync(Ct));
        Assert.Empty((await scene.AsOwner.Get<PanicShown>($"/venues/{scene.Venue}/panic")).Presses);
    }

    [Fact]
    public async Task Silence_is_an_outage_since_it_was_heard_last_and_no_probe_means_that_nobody_knows()
    {
        var (scene, alarm) = await Connected(proved: true);
        _house.Clock.Advance(TimeSpan.FromMinutes(3));
        await scene.Tell(Link(alarm, PanelLink.CommFault, Now.AddMinutes(-3)));
        await Asking.Until(async () => (await HeldOf(scene, alarm)) == Verdict.CommFault);
        await scene.Tell(Link(alarm, PanelLink.Up));
        await Asking.Until(async () => (await HeldOf(scene, alarm)) == Verdict.Ready);
        _house.Clock.Advance(TimeSpan.FromMinutes(1));
        await _house.Services.GetRequiredService<Compliance.Api.Probes.Watchfulness>().Tick(Ct);
        await Asking.Until(async () => (await scene.AsAdministrator.Get<Page<ProbeCard>>("/probes")).Items.Single(p => p.ProbeId == scene.Probe).Silent);
        await _house.Services.GetRequiredService<Supervision>().Tick(Ct);
        await Asking.Until(async () => (await HeldOf(scene, alarm)) == Verdict.Unknown);
    }

    [Fact]
    public async Task A_locked_door_in_opening_hours_is_a_violation_after_half_a_minute()
    {
        var scene = await Scene.In(_house);
        var fitted = await scene.AsOwner.Do("PUT", $"/devices/{scene.Exit}/contact", new ContactFitting(ContactSource.Mqtt, "club/exits/1"));
        Assert.Equal([new AssignedContact(scene.Exit, scene.Venue, ContactSource.Mqtt, "club/exits/1")], (await scene.AsProbe.Get<Assignments>("/probe/assignments", fitted)).Contacts);
        await scene.Tell(Contact(scene, ContactState.Free));
        await Asking.Until(async () => (await HeldOf(scene, scene.Exit)) == Verdict.Clear);
        await scene.Tell(Contact(scene, ContactState.Locked));
        await Asking.Until(async () => (await scene.AsOwner.Get<ContactCard>($"/devices/{scene.Exit}/contact")).State.State == ContactState.Locked);
        Assert.Equal("device.speaks-for-itself", await Refused(scene.AsOwner, "POST", $"/devices/{scene.Exit}/verdicts", new DeviceCommand.ReportVerdict(Verdict.Clear, Now, Now, Guid.NewGuid(), "", null)));
        await _house.Services.GetRequiredService<Supervision>().Tick(Ct);
        Assert.Equal(Verdict.Clear, await HeldOf(scene, scene.Exit));
        _house.Clock.Advance(TimeSpan.FromSeconds(31));
        await _house.Services.GetRequiredService<Supervision>().Tick(Ct);
        await Asking.Until(async () => (await HeldOf(scene, scene.Exit)) == Verdict.Locked);
        var result = (await scene.AsOwner.Get<VenueCompliance>($"/venues/{scene.Venue}/compliance")).Rules.Single(r => r.RuleId == "KZ.EXIT.003");
        Assert.Equal((Outcome.Fail, Provenance.Measured), (result.Outcome, Assert.Single(result.Grounds).From!.Value));

        DutyShown[] owed = [];
        await Asking.Until(async () => (owed = [.. (await scene.AsOwner.Get<Page<DutyShown>>("/duties?open=true")).Items]).Length > 0);
        using var shown = await scene.AsOwner.PostAsync($"/duties/{owed[0].Duty.DutyId}/repair-shown", new ByteArrayContent([0xFF, 0xD8, 0xFF, 1]), Ct);
        Assert.Equal("409 duty.device-says-otherwise", await shown.Refusal());
    }

    DateTimeOffset Now => _house.Clock.GetUtcNow();

    async Task<(Scene Scene, Guid Alarm)> Connected(bool proved = false)
    {
        var scene = await Scene.In(_house);
        var alarm = await Alarm(scene);
        await scene.AsOwner.Do("PUT", $"/devices/{alarm}/panel", new PanelEnrolment("ab12", Key, null, 60));
        var mapped = await scene.AsOwner.Do("PUT", $"/devices/{alarm}/panel/zones", new PanelZones(Zones));
        await scene.AsOwner.Get<PanelShown>($"/devices/{alarm}/panel", mapped);
        if (!proved) return (scene, alarm);
        await scene.Tell(Link(alarm, PanelLink.Up));
        var opened = await scene.AsOwner.Do("POST", $"/devices/{alarm}/panel/tests", new PanelTestAsked(Guid.NewGuid()));
        var asked = (await Card(scene, alarm, opened)).State.Test!.AskedZone;
        await scene.Tell(Said(alarm, PanelSignal.TestMode, true, 0));
        foreach (var zone in (int[])[asked, 3 - asked]) await scene.Tell(Said(alarm, PanelSignal.Fire, true, zone), Said(alarm, PanelSignal.Fire, false, zone));
        await scene.Tell(Said(alarm, PanelSignal.TestMode, false, 0));
        await Asking.Until(async () => (await HeldOf(scene, alarm)) == Verdict.Ready);
        return (scene, alarm);
    }

    static async Task<Guid> Alarm(Scene scene)
    {
        var id = Guid.NewGuid();
        await scene.AsOwner.Do("PUT", $"/devices/{id}", new DeviceCommand.Register(id, scene.Venue, new FireAlarmSpec("күзет", "охрана", "Болид С2000", ["1"], null, null)));
        return id;
    }

    PanelSignalObserved Said(Guid alarm, PanelSignal signal, bool on, int zone) => At(Now, alarm, signal, on, zone);

    static PanelSignalObserved At(DateTimeOffset now, Guid alarm, PanelSignal signal, bool on, int zone) => new(Guid.CreateVersion7(), alarm, now, new(true, 0), signal, on, zone, now);

    PanelLinkObserved Link(Guid alarm, PanelLink link, DateTimeOffset? since = null) => new(Guid.CreateVersion7(), alarm, Now, new(true, 0), link, since ?? Now);

    ContactObserved Contact(Scene scene, ContactState state) => new(Guid.CreateVersion7(), scene.Exit, Now, new(true, 0), state, Now);

    static async Task<string> Refused(HttpClient client, string verb, string path, object body) => (await (await client.Ask(verb, path, body)).Refusal()).Split(' ')[1];

    static async Task<PanelCard> Card(Scene scene, Guid alarm, CommandAnswer? after = null) => (await scene.AsOwner.Get<PanelShown>($"/devices/{alarm}/panel", after)).Card;

    static async Task<Verdict> HeldOf(Scene scene, Guid device) => (await scene.AsOwner.Get<DeviceCard>($"/devices/{device}")).Verdict;
}
