using Compliance.Probe.Eyes.Faces;
using Compliance.Probe.Tests.Tell;
using OpenCvSharp;

namespace Compliance.Probe.Tests.Eyes.Faces;

/// <summary>Who is enrolled is compared with a thousand others: only one good face is taken.</summary>
public sealed class EnrolTests
{
    [Fact]
    public void One_good_face_becomes_a_template_and_anything_else_says_why_not()
    {
        FaceModels.SharedOrSkip();
        using var folder = new Folder();
        var slots = FaceModels.Slots(folder);
        using var finder = FaceFinder.Open(slots);
        using var recogniser = FaceRecogniser.Open(slots);
        (byte[]? Template, string? Flaw) Of(Mat picture)
        {
            using (picture)
            {
                Cv2.ImEncode(".jpg", picture, out var jpeg);
                return FacesCommand.Enrol(jpeg, finder, recogniser);
            }
        }

        var (template, flaw) = Of(FaceModels.Head(1, 400, 400, 1.4));
        Assert.Equal((null, TinyNet.Length * sizeof(float)), (flaw, template!.Length));
        Assert.Equal("small", Of(FaceModels.Head(1, 400, 400, 0.7)).Flaw);
        Assert.Equal("no-face", Of(new Mat(300, 300, MatType.CV_8UC3, Scalar.All(120))).Flaw);
        var two = FaceModels.Head(1, 800, 400, 1.4, new(220, 200));
        FaceModels.Draw(two, new(2), new(580, 200), 1.4);
        Assert.Equal("many-faces", Of(two).Flaw);
        var blurred = FaceModels.Head(1, 400, 400, 1.4);
        Cv2.GaussianBlur(blurred, blurred, new(0, 0), 6);
        Assert.Contains(Of(blurred).Flaw, (string[])["poor", "no-face"]);
        Assert.Equal("no-picture", FacesCommand.Enrol([1, 2, 3], finder, recogniser).Flaw);
    }
}
