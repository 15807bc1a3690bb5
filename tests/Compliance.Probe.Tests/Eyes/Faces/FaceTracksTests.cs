using Compliance.Probe.Eyes.Faces;
using Compliance.Probe.Tests.Tell;
using OpenCvSharp;

namespace Compliance.Probe.Tests.Eyes.Faces;

public sealed class FaceTracksTests : IDisposable
{
    readonly Folder _folder = new();
    readonly FaceFinder _finder;
    readonly FaceRecogniser _recogniser;
    TimeSpan _now = TimeSpan.FromHours(1);

    public FaceTracksTests()
    {
        FaceModels.SharedOrSkip();
        // The tiny network tells heads by their colours: strangers come to 0.96 at most.
        var slots = FaceModels.Slots(_folder, [new(1e-2, 0.97), new(1e-7, 0.98)]);
        (_finder, _recogniser) = (FaceFinder.Open(slots), FaceRecogniser.Open(slots));
    }

    public void Dispose()
    {
        _finder?.Dispose();
        _recogniser?.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Somebody_on_the_list_is_a_candidate_after_three_pictures_and_only_once()
    {
        var entry = Guid.NewGuid();
        var watched = List((entry, 7));
        using var tracks = new FaceTracks(_finder, _recogniser, watched);
        Assert.Empty(Show(tracks, 7, 2));
        var candidate = Assert.Single(Show(tracks, 7, 1));
        Assert.Equal(entry, candidate.Likeness.EntryId);
        Assert.True(candidate.Likeness.Score >= candidate.Likeness.Threshold);
        Assert.Equal((3, _now), (candidate.Pictures, candidate.At));
        using var picture = Cv2.ImDecode(candidate.Picture, ImreadModes.Color);
        Assert.Single(_finder.Find(picture));
        Assert.Empty(Show(tracks, 7, 10));
        Assert.Equal((1, 0), (tracks.Judged, tracks.Forgotten));
    }

    [Fact]
    public void Somebody_else_is_forgotten_at_once()
    {
        var watched = List((Guid.NewGuid(), 7));
        using var tracks = new FaceTracks(_finder, _recogniser, watched);
        Assert.Empty(Show(tracks, 11, 20));
        Assert.Equal((1, 1), (tracks.Judged, tracks.Forgotten));
    }

    [Fact]
    public void Small_faces_count_only_when_several_agree()
    {
        var watched = List((Guid.NewGuid(), 7));
        using var tracks = new FaceTracks(_finder, _recogniser, watched);
        Show(tracks, 7, 4, 0.36);
        Assert.Equal(0, tracks.Judged);
        Show(tracks, 7, 1, 0.36);
        Assert.Equal(1, tracks.Judged);
        Show(tracks, 7, 3, 1); // nearer: judged once more
        Assert.Equal(2, tracks.Judged);
    }

    [Fact]
    public void Who_has_gone_leaves_nothing()
    {
        var watched = List((Guid.NewGuid(), 7));
        using var tracks = new FaceTracks(_finder, _recogniser, watched);
        Show(tracks, 9, 2);
        Assert.Equal(1, tracks.Followed);
        _now += TimeSpan.FromSeconds(3);
        using var empty = new Mat(320, 320, MatType.CV_8UC3, Scalar.All(90));
        tracks.See(empty, _now);
        Assert.Equal((0, 0), (tracks.Followed, tracks.Judged));
    }

    [Fact]
    public void A_list_counts_by_its_own_length_and_never_by_less_than_was_approved()
    {
        Domain.WatchLists.ThresholdTable table = new([new(1e-3, 0.5), new(1e-6, 0.7)]);
        HeldList Of(int faces, double approved) => new(new(Guid.NewGuid(), Guid.Empty, Guid.Empty, "m", approved, [.. Enumerable.Range(0, faces).Select(_ => new Domain.WatchLists.ListedFace(Guid.NewGuid(), new byte[12]))]));
        Assert.Equal(166, table.Longest());
        Assert.Equal(0.7, Of(166, 0.1).ThresholdBy(table)!.Value, 2);
        Assert.Equal(0.9, Of(2, 0.9).ThresholdBy(table)!.Value, 2);
        Assert.Null(Of(167, 0.1).ThresholdBy(table));
        Assert.Null(Of(1, 0.1).ThresholdBy(Domain.WatchLists.ThresholdTable.None));
    }

    [Fact]
    public void Whoever_is_on_two_lists_is_told_of_the_one_whose_threshold_was_reached()
    {
        using var face = new FaceTemplate([1, 0]);
        using var other = new FaceTemplate([0.8f, 0.6f]);
        var (strict, loose, entry) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        var watched = new WatchedFaces([new(strict, entry, other, 0.9), new(loose, entry, other, 0.7)]);
        Assert.Equal((loose, entry, 0.7), Assert.Single(watched.Find(face)) is var found ? (found.OperationId, found.EntryId, found.Threshold) : default);
    }

    [Fact]
    public void Each_of_two_operations_has_its_candidate_with_a_picture_of_its_own()
    {
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());
        using var tracks = new FaceTracks(_finder, _recogniser, new([.. Listed(first, 7), .. Listed(first, 9), .. Listed(second, 7)]));
        var told = Show(tracks, 7, 3);
        Assert.Equal(new HashSet<Guid> { first, second }, told.Select(one => one.Likeness.OperationId).ToHashSet());
        Assert.Equal(2, told.Count);
        Array.Clear(told[0].Picture); // it was told
        using var picture = Cv2.ImDecode(told[1].Picture, ImreadModes.Color);
        Assert.False(picture.Empty());
    }

    [Fact]
    public void Who_stands_before_the_camera_is_judged_anew_at_growing_intervals_and_told_once_in_ten_minutes()
    {
        using var tracks = new FaceTracks(_finder, _recogniser, List((Guid.NewGuid(), 7)));
        Assert.Single(Show(tracks, 7, 180, each: 0.5));
        Assert.Equal(4, tracks.Judged); // at the beginning, and 10, 30 and 70 seconds later
        _now += TimeSpan.FromMinutes(9);
        Assert.Single(Show(tracks, 7, 3));
    }

    [Fact]
    public void Whoever_looks_more_like_him_is_told_all_the_same()
    {
        var (strange, entry) = (Guid.NewGuid(), Guid.NewGuid());
        using var tracks = new FaceTracks(_finder, _recogniser, new([.. Listed(strange, 7, entry, 0.5)]));
        Assert.Single(Show(tracks, 11, 3)); // an onlooker, by a loose list
        _now += TimeSpan.FromSeconds(3);
        Assert.True(Assert.Single(Show(tracks, 7, 3)).Likeness.Score > 0.99);
        _now += TimeSpan.FromSeconds(3);
        Assert.Empty(Show(tracks, 7, 3));
    }

    [Fact]
    public void A_clock_that_is_set_back_leaves_nobody_behind()
    {
        using var tracks = new FaceTracks(_finder, _recogniser, List((Guid.NewGuid(), 7)));
        Assert.Single(Show(tracks, 7, 3));
        _now -= TimeSpan.FromMinutes(1);
        Assert.Single(Show(tracks, 7, 10));
        Assert.Equal((2, 1), (tracks.Judged, tracks.Followed));
    }

    [Fact]
    public void The_next_in_a_queue_is_somebody_else()
    {
        var entry = Guid.NewGuid();
        var watched = List((entry, 7));
        using var tracks = new FaceTracks(_finder, _recogniser, watched);
        Assert.Empty(Show(tracks, 11, 5));
        _now += TimeSpan.FromSeconds(1); // the first steps aside, the second into the same place
        Show(tracks, 7, 60);
        Assert.True(tracks.Judged >= 2);
    }

    WatchedFaces List(params (Guid Entry, int Seed)[] heads) => new([.. heads.SelectMany(head => Listed(Guid.Empty, head.Seed, head.Entry))]);

    IEnumerable<ListedTemplate> Listed(Guid operation, int seed, Guid? entry = null, double? threshold = null)
    {
        using var picture = FaceModels.Head(seed);
        using var crop = FaceCrop.Of(picture, _finder.Find(picture)[0]);
        yield return new(operation, entry ?? Guid.NewGuid(), _recogniser.Template(crop), threshold ?? _recogniser.Thresholds.For(1)!.Value);
    }

    List<Candidate> Show(FaceTracks tracks, int seed, int frames, double size = 1, double each = 0.2)
    {
        var news = new List<Candidate>();
        for (var i = 0; i < frames; i++)
        {
            _now += TimeSpan.FromSeconds(each);
            using var picture = FaceModels.Head(seed, size: size, at: new(160, 160));
            news.AddRange(tracks.See(picture, _now));
        }

        return news;
    }
}
