using OpenCvSharp;

namespace Compliance.Probe.Look;

/// <summary>What a clock in the picture said: seconds, and minutes where they could be read.</summary>
internal readonly record struct ClockReading(int? Minute, int Second)
{
    /// <summary>After so many seconds the same reading comes again.</summary>
    public int Round => Minute is null ? 60 : 3600;

    public int Seconds => (60 * (Minute ?? 0)) + Second;
}

/// <summary>Where in the picture a clock runs, and how its digits look: what a <see cref="ClockLesson"/> taught, kept for the looks that follow.</summary>
/// <param name="Left">Of the strip around the clock, in a <see cref="ReadablePicture"/>; so are the next three.</param>
/// <param name="IsLight">Light digits on something darker.</param>
/// <param name="Upper">Where its digits begin in the strip, and at <paramref name="Lower"/> end.</param>
/// <param name="Places">Middles of the digits in the strip: seconds, tens of seconds and, where they were found, minutes and tens of minutes.</param>
/// <param name="Ink">Ten shapes of <see cref="DigitShape.Points"/> signed bytes each, from 0 to 9.</param>
internal sealed record ClockFont(int Left, int Top, int Width, int Height, bool IsLight, int Upper, int Lower, int[] Places, byte[] Ink)
{
    /// <summary>How alike a shape is to the one it is taken for, at least (1: the same), and how much more than to any other.</summary>
    const double Alike = 0.6, Clearly = 0.02;

    /// <summary>A digit lies off its place by less than this share of its height.</summary>
    const double Near = 0.35;

    const float Scale = 300;

    float[][]? _shapes;

    public ClockFont(Rect strip, bool isLight, int upper, int lower, int[] places, IEnumerable<float[]> shapes)
        : this(strip.X, strip.Y, strip.Width, strip.Height, isLight, upper, lower, places, [.. shapes.SelectMany(shape => shape.Select(v => (byte)(sbyte)Math.Clamp(v * Scale, -127, 127)))]) { }

    float[][] Shapes => _shapes ??= [.. Ink.Chunk(DigitShape.Points).Select(ink => ink.Select(v => (sbyte)v / Scale).ToArray())];

    /// <summary>Null when the seconds cannot be read.</summary>
    public ClockReading? Read(ClockStrip strip)
    {
        var (strokes, patches) = strip.Ink(IsLight);
        using (strokes)
        {
            int?[] digits = [.. Places.Select(place => Read(strokes, patches, place))];
            if (digits is not [{ } ones, { } tens and < 6, ..]) return null;
            return new(digits is [_, _, { } minutes, { } tensOfMinutes and < 6] ? (10 * tensOfMinutes) + minutes : null, (10 * tens) + ones);
        }
    }

    int? Read(Mat strokes, IReadOnlyList<Rect> patches, int place)
    {
        var near = patches.Where(patch => IsAt(patch, place, Upper, Lower)).ToArray();
        return near is [var only] ? Nearest(DigitShape.Of(strokes, new(only.X, Upper, only.Width, Lower - Upper), isLight: true), Shapes) : null;
    }

    public static bool IsAt(Rect patch, double middle, double upper, double lower) =>
        Math.Abs(patch.X + (patch.Width / 2.0) - middle) < Near * (lower - upper) && Math.Abs(patch.Top - upper) < Near * (lower - upper) && Math.Abs(patch.Bottom - lower) < Near * (lower - upper);

    /// <summary>The digit it looks like; null for none, or for two of them.</summary>
    public static int? Nearest(float[] shape, IReadOnlyList<float[]> shapes)
    {
        var ranked = shapes.Select((known, digit) => (digit, alike: DigitShape.Likeness(shape, known))).OrderByDescending(x => x.alike).ToArray();
        return ranked[0].alike < Alike || ranked[0].alike - ranked[1].alike < Clearly ? null : ranked[0].digit;
    }
}
