using Compliance.Api.Views;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;
using Compliance.Domain.Venues;

namespace Compliance.Api.Probes;

/// <summary>
/// Asks every probe on a tick whether it is silent or blind, and takes the verdicts of its cameras out of force while it is:
/// what nobody looks at is unknown, never up and never held against the owner. It compares what is with what should be, so a
/// missed tick or a crash in between changes nothing.
/// </summary>
sealed class Watchfulness(IEventLog log, IViewStore views, Presence presence, TimeProvider clock, ProbeRules rules)
{
    const string Actor = "reaction:doubt-cameras-nobody-watches";

    public TimeSpan Patience => rules.Patience;

    public async Task Tick(CancellationToken ct)
    {
        var probes = (await views.List(ProbeCard.View, null, rules.Most, null, ct)).Items;
        foreach (var probe in probes)
            await log.Execute(Probe.Decider, probe.ProbeId, presence.Assess(probe.ProbeId, Patience), new(Guid.CreateVersion7(clock.GetUtcNow()), "reaction:metronome"), ct);
        foreach (var venue in probes.SelectMany(p => p.Venues).Distinct())
            if (DoubtOf([.. probes.Where(p => p.Venues.Contains(venue))]) is { } doubt) await Doubt(venue, doubt, ct);
    }

    /// <summary>Some camera of the probe's venues has lost its verdict since, or never came back from the last doubt.</summary>
    public async Task<bool> HasDoubts(Heartbeat beat, CancellationToken ct)
    {
        if (beat.Blind || await views.Find(ProbeCard.View, beat.ProbeId, ct) is not { } probe) return false;
        foreach (var venue in probe.Venues)
            if ((await Cameras(venue, ct)).Any(camera => camera is { VerdictEventId: not null } && IsDoubted(camera))) return true;
        return false;
    }

    /// <summary>A venue is in doubt when none of its probes can tell.</summary>
    static (Verdict Verdict, DateTimeOffset? Since)? DoubtOf(ProbeCard[] probes) =>
        probes.Any(p => !p.Silent && !p.Blind) ? null
        : probes.FirstOrDefault(p => p.Blind && !p.Silent) is not null ? (Verdict.ProbeBlind, null)
        : (Verdict.Unknown, probes.Max(p => p.SilentSince));

    async Task Doubt(Guid venue, (Verdict Verdict, DateTimeOffset? Since) doubt, CancellationToken ct)
    {
        foreach (var camera in (await Cameras(venue, ct)).Where(c => c.VerdictEventId is not null && !IsDoubted(c)))
        {
            // What was observed last still stood then; a spool that arrives late may carry what came after.
            var since = Later(doubt.Since ?? clock.GetUtcNow(), camera.ObservedAt);
            var report = new DeviceCommand.ReportVerdict(doubt.Verdict, since, since, Guid.Empty, "nobody watches", null);
            await log.Execute(Device.Decider, camera.DeviceId, report, new(EventIds.From(camera.VerdictEventId!.Value, "doubt"), Actor), ct);
        }
    }

    async Task<IEnumerable<DeviceCard>> Cameras(Guid venue, CancellationToken ct) =>
        (await views.List(DeviceCard.View, [venue], rules.Most, null, ct)).Items.Where(card => card.Spec is CameraSpec);

    static bool IsDoubted(DeviceCard camera) => camera.Verdict.Availability() == Availability.Unknown;

    static DateTimeOffset Later(DateTimeOffset at, DateTimeOffset? other) => other > at ? other.Value : at;
}

/// <summary>Section <c>Probes</c> of the settings.</summary>
/// <param name="PatienceSeconds">How long without a heartbeat before a probe counts as silent.</param>
/// <param name="Most">Probes, and devices of one venue, looked at in one go.</param>
sealed record ProbeRules(int PatienceSeconds = 20, int Most = 1_000)
{
    public TimeSpan Patience => TimeSpan.FromSeconds(PatienceSeconds);
}
