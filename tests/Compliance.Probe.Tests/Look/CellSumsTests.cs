using Compliance.Probe.Look;
using OpenCvSharp;

namespace Compliance.Probe.Tests.Look;

/// <summary>The sums over cells, held against OpenCV's over whole pictures.</summary>
public sealed class CellSumsTests
{
    static readonly GrayPicture Noise = Random(1), Other = Random(2);

    [Fact]
    public void Brightness_is_the_mean_of_a_cell() => Same(Pool(Noise, _ => { }), CellSums.Brightness(Noise));

    [Fact]
    public void So_is_the_share_of_what_is_bright() => Same(Pool(Noise, picture => Cv2.Threshold(picture, picture, 199, 1, ThresholdTypes.Binary)), CellSums.Bright(Noise, 200));

    [Fact]
    public void A_difference_is_squared_first()
    {
        using var other = Exact(Other);
        Same(Pool(Noise, picture =>
        {
            Cv2.Absdiff(picture, other, picture);
            Cv2.Multiply(picture, picture, picture);
        }), CellSums.Difference(Noise, Other));
    }

    [Fact]
    public void A_slope_is_steep_by_the_gray_levels_a_pixel()
    {
        byte[] ramp = [.. Enumerable.Range(0, GrayPicture.Bytes).Select(i => (byte)(i % GrayPicture.Width / 4))], steps = [.. Enumerable.Range(0, GrayPicture.Bytes).Select(i => (byte)(i / GrayPicture.Width / 2))];
        // In whole gray levels the ramp rises by one in four (two) pixels; the last cell lacks its last columns.
        Assert.All(CellSums.SlopesSquared(new(ramp)).Where((_, i) => i % Cells.Across is > 0 and < Cells.Across - 1), slope => Assert.InRange(slope, 0.06, 0.16));
        Assert.All(CellSums.SlopesSquared(new(steps)).Where((_, i) => i / Cells.Across is > 0 and < Cells.Down - 1), slope => Assert.InRange(slope, 0.2, 0.4));
    }

    [Fact]
    public void From_afar_each_pixel_is_the_mean_of_sixteen()
    {
        using Mat whole = Noise.ToMat(), small = new();
        Cv2.Resize(whole, small, new(GrayPicture.Width / 4, GrayPicture.Height / 4), 0, 0, InterpolationFlags.Area);
        small.GetArray(out byte[] expected);
        Assert.Equal(expected, CellSums.Quarter(Noise));
    }

    [Fact]
    public void Grain_is_what_is_left_without_the_mean_around_a_pixel()
    {
        using Mat a = GrainOf(Noise), b = GrainOf(Other), product = new();
        float[] Products(Mat x, Mat y)
        {
            Cv2.Multiply(x, y, product);
            return Cells.Pool(product);
        }

        var (ab, aa, bb) = Grain.Products(Noise, Other);
        Same(Products(a, b), [.. ab.Select(v => (float)v)]);
        Same(Products(a, a), [.. aa.Select(v => (float)v)]);
        Same(Products(b, b), [.. bb.Select(v => (float)v)]);
    }

    static Mat GrainOf(GrayPicture picture)
    {
        using Mat exact = Exact(picture), smooth = new();
        Cv2.BoxFilter(exact, smooth, -1, new(5, 5));
        var grain = new Mat();
        Cv2.Subtract(exact, smooth, grain);
        return grain;
    }

    static float[] Pool(GrayPicture picture, Action<Mat> change)
    {
        using var exact = Exact(picture);
        change(exact);
        return Cells.Pool(exact);
    }

    static Mat Exact(GrayPicture picture)
    {
        using var luma = picture.ToMat();
        var exact = new Mat();
        luma.ConvertTo(exact, MatType.CV_32F);
        return exact;
    }

    static void Same(float[] expected, float[] sums) => Assert.All(expected.Zip(sums), pair => Assert.Equal(pair.First, pair.Second, Math.Max(0.01, Math.Abs(pair.First) * 1e-4)));

    static GrayPicture Random(int seed)
    {
        var luma = new byte[GrayPicture.Bytes];
        new Random(seed).NextBytes(luma);
        return new(luma);
    }
}
