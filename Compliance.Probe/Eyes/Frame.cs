namespace Compliance.Probe.Eyes;

/// <summary>One small grey picture of a video and the moment it shows.</summary>
/// <param name="Luma">Row by row, one byte a pixel, without gaps.</param>
internal sealed record Frame(int Width, int Height, TimeSpan At, byte[] Luma)
{
    /// <summary>All footage is looked at in this width, so that the size of the original tells nothing.</summary>
    public const int StandardWidth = 256;

    /// <summary>So many frames a second, whatever the camera sends.</summary>
    public const int Rate = 10;
}
