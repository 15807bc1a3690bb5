namespace Compliance.Probe.Look;

/// <summary>How often pictures are decoded (seven seconds falls in step with no keyframe interval), and when one counts as no picture. Luma runs from 0 to 255; how each threshold was found stands in docs/picture-tests.md.</summary>
internal sealed record LookSettings
{
    public TimeSpan Every { get; init; } = TimeSpan.FromSeconds(7);

    /// <summary>A keyframe that does not come within this time is not waited for.</summary>
    public TimeSpan KeyframeWithin { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A decoder that takes longer is killed.</summary>
    public TimeSpan DecodeWithin { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>So many clear pictures make a history.</summary>
    public int History { get; init; } = 3;

    /// <summary>
    /// What is usual forgets over so many clear pictures, two hours of them: longer than anybody draws a cloth over a lens, short
    /// enough that rearranged tables are usual by the next night.
    /// </summary>
    public int UsualOver { get; init; } = 1000;

    /// <summary>An hour of the day is held against itself only when so many clear pictures of it were seen, half an hour of them: until then a lens that is being covered would make its own usual.</summary>
    public int HourHistory { get; init; } = 250;

    /// <summary>Darker than this, and flatter than <see cref="BlackSpread"/>: with no more outlines than <see cref="BlackOutline"/>: black. A dark club has outlines.</summary>
    public double BlackMean { get; init; } = 12;

    public double BlackSpread { get; init; } = 8;

    public double BlackOutline { get; init; } = 0.012;

    /// <summary>Less than this share of the camera's usual outlines is left, and less than <see cref="CoveredAmount"/> of what there usually is to see in all: covered.</summary>
    public double CoveredKept { get; init; } = 0.36;

    public double CoveredAmount { get; init; } = 0.5;

    /// <summary>So much more of the picture is white than usual, and less than <see cref="GlareKept"/> of the outlines is left: glare.</summary>
    public double GlareShare { get; init; } = 0.1;

    public double GlareKept { get; init; } = 0.75;

    /// <summary>Edges are less crisp than this share of what they usually are, while the view is the same: out of focus.</summary>
    public double DefocusedCrispness { get; init; } = 0.82;

    /// <summary>A view out of focus is still the camera's own: its outlines are more alike to the usual ones than this.</summary>
    public double SoftView { get; init; } = 0.35;

    /// <summary>Edges that are a little less crisp than this share of the usual, while less than <see cref="FaintKept"/> of the outlines is left and less than <see cref="FaintAmount"/> of what there usually is to see: out of focus in the dark.</summary>
    public double FaintCrispness { get; init; } = 0.95;

    public double FaintKept { get; init; } = 0.68;

    public double FaintAmount { get; init; } = 0.78;

    /// <summary>Edges less crisp than this are out of focus though moving light leaves the outlines but so little alike.</summary>
    public double BlurredCrispness { get; init; } = 0.6;

    public double BlurredView { get; init; } = 0.2;

    /// <summary>Outlines more alike than this are those of one view; below, marks are searched for.</summary>
    public double SameView { get; init; } = 0.7;

    /// <summary>Outlines less alike than this, without one mark found again, are those of another view.</summary>
    public double ForeignView { get; init; } = 0.35;

    /// <summary>The view lies off the approved one by more than this percentage of its width, or is turned, or is nearer or farther by this share: moved.</summary>
    public double ShiftPercent { get; init; } = 5;

    public double TurnDegrees { get; init; } = 4;

    public double ZoomShare { get; init; } = 0.1;

    /// <summary>The flicker between two pictures is below this share of the usual, and their grain more alike than <see cref="FrozenGrain"/>: frozen.</summary>
    public double FrozenFlicker { get; init; } = 0.5;

    /// <summary>Where coding leaves less flicker than this (gray levels squared), its absence proves nothing.</summary>
    public double LeastFlicker { get; init; } = 0.15;

    public double FrozenGrain { get; init; } = 0.5;
}
