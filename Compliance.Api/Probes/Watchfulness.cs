using Compliance.Api.Views;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;
using Compliance.Domain.Venues;

namespace Compliance.Api.Probes;

/// <summary>
/// Asks every probe on a tick whether it is silent or blind, and takes the verdicts of cameras that nobody can or may look at
/// out of force: what nobody looks at is unknown, never up and never held against the owner. It compares what is with what should be, so a
/// missed tick or a crash in between changes nothing.
/// </summary>
sealed class Watchfulness(IEventLog log, IViewStore views, Presence presence, TimeProvider clock, ProbeRules rules)
{
    const string Actor = "reaction:doubt-cameras-nobody-watches";

    public TimeSpan Patience => rules.Patience;

    DateOnly Today => VenueZone.Day(clock.GetUtcNow());

    public async Task Tick(CancellationToken ct)
    {
        foreach (var (id, _) in await Probes(ct))
            await log.Execute(Probe.Decider, id, presence.Assess(id, Patience), new(Guid.CreateVersion7(clock.GetUtcNow()), "reaction:metronome"), ct);
        presence.Keep();
        var probes = await Probes(ct);
        for (Page<VenueCard>? page = null; page is null || page.Next is not null;)
        {
            page = await views.List(VenueCard.View, null, rules.Most, page?.Next, ct);
            foreach (var venue in page.Items)
                if (DoubtOf(venue, [.. probes.Values.Where(p => p.Venues.Contains(venue.VenueId))]) is { } doubt) await Doubt(venue, doubt, ct);
        }
    }

    /// <summary>Some camera that the probe is to watch has no verdict in force, though it once had one.</summary>
    public async Task<bool> HasDoubts(Heartbeat beat, CancellationToken ct)
    {
        if (beat.Blind || await views.Find(ProbeCard.View, beat.ProbeId, ct) is not { } probe) return false;
        foreach (var id in probe.Venues)
            if (await views.Find(VenueCard.View, id, ct) is { } venue && venue.MayBeWatchedOn(Today)
                && (await Cameras(id, ct)).Any(camera => camera is { VerdictEventId: not null } && IsUnknown(camera.Verdict))) return true;
        return false;
    }

    /// <summary>A venue is in doubt when its feeds may not run, or none of its probes can tell.</summary>
    (Verdict Verdict, DateTimeOffset? Since)? DoubtOf(VenueCard venue, ProbeCard[] probes) =>
        !venue.MayBeWatchedOn(Today) ? (Verdict.Unknown, null)
        : probes.Any(p => !p.Silent && !p.Blind) ? null
        : probes.Any(p => !p.Silent) ? (Verdict.ProbeBlind, null)
        : (Verdict.Unknown, probes.Max(p => p.SilentSince));

    async Task Doubt(VenueCard venue, (Verdict Verdict, DateTimeOffset? Since) doubt, CancellationToken ct)
    {
        if (!venue.Devices.Values.Any(d => d.Kind == DeviceKind.Camera && !IsUnknown(d.Verdict))) return;
        foreach (var camera in (await Cameras(venue.VenueId, ct)).Where(c => c.VerdictEventId is not null && !IsUnknown(c.Verdict)))
        {
            // What was observed last still stood then; a spool that arrives late may carry what came after.
            var since = Later(doubt.Since ?? clock.GetUtcNow(), camera.ObservedAt);
            var report = new DeviceCommand.ReportVerdict(doubt.Verdict, since, since, Guid.Empty, Detail.Of(Reason.NobodyWatches), null);
            await log.Execute(Device.Decider, camera.DeviceId, report, new(EventIds.From(camera.VerdictEventId!.Value, "doubt"), Actor), ct);
        }
    }

    async Task<Dictionary<Guid, ProbeCard>> Probes(CancellationToken ct) =>
        (await views.List(ProbeCard.View, null, rules.Most, null, ct)).Items.ToDictionary(p => p.ProbeId);

    async Task<IEnumerable<DeviceCard>> Cameras(Guid venue, CancellationToken ct) =>
        (await views.List(DeviceCard.View, [venue], rules.Most, null, ct)).Items.Where(card => card.Spec is CameraSpec);

    static bool IsUnknown(Verdict verdict) => verdict.Availability() == Availability.Unknown;

    static DateTimeOffset Later(DateTimeOffset at, DateTimeOffset? other) => other > at ? other.Value : at;
}

/// <summary>Section <c>Probes</c> of the settings.</summary>
/// <param name="PatienceSeconds">How long without a heartbeat before a probe counts as silent.</param>
/// <param name="Most">Probes, and devices of one venue, looked at in one go.</param>
/// <param name="NewVenuesTo">The probe that watches a venue as soon as it registers; null: an administrator assigns each.</param>
sealed record ProbeRules(int PatienceSeconds = 20, int Most = 1_000, Guid? NewVenuesTo = null)
{
    public TimeSpan Patience => TimeSpan.FromSeconds(PatienceSeconds);
}
