using System.Globalization;
using System.Security.Cryptography;
using Compliance.Domain.Alerts;
using Compliance.Probe.Eyes;
using Compliance.Probe.Eyes.Faces;
using Compliance.Probe.Eyes.Live;
using Compliance.Probe.Tests.Eyes.Faces;
using Compliance.Probe.Tests.Tell;
using Microsoft.Extensions.Logging.Abstractions;
using OpenCvSharp;

namespace Compliance.Probe.Tests.Eyes.Live;

/// <summary>Real files through real children: what of a clip can be seen in its copy. The heads are drawn; to the finder they are faces.</summary>
public sealed class ClipBlurringTests : IDisposable
{
    const int Width = 640, Height = 360, Frames = 25;

    /// <summary>Where nobody ever is.</summary>
    static readonly Rect Wall = new(20, 20, 120, 320);

    readonly Folder _folder = new();
    readonly SemaphoreSlim _lanes = new(1);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _lanes.Dispose();
        _folder.Dispose();
    }

    static Point Standing => new(520, 180);

    /// <summary>The other head walks to the right.</summary>
    static Point Walking(int frame) => new(220 + (4 * frame), 170);

    [Fact]
    public async Task With_a_finder_faces_are_hidden_and_nothing_else()
    {
        FaceModels.SharedOrSkip();
        using var finder = FaceFinder.Open(FaceModels.Slots(_folder));
        // For some frames in the middle the finder sees nothing: an arm is before the face, half of which still shows.
        var clip = await Filmed((picture, n) => Draw(picture, n, covered: n is >= 11 and <= 13));
        var copy = (await Blurred(clip, () => FaceFinder.Open(FaceModels.Slots(_folder))))!;
        Assert.Equal((ClipBlur.Faces, finder.Slot.Sha256), (copy.Blur, copy.DetectorSha256));
        Assert.Equal((Convert.ToHexStringLower(SHA256.HashData(copy.Clip.Mp4)), clip.Seconds), (copy.Clip.Sha256, copy.Clip.Seconds));
        var (before, after) = (await Pictures(clip), await Pictures(copy.Clip));
        Assert.Equal(before.Count, after.Count);
        for (var n = 0; n < before.Count; n++)
        {
            Assert.True(Difference(before[n], after[n], Wall) < 4, $"the wall of frame {n}");
            foreach (var face in (Rect[])[Around(Standing), Around(Walking(n))]) Assert.True(Detail(after[n], face) < 0.35 * Detail(before[n], face), $"frame {n}: {Detail(after[n], face):0.0} of {Detail(before[n], face):0.0}");
        }

        Assert.True(before.Sum(picture => Comparable(finder, picture)) > Frames);
        Assert.Equal(0, after.Sum(picture => Comparable(finder, picture)));
    }

    [Fact]
    public async Task Without_one_the_whole_picture_is_softened_so_far_that_one_sees_who_moves_and_nobodys_face()
    {
        var clip = await Filmed((picture, n) => Draw(picture, n));
        var copy = (await Blurred(clip, () => null))!;
        Assert.Equal((ClipBlur.WholePicture, null), (copy.Blur, copy.DetectorSha256));
        var (before, after) = (await Pictures(clip), await Pictures(copy.Clip));
        foreach (var place in (Rect[])[Wall, Around(Standing)]) Assert.True(Detail(after[5], place) < 0.35 * Detail(before[5], place));
        Assert.True(Difference(after[0], after[^1], Around(Walking(0))) > 10); // who walked away is seen to be gone
        Assert.True(Difference(after[0], after[^1], Wall) < 4);
        if (FaceModels.Shared is null) return;
        using var finder = FaceFinder.Open(FaceModels.Slots(_folder));
        Assert.Equal(0, after.Sum(picture => Comparable(finder, picture)));
    }

    [Fact]
    public async Task Where_a_finder_finds_nobody_it_is_not_believed()
    {
        FaceModels.SharedOrSkip();
        var clip = await Filmed((_, _) => { });
        var copy = (await Blurred(clip, () => FaceFinder.Open(FaceModels.Slots(_folder))))!;
        Assert.Equal(ClipBlur.WholePicture, copy.Blur);
        Assert.NotNull(copy.DetectorSha256);
        Assert.True(Detail((await Pictures(copy.Clip))[3], Wall) < 0.35 * Detail((await Pictures(clip))[3], Wall));
    }

    [Fact]
    public async Task What_is_no_video_gives_no_copy_and_leaves_nothing_behind()
    {
        using var folder = new Folder();
        using var blurring = new ClipBlurring(() => null, null, _lanes, folder["."], 8 << 20, NullLogger<ClipBlurring>.Instance);
        Assert.Null(await blurring.Of(new(new byte[5000], new('a', 64), 3), Ct));
        Assert.Null(await blurring.Of(new([], new('a', 64), 3), Ct));
        Assert.Empty(Directory.EnumerateFiles(folder["."]));
        Assert.Equal(1, _lanes.CurrentCount);
    }

    [Fact]
    public async Task What_could_not_be_sent_is_not_told_and_after_the_end_nothing_is_made()
    {
        var clip = await Filmed((picture, n) => Draw(picture, n));
        using (var small = new ClipBlurring(() => null, null, _lanes, _folder["."], 500, NullLogger<ClipBlurring>.Instance)) Assert.Null(await small.Of(clip, Ct));
        var over = new ClipBlurring(() => null, null, _lanes, _folder["."], 8 << 20, NullLogger<ClipBlurring>.Instance);
        over.Dispose();
        Assert.Null(await over.Of(clip, Ct));
        Assert.Empty(Directory.EnumerateFiles(_folder["."], "*.clip"));
    }

    [Fact]
    public async Task The_end_waits_for_what_works_with_the_networks()
    {
        var (clip, entered, left) = (await Filmed((picture, n) => Draw(picture, n)), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource());
        var blurring = new ClipBlurring(Open, null, _lanes, _folder["."], 8 << 20, NullLogger<ClipBlurring>.Instance);
        var copy = Task.Run(() => blurring.Of(clip, Ct), Ct);
        await entered.Task;
        var ending = Task.Run(blurring.Dispose, Ct);
        await Assert.ThrowsAsync<TimeoutException>(() => ending.WaitAsync(TimeSpan.FromSeconds(0.3), Ct)); // it does not end while the networks are worked with
        left.SetResult();
        Assert.Null(await copy);
        await ending;

        FaceFinder? Open()
        {
            entered.SetResult();
            left.Task.Wait(Ct);
            return null;
        }
    }

    async Task<BlurredCopy?> Blurred(Clip clip, Func<FaceFinder?> open)
    {
        using var blurring = new ClipBlurring(open, null, _lanes, _folder["."], 8 << 20, NullLogger<ClipBlurring>.Instance);
        var copy = await blurring.Of(clip, Ct);
        Assert.Empty(Directory.EnumerateFiles(_folder["."], "*.clip"));
        return copy;
    }

    static void Draw(Mat picture, int n, bool covered = false)
    {
        FaceModels.Draw(picture, new(1), Standing, 0.8);
        FaceModels.Draw(picture, new(2), Walking(n), 0.8);
        if (covered) Cv2.Rectangle(picture, new Rect(Walking(n).X - 60, Walking(n).Y - 60, 120, 62), new Scalar(40, 60, 40), -1);
    }

    /// <summary>As a camera films it, at the rate of a copy: a wall with a pattern, and what is drawn before it.</summary>
    async Task<Clip> Filmed(Action<Mat, int> draw)
    {
        for (var n = 0; n < Frames; n++)
        {
            using var picture = new Mat(Height, Width, MatType.CV_8UC3, Scalar.All(90));
            for (var x = 0; x < Width; x += 12) Cv2.Line(picture, new(x, 0), new(x + 60, Height), new(60, 120, 150), 3);
            draw(picture, n);
            Cv2.ImWrite(_folder[string.Create(CultureInfo.InvariantCulture, $"{n:000}.png")], picture);
        }

        await Footages.Make(_folder["filmed.mp4"], $"-framerate 12.5 -i {_folder["%03d.png"]} -c:v libx264 -preset veryfast -crf 18 -pix_fmt yuv420p", Ct);
        var mp4 = await File.ReadAllBytesAsync(_folder["filmed.mp4"], Ct);
        return new(mp4, Convert.ToHexStringLower(SHA256.HashData(mp4)), 2);
    }

    async Task<IReadOnlyList<Mat>> Pictures(Clip clip)
    {
        await File.WriteAllBytesAsync(_folder["seen.mp4"], clip.Mp4, Ct);
        return await Footage.FramesInColour(_folder["seen.mp4"], ClipBlurring.Rate, $"{Width}:-2", ct: Ct).Select(frame => frame.Bgr()).ToListAsync(Ct);
    }

    static Rect Around(Point at) => new(at.X - 38, at.Y - 45, 76, 90);

    static double Difference(Mat a, Mat b, Rect where)
    {
        using var difference = new Mat();
        Cv2.Absdiff(a[where], b[where], difference);
        return Cv2.Mean(difference) is var mean ? (mean.Val0 + mean.Val1 + mean.Val2) / 3 : 0;
    }

    /// <summary>How much there is to be seen: the mean slope from pixel to pixel.</summary>
    static double Detail(Mat picture, Rect where)
    {
        using var grey = new Mat();
        using var slopes = new Mat();
        Cv2.CvtColor(picture[where], grey, ColorConversionCodes.BGR2GRAY);
        Cv2.Laplacian(grey, slopes, MatType.CV_32F);
        using var size = new Mat();
        Cv2.Absdiff(slopes, Scalar.All(0), size);
        return Cv2.Mean(size).Val0;
    }

    /// <summary>Faces that a recogniser would be given, alone or as evidence.</summary>
    static int Comparable(FaceFinder finder, Mat picture) => finder.Find(picture, 0.35f).Count(face =>
    {
        using var crop = FaceCrop.Of(picture, face);
        return FaceQuality.Of(face, crop).Use != FaceUse.None;
    });
}
