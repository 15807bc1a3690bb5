using Compliance.Probe.Eyes.Faces;
using Compliance.Probe.Tests.Tell;
using OpenCvSharp;

namespace Compliance.Probe.Tests.Eyes.Faces;

public sealed class FaceFinderTests : IDisposable
{
    readonly Folder _folder = new();
    readonly FaceFinder _finder;

    public FaceFinderTests()
    {
        FaceModels.SharedOrSkip();
        _finder = FaceFinder.Open(FaceModels.Slots(_folder));
    }

    public void Dispose()
    {
        _finder?.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Heads_are_found_where_they_are()
    {
        using var picture = new Mat(720, 1280, MatType.CV_8UC3, Scalar.All(90));
        Point[] places = [new(200, 200), new(700, 350), new(1050, 500)];
        for (var i = 0; i < places.Length; i++) FaceModels.Draw(picture, new(i), places[i], 0.8 + (0.2 * i));
        var found = _finder.Find(picture).OrderBy(face => face.Box.X).ToList();
        Assert.Equal(places.Length, found.Count);
        foreach (var (face, place) in found.Zip(places))
        {
            Assert.True(face.Box.Contains(new Point2f(place.X, place.Y)));
            Assert.InRange(face.Points[2].DistanceTo(new(place.X, place.Y + 8)), 0, 20);
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(33, 9)]
    [InlineData(7680, 4320)]
    public void Pictures_of_any_size_are_looked_at(int width, int height)
    {
        using var noise = new Mat(height, width, MatType.CV_8UC3);
        Cv2.Randu(noise, Scalar.All(0), Scalar.All(255));
        Assert.Empty(_finder.Find(noise, 0.8f));
    }

    [Fact]
    public void Good_pictures_pass_the_gates_and_bad_ones_do_not()
    {
        FaceUse Of(Action<Mat> spoil, double size = 1, int seed = 1)
        {
            using var picture = FaceModels.Head(seed, size: size);
            spoil(picture);
            if (_finder.Find(picture) is not [var face, ..]) return FaceUse.None;
            using var crop = FaceCrop.Of(picture, face);
            return FaceQuality.Of(face, crop).Use;
        }

        Assert.Equal(FaceUse.Match, Of(_ => { }));
        Assert.Equal(FaceUse.Evidence, Of(_ => { }, 0.36));
        Assert.Equal(FaceUse.None, Of(_ => { }, 0.2));
        Assert.Equal(FaceUse.None, Of(picture => Cv2.GaussianBlur(picture, picture, new(0, 0), 5)));
        Assert.Equal(FaceUse.None, Of(picture => picture.ConvertTo(picture, -1, 0.25)));
        Assert.Equal(FaceUse.None, Of(picture => picture.ConvertTo(picture, -1, 2, 40)));
    }

    [Fact]
    public void A_head_that_is_turned_away_is_not_compared()
    {
        Face At(double nose) => new(new(0, 0, 60, 80), 0.9f, [new(20, 30), new(40, 30), new((float)(30 + nose), 42), new(23, 55), new(37, 55)]);
        Assert.Equal(0, At(0).Turn, 6);
        Assert.True(At(4).Turn < FaceQuality.MostTurn);
        Assert.True(At(7).Turn > FaceQuality.MostTurn);
        Assert.Equal(double.PositiveInfinity, (At(0) with { Points = [.. Enumerable.Repeat(new Point2f(3, 3), 5)] }).Turn);
    }

    [Fact]
    public void A_crop_stands_upright_with_the_eyes_in_their_places()
    {
        using var picture = FaceModels.Head(2, 400, 400);
        using var turned = new Mat();
        using var by = Cv2.GetRotationMatrix2D(new(200, 200), 20, 1.1);
        Cv2.WarpAffine(picture, turned, by, picture.Size());
        using var crop = FaceCrop.Of(turned, _finder.Find(turned)[0]);
        using var straight = FaceCrop.Of(picture, _finder.Find(picture)[0]);
        using var difference = new Mat();
        Cv2.Absdiff(crop, straight, difference);
        var off = Cv2.Mean(difference[new Rect(20, 20, 72, 72)]).Val1;
        Assert.True(off < 35, $"{off}");
    }

    [Fact]
    public void Everybody_but_the_one_it_is_about_is_unrecognisable_in_a_picture()
    {
        using var picture = new Mat(300, 520, MatType.CV_8UC3, Scalar.All(90));
        FaceModels.Draw(picture, new(1), new(150, 150), 0.9);
        FaceModels.Draw(picture, new(2), new(290, 150), 0.9);
        var all = _finder.Find(picture).OrderBy(face => face.Box.X).ToList();
        Assert.Equal(2, all.Count);
        using var shown = Cv2.ImDecode(FacePicture.Of(picture, all[0], all), ImreadModes.Color);
        Assert.Single(_finder.Find(shown));
        FacePicture.BlurPlaces(picture, all.Select(face => FacePicture.Grown(face.Box, FaceTrails.Margin)));
        Assert.All(_finder.Find(picture), face =>
        {
            using var crop = FaceCrop.Of(picture, face);
            Assert.Equal(FaceUse.None, FaceQuality.Of(face, crop).Use);
        });
    }

    [Fact]
    public void The_picture_of_a_camera_that_is_tried_out_shows_nobodys_face()
    {
        using var picture = new Mat(360, 640, MatType.CV_8UC3, Scalar.All(90));
        FaceModels.Draw(picture, new(1), new(200, 180), 0.9);
        FaceModels.Draw(picture, new(2), new(430, 180), 0.7);
        var jpeg = picture.ImEncode(".jpg");
        var (found, whole) = (StillFaces.Hide(jpeg, () => FaceFinder.Open(FaceModels.Slots(_folder))), StillFaces.Hide(jpeg, () => null));
        Assert.Equal((false, true), (found.IsWhole, whole.IsWhole));
        foreach (var still in (HiddenStill[])[found, whole])
        {
            using var shown = Cv2.ImDecode(still.Jpeg, ImreadModes.Color);
            Assert.Equal(picture.Size(), shown.Size());
            Assert.All(_finder.Find(shown, 0.35f), face =>
            {
                using var crop = FaceCrop.Of(shown, face);
                Assert.Equal(FaceUse.None, FaceQuality.Of(face, crop).Use);
            });
        }
    }
}
