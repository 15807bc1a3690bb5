using System.Text.Json.Serialization;
using OpenCvSharp;

namespace Compliance.Probe.Look;

/// <summary>How far a view lies from the approved one.</summary>
/// <param name="Found">Marks of the approved view that were found again, all moved alike.</param>
/// <param name="ShiftPercent">By how much of the picture's width its middle moved.</param>
/// <param name="Degrees">By how much it was turned.</param>
/// <param name="Zoom">1 where things are as large as they were.</param>
internal readonly record struct Shift(int Found, double ShiftPercent, double Degrees, double Zoom);

/// <summary>The view of a camera as somebody approved it: its outline and some hundred marks (ORB), no picture from which a face could be seen.</summary>
/// <param name="Marks">Place of each mark, x and y one after the other.</param>
/// <param name="Descriptors">32 bytes a mark.</param>
internal sealed record ReferenceView(float[] Outline, float[] Marks, byte[] Descriptors)
{
    const int Most = 500, Bytes = 32, Least = 40;

    /// <summary>Below this a mark is found by chance.</summary>
    const int Agreeing = 9;

    /// <summary>Whether its parts belong together: one that was kept on a disk may be spoiled.</summary>
    [JsonIgnore]
    public bool IsWhole => Outline is { Length: Cells.Count } && Marks is not null && Descriptors?.Length == Marks.Length / 2 * Bytes;

    /// <summary>Whether there is enough to recognise it by.</summary>
    [JsonIgnore]
    public bool IsTelling => Marks.Length / 2 >= Least;

    public static ReferenceView Of(GrayPicture picture, PictureFacts facts)
    {
        var (marks, descriptors) = Find(picture, facts.Print);
        return new(facts.Outline, [.. marks.SelectMany(m => new[] { m.Pt.X, m.Pt.Y })], descriptors);
    }

    /// <summary>Null when the picture shows too little to tell.</summary>
    public Shift? Compare(GrayPicture now, PictureFacts facts)
    {
        var (marks, descriptors) = Find(now, facts.Print);
        if (!IsTelling || marks.Length < Least) return null;
        using var theirs = Mat.FromPixelData(Marks.Length / 2, Bytes, MatType.CV_8UC1, Descriptors);
        using var ours = Mat.FromPixelData(marks.Length, Bytes, MatType.CV_8UC1, descriptors);
        using var matcher = new BFMatcher(NormTypes.Hamming, crossCheck: true);
        var pairs = matcher.Match(theirs, ours).Where(m => m.Distance < 70).ToArray();
        if (pairs.Length < Agreeing) return default(Shift);
        using var from = Points(pairs, m => new(Marks[m.QueryIdx * 2], Marks[(m.QueryIdx * 2) + 1]));
        using var to = Points(pairs, m => marks[m.TrainIdx].Pt);
        using Mat agreeing = new();
        using var turn = Cv2.EstimateAffinePartial2D(from, to, agreeing, RobustEstimationAlgorithms.RANSAC, 4);
        if (turn is null || turn.Empty()) return default(Shift);
        var found = Cv2.CountNonZero(agreeing);
        return found < Agreeing ? default(Shift) : Measure(turn, found);
    }

    static Shift Measure(Mat turn, int found)
    {
        var (a, b, x, y) = (turn.At<double>(0, 0), turn.At<double>(1, 0), turn.At<double>(0, 2), turn.At<double>(1, 2));
        const double middleX = GrayPicture.Width / 2.0, middleY = GrayPicture.Height / 2.0;
        var (dx, dy) = ((a * middleX) - (b * middleY) + x - middleX, (b * middleX) + (a * middleY) + y - middleY);
        return new(found, Math.Sqrt((dx * dx) + (dy * dy)) / GrayPicture.Width * 100, Math.Atan2(b, a) * 180 / Math.PI, Math.Sqrt((a * a) + (b * b)));
    }

    static Mat<Point2f> Points(DMatch[] pairs, Func<DMatch, Point2f> place) => Mat.FromArray(pairs.Select(place).ToArray());

    /// <summary>Letters burnt in stay where they are when the camera turns, and so say nothing.</summary>
    static (KeyPoint[] Marks, byte[] Descriptors) Find(GrayPicture picture, IReadOnlySet<int> print)
    {
        using Mat luma = picture.ToMat(), mask = new(GrayPicture.Height, GrayPicture.Width, MatType.CV_8UC1, Scalar.White), descriptors = new();
        foreach (var cell in print) mask[new Rect(cell % Cells.Across * Cells.Side, cell / Cells.Across * Cells.Side, Cells.Side, Cells.Side)].SetTo(Scalar.Black);
        Cv2.GaussianBlur(luma, luma, new(3, 3), 0);
        Cv2.EqualizeHist(luma, luma);
        using var orb = ORB.Create(Most, 1.3f, 4, fastThreshold: 16);
        orb.DetectAndCompute(luma, mask, out var marks, descriptors);
        if (marks.Length == 0) return ([], []);
        descriptors.GetArray(out byte[] bytes);
        return (marks, bytes);
    }
}
