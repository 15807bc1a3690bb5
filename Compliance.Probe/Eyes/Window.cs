namespace Compliance.Probe.Eyes;

/// <summary>Two seconds of a video as numbers.</summary>
/// <param name="Frames">How many frames it spans.</param>
/// <param name="LeftOut">Frames of them without another under the same light to be compared with.</param>
/// <param name="Pictures">Those frames of it that were looked at; null where nobody wants them.</param>
internal sealed record Window(TimeSpan Start, TimeSpan End, int Frames, int LeftOut, float[] Numbers, IReadOnlyList<Frame>? Pictures = null)
{
    /// <summary>Where fewer pairs can be compared, nothing is said.</summary>
    const int FewestPairs = 5;

    public bool Tells => Frames - LeftOut >= FewestPairs;
}
