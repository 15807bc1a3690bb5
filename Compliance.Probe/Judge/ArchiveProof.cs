using System.Security.Cryptography;
using Compliance.Domain.Devices;
using Compliance.Domain.Probes;
using Compliance.Probe.Watch;
using Compliance.Probe.Watch.Onvif;

namespace Compliance.Probe.Judge;

/// <summary>
/// Asks a recorder for random seconds of the days it has to keep, and believes the pictures, not the summary. What cannot be asked online is
/// said to be so; a person has to look then.
/// </summary>
internal sealed class ArchiveProof(Replay replay, ArchiveSettings settings, TimeProvider clock)
{
    /// <summary>Recorders write in pieces: what is newer may not be closed yet.</summary>
    static readonly TimeSpan NotYet = TimeSpan.FromMinutes(10);

    static readonly TimeSpan Youngest = TimeSpan.FromDays(1);

    /// <param name="watchedSince">Nobody can have kept what was before his camera was there.</param>
    /// <param name="tally">What was found before.</param>
    public async Task<(ArchiveTally Tally, Proven Proven)> Ask(
        OnvifCamera camera, OnvifProfile? profile, FeedTarget live, DateTimeOffset watchedSince, ArchiveTally tally, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (!camera.Has(Ns.Search) || !camera.Has(Ns.Replay)) return (tally, Unproven(now, "no-Profile-G"));
        if (now - watchedSince < Youngest) return (tally, new(ProofState.Unasked, Detail.Of(Reason.ArchiveYoung, Math.Floor((now - watchedSince).TotalHours)), now));
        try
        {
            if (await camera.RecordingOf(profile, ct) is not { } recording) return (tally, Unproven(now, "no-recording-of-this-camera"));
            var target = live with { Stream = await camera.ReplayUri(recording, live.Stream, ct) };
            // Recordings are dated by the recorder's clock, right or wrong.
            var ahead = camera.ClockOffset ?? TimeSpan.Zero;
            var oldest = now.AddDays(-settings.Days);
            var second = ArchiveTally.Second(RandomNumberGenerator.GetBytes(16), (watchedSince > oldest ? watchedSince : oldest) + ahead, now - NotYet + ahead);
            return await Shown(target, second, now + ahead, ct) switch
            {
                Replayed.Undated when tally.Asked == tally.Missing => (tally, Unproven(now, "pictures-without-time")),
                Replayed.Failed => (tally, Unproven(now, "replay-fails")),
                var shown when tally.Weigh(shown == Replayed.Shown, second, settings) is var next => (next, new(next.Last, next.Say(settings.Days), now)),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
        }
        catch (OnvifFault fault)
        {
            return (tally, Unproven(now, fault.Message));
        }
    }

    /// <summary>A second that comes to nothing twice, on a recorder that shows one of a while ago at once, is missing: whoever stalls where there is nothing is not let off.</summary>
    async Task<Replayed> Shown(FeedTarget recording, DateTimeOffset second, DateTimeOffset theirNow, CancellationToken ct)
    {
        var first = await replay.Show(recording, second, ct);
        if (first != Replayed.Failed) return first;
        var again = await replay.Show(recording, second, ct);
        if (again != Replayed.Failed) return again;
        var recent = DateTimeOffset.FromUnixTimeSeconds((theirNow - NotYet).ToUnixTimeSeconds());
        return await replay.Show(recording, recent, ct) == Replayed.Shown ? Replayed.Absent : Replayed.Failed;
    }

    static Proven Unproven(DateTimeOffset now, string why) => new(ProofState.Unverifiable, Detail.Of(Reason.ArchiveUnproven, why), now);
}
