using Compliance.Probe.Look;
using OpenCvSharp;

namespace Compliance.Probe.Tests.Look;

public sealed class GlimpseTests
{
    [Fact]
    public void A_bright_half_is_seen_and_what_is_as_small_as_a_face_is_not()
    {
        using var jpeg = Mat.FromImageData(Glimpse.Jpeg(Halves()), ImreadModes.Grayscale);
        Assert.Equal((Glimpse.Width, Glimpse.Height), (jpeg.Width, jpeg.Height));
        Assert.InRange(jpeg.SubMat(0, Glimpse.Height, 0, 70).Mean().Val0, 30, 60);
        Assert.InRange(jpeg.SubMat(0, Glimpse.Height, 90, Glimpse.Width).Mean().Val0, 190, 220);
        using var stripes = jpeg.SubMat(30, 60, 20, 50);
        Cv2.MeanStdDev(stripes, out _, out var spread);
        Assert.InRange(spread.Val0, 0, 6);
    }

    /// <summary>Dark left, bright right, and on the left stripes eight pixels apart: the eyes of a face that is thirty pixels wide.</summary>
    static GrayPicture Halves()
    {
        var luma = new byte[GrayPicture.Bytes];
        for (var y = 0; y < GrayPicture.Height; y++)
            for (var x = 0; x < GrayPicture.Width; x++)
                luma[(y * GrayPicture.Width) + x] = (byte)(x >= GrayPicture.Width / 2 ? 205 : y is > 100 and < 260 && x is > 60 and < 220 && x / 4 % 2 == 0 ? 75 : 40);
        return new(luma);
    }
}
