namespace Compliance.Probe.Eyes.Live;

/// <summary>A frame of a camera that is watched. Its time counts from 1970.</summary>
/// <param name="Number">Goes up by one with each tenth of a second: a gap is as many frames as nobody looked at.</param>
internal readonly record struct LiveFrame(long Number, Frame Frame)
{
    /// <summary>The first one after a turn to another stream, which waited for its keyframe: what is missing before it is a hole, and nothing that a machine could not keep up with.</summary>
    public bool IsAfterTurn { get; init; }

    public static TimeSpan Time(DateTimeOffset at) => at - DateTimeOffset.UnixEpoch;

    public static long NumberAt(DateTimeOffset at) => (long)Math.Round(Time(at).TotalSeconds * Frame.Rate);
}

/// <summary>Turns the access units of one camera into frames, for as long as units come.</summary>
internal delegate Task DecodeLive(IAsyncEnumerable<Watch.Rtp.AccessUnit> units, Action<LiveFrame> seen, CancellationToken ct);
