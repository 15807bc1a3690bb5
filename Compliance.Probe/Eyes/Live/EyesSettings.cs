namespace Compliance.Probe.Eyes.Live;

/// <summary>How detectors watch cameras. Section <c>Probe:Eyes</c>.</summary>
internal sealed record EyesSettings
{
    /// <summary>Whether detectors run at all on this box.</summary>
    public bool On { get; init; } = true;

    /// <summary>
    /// Without word from the API for so long detectors stop: a basis may have been withdrawn meanwhile. What they would see could not be told either. With what a round takes they are off within a minute.
    /// </summary>
    public TimeSpan ListPatience { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>
    /// Whether detectors look at the smaller stream that a camera was registered with, over a second connection: fewer pixels to decode. Off where cameras have no session to spare.
    /// </summary>
    public bool SubStream { get; init; } = true;

    /// <summary>Cameras whose frames are worked on at the same time; 0: all cores but one.</summary>
    public int Lanes { get; init; }

    /// <summary>Whether fights are judged by the boxes of persons too, where the network for them is installed; null: on four cores and more.</summary>
    public bool? Boxes { get; init; }

    /// <summary>What a network for clips that the user brought is for.</summary>
    public VideoUse Video { get; init; } = VideoUse.Join;

    /// <summary>Of a clip, before what was seen began and after.</summary>
    public TimeSpan ClipBefore { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan ClipAfter { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Video of one camera that is kept in memory so that a clip can begin before the alert.</summary>
    public int RingMegabytes { get; init; } = 32;

    public int LanesOr(int cores) => Lanes > 0 ? Lanes : Math.Max(1, cores - 1);
}
