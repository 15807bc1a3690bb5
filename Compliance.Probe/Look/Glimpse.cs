using OpenCvSharp;

namespace Compliance.Probe.Look;

/// <summary>
/// What a picture showed, for whoever has to believe a verdict: gray, small and blurred before it is kept, so that a lens that is
/// covered or turned away is seen and nobody in front of it is. The clear picture never leaves the box.
/// </summary>
internal static class Glimpse
{
    public const int Width = 160, Height = 90;

    /// <summary>Of the small picture's pixels: a face across a tenth of the picture is sixteen of them wide.</summary>
    const double Blur = 2.5;

    const int Quality = 60;

    /// <summary>Pixels across of a picture that is drawn over: larger to point at, blurred by the same share of it.</summary>
    public const int WidthToDraw = 320;

    /// <summary>Of a whole picture (JPEG), in its own shape; null for what is none.</summary>
    public static byte[]? Of(byte[] jpeg)
    {
        using var whole = Cv2.ImDecode(jpeg, ImreadModes.Grayscale);
        if (whole.Empty()) return null;
        using var small = new Mat();
        Cv2.Resize(whole, small, new(WidthToDraw, Math.Max(1, (int)Math.Round((double)WidthToDraw * whole.Height / whole.Width))), 0, 0, InterpolationFlags.Area);
        Cv2.GaussianBlur(small, small, new(0, 0), Blur * WidthToDraw / Width);
        return small.ImEncode(".jpg", new ImageEncodingParam(ImwriteFlags.JpegQuality, Quality));
    }

    public static byte[] Jpeg(GrayPicture picture)
    {
        using Mat whole = picture.ToMat(), small = new();
        Cv2.Resize(whole, small, new(Width, Height), 0, 0, InterpolationFlags.Area);
        Cv2.GaussianBlur(small, small, new(0, 0), Blur);
        return small.ImEncode(".jpg", new ImageEncodingParam(ImwriteFlags.JpegQuality, Quality));
    }
}
