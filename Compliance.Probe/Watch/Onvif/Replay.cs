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
            return RecordedTimes.IsNothingThere(lost) ? Replayed.Absent : Replayed.Failed;
        }
    }

    /// <summary>Pictures until one decides.</summary>
    sealed class Seen(DateTimeOffset second, TaskCompletionSource<Replayed> answer)
    {
        readonly RecordedTimes _times = new();

        public void Hear(bool keyframe, DateTimeOffset? at, uint timestamp)
        {
            if (keyframe && at is null) answer.TrySetResult(Replayed.Undated);
            if (_times.Of(keyframe, at, timestamp) is { } recorded && recorded >= second) answer.TrySetResult(recorded < second.AddSeconds(1) ? Replayed.Shown : Replayed.Absent);
        }
    }
}
