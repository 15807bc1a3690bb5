using System.Runtime.InteropServices;
using Compliance.Domain.Detectors;
using Compliance.Domain.Devices;
using Compliance.Domain.Probes;
using Compliance.Domain.WatchLists;
using Compliance.Probe.Eyes;
using Compliance.Probe.Eyes.Faces;
using Compliance.Probe.Eyes.Live;
using Compliance.Probe.Schedule;
using Compliance.Probe.Tell;
using Compliance.Probe.Tests.EndToEnd;
using Compliance.Probe.Tests.Eyes.Live;
using Compliance.Probe.Tests.Tell;
using Compliance.Probe.Watch;
using Compliance.Probe.Watch.Contacts;
using Compliance.Probe.Watch.Panels;
using Compliance.Probe.Watch.Rtp;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using OpenCvSharp;

namespace Compliance.Probe.Tests.Eyes.Faces;

/// <summary>From the list of an operation over real HTTP to a candidate at the API, and to a memory without the list; the clock and the decoder are made up, faces are drawn.</summary>
public sealed class FaceRoundsTests : IAsyncLifetime
{
    const int Wanted = 7, Stranger = 11;

    static readonly Guid Device = TestBox.Device, Basis = new(9, 0, 0, new byte[8]), Operation = new(5, 0, 0, new byte[8]), Entry = new(6, 0, 0, new byte[8]);
    static readonly AssignedCamera Camera = TestBox.Camera;
    static readonly AssignedDetector Allowed = new(Basis, Device, Guid.Empty, Detector.WatchList, HoursOfDay.All, DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue, Operation);

    readonly FakeTimeProvider _clock = new(new(2026, 6, 1, 22, 0, 0, TimeSpan.Zero));
    readonly Folder _folder = new();
    FakeApi _api = null!;
    readonly SlowGoodbye _goodbye = new();
    TestBox _box = null!;
    CandidateQueue _queue = null!;
    volatile int _passer = Wanted;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        FaceModels.SharedOrSkip();
        var slots = FaceModels.Slots(_folder, [new(1e-2, 0.97), new(1e-7, 0.98)]);
        var (finder, recogniser) = (FaceFinder.Open(slots), FaceRecogniser.Open(slots));
        _api = await FakeApi.Start();
        _api.Assignments = new(Guid.Empty, "1", [Camera]) { Detectors = [Allowed] };
        _api.WatchLists = [ListOf(finder, recogniser)];

        _box = new(_api, _folder, _clock, Decode, open: _goodbye.Open, faces: box =>
        {
            _queue = new(box.Api, _clock, NullLogger<CandidateQueue>.Instance);
            return new(finder, recogniser, Decode, _queue.Tell, box.Means.Lanes);
        });
        await _queue.StartAsync(Ct);
        await _box.Following.StartAsync(Ct);
    }

    public async ValueTask DisposeAsync()
    {
        if (_api is null)
        {
            _folder.Dispose();
            return;
        }

        _goodbye.LetGo();
        await _box.Following.StopAsync(Ct);
        await _queue.StopAsync(Ct);
        _box.Dispose();
        _queue.Dispose();
        await _api.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Somebody_on_the_list_is_told_once_and_a_stranger_never()
    {
        await Until(() => !_api.Candidates.IsEmpty);
        var told = _api.Candidates.First();
        Assert.Equal((Operation, Entry, Device, 3), (told.OperationId, told.EntryId, told.DeviceId, told.Pictures));
        Assert.True(told.Score >= told.Threshold);
        using (var picture = Cv2.ImDecode(told.Picture, ImreadModes.Color)) Assert.False(picture.Empty());
        var began = Observed[^1];
        Assert.Equal((Detector.WatchList, Basis, told.Model.Sha256), (began.Detector, began.BasisId, began.Model?.Sha256));

        _passer = Stranger;
        for (var second = 0; second < 8; second++) await Second();
        Assert.Single(_api.Candidates);
    }

    [Fact]
    public async Task A_camera_that_is_just_connected_anew_is_watched_on()
    {
        _api.Assignments = new(Guid.Empty, "2", [Camera with { Password = SlowGoodbye.Password }]) { Detectors = [Allowed] };
        await Until(() => _goodbye.Holds && Observed is [.., { Because: null }]);
        var told = Observed.Count;
        _api.Assignments = new(Guid.Empty, "3", [Camera with { Password = "new" }]) { Detectors = [Allowed] };
        await Until(() => !_box.Watched.Cameras.Any()); // the old connection says goodbye, the new one is not there yet
        for (var second = 0; second < 3; second++) await Second();
        _goodbye.LetGo();
        await Until(() => _box.Watched.Cameras.SingleOrDefault()?.Assigned.Password == "new");
        await Second();
        Assert.Equal(told, Observed.Count);
    }

    [Fact]
    public async Task When_the_operation_is_over_the_list_is_wiped_and_that_is_told()
    {
        await Until(() => _box.Faces.Held.Contains(Operation));
        _api.WatchLists = [];
        _api.Assignments = new(Guid.Empty, "2", [Camera]);
        await Until(() => _api.Wiped.Any(wiped => wiped.Operations.Contains(Operation)));
        Assert.Empty(_box.Faces.Held);
        await Until(() => Observed is [.., { Because: DetectorRest.NoBasis }]);
    }

    [Fact]
    public async Task A_box_that_starts_says_that_it_holds_nothing()
    {
        await Until(() => _api.Wiped.Any(wiped => wiped.HoldsNothing));
        Assert.DoesNotContain(_api.Wiped.Skip(1), wiped => wiped.HoldsNothing);
    }

    IReadOnlyList<DetectorObserved> Observed => [.. _box.Outbox.Spool.Oldest(20).OfType<DetectorObserved>()];

    ListCopy ListOf(FaceFinder finder, FaceRecogniser recogniser)
    {
        using var frame = Frame();
        using var planes = Planes(frame);
        using var picture = new Mat();
        Cv2.CvtColor(planes, picture, ColorConversionCodes.YUV2BGR_I420);
        using var crop = FaceCrop.Of(picture, finder.Find(picture)[0]);
        using var template = recogniser.Template(crop);
        return new(Operation, Guid.Empty, Basis, recogniser.Slot.Sha256, 0.97, [new(Entry, MemoryMarshal.AsBytes(template.Values).ToArray())]);
    }

    Mat Frame() => FaceModels.Head(_passer, 320, 320);

    static Mat Planes(Mat bgr)
    {
        var planes = new Mat();
        Cv2.CvtColor(bgr, planes, ColorConversionCodes.BGR2YUV_I420);
        return planes;
    }

    /// <summary>One unit, one frame, in the planes of a decoder.</summary>
    async Task Decode(IAsyncEnumerable<AccessUnit> units, Action<LiveFrame> seen, CancellationToken ct)
    {
        await foreach (var unit in units.WithCancellation(ct))
        {
            using var picture = Frame();
            using var planes = Planes(picture);
            var bytes = new byte[320 * 320 * 3 / 2];
            Marshal.Copy(planes.Data, bytes, 0, bytes.Length);
            seen(new(unit.Timestamp, new(320, 320, LiveFrame.Time(unit.At), bytes)));
        }
    }

    /// <summary>A second of the camera and a round, then whatever the machine needs to do its part.</summary>
    async Task Second()
    {
        for (var tenth = 0; tenth < 10; tenth++) await Tenth();
    }

    async Task Tenth()
    {
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        await _box.Faces.GoRound(Ct);
        _box.Send(_clock.GetUtcNow());
    }

    Task Until(Func<bool> isSo) => Cameras.Until(async () =>
    {
        await Tenth();
        return isSo();
    });
}
