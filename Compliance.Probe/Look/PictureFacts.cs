using OpenCvSharp;

namespace Compliance.Probe.Look;

/// <summary>What one picture says by itself, before it is held against the camera's history.</summary>
/// <param name="Mean">Brightness, 0 to 255.</param>
/// <param name="Spread">Standard deviation of brightness.</param>
/// <param name="Overexposed">Share of pixels that are as good as white.</param>
/// <param name="Outline">By cell: how much there is to see, whatever the light (the mean slope of the logarithm of brightness, seen from afar).</param>
/// <param name="Crispness">By cell: how steep edges are seen closely, against how steep from afar; whatever their contrast. 0 where there is no edge.</param>
/// <param name="Print">Cells with letters in them, and their neighbours: what is burnt in stays crisp and in place whatever happens to the lens. No other value counts them.</param>
internal sealed record PictureFacts(double Mean, double Spread, double Overexposed, float[] Outline, float[] Crispness, IReadOnlySet<int> Print)
{
    const byte White = 250;

    /// <summary>Keeps the noise of a dark sensor from looking like structure.</summary>
    const float DarkLift = 12;

    /// <summary>Slopes squared, seen from afar, below which a cell has no edge to be crisp.</summary>
    const float Edgeless = 1;

    /// <summary>How much there is to see in all.</summary>
    public double Seen => Outside(Outline, Print);

    public static PictureFacts Of(GrayPicture picture)
    {
        var print = BurntIn.Around(BurntIn.Letters(picture));
        var small = CellSums.Quarter(picture);
        using var afar = Afar(small, luma => luma);
        using var lifted = Afar(small, luma => MathF.Log(luma + DarkLift));
        using Mat outline = Cells.SlopeSquared(lifted), far = Cells.SlopeSquared(afar), square = new();
        Cv2.Sqrt(outline, outline);
        Cv2.Multiply(afar, afar, square);
        var (mean, squares) = (Outside(Cells.Pool(afar), print), Outside(Cells.Pool(square), print));
        return new(mean, Math.Sqrt(Math.Max(0, squares - (mean * mean))), Outside(CellSums.Bright(picture, White), print), Cells.Pool(outline), Crisp(CellSums.SlopesSquared(picture), Cells.Pool(far)), print);
    }

    /// <summary>The picture a quarter as large, each gray level as the table has it; to be disposed of.</summary>
    static Mat Afar(byte[] small, Func<float, float> of)
    {
        const int height = GrayPicture.Height / 4, width = GrayPicture.Width / 4;
        Span<float> table = stackalloc float[256];
        for (var luma = 0; luma < table.Length; luma++) table[luma] = of(luma);
        var values = new float[small.Length];
        for (var i = 0; i < values.Length; i++) values[i] = table[small[i]];
        return Mat.FromPixelData(height, width, MatType.CV_32FC1, values);
    }

    static double Outside(float[] cells, IReadOnlySet<int> print) => cells.Where((_, i) => !print.Contains(i)).DefaultIfEmpty().Average();

    /// <summary>The flattest cells show what the sensor's noise alone does to a slope.</summary>
    static float[] Crisp(float[] near, float[] far)
    {
        var noise = (float)Cells.Quantile(near, 0.05);
        var crisp = new float[Cells.Count];
        for (var i = 0; i < crisp.Length; i++)
            if (far[i] > Edgeless) crisp[i] = MathF.Sqrt(Math.Max(0, near[i] - noise) / far[i]);
        return crisp;
    }

    public override string ToString() => FormattableString.Invariant($"brightness {Mean:0} ± {Spread:0}, white {Overexposed:P0}, outline {Seen:0.000}");
}
