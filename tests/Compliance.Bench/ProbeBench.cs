using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Compliance.Domain.Devices;
using Compliance.Probe.Look;
using Compliance.Probe.Watch;
using Compliance.Probe.Watch.Rtp;
using Compliance.Probe.Watch.Rtsp;
using VenueSimulator.Load;
using VenueSimulator.Media;

namespace Compliance.Bench;

/// <summary>
/// What it costs to watch many 1080p25 streams without decoding them: our watch in one process, then one
/// <c>ffmpeg -c copy</c> process per stream, of the same paced and de-phased cameras, which run in a process of their own.
/// CPU time is what the kernel counted for the watching processes alone.
/// </summary>
static class ProbeBench
{
    const int DefaultStreams = 100;
    const double Target = 5;

    /// <summary>The first seconds belong to the compiler and to opening the streams.</summary>
    static readonly TimeSpan Warmup = TimeSpan.FromSeconds(15);
    static readonly TimeSpan Window = TimeSpan.FromSeconds(20);

    public static async Task Run(string[] args)
    {
        if (args is ["watch", var address, var many])
        {
            await Watch(address, Number(many));
            return;
        }

        var streams = args is [var wanted] ? Number(wanted) : DefaultStreams;
        var clip = await ClipCache.Shared.Make(ClipRecipe.FullHd);
        using var server = Child("dotnet", [typeof(LoadServer).Assembly.Location, "load", "--clip", $"h264={clip},25", "--port", "0", "--auth", "none"]);
        var cameras = (await server.StandardOutput.ReadLineAsync())!.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        var first = cameras[..^1];

        var (ours, seen) = await Ours(first, streams);
        var theirs = await Ffmpeg(first, streams);
        server.Kill();

        var name = $"probe: {streams} paced 1080p25 streams";
        Figure.Print($"{name}, watched", "streams/core", [(streams / ours, streams / theirs)], "one ffmpeg -c copy process per stream", Target);
        Figure.Print($"{name}, CPU per stream", "microseconds a second", [(ours * 1e6 / streams, null)]);
        Figure.Print($"{name}, CPU per stream of ffmpeg", "microseconds a second", [(theirs * 1e6 / streams, null)]);
        Figure.Print($"{name}, frames seen", "frames/s a stream", [(seen, null)]);
    }

    /// <summary>Cores used by our watch, and the frames a second it saw of each stream.</summary>
    static async Task<(double Cores, double Frames)> Ours(string first, int streams)
    {
        using var watch = Child("dotnet", [Assembly.GetExecutingAssembly().Location, "probe", "watch", first, streams.ToString(CultureInfo.InvariantCulture)]);
        while (await watch.StandardOutput.ReadLineAsync() is { } line && line != "watching") continue;
        var cores = await CoresOf([watch]);
        watch.StandardInput.Close();
        return (cores, double.Parse((await watch.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture));
    }

    static async Task<double> Ffmpeg(string first, int streams)
    {
        var all = Enumerable.Range(1, streams).Select(n => Child(
            "ffmpeg", ["-nostdin", "-loglevel", "quiet", "-rtsp_transport", "tcp", "-i", $"{first}{n}", "-c", "copy", "-f", "null", "-"])).ToArray();
        try
        {
            return await CoresOf(all);
        }
        finally
        {
            foreach (var one in all) one.Kill();
        }
    }

    static async Task<double> CoresOf(Process[] processes)
    {
        await Task.Delay(Warmup);
        var (begun, before) = (Stopwatch.GetTimestamp(), Used());
        await Task.Delay(Window);
        return (Used() - before) / Stopwatch.GetElapsedTime(begun);

        TimeSpan Used() => processes.Aggregate(TimeSpan.Zero, (sum, process) =>
        {
            process.Refresh();
            return sum + process.TotalProcessorTime;
        });
    }

    /// <summary>The child: watches until its standard input ends, then says how many frames a second it saw of each stream.</summary>
    static async Task Watch(string first, int streams)
    {
        var clock = TimeProvider.System;
        var settings = new WatchSettings { BetweenAttemptsPerHost = TimeSpan.Zero };
        using var drain = new Drain(clock);
        using var stop = new CancellationTokenSource();
        var open = RtspSession.Opener(new(drain, clock, Random.Shared, AllowLoopback: true, settings.Patience));
        var (turnstile, signIns) = (new Turnstile(settings, clock), new SignIns(settings, clock));
        var outlets = Enumerable.Range(1, streams).Select(_ => new FeedOutlet(new StreamMeter(), new Fanout())).ToArray();
        var watches = outlets.Select((outlet, i) => new CameraWatch(
            new(new($"{first}{i + 1}"), null, null, FeedTransport.Tcp), outlet, open, turnstile, signIns, settings, clock, Random.Shared).Run(stop.Token)).ToArray();
        Console.WriteLine("watching");
        while (await Console.In.ReadLineAsync() is not null) continue;
        Console.WriteLine(outlets.Average(o => o.Meter.Measure(20, clock.GetUtcNow()).Fps).ToString(CultureInfo.InvariantCulture));
        await stop.CancelAsync();
        await Task.WhenAll(watches).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    static Process Child(string program, string[] args) =>
        Process.Start(new ProcessStartInfo(program, args) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
}
