using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Compliance.Api.EventLog;
using Compliance.Api.Views;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;
using Compliance.Domain.Venues;

namespace Compliance.Api.Probes;

/// <summary>
/// Asks every probe on a tick whether it is silent or blind, and takes the verdicts of devices that nobody can or may look at
/// out of force (<see cref="Doubt"/>). It compares what is with what should be, so a missed tick or a crash in between changes
/// nothing: the first tick looks at every venue, a later one at those where something turned. A venue that fails holds up no other.
/// </summary>
sealed partial class Watchfulness(IEventLog log, IViewStore views, ViewChanges changes, Presence presence, Leases leases, TimeProvider clock, ProbeRules rules, ILogger<Watchfulness> logger) : IDisposable
{
    const string Actor = "reaction:doubt-cameras-nobody-watches";

    readonly SemaphoreSlim _ticking = new(1);
    readonly VenueTurns _turns = new();
    readonly Repeated _troubles = new(clock);

    /// <summary>Venues where some camera lost its verdict, until it is told anew.</summary>
    readonly ConcurrentDictionary<Guid, byte> _awaited = [];

    public TimeSpan Patience => rules.Patience;

    DateOnly Today => VenueZone.Day(clock.GetUtcNow());

    public void Dispose() => _ticking.Dispose();

    public async Task Tick(CancellationToken ct)
    {
        await _ticking.WaitAsync(ct);
        try
        {
            var probes = await All(ProbeCard.View, ct).ToListAsync(ct);
            foreach (var probe in probes) await Assess(probe, ct);
            _turns.Hear(probes);
            _turns.Hear(changes);
            if (_turns.AwaitAll) _turns.ExpectAll(await views.Keys(VenueCard.View, ct).ToListAsync(ct));
            foreach (var venue in _turns.At(Today))
            {
                try
                {
                    await Look(venue, ct);
                    _turns.Done(venue);
                }
                catch (Exception e) when (!ct.IsCancellationRequested)
                {
                    _troubles.Tell(times => Failed(logger, e, venue, times));
                }
            }

            presence.Keep(); // last: a full disk holds up nothing
        }
        finally
        {
            _ticking.Release();
        }
    }

    /// <summary>Some camera that the probe is to watch has no verdict in force, though it once had one.</summary>
    public async Task<bool> HasDoubts(Heartbeat beat, CancellationToken ct)
    {
        if (beat.Blind || _awaited.IsEmpty || await views.Find(ProbeCard.View, beat.ProbeId, ct) is not { } probe) return false;
        foreach (var id in probe.Venues.Where(_awaited.ContainsKey))
            if ((await leases.Of(id, ct)).ProbeId is var holder && (holder is null || holder == beat.ProbeId) && await views.Find(VenueCard.View, id, ct) is { } venue && venue.MayBeWatchedOn(Today) && (await Devices(id, ct)).Any(IsAwaited)) return true;
        return false;
    }

    /// <summary>The log is asked only where the card says that there is something new.</summary>
    async Task Assess(ProbeCard card, CancellationToken ct)
    {
        var assess = presence.Assess(card.ProbeId, Patience);
        if (Probe.Decider.Decide(new Probe.Enrolled(new(card.ProbeId, card.Name), [], card.Silent, card.Blind), assess).Events.Count > 0)
            await log.Execute(Probe.Decider, card.ProbeId, assess, new(Guid.CreateVersion7(clock.GetUtcNow()), "reaction:metronome"), ct);
    }

    async Task Look(Guid id, CancellationToken ct)
    {
        if (await views.Find(VenueCard.View, id, ct) is not { } venue) return;
        _turns.Next(id, venue.NextTurn(Today));
        var doubt = Doubt.Of(venue, await Watching(id, ct), Today);
        var awaited = false;
        if (venue.Devices.Values.Any(d => (d.Kind == DeviceKind.Camera && IsUnknown(d.Verdict)) || Doubt.Instead(doubt, d.Kind, d.Verdict) is not null))
        {
            foreach (var device in (await Devices(id, ct)).Where(d => d.VerdictEventId is not null))
            {
                var instead = Doubt.Instead(doubt, device.Spec.Kind, device.Verdict);
                if (instead is { } verdict) await Conclude(device, verdict, doubt?.Since, ct);
                awaited |= instead is not null || IsAwaited(device);
            }
        }

        if (awaited) _awaited[id] = 0;
        else _awaited.TryRemove(id, out _);
    }

    /// <summary>Of several probes that may watch a venue only its holder counts.</summary>
    async Task<IReadOnlyCollection<ProbeCard>> Watching(Guid venue, CancellationToken ct)
    {
        var probes = _turns.ProbesOf(venue);
        return probes.Count > 1 && (await leases.Of(venue, ct)).ProbeId is { } holder && probes.FirstOrDefault(probe => probe.ProbeId == holder) is { } card ? [card] : probes;
    }

    async Task Conclude(DeviceCard device, Verdict verdict, DateTimeOffset? began, CancellationToken ct)
    {
        // What was observed last still stood then; a spool that arrives late may carry what came after.
        var since = Later(began ?? clock.GetUtcNow(), device.ObservedAt);
        var report = new DeviceCommand.ReportVerdict(verdict, since, since, Guid.Empty, verdict.IsOwed() ? Detail.Of(Reason.NobodyWatches) : "", null);
        await log.Execute(Device.Decider, device.DeviceId, report, new(EventIds.From(device.VerdictEventId!.Value, "doubt"), Actor), ct);
    }

    async IAsyncEnumerable<TRow> All<TRow>(View<TRow> view, [EnumeratorCancellation] CancellationToken ct) where TRow : class
    {
        for (Page<TRow>? page = null; page is null || page.Next is not null;)
        {
            page = await views.List(view, null, rules.Most, page?.Next, ct);
            foreach (var row in page.Items) yield return row;
        }
    }

    async Task<IReadOnlyList<DeviceCard>> Devices(Guid venue, CancellationToken ct) => (await views.List(DeviceCard.View, [venue], rules.Most, null, ct)).Items;

    static bool IsAwaited(DeviceCard device) => device is { Spec: CameraSpec, VerdictEventId: not null } && IsUnknown(device.Verdict);

    static bool IsUnknown(Verdict verdict) => verdict.Availability() == Availability.Unknown;

    static DateTimeOffset Later(DateTimeOffset at, DateTimeOffset? other) => other > at ? other.Value : at;

    [LoggerMessage(LogLevel.Error, "Nobody knows whether venue {Venue} is watched ({Times} times, all venues counted); the next tick looks again")]
    static partial void Failed(ILogger logger, Exception e, Guid venue, int times);
}

/// <summary>Section <c>Probes</c> of the settings.</summary>
/// <param name="PatienceSeconds">How long without a heartbeat before a probe counts as silent.</param>
/// <param name="LeaseSeconds">How long without a heartbeat before another probe may take its venues; not before it counts as silent.</param>
/// <param name="Most">Probes, and devices of one venue, looked at in one go.</param>
/// <param name="NewVenuesTo">The probe that watches a venue as soon as it registers; null: an administrator assigns each.</param>
sealed record ProbeRules(int PatienceSeconds = 20, int Most = 1_000, Guid? NewVenuesTo = null, int LeaseSeconds = 30)
{
    public TimeSpan Patience => TimeSpan.FromSeconds(PatienceSeconds);

    public TimeSpan Lease => TimeSpan.FromSeconds(Math.Max(LeaseSeconds, PatienceSeconds));
}
