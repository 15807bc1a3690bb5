using System.Globalization;
using OpenCvSharp;

namespace Compliance.Probe.Eyes.Faces;

/// <summary>What one picture of a face is good for: nothing, as one of several that agree, or to compare.</summary>
internal enum FaceUse { None, Evidence, Match }

/// <summary>
/// How well a face can be told from others: by size, light, sharpness and pose, the classical measures of ISO/IEC 29794-5. A detector stays sure when a recogniser
/// knows nobody any more, so this and not its score decides.
/// </summary>
/// <param name="InterEye">Pixels in the picture.</param>
/// <param name="Turn"><see cref="Face.Turn"/>.</param>
/// <param name="Light">Mean brightness of the crop's middle, 0 to 255.</param>
/// <param name="Glare">The share of it that is burnt out.</param>
/// <param name="Sharpness">What another blur takes of the edges, 0 to 1: little is left to take of a blurred face.</param>
internal readonly record struct FaceQuality(double InterEye, float Score, double Turn, double Light, double Glare, double Sharpness)
{
    /// <summary>Measured with <c>./run evaluate faces</c>; see models/faces.md.</summary>
    public const double ToMatch = 24, ToCount = 16, ToEnrol = 60, Sure = 0.8, MostTurn = 0.26, Darkest = 50, Brightest = 205, MostGlare = 0.1, LeastSharp = 0.26;

    public static string Configuration => string.Create(CultureInfo.InvariantCulture,
        $"{ToMatch} pixels from eye to eye to compare, {ToCount} to count, sureness {Sure}, turn {MostTurn}, light {Darkest} to {Brightest}, glare {MostGlare}, sharpness {LeastSharp} under a blur of {Blur}");

    /// <summary>The blur that is laid over to measure, in pixels of the crop.</summary>
    const double Blur = 1.76;

    public static FaceQuality Of(Face face, Mat crop)
    {
        using var gray = new Mat();
        Cv2.CvtColor(crop, gray, ColorConversionCodes.BGR2GRAY);
        using var middle = gray[new Rect(24, 32, 64, 72)];
        var light = Cv2.Mean(middle).Val0;
        using var burnt = new Mat();
        Cv2.Threshold(middle, burnt, 249, 1, ThresholdTypes.Binary);
        var glare = Cv2.Sum(burnt).Val0 / (middle.Rows * middle.Cols);
        using var blurred = new Mat();
        Cv2.GaussianBlur(middle, blurred, new(0, 0), Blur);
        var edges = Edges(middle);
        return new(face.InterEye, face.Score, face.Turn, light, glare, edges == 0 ? 0 : 1 - (Edges(blurred) / edges));
    }

    public FaceUse Use =>
        InterEye < ToCount || Score < Sure || Turn > MostTurn || Light is < Darkest or > Brightest || Glare > MostGlare || Sharpness < LeastSharp ? FaceUse.None
        : InterEye < ToMatch ? FaceUse.Evidence : FaceUse.Match;

    static double Edges(Mat gray)
    {
        using var x = new Mat();
        using var y = new Mat();
        Cv2.Sobel(gray, x, MatType.CV_32F, 1, 0);
        Cv2.Sobel(gray, y, MatType.CV_32F, 0, 1);
        return Cv2.Norm(x, NormTypes.L1) + Cv2.Norm(y, NormTypes.L1);
    }
}
