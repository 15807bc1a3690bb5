namespace Compliance.Probe.Eyes;

/// <summary>One picture of a video and the moment it shows: small and grey, or, for faces, in colour.</summary>
/// <param name="Luma">Row by row, one byte a pixel, without gaps; in a picture with colour followed by Cb and Cr at half the width and height (I420).</param>
internal sealed record Frame(int Width, int Height, TimeSpan At, byte[] Luma)
{
    /// <summary>All footage is looked at in this width, so that the size of the original tells nothing.</summary>
    public const int StandardWidth = 256;

    /// <summary>So many frames a second, whatever the camera sends.</summary>
    public const int Rate = 10;
}
