using System.Globalization;
using Compliance.Domain.Probes;
using Compliance.Probe;
using Compliance.Probe.Look;
using Compliance.Probe.Schedule;
using Compliance.Probe.Tell;
using Compliance.Probe.Watch;
using Compliance.Probe.Watch.Onvif;
using Compliance.Probe.Watch.Rtsp;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Compliance.Bench;

/// <summary>The process that <see cref="ProbeBench"/> measures: the probe's own rounds over many cameras, in the runtime's settings of the probe, told to nobody. It watches until its standard input ends.</summary>
static class WatchChild
{
    public const string Meter = "meter", Full = "full";
    static readonly ProbeOptions Options = new() { AllowLoopback = true, Watch = new() { BetweenAttemptsPerHost = TimeSpan.Zero } };

    /// <summary>As a probe does that nobody configured otherwise.</summary>
    public static TimeSpan LooksEvery => Options.Look.Every;

    /// <summary>Says for each line it reads how many frames a second it sees of each stream, how many pictures it has looked at, how many packets were lost in twenty seconds, and how many megabytes it holds.</summary>
    public static async Task Run(string first, int streams, bool full)
    {
        var clock = TimeProvider.System;
        using var scratch = new Scratch();
        using var file = new ProbeFile(scratch.New("spool.db"));
        using var drain = new Drain(clock);
        var open = RtspSession.Opener(new(drain, clock, Random.Shared, AllowLoopback: true, Options.Watch.Patience));
        var watched = new WatchedCameras(Options, open, new(file), new(file, NullLogger<ApprovedViews>.Instance), new(file, NullLogger<UsualPictures>.Instance), new(file, NullLogger<CameraRecords>.Instance), OnvifMeans.Make(clock, Random.Shared, TimeSpan.FromSeconds(5), allowLoopback: true), clock, Random.Shared, NullLogger<WatchedCameras>.Instance);
        await watched.Follow(new(Guid.Empty, "1", [.. Enumerable.Range(1, streams).Select(n => Camera(new($"{first}{n}")))]), default);

        using var decoder = new Decoder(Options.Look, clock);
        using var outbox = new Outbox(new(file));
        using var http = new HttpClient();
        var canaries = new CanaryRounds([], Options, clock, NullLogger<CanaryRounds>.Instance);
        var judge = new JudgeRounds(watched, canaries, outbox, new(http, Options, clock, NullLogger<ApiConnection>.Instance), Options, clock, NullLogger<JudgeRounds>.Instance);
        var looks = new Looks();
        var look = new LookRounds(watched, decoder, Options, clock, looks);
        await using var clockwork = new Clockwork(Timetable.Of(Options), [judge, look], clock, NullLoggerFactory.Instance);
        if (full) await clockwork.StartAsync(default);

        Console.WriteLine("watching");
        while (await Console.In.ReadLineAsync() is not null)
        {
            Measurement[] seen = [.. watched.Cameras.Select(c => c.Outlet.Meter.Measure(20, clock.GetUtcNow()))];
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{seen.Average(m => m.Fps)} {looks.Count} {seen.Sum(m => m.PacketsLost)} {Environment.WorkingSet / 1e6}"));
        }

        await clockwork.StopAsync(default);
        await watched.StopAll();
    }

    static AssignedCamera Camera(Uri stream) => new(Guid.NewGuid(), Guid.Empty, stream, null, null, new(15, 0, 0, null));

    /// <summary>Counts the pictures that were looked at, each of which is said at level Debug.</summary>
    sealed class Looks : ILogger<LookRounds>
    {
        int _count;

        public int Count => _count;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel == LogLevel.Debug;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Interlocked.Increment(ref _count);
    }
}
