using OpenCvSharp;

namespace Compliance.Probe.Look;

/// <summary>A strip and the second of the camera's own clock at which it was taken.</summary>
internal readonly record struct TimedStrip(ClockStrip Strip, double Second);

/// <summary>
/// Learns the digits of a clock from the clock itself, whatever its font: the place of the seconds shows ten shapes one after another, a second each, and
/// the place left of it changes when they begin anew. Which shape is which follows from when that is; no font and no time is presumed. A clock that does
/// not run with the camera's own teaches nothing.
/// </summary>
internal static class ClockLesson
{
    /// <summary>A place shows something in this share of the pictures.</summary>
    const double Steady = 0.6;

    /// <summary>Pictures this near (seconds) to where a second begins say nothing of which one it is.</summary>
    const double Border = 0.12;

    /// <summary>Pictures a digit is learned from; how alike those of one digit are; share of the pictures in which the tens are what they have to be.</summary>
    const int LeastOfEach = 2;
    const double SameDigit = 0.75, Right = 0.93;

    /// <summary>Which shape is a nought is known when any other answer is wrong in so many more pictures.</summary>
    const int Clearly = 3;

    const int Phases = 10;

    sealed class Place(double middle, double upper, double lower, int pictures)
    {
        public double Middle { get; private set; } = middle;
        public double Upper { get; private set; } = upper;
        public double Lower { get; private set; } = lower;
        public int Count { get; private set; }
        public Rect?[] Patches { get; } = new Rect?[pictures];
        public float[]?[] Shapes { get; } = new float[]?[pictures];

        public void Take(int picture, Rect patch)
        {
            Patches[picture] = patch;
            var weight = 1.0 / ++Count;
            (Middle, Upper, Lower) = (Middle + (weight * (patch.X + (patch.Width / 2.0) - Middle)), Upper + (weight * (patch.Top - Upper)), Lower + (weight * (patch.Bottom - Lower)));
        }
    }

    /// <summary>Ten shapes in the order in which they come, and when the first of them does.</summary>
    sealed record Course(Place Ones, double Phase, float[][] Shapes, double Alike);

    /// <param name="place">Of the strips, in a picture in reading size.</param>
    public static ClockFont? Learn(IReadOnlyList<TimedStrip> strips, Rect place) => Learn(strips, place, isLight: true) ?? Learn(strips, place, isLight: false);

    static ClockFont? Learn(IReadOnlyList<TimedStrip> strips, Rect place, bool isLight)
    {
        var seconds = strips.Select(strip => strip.Second).ToArray();
        var places = Places(strips, isLight);
        if (places.Select(ones => Runs(ones, seconds)).Where(course => course is not null).MaxBy(course => course!.Alike) is not { } course) return null;
        if (LeftOf(course.Ones, places, 0.4, 1.6) is not { } tens || Order(course, tens, seconds) is not { } first) return null;
        var shapes = Enumerable.Range(0, 10).Select(digit => course.Shapes[(digit - first + 10) % 10]).ToArray();
        var pitch = (course.Ones.Middle - tens.Middle) / Tall(course.Ones);
        Place[] found = LeftOf(tens, places, 1.05 * pitch, 2.8 * pitch) is { } minutes && LeftOf(minutes, places, 0.7 * pitch, 1.3 * pitch) is { } tensOfMinutes
            ? [course.Ones, tens, minutes, tensOfMinutes] : [course.Ones, tens];
        return new(place, isLight, (int)Math.Round(course.Ones.Upper), (int)Math.Round(course.Ones.Lower), [.. found.Select(p => (int)Math.Round(p.Middle))], shapes);
    }

    static double Tall(Place place) => place.Lower - place.Upper;

    static List<Place> Places(IReadOnlyList<TimedStrip> strips, bool isLight)
    {
        var (inked, places) = (strips.Select(strip => strip.Strip.Ink(isLight)).ToArray(), new List<Place>());
        try
        {
            for (var picture = 0; picture < inked.Length; picture++)
                foreach (var patch in inked[picture].Patches)
                {
                    var place = places.Find(p => p.Patches[picture] is null && ClockFont.IsAt(patch, p.Middle, p.Upper, p.Lower));
                    if (place is null) places.Add(place = new(patch.X + (patch.Width / 2.0), patch.Top, patch.Bottom, inked.Length));
                    place.Take(picture, patch);
                }

            places.RemoveAll(place => place.Count < Steady * inked.Length);
            foreach (var place in places)
                for (var picture = 0; picture < inked.Length; picture++)
                    if (place.Patches[picture] is { } patch)
                        place.Shapes[picture] = DigitShape.Of(inked[picture].Strokes, new(patch.X, (int)Math.Round(place.Upper), patch.Width, (int)Math.Round(place.Lower) - (int)Math.Round(place.Upper)), isLight: true);
            return places;
        }
        finally
        {
            foreach (var (strokes, _) in inked) strokes.Dispose();
        }
    }

    /// <summary>Whether ten shapes follow each other in this place, a second each, and again; null when not.</summary>
    static Course? Runs(Place place, double[] seconds)
    {
        Course? best = null;
        for (var step = 0; step < Phases; step++)
        {
            var phase = (double)step / Phases;
            var byDigit = Enumerable.Range(0, 10).Select(_ => new List<float[]>()).ToArray();
            for (var picture = 0; picture < seconds.Length; picture++)
                if (place.Shapes[picture] is { } shape && IsWithin(seconds[picture] + phase)) byDigit[Digit(Whole(seconds[picture] + phase), 0)].Add(shape);
            if (Array.Exists(byDigit, shapes => shapes.Count < LeastOfEach)) continue;
            var means = byDigit.Select(DigitShape.Mean).ToArray();
            var alike = byDigit.Select((shapes, digit) => shapes.Average(shape => DigitShape.Likeness(shape, means[digit]))).ToArray();
            if (alike.Min() < SameDigit || !DigitShape.Differ(means)) continue;
            if (best is null || alike.Average() > best.Alike) best = new(place, phase, means, alike.Average());
        }

        return best;
    }

    /// <summary>Which digit the first shape is: the tens have to show, in the same shapes, what the seconds' going round makes of them.</summary>
    static int? Order(Course course, Place tens, double[] seconds)
    {
        var pictures = Enumerable.Range(0, seconds.Length).Where(i => tens.Shapes[i] is not null && IsWithin(seconds[i] + course.Phase)).ToArray();
        var seen = pictures.Select(i => ClockFont.Nearest(tens.Shapes[i]!, course.Shapes)).ToArray();
        var ranked = Enumerable.Range(0, 60).Select(first => (first, right: pictures.Where((picture, i) => seen[i] is { } shape && Digit(shape, first) == Tens(Whole(seconds[picture] + course.Phase), first)).Count()))
            .OrderByDescending(x => x.right).ToArray();
        return ranked[0].right >= Right * pictures.Length && ranked[0].right - ranked[1].right >= Clearly ? ranked[0].first % 10 : null;
    }

    static Place? LeftOf(Place place, List<Place> places, double from, double to) => places
        .Where(p => Math.Abs(p.Upper - place.Upper) < 0.3 * Tall(place) && Math.Abs(p.Lower - place.Lower) < 0.3 * Tall(place)
            && (place.Middle - p.Middle) / Tall(place) is var away && away >= from && away <= to)
        .MaxBy(p => p.Middle);

    static bool IsWithin(double second) => second - Math.Floor(second) is > Border and < 1 - Border;

    static long Whole(double second) => (long)Math.Floor(second);

    static int Digit(long second, int first) => (int)(((second + first) % 10 + 10) % 10);

    static int Tens(long second, int first) => (int)(((second + first) % 60 + 60) % 60) / 10;
}
