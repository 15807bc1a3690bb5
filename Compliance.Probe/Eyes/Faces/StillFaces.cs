using OpenCvSharp;

namespace Compliance.Probe.Eyes.Faces;

/// <summary>A picture in which the faces that can be found are hidden, or the whole of it.</summary>
/// <param name="jpeg">One of our own decoder.</param>
internal delegate HiddenStill HideFaces(byte[] jpeg);

/// <param name="IsWhole">All of it is blurred, not faces alone.</param>
internal sealed record HiddenStill(byte[] Jpeg, bool IsWhole);

/// <summary>
/// Pictures that leave the box for whoever aims a camera or types its address in: faces in them are hidden where a network that finds them is installed. Without one the whole picture is made coarse: where
/// the camera looks can be seen in it, and nobody be recognised.
/// </summary>
internal static class StillFaces
{
    const int Quality = 85;

    public static HiddenStill Hide(byte[] jpeg) => Hide(jpeg, FaceFinder.Installed);

    public static HiddenStill Hide(byte[] jpeg, Func<FaceFinder?> open)
    {
        using var finder = open();
        using var picture = Cv2.ImDecode(jpeg, ImreadModes.Color);
        if (finder is null) FacePicture.Soften(picture);
        else FacePicture.BlurPlaces(picture, finder.Find(picture, FaceTrails.Least).Select(face => FacePicture.Grown(face.Box, FaceTrails.Margin)));
        Cv2.ImEncode(".jpg", picture, out var hidden, new ImageEncodingParam(ImwriteFlags.JpegQuality, Quality));
        return new(hidden, finder is null);
    }
}
