using Compliance.Domain.Devices;
using Compliance.Domain.Probes;
using Compliance.Probe.Eyes;
using Compliance.Probe.Eyes.Faces;
using Compliance.Probe.Eyes.Live;
using Compliance.Probe.Schedule;
using Compliance.Probe.Tell;
using Compliance.Probe.Tests.Tell;
using Compliance.Probe.Watch;
using Compliance.Probe.Watch.Contacts;
using Compliance.Probe.Watch.Panels;
using Compliance.Probe.Watch.Rtp;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Compliance.Probe.Tests.Eyes.Live;

/// <summary>Cameras of which none answers; those that were given the password <see cref="Password"/> let nobody go before they are told to.</summary>
sealed class SlowGoodbye
{
    public const string Password = "slow";

    readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int _held;

    /// <summary>Whether one is being opened that lets nobody go.</summary>
    public bool Holds => Volatile.Read(ref _held) > 0;

    public void LetGo() => _over.TrySetResult();

    public async Task<IFeed> Open(FeedTarget target, FeedOutlet outlet, Action<string, string>? onStep, CancellationToken ct)
    {
        if (target.Password == Password && target.Stream == TestBox.Camera.MainStream)
        {
            Interlocked.Increment(ref _held);
            await _over.Task;
        }

        throw new FeedLost(Verdict.Unreachable, "");
    }
}

/// <summary>A box as far as its detectors go, from the API's list over real HTTP to what it tells. No camera is ever reached: what one sends is published here.</summary>
sealed class TestBox : IDisposable
{
    public static readonly Guid Device = new(1, 0, 0, new byte[8]);
    public static readonly AssignedCamera Camera = new(Device, Guid.Empty, new("rtsp://10.0.0.1/a"), "police", "secret", new(0, 0, 0, null));

    readonly List<IDisposable> _used = [];
    uint _sent;

    /// <param name="model">On the shelf.</param>
    /// <param name="kinds">What it can look for; null: nothing.</param>
    /// <param name="faces">Null: no faces.</param>
    /// <param name="open">Of cameras; null: none answers.</param>
    /// <param name="logs">Null: nothing is written.</param>
    public TestBox(
        FakeApi fake, Folder folder, TimeProvider clock, DecodeLive decode, ProbeOptions? options = null, FightModel? model = null,
        Func<TestBox, IReadOnlyList<SenseKind>>? kinds = null, TellAlert? tell = null, Func<TestBox, FaceMeans>? faces = null, Draw? draw = null, OpenFeed? open = null, ILoggerFactory? logs = null)
    {
        options ??= Options(folder);
        logs ??= NullLoggerFactory.Instance;
        Directory.CreateDirectory(options.DataDir);
        File = new(folder["spool.db"]);
        var http = new HttpClient { BaseAddress = fake.Address };
        Api = new(http, options, clock, logs.CreateLogger<ApiConnection>());
        Assignments = new(Api, options, clock, logs.CreateLogger<ApiAssignments>());
        Watched = new(
            options, open ?? ((_, _, _, _) => throw new FeedLost(Verdict.Unreachable, "")), new(File), new(File, logs.CreateLogger<ApprovedViews>()), new(File, logs.CreateLogger<UsualPictures>()),
            new(File, logs.CreateLogger<CameraRecords>()), Onvif.Device.Means(), clock, new Random(1), logs.CreateLogger<WatchedCameras>());
        Outbox = new(new Spool(File));
        Shelf = new(folder["models"], model);
        Means = new(kinds?.Invoke(this) ?? [], decode, tell ?? ((_, _) => true), options.Eyes, options.DataDir, clock);
        Eyes = new(Watched, Assignments, Outbox, Api, Means, options, clock, logs.CreateLogger<EyesRounds>());
        var faceMeans = faces?.Invoke(this) ?? new(null, null, decode, _ => { }, Means.Lanes);
        Faces = new(Watched, Assignments, Outbox, Api, faceMeans, options, clock, logs.CreateLogger<FaceRounds>());
        Models = new(Shelf, Api, clock, logs.CreateLogger<ModelRounds>());
        Restarted = () => new(Eyes, new(File), Outbox, Api, Means, options.KnownClips, draw ?? (_ => 0), clock, logs.CreateLogger<KnownClipRounds>());
        Clips = Restarted();
        Following = new(Assignments, Watched, new EnrolledPanels(), new AssignedContacts(), Models, Eyes, Clips, Faces, logs.CreateLogger<Following>());
        _used.AddRange([File, http, Assignments, Outbox, Means, faceMeans, Eyes, Faces, Following]);
    }

    public ProbeFile File { get; }

    public ApiConnection Api { get; }

    public ApiAssignments Assignments { get; }

    public WatchedCameras Watched { get; }

    public Outbox Outbox { get; }

    public ModelShelf Shelf { get; }

    public EyesMeans Means { get; }

    public EyesRounds Eyes { get; }

    public FaceRounds Faces { get; }

    public ModelRounds Models { get; }

    public KnownClipRounds Clips { get; }

    /// <summary>The rounds of known clips as another process would begin them.</summary>
    public Func<KnownClipRounds> Restarted { get; }

    public Following Following { get; }

    public long Judged => Eyes.Judged.GetValueOrDefault(Device);

    public static ProbeOptions Options(Folder folder) => new() { DataDir = folder["data"], ClientId = $"probe-{Guid.Empty}", ClientSecret = "s", GroupsKeptUpTo = 0 };

    /// <summary>The camera sends one unit, if it is held open; every tenth is a keyframe.</summary>
    public void Send(DateTimeOffset at)
    {
        Watched.Following(Device)?.Publish(new(VideoCodec.H264, _sent % 10 == 0, _sent, at, new byte[100]));
        _sent++;
    }

    public void Dispose()
    {
        foreach (var used in _used.AsEnumerable().Reverse()) used.Dispose();
    }
}
