using Compliance.Api.Probes;
using Compliance.Api.Tests.Entrance;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;
using Microsoft.Extensions.DependencyInjection;

namespace Compliance.Api.Tests.Probes;

/// <summary>Two probes may watch one venue: a box in it and a central verifier. One at a time does, and only its word counts.</summary>
public sealed class LeaseTests : IAsyncLifetime
{
    static readonly TimeSpan PastTheLease = new ProbeRules().Lease + TimeSpan.FromSeconds(1);
    readonly House _house = new();
    readonly Guid _central = Guid.NewGuid();
    Scene _scene = null!;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _scene = await Scene.In(_house);
        using var administrator = _scene.AsAdministrator;
        using (var enrolled = await administrator.Ask("PUT", $"/probes/{_central}", new ProbeCommand.Enrol(_central, "central"))) enrolled.EnsureSuccessStatusCode();
        var ready = await administrator.Do("POST", $"/probes/{_central}/assigned", new ProbeCommand.Assign(_scene.Venue));
        await _scene.AsAuthority.Get<VenueWatching>($"/venues/{_scene.Venue}/watch", ready);
    }

    public async ValueTask DisposeAsync() => await _house.DisposeAsync();

    [Fact]
    public async Task When_one_dies_the_other_watches_all_its_cameras_within_the_lease()
    {
        Assert.Equal([_scene.Camera], await Assigned(_scene.Probe));
        Assert.Empty(await Assigned(_central));
        for (var beat = 0; beat < 3; beat++)
        {
            _house.Clock.Advance(TimeSpan.FromSeconds(5));
            await Beat(_central);
            Assert.Empty(await Assigned(_central));
        }

        _house.Clock.Advance(TimeSpan.FromSeconds(16)); // 31 s in all
        await Beat(_central);
        Assert.Equal([_scene.Camera], await Assigned(_central));
        Assert.Empty(await Assigned(_scene.Probe));
        var watching = await Asking.Until(() => _scene.AsOwner.Get<VenueWatching>($"/venues/{_scene.Venue}/watch"), watching => watching.ProbeId == _central); // a view: it follows the log
        Assert.Equal("central", watching.ProbeName);
        Assert.InRange(watching.Until!.Value - _house.Clock.GetUtcNow(), TimeSpan.FromSeconds(20), new ProbeRules().Lease);
    }

    [Fact]
    public async Task A_holder_that_is_heard_keeps_what_it_has_however_often_another_asks()
    {
        await Assigned(_scene.Probe);
        for (var minute = 0; minute < 5; minute++)
        {
            _house.Clock.Advance(TimeSpan.FromSeconds(25));
            await Beat(_scene.Probe);
            await Beat(_central);
            Assert.Empty(await Assigned(_central));
        }

        Assert.Equal(["probe.lease-lost"], await Tell(_central, Saw(Verdict.Unreachable)));
        Assert.Equal([null], await Tell(_scene.Probe, Saw(Verdict.Online)));
    }

    [Fact]
    public async Task Behind_a_split_the_old_holder_talks_on_and_its_word_counts_no_more()
    {
        await Assigned(_scene.Probe);
        Assert.Equal([null], await Tell(_scene.Probe, Saw(Verdict.Online)));
        var early = Saw(Verdict.Unreachable);
        _house.Clock.Advance(PastTheLease);
        await Assigned(_central);
        Assert.Equal([null], await Tell(_central, Saw(Verdict.Online)));

        Assert.Equal(["probe.lease-lost", "probe.lease-lost"], await Tell(_scene.Probe, early, Saw(Verdict.Stalled)));
        Assert.Empty(await Assigned(_scene.Probe));

        _house.Clock.Advance(PastTheLease);
        await Beat(_scene.Probe);
        Assert.Equal([_scene.Camera], await Assigned(_scene.Probe));
        Assert.Equal(["device.observed-before-watched", null], await Tell(_scene.Probe, early, Saw(Verdict.Stalled)));
    }

    [Fact]
    public async Task A_venue_taken_away_from_its_holder_goes_to_the_other_at_once()
    {
        await Assigned(_scene.Probe);
        var gone = await _scene.AsAdministrator.Do("POST", $"/probes/{_scene.Probe}/unassigned", new ProbeCommand.Unassign(_scene.Venue));
        await _scene.AsAuthority.Get<VenueWatching>($"/venues/{_scene.Venue}/watch", gone);
        Assert.Equal([_scene.Camera], await Assigned(_central));
    }

    [Fact]
    public async Task The_authority_has_cameras_looked_at_now_and_then()
    {
        using var authority = _scene.AsAuthority;
        var set = await authority.Do("PUT", $"/venues/{_scene.Venue}/watch/interval", new VenueWatchCommand.SetInterval(_scene.Venue, 60));
        Assert.Equal(60, (await authority.Get<VenueWatching>($"/venues/{_scene.Venue}/watch", set)).EverySeconds);
        Assert.Equal(60, Assert.Single((await Of(_scene.Probe)).Cameras).CheckSeconds);
        using var refused = await authority.Ask("PUT", $"/venues/{_scene.Venue}/watch/interval", new VenueWatchCommand.SetInterval(_scene.Venue, 5));
        Assert.Equal("400 watch.interval-out-of-range everySeconds", await refused.Refusal());
    }

    /// <summary>Whatever three probes do in whatever order: each accepted word came from the one that held the venue, and nobody got it while another's lease ran.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task No_venue_ever_has_two_holders_whose_word_counts(int seed)
    {
        var (chance, log) = (new Random(seed), _house.Services.GetRequiredService<IEventLog>());
        Guid[] boxes = [_scene.Probe, _central];
        var heard = boxes.ToDictionary(box => box, _ => DateTimeOffset.MinValue);
        for (var step = 0; step < 150; step++)
        {
            var box = boxes[chance.Next(boxes.Length)];
            var (before, now) = (await Holder(), _house.Clock.GetUtcNow());
            switch (chance.Next(4))
            {
                case 0: _house.Clock.Advance(TimeSpan.FromSeconds(chance.Next(25))); break;
                case 1: await Beat(box); heard[box] = now; break;
                case 2: await Assigned(box); break;
                default:
                    var refused = (await Tell(box, Saw(chance.Next(2) == 0 ? Verdict.Online : Verdict.Stalled))).Single();
                    if ((await Holder()).ProbeId != box) Assert.Equal("probe.lease-lost", refused);
                    else Assert.True(refused is null or "device.observed-before-watched", refused); // it may have got the venue by asking just now
                    break;
            }

            var after = await Holder();
            if (before.ProbeId is not { } had || after.ProbeId == had) continue;
            Assert.True(now - heard[had] > new ProbeRules().Lease - TimeSpan.FromSeconds(1), $"step {step}: {had} had been heard at {heard[had]:O}");
        }

        async Task<VenueWatch> Holder() => (await log.Load(VenueWatch.Decider, new("watch", _scene.Venue), Ct)).State;
    }

    VerdictObserved Saw(Verdict verdict) => _scene.Saw(verdict, _house.Clock.GetUtcNow());

    async Task<Assignments> Of(Guid probe)
    {
        using var box = _house.AsProbe(probe);
        return await box.Get<Assignments>("/probe/assignments");
    }

    async Task<IEnumerable<Guid>> Assigned(Guid probe) => (await Of(probe)).Cameras.Select(camera => camera.DeviceId);

    async Task Beat(Guid probe)
    {
        using var box = _house.AsProbe(probe);
        using var answer = await box.Ask("POST", "/probe/heartbeat", new Heartbeat(probe, 0, 1, false, 0, 0, "1.0"));
        answer.EnsureSuccessStatusCode();
    }

    async Task<string?[]> Tell(Guid probe, params Observation[] observations)
    {
        using var box = _house.AsProbe(probe);
        using var answer = await box.Ask("POST", "/probe/observations", observations);
        answer.EnsureSuccessStatusCode();
        return [.. (await answer.Json()).EnumerateArray().Select(a => a.GetProperty("refused").GetString())];
    }
}
