using OpenCvSharp;

namespace Compliance.Probe.Eyes.Faces;

/// <summary>Pictures for persons to look at, in which everybody but the one they are about is blurred.</summary>
internal static class FacePicture
{
    const int Quality = 90;

    /// <summary>The face with its surroundings, as JPEG.</summary>
    /// <param name="all">Whatever may be a face (<see cref="FaceTrails.Least"/>), of which the surest stands for one: hiding what is none costs less than showing somebody.</param>
    public static byte[] Of(Mat bgr, Face face, IReadOnlyList<Face> all)
    {
        using var copy = bgr.Clone();
        // What lies in the middle of this face is a part of it.
        BlurPlaces(copy, all.Where(other => !Holds(face.Box, other.Box)).Select(other => Grown(other.Box, FaceTrails.Margin)));
        var around = Within(Grown(face.Box, 0.6f), bgr);
        using var part = copy[around];
        Cv2.ImEncode(".jpg", part, out var jpeg, new ImageEncodingParam(ImwriteFlags.JpegQuality, Quality));
        copy.SetTo(Scalar.All(0));
        return jpeg;
    }

    /// <summary>Cells across the place of a face: its eyes are less than four cells apart, and eight pixels from eye to eye are too few for any recogniser.</summary>
    const int FaceCells = 8;

    /// <summary>Cells along the shorter side of a whole picture: in a face that is half as high as the picture the eyes are about six cells apart.</summary>
    const int PictureCells = 36;

    /// <summary>Makes faces unrecognisable in place, at places that are large enough to hold a face and what is around it.</summary>
    public static void BlurPlaces(Mat bgr, IEnumerable<Rect2f> places)
    {
        foreach (var place in places.Select(place => Within(place, bgr)))
        {
            if (place.Width < 2 || place.Height < 2) continue;
            using var part = bgr[place];
            var across = Math.Min(FaceCells, place.Width);
            Coarsen(part, new(across, Math.Max(1, across * place.Height / place.Width)));
        }
    }

    /// <summary>The whole picture so coarse that one sees who moves where, and nobody's face.</summary>
    public static void Soften(Mat bgr)
    {
        var cell = (double)Math.Min(bgr.Rows, bgr.Cols) / PictureCells;
        if (cell > 1) Coarsen(bgr, new(Math.Max(1, (int)(bgr.Cols / cell)), Math.Max(1, (int)(bgr.Rows / cell))));
    }

    /// <summary>First coarse, then smooth: a blur alone could be undone.</summary>
    static void Coarsen(Mat part, Size cells)
    {
        using var coarse = new Mat();
        Cv2.Resize(part, coarse, cells, 0, 0, InterpolationFlags.Area);
        Cv2.Resize(coarse, part, part.Size(), 0, 0, InterpolationFlags.Linear);
    }

    internal static Rect2f Grown(Rect2f box, float by) => new(box.X - (box.Width * by), box.Y - (box.Height * by), box.Width * (1 + (2 * by)), box.Height * (1 + (2 * by)));

    static bool Holds(Rect2f box, Rect2f other) => box.Contains(new Point2f(other.X + (other.Width / 2), other.Y + (other.Height / 2)));

    static Rect Within(Rect2f box, Mat picture)
    {
        var (left, top) = (Math.Clamp((int)box.Left, 0, picture.Cols), Math.Clamp((int)box.Top, 0, picture.Rows));
        return new(left, top, Math.Clamp((int)Math.Ceiling(box.Right), left, picture.Cols) - left, Math.Clamp((int)Math.Ceiling(box.Bottom), top, picture.Rows) - top);
    }
}
