using Compliance.Domain.Detectors;
using Compliance.Probe.Eyes;
using OpenCvSharp;

namespace Compliance.Probe.Tests.Eyes;

/// <summary>Somebody or something drawn on a stage, where it stands and how.</summary>
/// <param name="X">Of the feet, in pixels; <paramref name="Y"/> likewise.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Seed">What it wears.</param>
/// <param name="Lean">0: upright; 1: lies to the right.</param>
/// <param name="Stride">How far the legs are apart now, -1 to 1.</param>
readonly record struct Figure(double X, double Y, double Height, int Seed, double Lean = 0, double Stride = 0);

/// <summary>A box that stands on the floor: a bag, a chair.</summary>
readonly record struct Thing(int Left, int Top, int Width, int Height, int Seed);

/// <summary>A room drawn by rule, with figures that walk and things that stand: scenes whose truth is known. Nobody real looks like this; it shows that the rules do what they say, not how well they do it in a club.</summary>
static class Stage
{
    public const int Width = 256, Height = 144;

    /// <summary>How tall somebody is at the back and in front, in pixels, by where the feet are.</summary>
    public static double TallAt(double footY) => 20 + (footY - 50) * 0.3;

    /// <summary>What somebody who marks persons in this room would draw; the floor is all but the back wall.</summary>
    public static ViewCalibration View(int? most = null, IReadOnlyList<ClearZone>? zones = null) => new(
        [Mark(60), Mark(140)], [new(0, 0.4), new(1, 0.4), new(1, 1), new(0, 1)], most, zones ?? []);

    static PersonMark Mark(double footY) => new(new(0.5, footY / Height), new(0.5, (footY - TallAt(footY)) / Height));

    /// <summary>Somebody of the room's size at this place.</summary>
    public static Figure At(double x, double y, int seed, double stride = 0, double lean = 0) => new(x, y, TallAt(y), seed, lean, stride);

    /// <summary>Films what the scene shows at each instant.</summary>
    /// <param name="rate">Frames a second: what holds still for minutes is filmed seldom.</param>
    /// <param name="light">Multiplies brightness at a place (shares of the picture) and time (seconds).</param>
    public static IEnumerable<Frame> Film(double seconds, Func<double, (IEnumerable<Figure> Figures, IEnumerable<Thing> Things)> scene, int rate = Frame.Rate, Func<double, double, double, double>? light = null, double noise = 3)
    {
        using var room = Room();
        var chance = new Random(11);
        for (var n = 0; n < seconds * rate; n++)
        {
            var t = (double)n / rate;
            using var picture = room.Clone();
            var (figures, things) = scene(t);
            foreach (var thing in things) Draw(picture, thing);
            foreach (var figure in figures.OrderBy(one => one.Y)) Draw(picture, figure);
            picture.GetArray(out byte[] luma);
            for (var i = 0; i < luma.Length; i++)
            {
                var gain = light?.Invoke((double)(i % Width) / Width, (double)(i / Width) / Height, t) ?? 1;
                luma[i] = (byte)Math.Clamp(luma[i] * gain + noise * (chance.NextDouble() + chance.NextDouble() - 1), 0, 255);
            }

            yield return new(Width, Height, TimeSpan.FromSeconds(t), luma);
        }
    }

    /// <summary>All alerts of a sense over a film, those that still stand at its end among them.</summary>
    /// <param name="rests">Before the first frame that is later, as where pictures broke off.</param>
    public static IReadOnlyList<Alert> Alerts(this IEnumerable<Frame> film, ISense sense, TimeSpan? rests = null)
    {
        var (motion, alerts) = (new MotionSense(sense.AsksWays), new List<Alert>());
        foreach (var frame in film)
        {
            if (frame.At > rests)
            {
                (rests, motion) = (null, new(sense.AsksWays));
                alerts.AddRange(sense.Rest());
            }

            alerts.AddRange(sense.See(new(frame.At, frame, motion.See(frame))));
        }

        alerts.AddRange(sense.Rest());
        return alerts;
    }

    /// <summary>Beams that sweep, lamps that swell and, three times a second, a flash.</summary>
    public static double ShowLight(double x, double y, double t) =>
        (0.8 + 0.25 * Math.Sin(Math.Tau * (0.5 * t + x + y))) * (1 + 0.5 * Math.Exp(-Math.Pow((x - 0.5 - 0.4 * y * Math.Sin(2 * t)) / 0.06, 2))) * (t * 3 % 1 < 0.25 ? 1.5 : 1);

    static Mat Room()
    {
        var luma = new byte[Width * Height];
        for (var y = 0; y < Height; y++)
            for (var x = 0; x < Width; x++) luma[y * Width + x] = (byte)(80 + (y < 56 ? 25 : 0) + Texture(x / 5, y / 5, 18));
        using var room = Mat.FromPixelData(Height, Width, MatType.CV_8UC1, luma);
        return room.Clone();
    }

    static void Draw(Mat picture, Figure f)
    {
        var (cos, sin) = (Math.Cos(f.Lean * Math.PI / 2), Math.Sin(f.Lean * Math.PI / 2));
        Point Place(double across, double up) => new(f.X + (across * cos + up * sin) * f.Height, f.Y - (up * cos - across * sin) * f.Height - f.Lean * 0.12 * f.Height);
        var wide = Math.Max(1, (int)(0.1 * f.Height));
        foreach (var side in (int[])[-1, 1]) Cv2.Line(picture, Place(0, 0.5), Place(side * (0.07 + 0.13 * Math.Abs(f.Stride)) + 0.05 * f.Stride, 0), new Scalar(30 + f.Seed * 37 % 40), wide);
        var shirt = new Scalar(f.Seed % 2 == 0 ? 150 + f.Seed * 29 % 90 : 20 + f.Seed * 17 % 25);
        Cv2.FillConvexPoly(picture, [Place(-0.14, 0.82), Place(0.14, 0.82), Place(0.11, 0.45), Place(-0.11, 0.45)], shirt);
        Cv2.Line(picture, Place(-0.1, 0.65), Place(0.1, 0.65), new Scalar(f.Seed % 2 == 0 ? 60 : 170), Math.Max(1, wide / 2));
        Cv2.Circle(picture, Place(0, 0.91), Math.Max(1, (int)(0.08 * f.Height)), new Scalar(175 + f.Seed * 13 % 40), -1);
    }

    static void Draw(Mat picture, Thing thing)
    {
        Cv2.Rectangle(picture, new Rect(thing.Left, thing.Top, thing.Width, thing.Height), new Scalar(25 + thing.Seed * 31 % 30), -1);
        Cv2.Line(picture, new(thing.Left, thing.Top + thing.Height / 3), new(thing.Left + thing.Width - 1, thing.Top + thing.Height / 3), new Scalar(190), 1);
    }

    static double Texture(int x, int y, double depth) => (unchecked((uint)(x * 73856093) ^ (uint)(y * 19349663)) % 97 / 96.0 - 0.5) * depth;
}
