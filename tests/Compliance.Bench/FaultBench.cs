using System.Diagnostics;
using System.Globalization;
using Compliance.Domain.Devices;
using Compliance.Domain.Probes;
using Compliance.Probe;
using Compliance.Probe.Judge;
using Compliance.Probe.Schedule;
using Compliance.Probe.Tell;
using Compliance.Probe.Watch;
using Compliance.Probe.Watch.Onvif;
using Compliance.Probe.Watch.Rtsp;
using Microsoft.Extensions.Logging.Abstractions;
using VenueSimulator.Load;
using VenueSimulator.Media;

namespace Compliance.Bench;

/// <summary>
/// What the probe tells of faults that are none of the camera's, and how soon of those that are; with the patience of earnest, against the
/// fault injector. And how long a thousand cameras take to be seen again after a restart.
/// </summary>
static class FaultBench
{
    const int Cameras = 60, Struck = 6, Restarts = 3;

    public const int Reopened = 1000;

    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20), Uplink = TimeSpan.FromSeconds(60);
    static readonly ClipRecipe Thumbnail = new() { Width = 320, Height = 180, Fps = 5, Kbps = 100 };

    public static async Task Run(int reopened = Reopened)
    {
        await Stalls();
        await FalseOutages();
        await Restart(reopened);
    }

    /// <summary>A tenth of the cameras stops delivering, one after another: more at once would be the probe's own fault.</summary>
    static async Task Stalls()
    {
        using var server = await Serve();
        await using var probe = await Watching.Begin(server, Cameras);
        await probe.AllSeen();
        var stalls = new List<(double Seen, double Declared, double Since)>();
        foreach (var n in Enumerable.Range(0, Struck)) stalls.Add(await Stall(server, probe, n));
        Figure.Print("probe: stall seen after", "s", [.. stalls.Select(s => (s.Seen, (double?)null))], target: 6, atMost: true);
        Figure.Print("probe: outage declared after", "s", [.. stalls.Select(s => (s.Declared, (double?)null))], target: 35, atMost: true);
        Figure.Print("probe: start of the outage off by", "s", [.. stalls.Select(s => (s.Since, (double?)null))], target: 1, atMost: true);
    }

    static async Task<(double Seen, double Declared, double Since)> Stall(LoadServer server, Watching probe, int n)
    {
        var (clock, at) = (Stopwatch.GetTimestamp(), TimeProvider.System.GetUtcNow());
        await server.Inject(Path(n), new() { Stalled = true });
        var camera = probe.Camera(n);
        await Until(() => camera.State.Phase == Phase.Suspect);
        var seen = Stopwatch.GetElapsedTime(clock).TotalSeconds;
        await Until(() => camera.State.Told.Verdict.Availability() == Availability.Down);
        return (seen, Stopwatch.GetElapsedTime(clock).TotalSeconds, Math.Abs((camera.State.Told.Since - at).TotalSeconds));
    }

    /// <summary>One packet in a hundred lost over UDP, cameras that need eight seconds to their first picture, cameras that start anew, and at last the probe's own way out.</summary>
    static async Task FalseOutages()
    {
        using var server = await Serve();
        for (var n = 0; n < Cameras; n++)
            await server.Inject(Path(n), n % 3 == 0 ? new() { Loss = 0.01, Transports = Transports.Udp } : n % 3 == 1 ? new() { SlowStart = TimeSpan.FromSeconds(8) } : Faults.None);
        await using var probe = await Watching.Begin(server, Cameras);
        await probe.AllSeen();
        await Cut(server, Enumerable.Range(0, Struck).Select(n => (n * 3) + 2), TimeSpan.FromSeconds(15));
        await probe.AllSeen();
        await Cut(server, Enumerable.Range(0, Cameras), Uplink);
        await probe.AllSeen();
        Figure.Print("probe: false outages in all (uplink pulled, 1 % loss, slow starters, reboots)", "outages", [(probe.Outages, null)], target: 0, atMost: true);
        Figure.Print("probe: cameras nobody knew of while the uplink was out", $"of {Cameras}", [(probe.Blinded, null)]);
    }

    static async Task Cut(LoadServer server, IEnumerable<int> cameras, TimeSpan time)
    {
        foreach (var n in cameras) await server.Inject(Path(n), new() { Cut = true });
        await Task.Delay(time);
        for (var n = 0; n < Cameras; n++) await server.Inject(Path(n), Faults.None);
    }

    /// <summary>A probe that has seen all of them, and keeps on its disk when it last did, is stopped and started anew over the same disk.</summary>
    static async Task Restart(int cameras)
    {
        using var server = await Serve(parts: 1);
        using var scratch = new Scratch();
        var disk = scratch.New("spool.db");
        await using (var before = await Watching.Begin(server, cameras, disk))
        {
            await before.AllSeen();
            before.KeepSightings();
        }

        var recalled = new List<(double, double?)>();
        var (delivering, told, outages) = (new List<(double, double?)>(), new List<(double, double?)>(), new List<(double, double?)>());
        for (var restart = 0; restart < Restarts; restart++)
        {
            var begun = Stopwatch.GetTimestamp();
            await using var probe = await Watching.Begin(server, cameras, disk);
            recalled.Add((probe.Recalled, null));
            await probe.AllDeliver();
            delivering.Add((Stopwatch.GetElapsedTime(begun).TotalSeconds, null));
            await probe.AllSeen();
            told.Add((Stopwatch.GetElapsedTime(begun).TotalSeconds, null));
            outages.Add((probe.Outages, null));
            probe.KeepSightings();
        }

        Figure.Print($"probe: {cameras} cameras deliver again after a restart", "s", delivering, target: 30, atMost: true);
        Figure.Print("probe: of them recalled from the disk when they were last seen", "cameras", recalled, target: cameras);
        Figure.Print($"probe: {cameras} cameras called online after it", "s", told);
        Figure.Print("probe: false outages by it", "outages", outages, target: 0, atMost: true);
    }

    static string Path(int n) => string.Create(CultureInfo.InvariantCulture, $"clip/{n}");

    static async Task<LoadServer> Serve(int parts = 2) => LoadServer.Start(new()
    {
        Clips = new Dictionary<string, Clip> { ["clip"] = await ClipCache.Shared.Load(Thumbnail) }, Auth = AuthSchemes.None, Parts = parts,
    });

    static async Task Until(Func<bool> holds)
    {
        using var timer = new PeriodicTimer(Look);
        while (!holds()) await timer.WaitForNextTickAsync();
    }

    /// <summary>The probe's rounds over the cameras of one server, all on one host, told to a spool that nobody empties, in a folder of its own or in the file of the probe before.</summary>
    sealed class Watching(Scratch? scratch, ProbeFile file, Drain drain, Outbox outbox, HttpClient http, Clockwork clockwork, WatchedCameras watched) : IAsyncDisposable
    {
        int _toldBefore;

        /// <summary>Of so many cameras it knew at its start when they were last seen.</summary>
        public int Recalled { get; private init; }

        /// <param name="disk">The file of the probe before; without it it knows nothing.</param>
        public static async Task<Watching> Begin(LoadServer server, int many, string? disk = null)
        {
            var (clock, options) = (TimeProvider.System, new ProbeOptions { AllowLoopback = true, Watch = new() { BetweenAttemptsPerHost = TimeSpan.Zero } });
            var scratch = disk is null ? new Scratch() : null;
            var file = new ProbeFile(disk ?? scratch!.New("spool.db"));
            var sightings = new Sightings(file);
            var recalled = sightings.Recall(clock.GetUtcNow()).Count;
            var (drain, outbox, http, canaries) = (new Drain(clock), new Outbox(new(file)), new HttpClient(), new CanaryRounds([], options, clock, NullLogger<CanaryRounds>.Instance));
            var toldBefore = outbox.Spool.Depth;
            var open = RtspSession.Opener(new(drain, clock, Random.Shared, AllowLoopback: true, options.Watch.Patience));
            var watched = new WatchedCameras(options, open, sightings, new(file, NullLogger<ApprovedViews>.Instance), new(file, NullLogger<UsualPictures>.Instance), new(file, NullLogger<CameraRecords>.Instance), OnvifMeans.Make(clock, Random.Shared, options.Watch.Patience, allowLoopback: true), clock, Random.Shared, NullLogger<WatchedCameras>.Instance);
            var judge = new JudgeRounds(watched, canaries, outbox, new(http, options, clock, NullLogger<ApiConnection>.Instance), options, clock, NullLogger<JudgeRounds>.Instance);
            await watched.Follow(new(Guid.Empty, "1", [.. Enumerable.Range(0, many).Select(n => new AssignedCamera(Id(n), Guid.Empty, server.Url(Path(n)), null, null, new(0, 0, 0, null)))]), default);
            var clockwork = new Clockwork(Timetable.Of(options), [judge], clock, NullLoggerFactory.Instance);
            await clockwork.StartAsync(default);
            return new(scratch, file, drain, outbox, http, clockwork, watched) { Recalled = recalled, _toldBefore = toldBefore };
        }

        IReadOnlyList<VerdictObserved> Told => [.. outbox.Spool.Oldest(Spool.DefaultLimit).Skip(_toldBefore).OfType<VerdictObserved>()];

        public int Outages => Told.Count(v => v.Verdict.Availability() == Availability.Down);

        public int Blinded => Told.Where(v => v.Verdict == Verdict.ProbeBlind).DistinctBy(v => v.DeviceId).Count();

        public WatchedCamera Camera(int n) => watched.Cameras.First(c => c.Assigned.DeviceId == Id(n));

        /// <summary>As the probe does every three seconds.</summary>
        public void KeepSightings() => new Sightings(file).Keep(watched.Cameras.ToDictionary(c => c.Assigned.DeviceId, c => c.State.LastGood), synchronised: true, TimeProvider.System.GetUtcNow());

        public Task AllDeliver() => Until(() => watched.Cameras.All(c => c.Outlet.Meter.LastAccessUnitAt is not null));

        public Task AllSeen() => Until(() => watched.Cameras.All(c => c.State is { Phase: Phase.Online, Told.Verdict: Verdict.Online }));

        public async ValueTask DisposeAsync()
        {
            await clockwork.StopAsync(default);
            await watched.StopAll();
            await clockwork.DisposeAsync();
            http.Dispose();
            outbox.Dispose();
            drain.Dispose();
            file.Dispose();
            scratch?.Dispose();
        }

        static Guid Id(int n) => new(n + 1, 0, 0, new byte[8]);
    }
}
