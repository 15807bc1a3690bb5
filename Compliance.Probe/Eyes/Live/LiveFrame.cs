namespace Compliance.Probe.Eyes.Live;

/// <summary>Why frames are missing before one.</summary>
internal enum Gap
{
    /// <summary>Nobody took them in time.</summary>
    Late,

    /// <summary>The camera did not send them: it was away, began its time anew, or its other stream is looked at now.</summary>
    Away,

    /// <summary>A decoder broke over them.</summary>
    Broken,
}

/// <summary>A frame of a camera that is watched. Its time counts from 1970.</summary>
/// <param name="Number">Goes up by one with each tenth of a second.</param>
internal readonly record struct LiveFrame(long Number, Frame Frame)
{
    /// <summary>Of what is missing right before it.</summary>
    public Gap Before { get; init; }

    /// <summary>Frames so far that were missing because the camera did not send them, and because a decoder broke. All others that are missing nobody took in time.</summary>
    public long Away { get; init; }

    public long Broken { get; init; }

    /// <summary>By so much frames and units may be dated out of order: packets arrive in bursts. Beyond it the box's clock was set back, and nothing that was learnt by the other time goes on.</summary>
    public static readonly TimeSpan Jitter = TimeSpan.FromSeconds(2);

    public static TimeSpan Time(DateTimeOffset at) => at - DateTimeOffset.UnixEpoch;

    public static long NumberAt(DateTimeOffset at) => (long)Math.Round(Time(at).TotalSeconds * Frame.Rate);
}

/// <summary>Counts for what reason frames are missing as they leave the decoder, so that whoever gets some of them still knows it of all.</summary>
internal sealed class Gaps
{
    long? _last;
    long _away, _broken;

    /// <param name="because">Why frames are missing before this one, if any are.</param>
    public LiveFrame Of(LiveFrame frame, Gap because)
    {
        var missing = Math.Max(0, frame.Number - (_last ?? frame.Number) - 1);
        if (because == Gap.Away) _away += missing;
        if (because == Gap.Broken) _broken += missing;
        _last = frame.Number;
        return frame with { Before = because, Away = _away, Broken = _broken };
    }
}

/// <summary>Turns the access units of one camera into frames, for as long as units come. A frame says why others are missing before it, as far as the decoder knows.</summary>
internal delegate Task DecodeLive(IAsyncEnumerable<Watch.Rtp.AccessUnit> units, Action<LiveFrame> seen, CancellationToken ct);
