using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Compliance.Probe.Watch;
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
    const double Target = 10;

    /// <summary>So many streams are held against as many processes of ffmpeg: more of these would be short of cores and look cheaper than they are.</summary>
    const int SideBySide = 25;

    /// <summary>The first seconds belong to the compiler and to opening the streams; code that runs once for a picture is compiled late.</summary>
    static readonly TimeSpan Warmup = TimeSpan.FromSeconds(15), FullWarmup = TimeSpan.FromSeconds(60);
    static readonly TimeSpan Window = TimeSpan.FromSeconds(8);

    /// <summary>The probe's own, so that its threads wait here as they do there.</summary>
    static string ProbesRuntime => Path.ChangeExtension(typeof(WatchSettings).Assembly.Location, ".runtimeconfig.json");

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

        if (args is ["faults", .. var fewer])
        {
            await FaultBench.Run(fewer is [var reopened] ? Number(reopened) : FaultBench.Reopened);
            return;
        }

        var streams = args is [var wanted, ..] ? Number(wanted) : DefaultStreams;
        var looks = args is [_, var several] ? Number(several) : DefaultInFlight;
        var clip = await ClipCache.Shared.Make(ClipRecipe.FullHd);
        using var server = Child("dotnet", [typeof(LoadServer).Assembly.Location, "load", "--clip", $"h264={clip},25", "--port", "0", "--auth", "none"]);
        var first = (await server.StandardOutput.ReadLineAsync())!.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1][..^1];

        var metered = await Ours(WatchChild.Meter, first, streams, Warmup, Window);
        var full = await Ours(WatchChild.Full, first, streams, FullWarmup, FullWindow);
        var few = Math.Min(streams, SideBySide);
        var besides = few == streams ? metered : await Ours(WatchChild.Meter, first, few, Warmup, Window);
        var theirs = await Ffmpeg(first, few);

        var name = $"probe: {streams} paced 1080p25 streams";
        Figure.Print($"probe: {few} paced 1080p25 streams side by side, watched", "streams/core", Against(Cores(besides), few), "as many ffmpeg -c copy processes", Target);
        Figure.Print($"{name}, watched", "streams/core", [.. Cores(metered).Select(c => (streams / c, (double?)null))]);
        Figure.Print($"{name}, watched, judged and looked at", "streams/core", Against(Cores(full), streams), $"one ffmpeg -c copy process per stream, of {few}");
        Figure.Print($"{name}, CPU per stream", "microseconds a second", PerStream(Cores(metered), streams));
        Figure.Print($"{name}, CPU per stream with judge and pictures", "microseconds a second", PerStream(Cores(full), streams));
        Figure.Print($"probe: {few} paced 1080p25 streams side by side, CPU per stream of ffmpeg", "microseconds a second", PerStream(theirs, few));
        Figure.Print($"{name}, frames seen", "frames/s a stream", [.. metered.Concat(full).Select(r => (r.Frames, (double?)null))]);
        Figure.Print($"{name}, pictures looked at", "pictures/min a stream", [.. full.Select(r => (r.Pictures * 60 / streams, (double?)null))]);
        var watched = metered.Average(r => r.Cores);
        double[] picture = [.. full.Select(r => (r.Cores - watched) / r.Pictures)];
        Figure.Print($"{name}, CPU of a picture, decoded and with all tests", "ms", [.. picture.Select(c => (c * 1000, (double?)null))]);
        Figure.Print("probe: a picture of each camera every 2 s, computed", "cameras/core", [.. picture.Select(c => (1 / ((c / 2) + (watched / streams)), (double?)null))], target: 100);
        await CheckBench.Run(first, looks, Child);
        server.Kill();
        await Thousand(clip);
        await FaultBench.Run();

        static double[] Cores(Round[] rounds) => [.. rounds.Select(r => r.Cores)];
        (double, double?)[] Against(double[] cores, int watched) => [.. cores.Zip(theirs, (ours, other) => (watched / ours, (double?)(few / other)))];
        static (double, double?)[] PerStream(double[] cores, int watched) => [.. cores.Select(c => (c * 1e6 / watched, (double?)null))];
    }

    /// <summary>A thousand cameras are more than a server on the same two cores can serve in eight parts a frame: it sends two.</summary>
    static async Task Thousand(string clip)
    {
        const int streams = 1000;
        using var server = Child("dotnet", [typeof(LoadServer).Assembly.Location, "load", "--clip", $"h264={clip},25", "--port", "0", "--auth", "none", "--parts", "2"]);
        var first = (await server.StandardOutput.ReadLineAsync())!.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1][..^1];
        var rounds = await Ours(WatchChild.Meter, first, streams, Warmup, Window);
        server.Kill();
        const string name = "probe: 1,000 streams of 1080p25 at 4 Mbit/s";
        Figure.Print($"{name}, processor", "% of a core", [.. rounds.Select(r => (r.Cores * 100, (double?)null))], target: 40, atMost: true);
        Figure.Print($"{name}, memory each", "MB", [.. rounds.Select(r => (r.Megabytes / streams, (double?)null))], target: 0.25, atMost: true);
        Figure.Print($"{name}, packets lost", "packets", [.. rounds.Select(r => (r.Lost, (double?)null))], target: 0, atMost: true);
        Figure.Print($"{name}, frames seen", "frames/s a stream", [.. rounds.Select(r => (r.Frames, (double?)null))]);
    }

    /// <summary>Cores used by our watch in one round, what it saw a second (frames of each stream, pictures of all), the packets lost in the twenty seconds before and the memory it holds.</summary>
    sealed record Round(double Cores, double Frames, double Pictures, double Lost, double Megabytes);

    static async Task<Round[]> Ours(string how, string first, int streams, TimeSpan warmup, TimeSpan window)
    {
        using var watch = Child("dotnet", ["exec", "--runtimeconfig", ProbesRuntime, Assembly.GetExecutingAssembly().Location, "probe", how, first, streams.ToString(CultureInfo.InvariantCulture)]);
        while (await watch.StandardOutput.ReadLineAsync() is { } line && line != "watching") continue;
        await Task.Delay(warmup);
        var rounds = new Round[Rounds];
        var looked = (await Ask())[1];
        for (var round = 0; round < Rounds; round++)
        {
            var cores = await CoresOf([watch], window);
            var said = await Ask();
            rounds[round] = new(cores, said[0], (said[1] - looked) / window.TotalSeconds, said[2], said[3]);
            looked = said[1];
        }

        watch.StandardInput.Close();
        await watch.WaitForExitAsync();
        return rounds;

        async Task<double[]> Ask()
        {
            await watch.StandardInput.WriteLineAsync();
            return [.. (await watch.StandardOutput.ReadLineAsync())!.Split(' ').Select(word => double.Parse(word, CultureInfo.InvariantCulture))];
        }
    }

    static async Task<double[]> Ffmpeg(string first, int streams)
    {
        var all = Enumerable.Range(1, streams).Select(n => Child(
            "ffmpeg", ["-nostdin", "-loglevel", "quiet", "-rtsp_transport", "tcp", "-i", $"{first}{n}", "-c", "copy", "-f", "null", "-"])).ToArray();
        try
        {
            await Task.Delay(Warmup);
            var rounds = new double[Rounds];
            for (var round = 0; round < Rounds; round++) rounds[round] = await CoresOf(all, Window);
            return rounds;
        }
        finally
        {
            foreach (var one in all) one.Kill();
        }
    }

    static async Task<double> CoresOf(Process[] processes, TimeSpan window)
    {
        var (begun, before) = (Stopwatch.GetTimestamp(), Used());
        await Task.Delay(window);
        return (Used() - before) / Stopwatch.GetElapsedTime(begun).TotalSeconds;
        double Used() => processes.Sum(process => CpuSeconds(process.Id));
    }

    /// <summary>Of a process and of its children, those it has seen to their end and those that live (proc(5): utime, stime, cutime, cstime).</summary>
    internal static double CpuSeconds(int process)
    {
        const double ticksPerSecond = 100;
        if (Read($"/proc/{process}/stat") is not { Length: > 0 } stat) return 0;
        var living = Directory.EnumerateDirectories($"/proc/{process}/task").SelectMany(task => Read($"{task}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(Number);
        return (stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[11..15].Sum(ticks => long.Parse(ticks, CultureInfo.InvariantCulture)) / ticksPerSecond) + living.Sum(CpuSeconds);
    }

    /// <summary>Nothing of what is no more.</summary>
    static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            return "";
        }
    }

    static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    static Process Child(string program, string[] args) =>
        Process.Start(new ProcessStartInfo(program, args) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
}
