using Compliance.Domain.Detectors;
using Compliance.Domain.Probes;
using Compliance.Probe.Eyes.Faces;
using Compliance.Probe.Tests.EndToEnd;
using Compliance.Probe.Tests.Eyes.Live;
using OpenCvSharp;
using static Compliance.Probe.Tests.Eyes.Faces.FaceBox;

namespace Compliance.Probe.Tests.Eyes.Faces;

/// <summary>From the list of an operation over real HTTP to a candidate at the API, and to a memory without the list.</summary>
public sealed class FaceRoundsTests : IAsyncLifetime
{
    const int Wanted = 7, Stranger = 11;

    FaceBox _box = null!;
    volatile int _passer = Wanted;

    public async ValueTask InitializeAsync()
    {
        using var listed = Head(Wanted);
        _box = await FaceBox.Start(listed, () => Head(_passer), [new(1e-2, 0.97), new(1e-7, 0.98)], TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => _box.DisposeAsync();

    [Fact]
    public async Task Somebody_on_the_list_is_told_once_and_a_stranger_never()
    {
        await _box.Until(() => !_box.Api.Candidates.IsEmpty);
        var told = _box.Api.Candidates.First();
        Assert.Equal((Operation, Entry, Device, 3), (told.OperationId, told.EntryId, told.DeviceId, told.Pictures));
        Assert.True(told.Score >= told.Threshold);
        Assert.True(_box.Watched.Following(Device)!.IsAwaited);
        Assert.InRange(told.FramesAnalysed, 3, 100);
        using (var picture = Cv2.ImDecode(told.Picture, ImreadModes.Color)) Assert.False(picture.Empty());
        var began = Observed[^1];
        Assert.Equal((Detector.WatchList, Basis, told.Model.Sha256), (began.Detector, began.BasisId, began.Model?.Sha256));

        _passer = Stranger;
        for (var tenth = 0; tenth < 80; tenth++) await _box.Tenth();
        Assert.Single(_box.Api.Candidates);
    }

    [Fact]
    public async Task Frames_that_nobody_looked_at_are_counted_and_told_with_the_candidate_and_the_heartbeat()
    {
        _passer = Stranger;
        await _box.Until(() => _box.Rounds.EyeOf(Device) is { Analysed: > 0 });
        var (eye, at) = (_box.Rounds.EyeOf(Device)!, new DateTimeOffset(2026, 6, 1, 23, 0, 0, TimeSpan.Zero));
        await _box.Show(at);
        var skipped = eye.Skipped;
        await _box.Rounds.GoRound(TestContext.Current.CancellationToken);
        _passer = Wanted;
        for (var frame = 1; frame <= 3; frame++)
        {
            _box.Lose(2 * FaceMeans.EachFrame);
            await _box.Show(at.AddSeconds(10 + frame));
        }

        await Cameras.Until(() => !_box.Api.Candidates.IsEmpty);
        Assert.Equal(3 * 2, eye.Skipped - skipped);
        await _box.Rounds.GoRound(TestContext.Current.CancellationToken);
        Assert.True(new EyesHealth(0, 0, 0, 0).With(_box.Rounds.Frames) is { Analysed: 3, Skipped: 6 });
        Assert.Equal((3, 2 * 2), (_box.Api.Candidates.First().FramesAnalysed, _box.Api.Candidates.First().FramesSkipped)); // since the face came
    }

    [Fact]
    public async Task A_camera_that_is_just_connected_anew_is_watched_on()
    {
        _box.Api.Assignments = new(Guid.Empty, "2", [Camera with { Password = SlowGoodbye.Password }]) { Detectors = [Allowed] };
        await _box.Until(() => _box.Goodbye.Holds && Observed is [.., { Because: null }]);
        var told = Observed.Count;
        _box.Api.Assignments = new(Guid.Empty, "3", [Camera with { Password = "new" }]) { Detectors = [Allowed] };
        await _box.Until(() => !_box.Watched.Cameras.Any()); // the old connection says goodbye, the new one is not there yet
        for (var tenth = 0; tenth < 30; tenth++) await _box.Tenth();
        _box.Goodbye.LetGo();
        await _box.Until(() => _box.Watched.Cameras.SingleOrDefault()?.Assigned.Password == "new");
        for (var tenth = 0; tenth < 10; tenth++) await _box.Tenth();
        Assert.Equal(told, Observed.Count);
    }

    [Fact]
    public async Task When_the_operation_is_over_the_list_is_wiped_and_that_is_told()
    {
        await _box.Until(() => _box.Rounds.Held.Contains(Operation));
        _box.Api.WatchLists = [];
        _box.Api.Assignments = new(Guid.Empty, "2", [Camera]);
        await _box.Until(() => _box.Api.Wiped.Any(wiped => wiped.Operations.Contains(Operation)));
        Assert.Empty(_box.Rounds.Held);
        await _box.Until(() => Observed is [.., { Because: DetectorRest.NoBasis }]);
    }

    [Fact]
    public async Task A_list_is_wiped_only_after_the_camera_that_serves_another_operation_too_has_let_go_of_it()
    {
        _passer = Stranger;
        var other = Allowed with { BasisId = new(8, 0, 0, new byte[8]), OperationId = new(4, 0, 0, new byte[8]) };
        var list = _box.Api.WatchLists.Single();
        _box.Api.WatchLists = [list, list with { OperationId = other.OperationId!.Value }];
        _box.Api.Assignments = new(Guid.Empty, "2", [Camera]) { Detectors = [Allowed, other] };
        await _box.Until(() => _box.Rounds.EyeOf(Device)?.Key is { } key && key.Contains($"{other.OperationId:N}", StringComparison.Ordinal) && key.Contains($"{Operation:N}", StringComparison.Ordinal));

        var used = new System.Collections.Concurrent.ConcurrentQueue<bool>();
        _box.Api.OnWiped = _ => used.Enqueue(_box.Rounds.EyeOf(Device)?.Key.Contains($"{Operation:N}", StringComparison.Ordinal) == true);
        _box.Api.Assignments = new(Guid.Empty, "3", [Camera]) { Detectors = [other] };
        await _box.Until(() => _box.Api.Wiped.Any(wiped => wiped.Operations.Contains(Operation)));
        Assert.All(used, Assert.False);
        await _box.Until(() => _box.Rounds.EyeOf(Device) is { Judged: > 0 });
    }

    [Fact]
    public async Task A_box_that_starts_says_that_it_holds_nothing()
    {
        await _box.Until(() => _box.Api.Wiped.Any(wiped => wiped.HoldsNothing));
        Assert.DoesNotContain(_box.Api.Wiped.Skip(1), wiped => wiped.HoldsNothing);
    }

    IReadOnlyList<DetectorObserved> Observed => [.. _box.Outbox.Spool.Oldest(20).OfType<DetectorObserved>()];

    static Mat Head(int seed)
    {
        var picture = new Mat(320, 320, MatType.CV_8UC3, Scalar.All(90));
        FaceModels.Mark(picture, seed, new(164, 164));
        return picture;
    }
}
