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

    static readonly Guid Device = new(1, 0, 0, new byte[8]), Basis = new(9, 0, 0, new byte[8]), Operation = new(5, 0, 0, new byte[8]), Entry = new(6, 0, 0, new byte[8]);
    static readonly AssignedCamera Camera = new(Device, Guid.Empty, new("rtsp://10.0.0.1/a"), "police", "secret", new(0, 0, 0, null));
    static readonly AssignedDetector Allowed = new(Basis, Device, Guid.Empty, Detector.WatchList, HoursOfDay.All, DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue, Operation);

    readonly FakeTimeProvider _clock = new(new(2026, 6, 1, 22, 0, 0, TimeSpan.Zero));
    readonly Folder _folder = new();
    readonly List<IDisposable> _used = [];
    FakeApi _api = null!;
    ApiAssignments _assignments = null!;
    WatchedCameras _watched = null!;
    Outbox _outbox = null!;
    FaceRounds _rounds = null!;
    CandidateQueue _queue = null!;
    Following _following = null!;
    volatile int _passer = Wanted;
    uint _sent;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        FaceModels.SharedOrSkip();
        var slots = FaceModels.Slots(_folder, [new(1e-2, 0.97), new(1e-7, 0.98)]);
        var (finder, recogniser) = (FaceFinder.Open(slots), FaceRecogniser.Open(slots));
        _api = await FakeApi.Start();
        _api.Assignments = new(Guid.Empty, "1", [Camera]) { Detectors = [Allowed] };
        _api.WatchLists = [ListOf(finder, recogniser)];

        var (options, file) = (new ProbeOptions { DataDir = _folder["data"], ClientId = $"probe-{Guid.Empty}", ClientSecret = "s", GroupsKeptUpTo = 0 }, new ProbeFile(_folder["spool.db"]));
        OpenFeed never = (_, _, _, _) => throw new FeedLost(Verdict.Unreachable, "");
        var http = new HttpClient { BaseAddress = _api.Address };
        var api = new ApiConnection(http, options, _clock, NullLogger<ApiConnection>.Instance);
        _assignments = new(api, options, _clock, NullLogger<ApiAssignments>.Instance);
        _watched = new(options, never, new(file), new(file, NullLogger<ApprovedViews>.Instance), new(file, NullLogger<UsualPictures>.Instance), new(file, NullLogger<CameraRecords>.Instance), Onvif.Device.Means(), _clock, new Random(1), NullLogger<WatchedCameras>.Instance);
        _outbox = new(new Spool(file));
        _queue = new(api, _clock, NullLogger<CandidateQueue>.Instance);
        var lanes = new SemaphoreSlim(1);
        var means = new FaceMeans(finder, recogniser, Decode, _queue.Tell, lanes);
        _rounds = new(_watched, _assignments, _outbox, api, means, options, _clock, NullLogger<FaceRounds>.Instance);
        var eyes = new EyesMeans([], Decode, (_, _) => { }, options.Eyes, _folder["data"], _clock);
        var looking = new EyesRounds(_watched, _assignments, _outbox, api, eyes, options, _clock, NullLogger<EyesRounds>.Instance);
        _following = new(_assignments, _watched, new EnrolledPanels(), new AssignedContacts(), new(new(_folder["models"], null), api, _clock, NullLogger<ModelRounds>.Instance), looking, new(looking, new(file), _outbox, api, eyes, options.KnownClips, below => 0, _clock, NullLogger<KnownClipRounds>.Instance), _rounds, NullLogger<Following>.Instance);
        _used.AddRange([file, http, _assignments, _outbox, means, lanes, eyes, _queue, _rounds, _following]);
        await _queue.StartAsync(Ct);
        await _following.StartAsync(Ct);
    }

    public async ValueTask DisposeAsync()
    {
        if (_api is null)
        {
            _folder.Dispose();
            return;
        }

        await _following.StopAsync(Ct);
        await _queue.StopAsync(Ct);
        foreach (var used in _used.AsEnumerable().Reverse()) used.Dispose();
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
        var began = _outbox.Spool.Oldest(10).OfType<DetectorObserved>().Last();
        Assert.Equal((Detector.WatchList, Basis, told.Model.Sha256), (began.Detector, began.BasisId, began.Model?.Sha256));

        _passer = Stranger;
        for (var second = 0; second < 8; second++) await Second();
        Assert.Single(_api.Candidates);
    }

    [Fact]
    public async Task When_the_operation_is_over_the_list_is_wiped_and_that_is_told()
    {
        await Until(() => _rounds.Held.Contains(Operation));
        _api.WatchLists = [];
        _api.Assignments = new(Guid.Empty, "2", [Camera]);
        await Until(() => _api.Wiped.Any(wiped => wiped.Operations.Contains(Operation)));
        Assert.Empty(_rounds.Held);
        await Until(() => _outbox.Spool.Oldest(20).OfType<DetectorObserved>().LastOrDefault()?.Because == DetectorRest.NoBasis);
    }

    [Fact]
    public async Task A_box_that_starts_says_that_it_holds_nothing()
    {
        await Until(() => _api.Wiped.Any(wiped => wiped.HoldsNothing));
        Assert.DoesNotContain(_api.Wiped.Skip(1), wiped => wiped.HoldsNothing);
    }

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
        await _rounds.GoRound(Ct);
        _watched.Following(Device)?.Publish(new(VideoCodec.H264, _sent % 10 == 0, _sent, _clock.GetUtcNow(), new byte[100]));
        _sent++;
    }

    Task Until(Func<bool> isSo) => Cameras.Until(async () =>
    {
        await Tenth();
        return isSo();
    });
}
