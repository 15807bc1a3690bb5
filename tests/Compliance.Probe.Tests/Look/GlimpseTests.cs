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

    [Fact]
    public void A_picture_to_draw_over_keeps_its_shape_and_is_blurred_by_the_same_share_and_grey()
    {
        using Mat halves = Halves().ToMat(), colour = new(), tall = new();
        Cv2.CvtColor(halves, colour, ColorConversionCodes.GRAY2BGR);
        Cv2.Resize(colour, tall, new(400, 300));
        using var jpeg = Mat.FromImageData(Glimpse.Of(tall.ImEncode(".jpg"))!, ImreadModes.Unchanged);
        Assert.Equal((Glimpse.WidthToDraw, 240, 1), (jpeg.Width, jpeg.Height, jpeg.Channels()));
        Assert.InRange(jpeg.SubMat(0, 240, 0, 140).Mean().Val0, 30, 60);
        Assert.InRange(jpeg.SubMat(0, 240, 180, 320).Mean().Val0, 190, 220);
        using var stripes = jpeg.SubMat(80, 160, 40, 100);
        Cv2.MeanStdDev(stripes, out _, out var spread);
        Assert.InRange(spread.Val0, 0, 6);
    }

    [Fact]
    public void What_is_no_picture_gives_none() => Assert.Null(Glimpse.Of([0xFF, 0xD8, 0xFF, 1, 2]));

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
