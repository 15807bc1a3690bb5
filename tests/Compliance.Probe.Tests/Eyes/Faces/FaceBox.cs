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
using Compliance.Probe.Watch.Rtp;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using OpenCvSharp;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Compliance.Probe.Tests.Eyes.Faces;

/// <summary>
/// A box that compares the faces of one camera with the list of one operation: rounds, eye, queue, spool and log file are its own, the API answers over real HTTP; the clock, the decoder, the faces and both networks are made up.
/// </summary>
sealed class FaceBox : IAsyncDisposable
{
    public static readonly Guid Device = TestBox.Device, Basis = new(9, 0, 0, new byte[8]), Operation = new(5, 0, 0, new byte[8]), Entry = new(6, 0, 0, new byte[8]);
    public static readonly AssignedCamera Camera = TestBox.Camera;
    public static readonly AssignedDetector Allowed = new(Basis, Device, Guid.Empty, Detector.WatchList, HoursOfDay.All, DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue, Operation);

    readonly FakeTimeProvider _clock = new(new(2026, 6, 1, 22, 0, 0, TimeSpan.Zero));
    readonly ILoggerFactory _logs;
    readonly TestBox _box;
    readonly CandidateQueue _queue;
    readonly Func<Mat> _camera;
    uint _sent;
    bool _stopped;

    public FakeApi Api { get; }
    public FaceMeans Means { get; }
    public FaceRounds Rounds => _box.Faces;
    public Outbox Outbox => _box.Outbox;
    public WatchedCameras Watched => _box.Watched;
    public SlowGoodbye Goodbye { get; } = new();

    /// <summary>Models, spool, log and all else that a box writes.</summary>
    public Folder Folder { get; }

    /// <param name="camera">The picture that the camera sends now (BGR).</param>
    public static async Task<FaceBox> Start(Mat listed, Func<Mat> camera, IReadOnlyList<FmrPoint> thresholds, CancellationToken ct)
    {
        var box = new FaceBox(await FakeApi.Start(), camera, thresholds);
        box.Api.Assignments = new(Guid.Empty, "1", [Camera]) { Detectors = [Allowed] };
        box.Api.WatchLists = [box.ListOf(listed, thresholds)];
        await box._queue.StartAsync(ct);
        await box._box.Following.StartAsync(ct);
        return box;
    }

    FaceBox(FakeApi api, Func<Mat> camera, IReadOnlyList<FmrPoint> thresholds)
    {
        (Api, _camera, Folder) = (api, camera, new());
        _logs = LoggerFactory.Create(log => log.SetMinimumLevel(LogLevel.Trace).AddProvider(new FileLog(Folder["probe.log"])));
        var slots = FaceModels.TinySlots(Folder, thresholds);
        CandidateQueue? queue = null;
        FaceMeans? means = null;
        _box = new(api, Folder, _clock, Decode, open: Goodbye.Open, logs: _logs, faces: box =>
        {
            queue = new(box.Api, _clock, _logs.CreateLogger<CandidateQueue>());
            return means = new(FaceFinder.Open(slots), FaceRecogniser.Open(slots), Decode, queue.Tell, box.Means.Lanes);
        });
        (_queue, Means) = (queue!, means!);
    }

    /// <summary>The list is wiped, and nobody is compared any more; networks and folder stay.</summary>
    public async Task Stop()
    {
        if (_stopped) return;
        _stopped = true;
        await _box.Following.StopAsync(CancellationToken.None);
        await _queue.StopAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        _box.Dispose();
        _queue.Dispose();
        _logs.Dispose();
        await Api.DisposeAsync();
        Folder.Dispose();
    }

    /// <summary>A tenth of a second of the camera, and a round.</summary>
    public async Task Tenth()
    {
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        await Rounds.GoRound(TestContext.Current.CancellationToken);
        Publish(1, _clock.GetUtcNow());
    }

    /// <summary>Tenths until it is so: whatever the machine needs to do its part.</summary>
    public Task Until(Func<bool> isSo) => Cameras.Until(async () =>
    {
        await Tenth();
        return isSo();
    });

    /// <summary>A frame that faces are looked for in, of a camera whose clock is another; back once it was looked at.</summary>
    public async Task Show(DateTimeOffset at)
    {
        var eye = Rounds.EyeOf(Device)!;
        Publish(FaceMeans.EachFrame - (_sent % FaceMeans.EachFrame), at);
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        while (eye.Last != _sent) await again.WaitForNextTickAsync(limit.Token);
    }

    /// <summary>So many frames go by, and the box is shown none of them.</summary>
    public void Lose(uint frames) => _sent += frames;

    /// <param name="on">How many frames on, by the camera's numbers.</param>
    void Publish(uint on, DateTimeOffset at)
    {
        _sent += on;
        _box.Watched.Following(Device)?.Publish(new(VideoCodec.H264, true, _sent, at, new byte[100]));
    }

    ListCopy ListOf(Mat listed, IReadOnlyList<FmrPoint> thresholds)
    {
        using var picture = Coded(listed, default).Bgr();
        using var crop = FaceCrop.Of(picture, Means.Finder!.Find(picture)[0]);
        using var template = Means.Recogniser!.Template(crop);
        return new(Operation, Guid.Empty, Basis, Means.Recogniser.Slot.Sha256, new ThresholdTable(thresholds).For(1)!.Value, [new(Entry, MemoryMarshal.AsBytes(template.Values).ToArray())]);
    }

    /// <summary>A picture in the planes of a decoder.</summary>
    public static Frame Coded(Mat bgr, TimeSpan at)
    {
        using var planes = new Mat();
        Cv2.CvtColor(bgr, planes, ColorConversionCodes.BGR2YUV_I420);
        var bytes = new byte[bgr.Rows * bgr.Cols * 3 / 2];
        Marshal.Copy(planes.Data, bytes, 0, bytes.Length);
        return new(bgr.Cols, bgr.Rows, at, bytes);
    }

    /// <summary>One unit, one frame.</summary>
    async Task Decode(IAsyncEnumerable<AccessUnit> units, Action<LiveFrame> seen, CancellationToken ct)
    {
        await foreach (var unit in units.WithCancellation(ct))
        {
            using var picture = _camera();
            seen(new(unit.Timestamp, Coded(picture, LiveFrame.Time(unit.At))));
        }
    }

    /// <summary>All that is said, as a service's log would hold it.</summary>
    sealed class FileLog(string path) : ILoggerProvider
    {
        readonly StreamWriter _file = new(path) { AutoFlush = true };

        public ILogger CreateLogger(string categoryName) => new Lines(this, categoryName);

        public void Dispose() => _file.Dispose();

        void Say(string line)
        {
            lock (_file)
                if (_file.BaseStream is { CanWrite: true }) _file.WriteLine(line);
        }

        sealed class Lines(FileLog log, string category) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => log.Say($"{logLevel} {category}: {formatter(state, exception)} {exception}");
        }
    }
}
