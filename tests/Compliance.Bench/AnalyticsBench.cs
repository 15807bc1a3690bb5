using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Compliance.Domain.Detectors;
using Compliance.Domain.Probes;
using Compliance.Probe;
using Compliance.Probe.Eyes;
using Compliance.Probe.Eyes.Live;
using Compliance.Probe.Look;
using Compliance.Probe.Schedule;
using Compliance.Probe.Tell;
using Compliance.Probe.Watch;
using Compliance.Probe.Watch.Onvif;
using Compliance.Probe.Watch.Rtp;
using Compliance.Probe.Watch.Rtsp;
using Microsoft.Extensions.Logging.Abstractions;
using VenueSimulator.Load;
using VenueSimulator.Media;
using VenueSimulator.Pictures;
using Frame = Compliance.Probe.Eyes.Frame;

namespace Compliance.Bench;

/// <summary>
/// What it costs to look for fights, or with <c>all</c> for all that movement tells and to hold the pictures against tampering besides, on cameras of 640x360 at 25 pictures a second, from the connection to the score, and how long after the first picture of a fight its alert is told. The
/// cameras run in a process of their own; processor time is what the kernel counted for this process and its decoders. Before it, what the delivered models are worth by the grouped cross-validation that stands in their files.
/// </summary>
static class AnalyticsBench
{
    const int DefaultCameras = 4, Rounds = 3, CalmSeconds = 40, FightSeconds = 12, Fps = 25, FightClips = 6;
    static readonly TimeSpan Warmup = TimeSpan.FromSeconds(20), Window = TimeSpan.FromSeconds(20), Latencies = TimeSpan.FromMinutes(4);
    static readonly ProbeOptions Options = new() { AllowLoopback = true, Watch = new() { BetweenAttemptsPerHost = TimeSpan.Zero } };

    /// <summary>Counted on, so that all there is to count is counted.</summary>
    static readonly ViewCalibration View = new([new(new(0.5, 0.6), new(0.5, 0.3)), new(new(0.5, 1), new(0.5, 0.5))], [new(0, 0.4), new(1, 0.4), new(1, 1), new(0, 1)], 100, [new(null, [new(0.4, 0.5), new(0.6, 0.5), new(0.6, 0.9)])]);

    public static async Task Run(string[] args)
    {
        var all = args is [.., "all"];
        if (all) args = args[..^1];
        var count = args is [var wanted, ..] ? int.Parse(wanted, CultureInfo.InvariantCulture) : DefaultCameras;
        Worth(FightModel.FileName, (0.80, 0.87), null);
        Worth(FightModel.WithPersonsName, (0.84, 0.91), 0.65);
        OpenCvSharp.Cv2.SetNumThreads(1);
        string[] films = [.. await Task.WhenAll(Enumerable.Range(0, count).Select(Film))];
        using var server = Process.Start(new ProcessStartInfo("dotnet",
            [typeof(LoadServer).Assembly.Location, "load", .. films.SelectMany((film, n) => (string[])["--clip", $"film{n}={film},{Fps}"]), "--port", "0", "--auth", "none"]) { RedirectStandardOutput = true })!;
        var places = new List<Uri>();
        while (places.Count < count) places.Add(new((await server.StandardOutput.ReadLineAsync())!.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]));

        var clock = TimeProvider.System;
        using var scratch = new Scratch();
        using var file = new ProbeFile(scratch.New("spool.db"));
        using var drain = new Drain(clock);
        using var stop = new CancellationTokenSource();
        var open = RtspSession.Opener(new(drain, clock, Random.Shared, AllowLoopback: true, Options.Watch.Patience));
        var watched = new WatchedCameras(Options, open, new(file), new(file, NullLogger<ApprovedViews>.Instance), new(file, NullLogger<UsualPictures>.Instance), new(file, NullLogger<CameraRecords>.Instance), OnvifMeans.Make(clock, Random.Shared, TimeSpan.FromSeconds(5), allowLoopback: true), clock, Random.Shared, NullLogger<WatchedCameras>.Instance);
        AssignedCamera[] cameras = [.. places.Select(place => new AssignedCamera(Guid.NewGuid(), Guid.Empty, place, null, null, new(15, 0, 0, null)))];
        await watched.Follow(new(Guid.Empty, "1", cameras), default);

        using var decoder = new Decoder(Options.Look, clock);
        using var outbox = new Outbox(new(file));
        using var http = new HttpClient();
        var judge = new JudgeRounds(watched, new([], Options, clock, NullLogger<CanaryRounds>.Instance), outbox, new(http, Options, clock, NullLogger<ApiConnection>.Instance), Options, clock, NullLogger<JudgeRounds>.Instance);
        await using var clockwork = new Clockwork(Timetable.Of(Options), all ? [judge, new LookRounds(watched, decoder, Options, clock, NullLogger<LookRounds>.Instance)] : [], clock, NullLoggerFactory.Instance);
        await clockwork.StartAsync(default);

        var told = new ConcurrentQueue<(SeenAlert Seen, DateTimeOffset At)>();
        using var means = new EyesMeans(all ? EvaluateSenses.Kinds(FightModel.Shipped()) : [SenseKind.Fights(FightModel.Shipped(), (_, _, _) => new())], new LiveDecoder(clock, NullLogger<LiveDecoder>.Instance).Run, Told, Options.Eyes, AppContext.BaseDirectory, clock);
        bool Told(SeenAlert seen, DetectorModel model)
        {
            told.Enqueue((seen, clock.GetUtcNow()));
            return true;
        }

        CameraEye[] eyes = [.. cameras.Select(camera => new CameraEye(camera.DeviceId, watched.Following(camera.DeviceId)!, null, [.. means.Kinds.Select(kind => kind.Make(camera.DeviceId, View, kind.Model!.On(View)))], means))];
        var onsets = new ConcurrentQueue<(Guid Camera, DateTimeOffset At)>();
        Task[] running = [.. eyes.Select(eye => eye.Run(stop.Token)), .. cameras.Select((camera, n) => Onsets(camera.DeviceId, films[n], CalmPictures(n), watched.Following(camera.DeviceId)!, onsets, stop.Token))];

        await Task.Delay(Warmup);
        var rounds = new List<(double PerWindow, double PerCore, double Skipped)>();
        for (var round = 0; round < Rounds; round++)
        {
            var (cpu, windows, analysed, skipped, began) = (Used(), eyes.Sum(eye => eye.Analysed) / Frame.Rate, eyes.Sum(eye => eye.Analysed), eyes.Sum(eye => eye.Skipped), Stopwatch.GetTimestamp());
            await Task.Delay(Window);
            var cores = (Used() - cpu) / Stopwatch.GetElapsedTime(began).TotalSeconds;
            var (missed, looked) = (eyes.Sum(eye => eye.Skipped) - skipped, eyes.Sum(eye => eye.Analysed) - analysed);
            rounds.Add(((Used() - cpu) * 1000 / Math.Max(1, eyes.Sum(eye => eye.Analysed) / Frame.Rate - windows), count / cores, 100.0 * missed / Math.Max(1, missed + looked)));
        }

        var name = $"analytics: {(all ? "all of movement and the tests of the picture, " : "")}{count} cameras of 640x360 at {Fps} a second";
        Figure.Print($"{name}, processor time of a second (one window) of one camera, decoding included", "ms", [.. rounds.Select(r => (r.PerWindow, (double?)null))]);
        Figure.Print($"{name}, cameras a core", "cameras/core", [.. rounds.Select(r => (r.PerCore, (double?)null))], target: 8);
        Figure.Print($"{name}, frames missed", "%", [.. rounds.Select(r => (r.Skipped, (double?)null))], target: 0, atMost: true);
        if (RealFootage.Folder is null) Console.Error.WriteLine("There is no footage of fights beside the repository: nothing is said of the time until an alert.");
        else await Until(told, onsets);

        await clockwork.StopAsync(default);
        await stop.CancelAsync();
        await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await watched.StopAll();
        server.Kill();

        double Used() => ProbeBench.CpuSeconds(Environment.ProcessId) - ProbeBench.CpuSeconds(server.Id);
    }

    /// <summary>What a file of trees says of itself; nothing is measured here.</summary>
    /// <param name="plain">Accuracy and AUC that are aimed at under plain light.</param>
    /// <param name="found">Share of the fights found at 5 % false alarms.</param>
    static void Worth(string name, (double Accuracy, double Auc) plain, double? found)
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "models", name)));
        var lights = file.RootElement.GetProperty("crossValidation").EnumerateArray().ToDictionary(one => one.GetProperty("light").GetString()!);
        Print("plain", "accuracy", plain.Accuracy);
        Print("plain", "auc", plain.Auc);
        Print("plain", "foundAtFivePercent", found);
        Print("strobe", "falseAlarms", 0.15, atMost: true);
        Print("strobe", "found", 0.60);

        void Print(string light, string figure, double? target, bool atMost = false) =>
            Figure.Print($"analytics: {name}, {light} light, {figure}, by grouped cross-validation (read from the file)", "share", [(lights[light].GetProperty(figure).GetDouble(), null)], target: target, atMost: atMost);
    }

    static async Task Until(ConcurrentQueue<(SeenAlert Seen, DateTimeOffset At)> told, ConcurrentQueue<(Guid Camera, DateTimeOffset At)> onsets)
    {
        await Task.Delay(Latencies);
        var began = told.Where(one => one.Seen is { Until: null, Clip: null }).ToList();
        var limit = DateTimeOffset.UtcNow.AddSeconds(-FightSeconds - 3);
        var all = onsets.Where(onset => onset.At < limit).ToList();
        double[] after = [.. all.Select(onset => began.Where(one => one.Seen.DeviceId == onset.Camera && one.At > onset.At && one.At < onset.At.AddSeconds(FightSeconds + 3)).Select(one => (double?)(one.At - onset.At).TotalSeconds).FirstOrDefault()).OfType<double>().Order()];
        Console.Error.WriteLine($"{all.Count} fights came by, {after.Length} were told");
        if (after.Length == 0) return;
        Figure.Print($"analytics: from the first picture of a fight to its alert, median of {after.Length} of {all.Count}", "s", [(after[(after.Length - 1) / 2], null)]);
        Figure.Print($"analytics: from the first picture of a fight to its alert, 95 % of {after.Length}", "s", [(after[(int)Math.Ceiling(0.95 * after.Length) - 1], null)], target: 6, atMost: true);
    }

    /// <summary>No whole seconds, and others on each camera: at its next round a fight begins elsewhere in the detector's windows of a second.</summary>
    static int CalmPictures(int number) => CalmSeconds * Fps + 7 + 4 * number;

    /// <summary>When the first picture of the fight was sent, each time the film comes by: pictures are known by their last bytes. The connection is read every quarter of a second; by the time stamps of all pictures each is told its own instant.</summary>
    /// <param name="calm">Pictures before the fight.</param>
    static async Task Onsets(Guid camera, string film, int calm, Fanout fanout, ConcurrentQueue<(Guid, DateTimeOffset)> onsets, CancellationToken ct)
    {
        if (RealFootage.Folder is null) return;
        var first = Convert.ToHexString(Tail(Pictures(await File.ReadAllBytesAsync(film, ct))[calm].Span));
        using var tap = fanout.Tap("bench");
        var begun = DateTimeOffset.MaxValue;
        await foreach (var unit in tap.Units(ct))
        {
            var since = TimeSpan.FromSeconds(unit.Timestamp / 90_000.0); // RFC 6184, 8.1
            if (unit.At - since < begun) begun = unit.At - since;
            if (Convert.ToHexString(Tail(unit.AnnexB.Span)) == first) onsets.Enqueue((camera, begun + since));
        }
    }

    internal static ReadOnlySpan<byte> Tail(ReadOnlySpan<byte> bytes) => bytes[Math.Max(0, bytes.Length - 64)..];

    /// <summary>Each begins with an access unit delimiter.</summary>
    internal static List<ReadOnlyMemory<byte>> Pictures(byte[] film)
    {
        var begins = new List<int>();
        for (var at = 0; at + 5 < film.Length; at++)
            if (film.AsSpan(at, 4).SequenceEqual<byte>([0, 0, 0, 1]) && (film[at + 4] & 0x1F) == 9) begins.Add(at);
        begins.Add(film.Length);
        return [.. begins.Zip(begins.Skip(1), (from, to) => (ReadOnlyMemory<byte>)film.AsMemory(from..to))];
    }

    /// <summary>A calm stretch, then some clips of one fight; without footage a test picture.</summary>
    static async Task<string> Film(int number)
    {
        if (RealFootage.Folder is not { } folder) return await ClipCache.Shared.Make(ClipRecipe.Small);
        var sources = File.ReadLines(Path.Combine(folder, "fight", "labels.tsv")).Skip(1).Select(line => line.Split('\t')).Where(parts => parts[1] == "1")
            .GroupBy(parts => parts[2], parts => Path.Combine(folder, "fight", "clips", parts[0])).Where(source => source.Count() >= FightClips).OrderBy(source => source.Key, StringComparer.Ordinal).ToList();
        string[] fight = [.. sources[number % sources.Count].Take(FightClips)];
        var calm = Directory.EnumerateFiles(Path.Combine(folder, "calm"), "*.mp4").Order(StringComparer.Ordinal).First();
        string[] all = [calm, .. fight];
        var pictures = all.Select((_, n) => $"[{n}:v]scale=640:360:force_original_aspect_ratio=increase,crop=640:360,fps={Fps},setsar=1,{(n == 0 ? $"trim=end_frame={CalmPictures(number)}" : $"trim=duration={FightSeconds / FightClips}")},setpts=PTS-STARTPTS[v{n}]");
        return await ClipCache.Shared.Make($"calm-and-fight-{number % sources.Count}-{CalmPictures(number)}-{FightSeconds}.h264",
        [
            "-ss", $"{7 * number % 60}", .. all.SelectMany(one => (string[])["-i", one]), "-filter_complex", $"{string.Join(';', pictures)};{string.Concat(all.Select((_, n) => $"[v{n}]"))}concat=n={all.Length}:v=1:a=0",
            .. ClipRecipe.FfmpegEncoding(Codec.H264, "50", 800),
        ], default);
    }
}
