using OpenCvSharp;

namespace Compliance.Probe.Eyes.Faces;

/// <summary>A picture in which the faces that can be found are hidden.</summary>
/// <param name="jpeg">One of our own decoder.</param>
internal delegate byte[] HideFaces(byte[] jpeg);

/// <summary>
/// Pictures that leave the box for whoever aims a camera or types its address in: faces in them are hidden where a network that finds them is installed. Without one the picture leaves as it is, for nobody
/// aims a camera by a picture without anything to be seen in it; it goes to those who answer for the camera, and to nobody else.
/// </summary>
internal static class StillFaces
{
    const int Quality = 85;

    public static byte[] Hide(byte[] jpeg) => Hide(jpeg, FaceFinder.Installed);

    public static byte[] Hide(byte[] jpeg, Func<FaceFinder?> open)
    {
        using var finder = open();
        if (finder is null) return jpeg;
        using var picture = Cv2.ImDecode(jpeg, ImreadModes.Color);
        if (picture.Empty() || finder.Find(picture, FaceTrails.Least) is not { Count: > 0 } faces) return jpeg;
        FacePicture.BlurPlaces(picture, faces.Select(face => FacePicture.Grown(face.Box, FaceTrails.Margin)));
        Cv2.ImEncode(".jpg", picture, out var hidden, new ImageEncodingParam(ImwriteFlags.JpegQuality, Quality));
        return hidden;
    }
}
