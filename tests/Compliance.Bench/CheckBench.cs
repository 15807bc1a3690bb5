using System.Diagnostics;
using System.Globalization;
using Compliance.Domain.Devices;
using Compliance.Probe.Judge;
using Compliance.Probe.Watch;
using Compliance.Probe.Watch.Rtsp;

namespace Compliance.Bench;

/// <summary>
/// What it costs to look at a feed once: connection, sign-in, first keyframe of a 1080p25 stream that is joined in the middle, goodbye.
/// The looking process measures itself, in batches after a warm-up; next to it <c>ffprobe</c> does as much, one process a look.
/// </summary>
static class CheckBench
{
    public const string Child = "check";
    const int Batch = 200, WarmUp = 3, Batches = 7, NationAMinute = 386_000;

    static readonly WatchSettings Watch = new() { BetweenAttemptsPerHost = TimeSpan.Zero, BetweenAttempts = TimeSpan.Zero, Patience = TimeSpan.FromSeconds(20), FirstPictureWithin = TimeSpan.FromSeconds(20) };

    /// <summary>The child: says of each batch how many milliseconds of processor a look took, and how many looks were good.</summary>
    public static async Task Look(string first, int inFlight)
    {
        var clock = TimeProvider.System;
        using var drain = new Drain(clock);
        var open = RtspSession.Opener(new(drain, clock, Random.Shared, AllowLoopback: true, Watch.Patience));
        var check = new QuickCheck(open, Watch, new(), clock);
        var (done, good, before) = (0, 0, TimeSpan.Zero);
        await Parallel.ForEachAsync(Enumerable.Range(0, Batch * (WarmUp + Batches)), new ParallelOptions { MaxDegreeOfParallelism = inFlight }, async (n, ct) =>
        {
            var found = await check.Run(new(new($"{first}{(n % inFlight) + 1}"), null, null, FeedTransport.Tcp), new(0, 1920, 1080, null), ct);
            if (found.Verdict == Verdict.Online) Interlocked.Increment(ref good);
            if (Interlocked.Increment(ref done) % Batch != 0) return;
            var spent = Environment.CpuUsage.TotalTime;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(spent - before).TotalMilliseconds / Batch} {good}"));
            before = spent;
        });
    }

    public static async Task Run(string first, int inFlight, Func<string, string[], Process> start)
    {
        using var looking = start("dotnet", [typeof(CheckBench).Assembly.Location, "probe", Child, first, inFlight.ToString(CultureInfo.InvariantCulture)]);
        // Its first line names the machine, as that of every bench.
        var said = (await looking.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(line => line.Split(' ').Select(word => double.Parse(word, CultureInfo.InvariantCulture)).ToArray()).ToArray();
        double[] ours = [.. said.Skip(WarmUp).Select(batch => batch[0])];
        var theirs = new double[ours.Length];
        for (var i = 0; i < theirs.Length; i++) theirs[i] = await Ffprobe($"{first}{i + 1}");

        var name = $"probe: one look, {inFlight} in flight";
        Figure.Print($"{name}, CPU", "ms", [.. ours.Select(ms => (ms, (double?)null))], target: 5, atMost: true);
        Figure.Print($"{name}, looks a core", "looks/s", [.. ours.Zip(theirs, (o, t) => (1000 / o, (double?)(1000 / t)))], "one ffprobe process a look", 30);
        Figure.Print($"{name}, looks that were good", "of 100", [(said[^1][1] * 100 / (Batch * said.Length), null)]);
        Figure.Print($"the nation: {NationAMinute} looks a minute, computed", "cores", [.. ours.Select(ms => (NationAMinute / 60.0 * ms / 1000, (double?)null))]);
        Figure.Print($"the nation: {NationAMinute} looks a minute at the rate a probe allows itself as shipped, computed", "processes", [(NationAMinute / 60.0 * new WatchSettings().BetweenAttempts.TotalSeconds, null)]);
    }

    static async Task<double> Ffprobe(string address)
    {
        var before = ProbeBench.CpuSeconds(Environment.ProcessId);
        using var probe = Process.Start(new ProcessStartInfo("ffprobe", ["-v", "quiet", "-rtsp_transport", "tcp", "-show_entries", "stream=codec_name,profile,width,height", address]) { RedirectStandardOutput = true })!;
        await probe.StandardOutput.ReadToEndAsync();
        await probe.WaitForExitAsync();
        return (ProbeBench.CpuSeconds(Environment.ProcessId) - before) * 1000;
    }
}
