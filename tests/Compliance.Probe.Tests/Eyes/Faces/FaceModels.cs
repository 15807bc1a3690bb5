using System.Globalization;
using System.Security.Cryptography;
using Compliance.Domain.WatchLists;
using Compliance.Probe.Eyes.Faces;
using Compliance.Probe.Tests.Tell;
using OpenCvSharp;
using VenueSimulator.Pictures;

namespace Compliance.Probe.Tests.Eyes.Faces;

/// <summary>Slots for tests: YuNet where it lies beside the repository, and a recogniser that is written down here.</summary>
static class FaceModels
{
    /// <summary>The downloaded networks beside the repository; null where there are none.</summary>
    public static string? Shared { get; } = RealFootage.Folder is { } footage && Path.Combine(footage, "..", "models") is var there && Directory.Exists(there) ? Path.GetFullPath(there) : null;

    const string Yunet = "face_detection_yunet_2023mar.onnx";

    public static string SharedOrSkip()
    {
        Assert.SkipWhen(Shared is null, "no networks lie beside the repository");
        return Shared!;
    }

    public static ModelSlot TinySlot(byte[] bytes, int length = TinyNet.Length, IReadOnlyList<FmrPoint>? thresholds = null) => new(
        ModelSlots.Recogniser, "tiny", "tiny.onnx", bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)), "own", "", new(112, 112, "BGR", 127.5f, 1 / 127.5f), length, thresholds);

    /// <summary>A folder with the recogniser of <see cref="TinyNet"/>, and with YuNet where it can be had.</summary>
    public static ModelSlots Slots(Folder folder, IReadOnlyList<FmrPoint>? thresholds = null)
    {
        var bytes = TinyNet.Write();
        File.WriteAllBytes(folder["tiny.onnx"], bytes);
        var recogniser = TinySlot(bytes, thresholds: thresholds);
        if (Shared is not { } shared) return new(folder[""], [recogniser]);
        var yunet = File.ReadAllBytes(Path.Combine(shared, Yunet));
        File.WriteAllBytes(folder[Yunet], yunet);
        return new(folder[""], [recogniser, new(ModelSlots.Detector, "YuNet 2023mar", Yunet, yunet.Length, Convert.ToHexStringLower(SHA256.HashData(yunet)), "MIT", "", new(640, 640, "BGR", 0, 1))]);
    }

    /// <summary>Width and height of the box around a marked head, and its five points from the middle of the mark: right eye, left eye, nose, corners of the mouth.</summary>
    static readonly (float, float, float[]) Marked = (80, 104, [-17.25f, -10.5f, 17.25f, -10.5f, -5.25f, 9, -15, 27, 15, 27]);

    /// <summary>A folder with two networks that are written down here, for tests that run without any that was brought; heads are marked for the finder.</summary>
    public static ModelSlots TinySlots(Folder folder, IReadOnlyList<FmrPoint> thresholds)
    {
        var (recogniser, finder) = (TinyNet.Write(), TinyNet.Finder(Marked));
        File.WriteAllBytes(folder["tiny.onnx"], recogniser);
        File.WriteAllBytes(folder["finder.onnx"], finder);
        return new(folder[""], [TinySlot(recogniser, thresholds: thresholds), new(ModelSlots.Detector, "tiny finder", "finder.onnx", finder.Length, Convert.ToHexStringLower(SHA256.HashData(finder)), "own", "", new(640, 640, "BGR", 0, 1))]);
    }

    /// <summary>A drawn head of three quarters with a red point on its nose, by which the finder written down here knows it.</summary>
    /// <param name="at">Four more than a multiple of eight, across and down: the point fills one of the finder's cells.</param>
    public static void Mark(Mat picture, int seed, Point at)
    {
        Draw(picture, new(seed), at, 0.75);
        Cv2.Rectangle(picture, new Rect(at.X - 4, at.Y - 4, 8, 8), new Scalar(0, 0, 255), -1);
    }

    /// <summary>A drawn head, as far as YuNet is concerned a face: no two seeds look alike.</summary>
    public static Mat Head(int seed, int width = 320, int height = 320, double size = 1, Point? at = null)
    {
        var chance = new Random(seed);
        var picture = new Mat(height, width, MatType.CV_8UC3, Scalar.All(90));
        Draw(picture, chance, at ?? new(width / 2, height / 2), size);
        return picture;
    }

    public static void Draw(Mat picture, Random chance, Point at, double size)
    {
        int S(double n) => (int)Math.Round(n * size);
        var skin = new Scalar(chance.Next(90, 160), chance.Next(120, 180), chance.Next(160, 220));
        Scalar Shade(double by) => new(skin.Val0 * by, skin.Val1 * by, skin.Val2 * by);
        var hair = new Scalar(chance.Next(10, 70), chance.Next(10, 70), chance.Next(10, 80));
        Cv2.Ellipse(picture, new(at.X, at.Y - S(18)), new(S(62 + chance.Next(8)), S(78)), 0, 0, 360, hair, -1, LineTypes.AntiAlias);
        Cv2.Ellipse(picture, at, new(S(52 + chance.Next(8)), S(70 + chance.Next(8))), 0, 0, 360, skin, -1, LineTypes.AntiAlias);
        foreach (var side in (int[])[-1, 1])
        {
            var eye = new Point(at.X + (side * S(23)), at.Y - S(14));
            Cv2.Ellipse(picture, eye, new(S(12), S(7)), 0, 0, 360, Scalar.All(235), -1, LineTypes.AntiAlias);
            Cv2.Circle(picture, eye, Math.Max(1, S(6)), new(chance.Next(20, 90), chance.Next(20, 80), chance.Next(20, 60)), -1, LineTypes.AntiAlias);
            Cv2.Ellipse(picture, new(eye.X, eye.Y - S(15)), new(S(16), S(4 + chance.Next(3))), side * 6, 180, 360, hair, Math.Max(1, S(4)), LineTypes.AntiAlias);
        }

        Cv2.Ellipse(picture, new(at.X, at.Y + S(14)), new(S(9), S(7)), 0, 0, 180, Shade(0.7), Math.Max(1, S(3)), LineTypes.AntiAlias);
        Cv2.Line(picture, new(at.X - S(3), at.Y - S(8)), new(at.X - S(7), at.Y + S(12)), Shade(0.82), Math.Max(1, S(2)), LineTypes.AntiAlias);
        Cv2.Ellipse(picture, new(at.X, at.Y + S(36)), new(S(20 + chance.Next(8)), S(6 + chance.Next(5))), 0, 0, 360, new(70, 60, 150), -1, LineTypes.AntiAlias);
        Cv2.Line(picture, new(at.X - S(20), at.Y + S(36)), new(at.X + S(20), at.Y + S(36)), new(40, 30, 80), Math.Max(1, S(2)), LineTypes.AntiAlias);
    }
}
