namespace Compliance.Probe.Look;

/// <summary>How often pictures are decoded (seven seconds falls in step with no keyframe interval), and when one counts as no picture. Luma runs from 0 to 255.</summary>
internal sealed record LookSettings
{
    public TimeSpan Every { get; init; } = TimeSpan.FromSeconds(7);

    /// <summary>A keyframe that does not come within this time is not waited for.</summary>
    public TimeSpan KeyframeWithin { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A decoder that takes longer is killed.</summary>
    public TimeSpan DecodeWithin { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Darker than this, and flatter than <see cref="BlackSpread"/>: black.</summary>
    public double BlackMean { get; init; } = 12;

    public double BlackSpread { get; init; } = 8;

    /// <summary>Edges and spread below this share of the camera's own history: covered.</summary>
    public double CoveredShare { get; init; } = 0.3;

    /// <summary>So many clear pictures make a history.</summary>
    public int History { get; init; } = 3;
}
