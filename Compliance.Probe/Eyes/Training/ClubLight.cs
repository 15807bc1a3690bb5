namespace Compliance.Probe.Eyes.Training;

/// <summary>The light of a club laid over plain footage, so that what is learned does not take light for motion.</summary>
internal static class ClubLight
{
    public static readonly IReadOnlyList<string> Kinds = ["plain", "strobe", "wash", "beams", "dark"];

    /// <summary>The same frames under this light; the same seed gives the same light.</summary>
    public static IReadOnlyList<Frame> Over(IReadOnlyList<Frame> frames, string kind, int seed)
    {
        var chance = new Random(seed);
        var paint = kind switch
        {
            "strobe" => Strobe(chance),
            "wash" => Wash(chance),
            "beams" => Beams(chance),
            "dark" => Dark(chance),
            _ => null,
        };
        return paint is null ? frames : [.. frames.Select((frame, t) => Painted(frame, t, paint))];
    }

    /// <summary>Brightness of a pixel by where it is (0 to 1), when (in frames) and how bright it was.</summary>
    delegate double Paint(double x, double y, int t, double luma);

    static Frame Painted(Frame frame, int t, Paint paint)
    {
        var luma = new byte[frame.Luma.Length];
        for (var i = 0; i < luma.Length; i++)
            luma[i] = (byte)Math.Clamp(Math.Round(paint((double)(i % frame.Width) / frame.Width, (double)(i / frame.Width) / frame.Height, t, frame.Luma[i])), 0, 255);
        return frame with { Luma = luma };
    }

    /// <summary>A dim room with flashes two to five times a second that a frame catches whole, in part or not at all.</summary>
    static Paint Strobe(Random chance)
    {
        var (dim, bright, hertz, phase) = (0.25 + 0.35 * chance.NextDouble(), 1.2 + 0.8 * chance.NextDouble(), 2 + 6 * chance.NextDouble(), chance.NextDouble());
        var catches = Enumerable.Range(0, 4096).Select(_ => 0.5 + 0.5 * chance.NextDouble()).ToArray();
        return (_, _, t, luma) =>
        {
            var at = t * hertz / Frame.Rate + phase;
            var on = at - Math.Floor(at) < 0.4;
            return luma * (on ? dim + (bright - dim) * catches[t % catches.Length] : dim) + (on ? 18 : 0);
        };
    }

    /// <summary>Coloured lamps that swell and fade across the room.</summary>
    static Paint Wash(Random chance)
    {
        var (depth, hertz, fx, fy, phase) = (0.3 + 0.3 * chance.NextDouble(), 0.3 + 1.2 * chance.NextDouble(), 0.5 + chance.NextDouble(), 0.5 + chance.NextDouble(), Math.Tau * chance.NextDouble());
        return (x, y, t, luma) => luma * (0.75 + depth * Math.Sin(Math.Tau * (hertz * t / Frame.Rate + fx * x + fy * y) + phase)) + 10;
    }

    /// <summary>Two or three beams that sweep over a dim room.</summary>
    static Paint Beams(Random chance)
    {
        var dim = 0.4 + 0.3 * chance.NextDouble();
        var beams = Enumerable.Range(0, 2 + chance.Next(2)).Select(_ => (
            Foot: chance.NextDouble(), Swing: 0.3 + 0.5 * chance.NextDouble(), Hertz: 0.2 + 0.6 * chance.NextDouble(), Phase: Math.Tau * chance.NextDouble(),
            Width: 0.04 + 0.06 * chance.NextDouble(), Bright: 30 + 50 * chance.NextDouble())).ToArray();
        return (x, y, t, luma) =>
        {
            var light = 0.0;
            foreach (var beam in beams)
            {
                var middle = beam.Foot + beam.Swing * y * Math.Sin(Math.Tau * beam.Hertz * t / Frame.Rate + beam.Phase);
                var off = (x - middle) / beam.Width;
                light += Math.Exp(-off * off / 2) * beam.Bright;
            }

            return luma * (dim + light / 100) + light * 0.4;
        };
    }

    /// <summary>A quarter of the light, and the noise of a sensor turned up.</summary>
    static Paint Dark(Random chance)
    {
        var (gain, noise) = (0.2 + 0.15 * chance.NextDouble(), 2.5 + 2.5 * chance.NextDouble());
        return (_, _, _, luma) => luma * gain + 8 + noise * (chance.NextDouble() + chance.NextDouble() + chance.NextDouble() - 1.5) * 2;
    }
}
