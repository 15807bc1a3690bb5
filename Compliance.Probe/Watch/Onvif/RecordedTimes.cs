using Compliance.Domain.Devices;
using Compliance.Probe.Watch.Rtp;

namespace Compliance.Probe.Watch.Onvif;

/// <summary>When each picture of a replay was recorded, as its packets say (0xABAC); those between two keyframes are dated by their ticks where they do not say themselves.</summary>
internal sealed class RecordedTimes
{
    (DateTimeOffset At, uint Timestamp)? _keyframe;

    /// <summary>Null until a keyframe said when it was recorded.</summary>
    /// <param name="at">As its own packets say; null where they do not.</param>
    public DateTimeOffset? Of(bool keyframe, DateTimeOffset? at, uint timestamp)
    {
        if (keyframe && at is { } dated) _keyframe = (dated, timestamp);
        return _keyframe is { } from ? at ?? from.At.AddSeconds((double)unchecked((int)(timestamp - from.Timestamp)) / TransportStream.TicksPerSecond) : null;
    }

    /// <summary>457 Invalid Range to PLAY: the recording exists, this time of it does not.</summary>
    public static bool IsNothingThere(FeedLost lost) => Detail.Read(lost.Message) is [{ Reason: Reason.RequestRefused, Figures: ["PLAY", "457"] }];
}
