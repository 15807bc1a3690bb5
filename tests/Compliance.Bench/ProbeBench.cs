using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using VenueSimulator.Load;
using VenueSimulator.Media;

namespace Compliance.Bench;

/// <summary>
/// What it costs to watch many 1080p25 streams: once receiving and metering alone, once with the judge and a decoded keyframe
/// every few seconds as configured, and once as one <c>ffmpeg -c copy</c> process a stream. The cameras are paced and
/// de-phased and run in a process of their own; CPU time is what the kernel counted for the watching processes and the
/// decoders they started.
/// </summary>
static class ProbeBench
{
    const int DefaultStreams = 100;
    const int DefaultInFlight = 600;
    const int Rounds = 3;
    const double Target = 5;

    /// <summary>The first seconds belong to the compiler and to opening the streams.</summary>
    static readonly TimeSpan Warmup = TimeSpan.FromSeconds(15);
    static readonly TimeSpan Window = TimeSpan.FromSeconds(8);

    /// <summary>Two looks at each picture, so that every round holds the same work.</summary>
    static readonly TimeSpan FullWindow = 2 * WatchChild.LooksEvery;

    public static async Task Run(string[] args)
    {
        if (args is [WatchChild.Meter or WatchChild.Full, var address, var many])
        {
            await WatchChild.Run(address, Number(many), args[0] == WatchChild.Full);
            return;
        }

        if (args is [CheckBench.Child, var place, var inFlight])
        {
            await CheckBench.Look(place, Number(inFlight));
            return;
        }

        var streams = args is [var wanted, ..] ? Number(wanted) : DefaultStreams;
        var looks = args is [_, var several] ? Number(several) : DefaultInFlight;
        var clip = await ClipCache.Shared.Make(ClipRecipe.FullHd);
        using var server = Child("dotnet", [typeof(LoadServer).Assembly.Location, "load", "--clip", $"h264={clip},25", "--port", "0", "--auth", "none"]);
        var first = (await server.StandardOutput.ReadLineAsync())!.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1][..^1];

        var (metered, seen) = await Ours(WatchChild.Meter, first, streams, Window);
        var (full, fullySeen) = await Ours(WatchChild.Full, first, streams, FullWindow);
        var theirs = await Ffmpeg(first, streams);

        var name = $"probe: {streams} paced 1080p25 streams";
        Figure.Print($"{name}, watched", "streams/core", Against(metered), "one ffmpeg -c copy process per stream", Target);
        Figure.Print($"{name}, watched, judged and looked at", "streams/core", Against(full), "one ffmpeg -c copy process per stream");
        Figure.Print($"{name}, CPU per stream", "microseconds a second", PerStream(metered));
        Figure.Print($"{name}, CPU per stream with judge and pictures", "microseconds a second", PerStream(full));
        Figure.Print($"{name}, CPU per stream of ffmpeg", "microseconds a second", PerStream(theirs));
        Figure.Print($"{name}, frames seen", "frames/s a stream", [(seen[0], null), (fullySeen[0], null)]);
        Figure.Print($"{name}, pictures looked at", "pictures/min a stream", [(fullySeen[1] * 60, null)]);
        double[] picture = [.. full.Zip(metered, (all, watch) => (all - watch) / streams / fullySeen[1])];
        Figure.Print($"{name}, CPU of a picture, decoded and with all tests", "ms", [.. picture.Select(c => (c * 1000, (double?)null))]);
        Figure.Print("probe: a picture of each camera every 2 s, computed", "cameras/core", [.. picture.Zip(metered, (c, watch) => (1 / ((c / 2) + (watch / streams)), (double?)null))], target: 100);
        await CheckBench.Run(first, looks, Child);
        server.Kill();

        (double, double?)[] Against(double[] cores) => [.. cores.Zip(theirs, (ours, other) => (streams / ours, (double?)(streams / other)))];
        (double, double?)[] PerStream(double[] cores) => [.. cores.Select(c => (c * 1e6 / streams, (double?)null))];
    }

    /// <summary>Cores used by our watch in each round, and what it saw a second of each stream: frames, and pictures looked at.</summary>
    static async Task<(double[] Cores, double[] Seen)> Ours(string how, string first, int streams, TimeSpan window)
    {
        using var watch = Child("dotnet", [Assembly.GetExecutingAssembly().Location, "probe", how, first, streams.ToString(CultureInfo.InvariantCulture)]);
        while (await watch.StandardOutput.ReadLineAsync() is { } line && line != "watching") continue;
        var cores = await CoresOf([watch], window);
        watch.StandardInput.Close();
        var said = (await watch.StandardOutput.ReadLineAsync())!;
        return (cores, [.. said.Split(' ').Select(word => double.Parse(word, CultureInfo.InvariantCulture))]);
    }

    static async Task<double[]> Ffmpeg(string first, int streams)
    {
        var all = Enumerable.Range(1, streams).Select(n => Child(
            "ffmpeg", ["-nostdin", "-loglevel", "quiet", "-rtsp_transport", "tcp", "-i", $"{first}{n}", "-c", "copy", "-f", "null", "-"])).ToArray();
        try
        {
            return await CoresOf(all, Window);
        }
        finally
        {
            foreach (var one in all) one.Kill();
        }
    }

    static async Task<double[]> CoresOf(Process[] processes, TimeSpan window)
    {
        await Task.Delay(Warmup);
        var rounds = new double[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            var (begun, before) = (Stopwatch.GetTimestamp(), Used());
            await Task.Delay(window);
            rounds[round] = (Used() - before) / Stopwatch.GetElapsedTime(begun).TotalSeconds;
        }

        return rounds;
        double Used() => processes.Sum(process => CpuSeconds(process.Id));
    }

    /// <summary>Of a process and of the children it has seen to their end (proc(5): utime, stime, cutime, cstime).</summary>
    internal static double CpuSeconds(int process)
    {
        const double ticksPerSecond = 100;
        var stat = File.ReadAllText($"/proc/{process}/stat");
        return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[11..15].Sum(ticks => long.Parse(ticks, CultureInfo.InvariantCulture)) / ticksPerSecond;
    }

    static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    static Process Child(string program, string[] args) =>
        Process.Start(new ProcessStartInfo(program, args) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
}
