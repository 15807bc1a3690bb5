using OpenCvSharp;

namespace Compliance.Probe.Eyes;

/// <summary>A frame as the networks want it: blue, green and red, 8 bits each.</summary>
internal static class FramePicture
{
    /// <summary>Of a grey frame three equal channels; of one that came with its colours (YUV 4:2:0, planes after the luma) the colours. The caller disposes of it.</summary>
    public static Mat Bgr(this Frame frame)
    {
        var hasColour = frame.Luma.Length > frame.Width * frame.Height;
        using var planes = Mat.FromPixelData(hasColour ? frame.Height * 3 / 2 : frame.Height, frame.Width, MatType.CV_8UC1, frame.Luma);
        var picture = new Mat();
        Cv2.CvtColor(planes, picture, hasColour ? ColorConversionCodes.YUV2BGR_I420 : ColorConversionCodes.GRAY2BGR);
        return picture;
    }
}
