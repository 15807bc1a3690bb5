namespace Compliance.Probe.Eyes;

/// <summary>
/// Pairs each frame with an earlier one under the same light: a flash between two frames moves nothing, so that pair is left out and the frame
/// before the flash is taken instead.
/// </summary>
/// <param name="ways">Whether anybody asks where things went, or only where something changed.</param>
internal sealed class MotionSense(bool ways = true)
{
    /// <summary>A change of the whole picture's brightness (of 256 steps, and as a share of it) that is a flash and no motion.</summary>
    const double FlashSteps = 6, FlashShare = 0.12;

    /// <summary>A partner is sought so many frames back.</summary>
    const int Reach = 3;

    readonly List<(Frame? Frame, double Brightness)> _before = [];

    /// <summary>What moved up to this frame; null where there is no frame under the same light to compare it with.</summary>
    public MotionField? See(Frame frame)
    {
        var brightness = Brightness(frame);
        MotionField? field = null;
        for (var back = 1; back <= Math.Min(Reach, _before.Count) && field is null; back++)
        {
            var (earlier, then) = _before[^back];
            if (earlier is null) continue;
            if (earlier.Width != frame.Width || earlier.Height != frame.Height) break;
            if (Math.Abs(brightness - then) <= Math.Max(FlashSteps, FlashShare * Math.Min(brightness, then))) field = MotionField.Between(earlier, frame, back, ways);
        }

        Remember(frame, brightness);
        return field;
    }

    /// <summary>A frame that nobody looked at: those after it are that much further from those before.</summary>
    public void Missed() => Remember(null, 0);

    void Remember(Frame? frame, double brightness)
    {
        _before.Add((frame, brightness));
        if (_before.Count > Reach) _before.RemoveAt(0);
    }

    static double Brightness(Frame frame)
    {
        long sum = 0;
        foreach (var pixel in frame.Luma) sum += pixel;
        return (double)sum / frame.Luma.Length;
    }
}
