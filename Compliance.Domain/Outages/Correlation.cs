using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Outages;

/// <summary>
/// Tells from what fails together what it has in common (alarm correlation, as ITU-T X.733 calls it). Pure: the same scene always gives
/// the same groups. A group is of one venue and never loses an outage, so that what was told once only grows.
/// </summary>
public static class Correlation
{
    /// <summary>A fault of the probe is noticed later than what it did: outages that began so long before it was blind are its own.</summary>
    static readonly TimeSpan BeforeBlind = TimeSpan.FromMinutes(1);

    /// <summary>A panel reports lost mains at its next poll, or after a delay against short dips.</summary>
    static readonly TimeSpan MainsAround = TimeSpan.FromMinutes(3);

    public static IReadOnlyList<FoundGroup> Of(CorrelationScene scene, CorrelationRules rules)
    {
        var groups = scene.Groups.Select(g => new Gathered(g.GroupId, g.VenueId, [.. g.Members], g.EndedAt)).ToList();
        var told = groups.SelectMany(g => g.Members).Select(m => m.OutageId).ToHashSet();
        foreach (var failed in scene.Failed.Where(f => !told.Contains(f.OutageId)).OrderBy(f => f.Since).ThenBy(f => f.OutageId))
        {
            var group = groups.Where(g => g.Joins(failed, rules)).OrderBy(g => g.Gap(failed)).ThenBy(g => g.Id).FirstOrDefault();
            if (group is null) groups.Add(group = new(EventIds.From(failed.OutageId, "group"), failed.VenueId, [], null));
            group.Members.Add(failed.Member);
        }

        var failing = scene.Failed.ToLookup(f => f.OutageId);
        var running = groups.Where(g => g.Members.Any(m => failing[m.OutageId].Any())).ToList();
        var dark = running.Where(g => g.IsDark).GroupBy(g => g.Venue).ToDictionary(g => g.Key, g => g.Min(x => x.Begin));
        return [.. running.Select(g => Found(g, scene, dark, failing, rules)).OrderBy(g => g.GroupId)];
    }

    static FoundGroup Found(
        Gathered group, CorrelationScene scene, Dictionary<Guid, DateTimeOffset> dark, ILookup<Guid, FailedDevice> failing, CorrelationRules rules)
    {
        GroupMember[] members = [.. group.Members.OrderBy(m => m.Since).ThenBy(m => m.OutageId)];
        var outages = members.Select(m => failing[m.OutageId].FirstOrDefault()).ToArray();
        var (cause, evidence) = Judge(group, members, outages.Any(o => o?.SeenElsewhere == true), scene, dark, rules);
        // What is no longer in the scene was over long ago.
        DateTimeOffset? ended = outages.Any(o => o is { Until: null }) ? null : outages.Max(o => o?.Until);
        return new(group.Id, group.Venue, cause, members, evidence, ended);
    }

    static (CommonCause, CauseEvidence) Judge(
        Gathered group, GroupMember[] members, bool seenElsewhere, CorrelationScene scene, Dictionary<Guid, DateTimeOffset> dark, CorrelationRules rules)
    {
        var devices = members.Select(m => m.DeviceId).ToHashSet();
        var here = scene.Devices.Where(d => d.VenueId == group.Venue).ToArray();
        KnownDevice[] failed = [.. here.Where(d => devices.Contains(d.DeviceId))], others = [.. here.Where(d => d.Answers && !devices.Contains(d.DeviceId))];
        KnownDevice[] cameras = [.. here.Where(d => d.Kind == DeviceKind.Camera && (d.Answers || devices.Contains(d.DeviceId)))];
        var seconds = (int)Math.Ceiling((members.Max(m => m.Since) - members.Min(m => m.Since)).TotalSeconds);
        var alone = new CauseEvidence(devices.Count, Math.Max(cameras.Length, devices.Count), seconds, others.Length, others.Any(d => d.Kind == DeviceKind.FireAlarm));
        if (!group.IsDark) return (CommonCause.Device, alone);
        if (seenElsewhere || failed.Any(d => scene.Blind.Any(b => b.ProbeId == d.ProbeId && b.From - BeforeBlind <= group.Begin && (b.Until is not { } until || group.Begin <= until))))
            return (CommonCause.Probe, alone);
        if (Beyond(group, alone, scene, dark, rules) is { } beyond) return beyond;
        if (devices.Count == 1) return (CommonCause.Device, alone);

        var venue = scene.Venues.FirstOrDefault(v => v.VenueId == group.Venue);
        var failedCameras = failed.Count(d => d.Kind == DeviceKind.Camera);
        var isMost = failedCameras > 0 && failedCameras >= rules.Share * cameras.Length;
        if (isMost && failedCameras == cameras.Length && venue?.MainsLostAt is { } lost && (lost - group.Begin).Duration() <= MainsAround) return (CommonCause.VenuePower, alone);
        if (failed.Select(d => d.Host).Distinct().ToArray() is [{ } host])
        {
            var behind = cameras.Count(d => d.Host == host);
            return failed.Length >= rules.Share * behind ? (CommonCause.Recorder, alone with { Of = Math.Max(behind, devices.Count) }) : (CommonCause.Several, alone);
        }

        if (!isMost || !members.All(m => m.Verdict.IsSilence())) return (CommonCause.Several, alone);
        // Who answers over a way of his own says that there is power; who answers beside them, that the line is there.
        return (others.Any(d => d.Kind == DeviceKind.Camera) ? CommonCause.VenuePower : alone.PanelAnswers ? CommonCause.VenueUplink : CommonCause.Venue, alone);
    }

    /// <summary>Null where fewer venues than chance would allow went dark at once, or nothing explains most of them.</summary>
    static (CommonCause, CauseEvidence)? Beyond(Gathered group, CauseEvidence alone, CorrelationScene scene, Dictionary<Guid, DateTimeOffset> dark, CorrelationRules rules)
    {
        if (scene.Venues.FirstOrDefault(v => v.VenueId == group.Venue) is not { IsWhollyDark: true } venue || !dark.TryGetValue(group.Venue, out var began)) return null;
        KnownVenue[] at = [.. scene.Venues.Where(v => v.IsWhollyDark && dark.TryGetValue(v.VenueId, out var then) && (then - began).Duration() <= rules.VenuesTogether)];
        (CommonCause, CauseEvidence)? Share(CommonCause cause, Func<KnownVenue, bool> within, string? name, double least)
        {
            var (some, all) = (at.Count(within), scene.Venues.Count(v => v.IsWatched && within(v)));
            return some >= rules.LeastVenues && some >= least * all && some >= rules.Explains * at.Length
                ? (cause, alone with { Venues = some, OfVenues = all, Name = name }) : null;
        }

        return (venue.Provider is { } provider ? Share(CommonCause.Provider, v => KnownVenue.IsSame(v.Provider, provider), provider, rules.VenueShare) : null)
            ?? Share(CommonCause.District, v => v.District == venue.District, venue.District, rules.VenueShare)
            ?? (venue.ProbeId is { } probe && at.Where(v => v.ProbeId == probe).Select(v => v.District).Distinct().Count() > 1
                ? Share(CommonCause.Probe, v => v.ProbeId == probe, null, rules.ProbeShare) : null);
    }

    sealed record Gathered(Guid Id, Guid Venue, List<GroupMember> Members, DateTimeOffset? Ended)
    {
        public DateTimeOffset Begin => Members.Min(m => m.Since);

        public bool IsDark => Members.All(m => m.Verdict.IsDark());

        /// <summary>The same device again, or another one at the same moment.</summary>
        public bool Joins(FailedDevice failed, CorrelationRules rules) => failed.VenueId == Venue && (
            (Members.Any(m => m.DeviceId == failed.DeviceId) && (IsDark == failed.Verdict.IsDark() || Members.All(m => m.DeviceId == failed.DeviceId)) && !(failed.Since - Ended > rules.Flaps))
            || (failed.Verdict.IsDark() && IsDark && !(failed.Since > Ended) && Gap(failed) <= rules.Together));

        /// <summary>How far its beginning lies from those of the group.</summary>
        public TimeSpan Gap(FailedDevice failed) => Members.Min(m => (m.Since - failed.Since).Duration());
    }
}
