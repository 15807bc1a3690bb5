using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Compliance.Probe.Eyes;
using Compliance.Probe.Eyes.Faces;
using Compliance.Probe.Tests.Tell;
using OpenCvSharp;

namespace Compliance.Probe.Tests.Eyes.Faces;

public sealed class FacePictureTests
{
    /// <summary>Of the other the finder is half sure: too little to follow anybody, enough to hide somebody.</summary>
    [Fact]
    public void Whoever_may_be_a_face_beside_a_candidate_is_hidden_in_its_picture()
    {
        using var folder = new Folder();
        var slots = FaceModels.TinySlots(folder, [new(1e-2, 0.97), new(1e-7, 0.98)]);
        using var finder = FaceFinder.Open(slots);
        using var recogniser = FaceRecogniser.Open(slots);
        using var drawn = new Mat(320, 320, MatType.CV_8UC3, Scalar.All(90));
        Point at = new(164, 140), other = new(at.X, at.Y + 112);
        FaceModels.Mark(drawn, 3, other);
        Cv2.Rectangle(drawn, new Rect(other.X - 4, other.Y - 4, 8, 8), new Scalar(0, 0, 110), -1);
        FaceModels.Mark(drawn, 7, at);
        using var seen = FaceBox.Coded(drawn, default).Bgr();
        var wanted = Assert.Single(finder.Find(seen));
        Assert.Equal(2, finder.Find(seen, FaceTrails.Least).Count);

        using var cut = FaceCrop.Of(seen, wanted);
        using var template = recogniser.Template(cut);
        using var tracks = new FaceTracks(finder, recogniser, new([new(Guid.NewGuid(), Guid.NewGuid(), template, 0.97)]));
        var candidate = Enumerable.Range(1, 3).SelectMany(n => tracks.See(seen, TimeSpan.FromSeconds(0.2 * n))).Single();

        using var picture = Cv2.ImDecode(candidate.Picture, ImreadModes.Color);
        var (left, top) = ((int)(wanted.Box.X - (0.6 * wanted.Box.Width)), (int)(wanted.Box.Y - (0.6 * wanted.Box.Height)));
        Assert.InRange(Edges(picture, at) / Edges(seen[new Rect(left, top, picture.Cols, picture.Rows)], at), 0.7, 1.3);
        Assert.InRange(Edges(picture, other) / Edges(seen[new Rect(left, top, picture.Cols, picture.Rows)], other), 0, 0.3);

        double Edges(Mat part, Point head)
        {
            using var eyes = part[new Rect(head.X - left - 28, head.Y - top - 18, 56, 14)];
            using var edges = new Mat();
            Cv2.Laplacian(eyes, edges, MatType.CV_32F);
            return Cv2.Norm(edges, NormTypes.L1);
        }
    }

    [Theory, InlineData(typeof(FaceTracks)), InlineData(typeof(FaceQuality)), InlineData(typeof(FaceMeans))]
    public void All_that_a_judgement_depends_on_is_in_the_words_whose_hash_is_told(Type judge)
    {
        foreach (var setting in judge.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly).Where(field => field.IsLiteral || field.FieldType == typeof(TimeSpan)))
        {
            if (setting.Name == nameof(FaceQuality.ToEnrol)) continue; // of the police's side
            var value = setting.GetValue(null) is TimeSpan time ? time.TotalSeconds : Convert.ToDouble(setting.GetValue(null), CultureInfo.InvariantCulture);
            Assert.True(Regex.IsMatch(FaceMeans.Configuration, $@"(?<![\d.]){Regex.Escape(value.ToString(CultureInfo.InvariantCulture))}(?![\d.]*\d)"), $"{judge.Name}.{setting.Name} is not in: {FaceMeans.Configuration}");
        }
    }
}
