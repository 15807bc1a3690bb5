using Compliance.Domain.Devices;
using Compliance.Probe.Look;
using Compliance.Probe.Watch.Rtp;

namespace Compliance.Probe.Watch.Onvif;

/// <summary>What became of one instant that was asked of an archive.</summary>
internal enum Replayed
{
    /// <summary>Pictures of that very second came.</summary>
    Shown,

    /// <summary>The archive goes on later, or says that there is nothing.</summary>
    Absent,

    /// <summary>Pictures came that do not say when they were recorded.</summary>
    Undated,

    /// <summary>Nothing came; that may lie in anything.</summary>
    Failed,
}

/// <summary>Replays one second of a recording. Pictures count by the time that stands in their packets (0xABAC), not by what was asked for.</summary>
internal sealed class Replay(OpenFeed open, TimeProvider clock)
{
    /// <summary>For the first picture and all until the second asked for: recorders search slowly.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <param name="second">A whole second, by the recorder's clock.</param>
    public async Task<Replayed> Show(FeedTarget recording, DateTimeOffset second, CancellationToken ct)
    {
        var answer = new TaskCompletionSource<Replayed>(TaskCreationOptions.RunContinuationsAsynchronously);
        var seen = new Seen(second, answer);
        try
        {
            await using var feed = await open(recording with { ReplayFrom = second }, new(new StreamMeter(), new Fanout(), seen.Hear), null, ct);
            return await answer.Task.WaitAsync(Patience, clock, ct);
        }
        catch (TimeoutException)
        {
            return Replayed.Failed;
        }
        catch (FeedLost lost)
        {
            return IsNothingThere(lost) ? Replayed.Absent : Replayed.Failed;
        }
    }

    /// <summary>457 Invalid Range to PLAY: the recording exists, this time of it does not.</summary>
    static bool IsNothingThere(FeedLost lost) => Detail.Read(lost.Message) is [{ Reason: Reason.RequestRefused, Figures: ["PLAY", "457"] }];

    /// <summary>Pictures until one decides. Those between two keyframes are dated by their ticks where they do not say themselves.</summary>
    sealed class Seen(DateTimeOffset second, TaskCompletionSource<Replayed> answer)
    {
        const double TicksPerSecond = 90_000;
        (DateTimeOffset At, uint Timestamp)? _keyframe;

        public void Hear(bool keyframe, DateTimeOffset? at, uint timestamp)
        {
            if (keyframe && at is null) answer.TrySetResult(Replayed.Undated);
            if (keyframe && at is { } dated) _keyframe = (dated, timestamp);
            if (_keyframe is not { } from) return;
            var recorded = at ?? from.At.AddSeconds(unchecked((int)(timestamp - from.Timestamp)) / TicksPerSecond);
            if (recorded >= second) answer.TrySetResult(recorded < second.AddSeconds(1) ? Replayed.Shown : Replayed.Absent);
        }
    }
}
