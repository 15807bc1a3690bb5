using OpenCvSharp;

namespace Compliance.Probe.Eyes.Faces;

/// <summary>Pictures for persons to look at, in which everybody but the one they are about is blurred.</summary>
internal static class FacePicture
{
    const int Quality = 90;

    /// <summary>The face with its surroundings, as JPEG.</summary>
    public static byte[] Of(Mat bgr, Face face, IReadOnlyList<Face> all)
    {
        using var copy = bgr.Clone();
        Blur(copy, all.Where(other => other != face));
        var around = Within(Grown(face.Box, 0.6f), bgr);
        using var part = copy[around];
        Cv2.ImEncode(".jpg", part, out var jpeg, new ImageEncodingParam(ImwriteFlags.JpegQuality, Quality));
        copy.SetTo(Scalar.All(0));
        return jpeg;
    }

    /// <summary>Makes faces unrecognisable in place: first as coarse as eight cells across, then smooth; a blur alone could be undone.</summary>
    public static void Blur(Mat bgr, IEnumerable<Face> faces)
    {
        foreach (var face in faces)
        {
            var place = Within(Grown(face.Box, 0.2f), bgr);
            if (place.Width < 2 || place.Height < 2) continue;
            using var part = bgr[place];
            using var coarse = new Mat();
            var across = Math.Min(8, place.Width);
            Cv2.Resize(part, coarse, new(across, Math.Max(1, across * place.Height / place.Width)), 0, 0, InterpolationFlags.Area);
            Cv2.Resize(coarse, part, part.Size(), 0, 0, InterpolationFlags.Linear);
        }
    }

    static Rect2f Grown(Rect2f box, float by) => new(box.X - (box.Width * by), box.Y - (box.Height * by), box.Width * (1 + (2 * by)), box.Height * (1 + (2 * by)));

    static Rect Within(Rect2f box, Mat picture)
    {
        var (left, top) = (Math.Clamp((int)box.Left, 0, picture.Cols), Math.Clamp((int)box.Top, 0, picture.Rows));
        return new(left, top, Math.Clamp((int)Math.Ceiling(box.Right), left, picture.Cols) - left, Math.Clamp((int)Math.Ceiling(box.Bottom), top, picture.Rows) - top);
    }
}
