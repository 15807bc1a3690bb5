using System.Buffers.Binary;
using System.Text.Json;
using OpenCvSharp;

namespace Compliance.Probe.Eyes.Faces;

/// <summary>
/// What the police side asks of this program: <c>faces recogniser</c> which network makes templates here and what was measured of it; <c>faces templates</c>, for each picture (JPEG or PNG) on standard
/// input, a line with the template of its one face, or why there is none. Before each picture stands its length in four bytes, the highest first.
/// </summary>
internal static class FacesCommand
{
    const int LargestPicture = 4 << 20, MostPixels = 12_000 * 12_000;

    public static async Task<int> Run(string[] args, Stream input, TextWriter output)
    {
        var slots = ModelSlots.Read();
        using var recogniser = FaceRecogniser.Open(slots);
        if (args is ["faces", "recogniser"])
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(new { model = recogniser.Slot.Sha256, thresholds = recogniser.Thresholds.Points }, JsonSerializerOptions.Web));
            return 0;
        }

        using var finder = FaceFinder.Open(slots);
        var head = new byte[sizeof(int)];
        while (await input.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false) == head.Length)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(head);
            if (length is < 0 or > LargestPicture) return 2;
            var picture = new byte[length];
            await input.ReadExactlyAsync(picture);
            var (template, flaw) = Enrol(picture, finder, recogniser);
            await output.WriteLineAsync(JsonSerializer.Serialize(new { model = flaw is null ? recogniser.Slot.Sha256 : null, template, flaw }, JsonSerializerOptions.Web));
        }

        return 0;
    }

    /// <summary>One face, from the front, sharp, sixty pixels from eye to eye: what is enrolled is compared with a thousand others.</summary>
    internal static (byte[]? Template, string? Flaw) Enrol(byte[] file, FaceFinder finder, FaceRecogniser recogniser)
    {
        if (file.Length is 0 or > LargestPicture) return (null, "no-picture");
        using var picture = Cv2.ImDecode(file, ImreadModes.Color);
        if (picture.Empty() || (long)picture.Rows * picture.Cols > MostPixels) return (null, "no-picture");
        var found = finder.Find(picture);
        if (found.Count == 0) return (null, "no-face");
        var face = found.MaxBy(one => one.Box.Width)!;
        if (found.Any(other => other != face && other.Box.Width > face.Box.Width / 3)) return (null, "many-faces");
        using var crop = FaceCrop.Of(picture, face);
        var quality = FaceQuality.Of(face, crop);
        if (quality.InterEye < FaceQuality.ToEnrol) return (null, "small");
        if (quality.Use != FaceUse.Match) return (null, "poor");
        using var template = recogniser.Template(crop);
        return (System.Runtime.InteropServices.MemoryMarshal.AsBytes(template.Values).ToArray(), null);
    }
}
