using Compliance.Api.Panels;
using Compliance.Api.Probes;
using Compliance.Api.Tests.Entrance;
using Compliance.Domain.Contacts;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Panels;
using Compliance.Domain.Probes;
using Microsoft.Extensions.DependencyInjection;

namespace Compliance.Api.Tests.Panels;

/// <summary>A box in the venue and a central probe hear the same panel and the same contact: they never contradict each other, and no silence is booked while one of them hears it.</summary>
public sealed class PanelHolderTests : IAsyncLifetime
{
    readonly House _house = new();
    readonly Guid _central = Guid.NewGuid(), _alarm = Guid.NewGuid();
    Scene _scene = null!;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _scene = await Scene.In(_house);
        using var administrator = _scene.AsAdministrator;
        using (var enrolled = await administrator.Ask("PUT", $"/probes/{_central}", new ProbeCommand.Enrol(_central, "central"))) enrolled.EnsureSuccessStatusCode();
        var ready = await administrator.Do("POST", $"/probes/{_central}/assigned", new ProbeCommand.Assign(_scene.Venue));
        await _scene.AsOwner.Do("PUT", $"/devices/{_alarm}", new DeviceCommand.Register(_alarm, _scene.Venue, new FireAlarmSpec("күзет", "охрана", "Болид С2000", ["1"], null, null)));
        await _scene.AsOwner.Do("PUT", $"/devices/{_alarm}/panel", new PanelEnrolment("ab12", "3A1F6B8C9D4E7F20123456789ABCDEF0", null, 60));
        await _scene.AsOwner.Do("PUT", $"/devices/{_scene.Exit}/contact", new ContactFitting(ContactSource.Mqtt, "club/exits/1"));
        await administrator.Get<Page<ProbeCard>>("/probes", ready);
        await Beat();
    }

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task A_silence_that_one_sees_while_the_other_hears_the_panel_is_booked_against_nobody()
    {
        Assert.Equal([null], await Tell(_scene.Probe, Link(PanelLink.Up)));
        Assert.Equal([null], await Tell(_central, Link(PanelLink.Up)));
        Assert.Equal(_scene.Probe, (await Panel()).Holder);

        // The other never hears it again: its word says nothing. Then the holder loses it, and the other has it back.
        Assert.Equal(["panel.heard-elsewhere"], await Tell(_central, Link(PanelLink.CommFault)));
        Assert.Equal([null], await Tell(_central, Link(PanelLink.Up)));
        Assert.Equal([null], await Tell(_scene.Probe, Link(PanelLink.CommFault)));
        Assert.Equal((_central, PanelLink.Up), ((await Panel()).Holder, (await Panel()).Link));

        Assert.Equal(["panel.heard-elsewhere"], await Tell(_scene.Probe, Link(PanelLink.CommFault)));
        Assert.Equal([null], await Tell(_central, Link(PanelLink.CommFault)));
        Assert.Equal((_central, PanelLink.CommFault), ((await Panel()).Holder, (await Panel()).Link));
    }

    [Fact]
    public async Task It_moves_when_the_box_it_speaks_through_is_gone_and_the_other_hears_it()
    {
        await Tell(_scene.Probe, Link(PanelLink.Up));
        await Tell(_central, Link(PanelLink.Up));
        _house.Clock.Advance(new ProbeRules().Patience + TimeSpan.FromSeconds(1));
        await Beat(_central);
        await _house.Services.GetRequiredService<Watchfulness>().Tick(Ct);
        await Asking.Until(async () => (await _scene.AsAdministrator.Get<Page<ProbeCard>>("/probes")).Items.Single(p => p.ProbeId == _scene.Probe).Silent);
        await _house.Services.GetRequiredService<Supervision>().Tick(Ct);
        Assert.Equal((_central, PanelLink.Up), ((await Panel()).Holder, (await Panel()).Link));
        Assert.Equal([null], await Tell(_central, Link(PanelLink.CommFault)));
        Assert.Equal(PanelLink.CommFault, (await Panel()).Link);
    }

    [Fact]
    public async Task An_alarm_is_an_alarm_whoever_brings_it_and_once()
    {
        await Tell(_scene.Probe, Link(PanelLink.Up));
        Assert.Equal([null], await Tell(_central, Fire()));
        Assert.Equal([null], await Tell(_scene.Probe, Fire()));
        Assert.True((await Panel()).Has(PanelSignal.Fire, 2));
        Assert.Single(await _house.Services.GetRequiredService<IEventLog>().Read(new("panel", _alarm), Ct).Where(f => f.Name == "panel.fire-raised.v1").ToListAsync(Ct));
        Assert.Equal(_scene.Probe, (await Panel()).Holder);
    }

    [Fact]
    public async Task A_door_that_one_probe_does_not_hear_stays_as_the_other_hears_it()
    {
        Assert.Equal([null, null], [.. await Tell(_scene.Probe, Door(ContactState.Free)), .. await Tell(_central, Door(ContactState.Free))]);
        Assert.Equal(["panel.heard-elsewhere"], await Tell(_central, Door(ContactState.Silent)));
        Assert.Equal([null], await Tell(_central, Door(ContactState.Free)));
        Assert.Equal([null], await Tell(_scene.Probe, Door(ContactState.Silent)));
        Assert.Equal((_central, ContactState.Free), ((await Contact()).Holder, (await Contact()).State));
        Assert.Equal([null], await Tell(_central, Door(ContactState.Silent)));
        Assert.Equal(ContactState.Silent, (await Contact()).State);
    }

    DateTimeOffset Now => _house.Clock.GetUtcNow();

    PanelLinkObserved Link(PanelLink link) => new(Guid.CreateVersion7(), _alarm, Now, new(true, 0), link, Now);

    PanelSignalObserved Fire() => new(Guid.CreateVersion7(), _alarm, Now, new(true, 0), PanelSignal.Fire, true, 2, Now);

    ContactObserved Door(ContactState state) => new(Guid.CreateVersion7(), _scene.Exit, Now, new(true, 0), state, Now);

    async Task<Panel.Live> Panel() => (Panel.Live)(await _house.Services.GetRequiredService<IEventLog>().Load(Domain.Panels.Panel.Decider, new("panel", _alarm), Ct)).State;

    async Task<Contact.Live> Contact() => (Contact.Live)(await _house.Services.GetRequiredService<IEventLog>().Load(Domain.Contacts.Contact.Decider, new("contact", _scene.Exit), Ct)).State;

    async Task Beat(params Guid[] probes)
    {
        foreach (var probe in probes is [] ? [_scene.Probe, _central] : probes)
        {
            using var box = _house.AsProbe(probe);
            using var answer = await box.Ask("POST", "/probe/heartbeat", new Heartbeat(probe, 0, 1, false, 0, 0, "1.0"));
            answer.EnsureSuccessStatusCode();
        }
    }

    async Task<string?[]> Tell(Guid probe, params Observation[] observations)
    {
        using var box = _house.AsProbe(probe);
        using var answer = await box.Ask("POST", "/probe/observations", observations);
        answer.EnsureSuccessStatusCode();
        return [.. (await answer.Json()).EnumerateArray().Select(a => a.GetProperty("refused").GetString())];
    }
}
