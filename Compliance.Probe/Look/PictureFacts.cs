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
    const double White = 249;

    /// <summary>Keeps the noise of a dark sensor from looking like structure.</summary>
    const double DarkLift = 12;

    /// <summary>Slopes squared, seen from afar, below which a cell has no edge to be crisp.</summary>
    const float Edgeless = 1;

    /// <summary>How much there is to see in all.</summary>
    public double Seen => Outside(Outline, Print);

    public static PictureFacts Of(GrayPicture picture)
    {
        var print = BurntIn.Around(BurntIn.Letters(picture));
        using Mat luma = picture.ToMat(), white = new(), afar = new(), log = new(), exact = new();
        Cv2.Threshold(luma, white, White, 1, ThresholdTypes.Binary);
        Cv2.Resize(luma, afar, new(GrayPicture.Width / 4, GrayPicture.Height / 4), 0, 0, InterpolationFlags.Area);
        afar.ConvertTo(log, MatType.CV_32F, 1, DarkLift);
        Cv2.Log(log, log);
        using Mat outline = Cells.SlopeSquared(log), far = Cells.SlopeSquared(afar);
        Cv2.Sqrt(outline, outline);
        afar.ConvertTo(exact, MatType.CV_32F);
        var brightness = Cells.Pool(exact);
        Cv2.Multiply(exact, exact, exact);
        var (mean, square) = (Outside(brightness, print), Outside(Cells.Pool(exact), print));
        white.ConvertTo(white, MatType.CV_32F);
        return new(mean, Math.Sqrt(Math.Max(0, square - (mean * mean))), Outside(Cells.Pool(white), print), Cells.Pool(outline), Crisp(Cells.SlopesSquared(picture), Cells.Pool(far)), print);
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
