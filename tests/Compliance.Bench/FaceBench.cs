using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Compliance.Domain.Probes;
using Compliance.Domain.WatchLists;
using Compliance.Probe;
using Compliance.Probe.Eyes;
using Compliance.Probe.Eyes.Faces;
using Compliance.Probe.Eyes.Live;
using Compliance.Probe.Schedule;
using Compliance.Probe.Tell;
using Compliance.Probe.Watch;
using Compliance.Probe.Watch.Onvif;
using Compliance.Probe.Watch.Rtp;
using Compliance.Probe.Watch.Rtsp;
using Microsoft.Extensions.Logging.Abstractions;
using OpenCvSharp;
using VenueSimulator.Load;
using VenueSimulator.Media;
using VenueSimulator.Pictures;

namespace Compliance.Bench;

/// <summary>
/// How long after somebody on a list came into the picture of a camera of 1280x720 at 25 pictures a second a candidate is told: from the first access unit that shows him to the word of the
/// box, with the networks that are installed (<c>./run models</c>), three enrolled pictures each and a fourth on the camera, between strangers. Each comes by once: the same is not told twice within minutes. Pictures are those of Labeled Faces in the Wild.
/// </summary>
static class FaceBench
{
    const int Cameras = 2, Listed = 24, Strangers = 3, ListLength = 50, EmptySeconds = 3, ShownSeconds = 4, Fps = 25, Face = 300, Width = 1280, Height = 720;
    static readonly TimeSpan Length = TimeSpan.FromSeconds(Listed * (EmptySeconds + ShownSeconds) + 10), Late = TimeSpan.FromSeconds(ShownSeconds + 2);
    static readonly ProbeOptions Options = new() { AllowLoopback = true, Watch = new() { BetweenAttemptsPerHost = TimeSpan.Zero } };

    sealed record Person(string Name, IReadOnlyList<string> Files);

    public static async Task Run(string[] args)
    {
        if (args is not [var folder, ..] || !Directory.Exists(folder))
        {
            Console.Error.WriteLine("./run bench faces DIR: a folder with pictures Name_0001.jpg, as of Labeled Faces in the Wild");
            return;
        }

        Cv2.SetNumThreads(1);
        var slots = ModelSlots.Read();
        using var finder = FaceFinder.Open(slots);
        using var recogniser = FaceRecogniser.Open(slots);
        if (!recogniser.Thresholds.IsMeasured) throw new InvalidOperationException("Nobody measured the installed recogniser: ./run evaluate faces --images DIR --pairs FILE --keep");
        var persons = Directory.EnumerateFiles(folder, "*.jpg").Order(StringComparer.Ordinal).GroupBy(path => LfwPairs.PersonOf(Path.GetFileNameWithoutExtension(path))).Select(group => new Person(group.Key, [.. group])).ToList();
        var many = persons.Where(person => person.Files.Count >= 4 && person.Files.Take(4).All(file => IsGood(file, finder, recogniser))).Take(Cameras * Listed).ToList();
        var alone = persons.Where(person => person.Files.Count == 1).ToList();
        using var list = new HeldList(new(Guid.NewGuid(), Guid.Empty, Guid.Empty, recogniser.Slot.Sha256, 0,
        [
            .. many.Select((person, n) => Enrol(n, person, 3, finder, recogniser)),
            .. alone.TakeLast(ListLength * 2).Where(person => IsGood(person.Files[0], finder, recogniser)).Take(ListLength - many.Count).Select((person, n) => Enrol(1000 + n, person, 1, finder, recogniser)),
        ]));

        using var scratch = new Scratch();
        string[] films = [.. await Task.WhenAll(many.Chunk(Listed).Select((some, n) => Film(some, [.. alone.SkipLast(2 * ListLength)], scratch.New($"faces{n}.h264"), scratch)))];
        using var server = Process.Start(new ProcessStartInfo("dotnet",
            [typeof(LoadServer).Assembly.Location, "load", .. films.SelectMany((film, n) => (string[])["--clip", $"film{n}={film},{Fps}"]), "--port", "0", "--auth", "none"]) { RedirectStandardOutput = true })!;
        var places = new List<Uri>();
        while (places.Count < films.Length) places.Add(new((await server.StandardOutput.ReadLineAsync())!.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]));

        var clock = TimeProvider.System;
        using var file = new ProbeFile(scratch.New("spool.db"));
        using var drain = new Drain(clock);
        using var stop = new CancellationTokenSource();
        var open = RtspSession.Opener(new(drain, clock, Random.Shared, AllowLoopback: true, Options.Watch.Patience));
        var watched = new WatchedCameras(Options, open, new(file), new(file, NullLogger<ApprovedViews>.Instance), new(file, NullLogger<UsualPictures>.Instance), new(file, NullLogger<CameraRecords>.Instance), OnvifMeans.Make(clock, Random.Shared, TimeSpan.FromSeconds(5), allowLoopback: true), clock, Random.Shared, NullLogger<WatchedCameras>.Instance);
        AssignedCamera[] cameras = [.. places.Select(place => new AssignedCamera(Guid.NewGuid(), Guid.Empty, place, null, null, new(15, 0, 0, null)))];
        await watched.Follow(new(Guid.Empty, "1", cameras), default);

        var told = new ConcurrentQueue<(Guid Camera, Guid Entry, DateTimeOffset At)>();
        using var lanes = new SemaphoreSlim(Math.Max(1, Environment.ProcessorCount - 1));
        var means = new FaceMeans(finder, recogniser, new LiveDecoder(clock, NullLogger<LiveDecoder>.Instance).RunLarge, seen => told.Enqueue((seen.DeviceId, seen.Candidate.Likeness.EntryId, clock.GetUtcNow())), lanes);
        var onsets = new ConcurrentQueue<(Guid Camera, Guid Entry, DateTimeOffset At)>();
        FaceEye[] eyes = [.. cameras.Select(camera => new FaceEye(camera.DeviceId, watched.Following(camera.DeviceId)!, [list], means))];
        Task[] running = [.. eyes.Select(eye => eye.Run(stop.Token)), .. cameras.Select((camera, n) => Onsets(camera.DeviceId, films[n], n, watched.Following(camera.DeviceId)!, onsets, stop.Token))];
        var cpu = Used();
        var began = Stopwatch.GetTimestamp();
        await Task.Delay(Length);
        var cores = (Used() - cpu) / Stopwatch.GetElapsedTime(began).TotalSeconds;
        await stop.CancelAsync();
        await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await watched.StopAll();
        server.Kill();

        var limit = DateTimeOffset.UtcNow - Late;
        var came = onsets.Where(onset => onset.At < limit).DistinctBy(onset => onset.Entry).ToList();
        double[] after = [.. came.Select(onset => told.Where(one => (one.Camera, one.Entry) == (onset.Camera, onset.Entry) && one.At > onset.At && one.At < onset.At + Late).Select(one => (double?)(one.At - onset.At).TotalSeconds).FirstOrDefault()).OfType<double>().Order()];
        var wrong = told.Count(one => !onsets.Any(onset => (onset.Camera, onset.Entry) == (one.Camera, one.Entry) && one.At > onset.At && one.At < onset.At + Late));
        Console.Error.WriteLine($"{recogniser.Slot.Name}: {came.Count} listed persons came by, {after.Length} were told; {wrong} times somebody else was; a list of {list.Faces.Count}, {eyes.Sum(eye => eye.Judged)} persons judged");
        if (after.Length == 0) return;
        var name = $"faces: {cameras.Length} cameras of {Width}x{Height} at {Fps} a second, four faces in the picture";
        Figure.Print($"{name}, from the first picture of somebody to the candidate, median of {after.Length} of {came.Count}", "s", [(after[(after.Length - 1) / 2], null)]);
        Figure.Print($"{name}, from the first picture of somebody to the candidate, 95 % of {after.Length}", "s", [(after[(int)Math.Ceiling(0.95 * after.Length) - 1], null)], target: 1, atMost: true);
        Figure.Print($"{name}, processor of a camera", "% of a core", [(100 * cores / cameras.Length, null)]);

        double Used() => ProbeBench.CpuSeconds(Environment.ProcessId) - ProbeBench.CpuSeconds(server.Id);
    }

    static async Task Onsets(Guid camera, string film, int number, Fanout fanout, ConcurrentQueue<(Guid, Guid, DateTimeOffset)> onsets, CancellationToken ct)
    {
        var pictures = AnalyticsBench.Pictures(await File.ReadAllBytesAsync(film, ct));
        const int round = (EmptySeconds + ShownSeconds) * Fps;
        var first = Enumerable.Range(0, pictures.Count / round).ToDictionary(n => Convert.ToHexString(AnalyticsBench.Tail(pictures[n * round + EmptySeconds * Fps].Span)), n => EntryOf(number * Listed + n));
        using var tap = fanout.Tap("bench");
        await foreach (var unit in tap.Units(ct))
            if (first.TryGetValue(Convert.ToHexString(AnalyticsBench.Tail(unit.AnnexB.Span)), out var entry)) onsets.Enqueue((camera, entry, unit.At));
    }

    static Guid EntryOf(int number) => new(number + 1, 0, 0, new byte[8]);

    static bool IsGood(string file, FaceFinder finder, FaceRecogniser recogniser)
    {
        using var picture = Read(file);
        return FacesCommand.Enrol(picture.ToBytes(".png"), finder, recogniser).Template is not null;
    }

    static ListedFace Enrol(int number, Person person, int pictures, FaceFinder finder, FaceRecogniser recogniser)
    {
        var all = person.Files.Take(pictures).Select(path =>
        {
            using var picture = Read(path);
            return new FaceTemplate(MemoryMarshal.Cast<byte, float>(FacesCommand.Enrol(picture.ToBytes(".png"), finder, recogniser).Template!));
        }).ToList();
        using var mean = FaceTemplate.Mean(all);
        all.ForEach(one => one.Dispose());
        return new(EntryOf(number), MemoryMarshal.AsBytes(mean.Values).ToArray());
    }

    /// <summary>An empty wall, then one listed person between strangers; each in turn.</summary>
    static async Task<string> Film(IReadOnlyList<Person> persons, IReadOnlyList<Person> strangers, string path, Scratch scratch)
    {
        var chance = new Random(persons[0].Name.Length);
        List<string> inputs = [];
        var wall = Save(new Mat(Height, Width, MatType.CV_8UC3, OpenCvSharp.Scalar.All(80)));
        foreach (var person in persons)
        {
            var picture = new Mat(Height, Width, MatType.CV_8UC3, OpenCvSharp.Scalar.All(80));
            string[] all = [person.Files[3], .. Enumerable.Range(0, Strangers).Select(_ => strangers[chance.Next(strangers.Count)].Files[0])];
            chance.Shuffle(all);
            for (var n = 0; n < all.Length; n++)
            {
                using var face = Read(all[n]);
                using var small = face.Resize(new Size(Face, Face));
                small.CopyTo(picture[new Rect(10 + n * (Face + 20), chance.Next(Height - Face), Face, Face)]);
            }

            inputs.AddRange(["-loop", "1", "-framerate", $"{Fps}", "-t", $"{EmptySeconds}", "-i", wall, "-loop", "1", "-framerate", $"{Fps}", "-t", $"{ShownSeconds}", "-i", Save(picture)]);
        }

        var count = 2 * persons.Count;
        using var child = Process.Start(new ProcessStartInfo("ffmpeg",
        [
            "-hide_banner", "-loglevel", "error", "-y", .. inputs,
            "-filter_complex", string.Create(CultureInfo.InvariantCulture, $"{string.Concat(Enumerable.Range(0, count).Select(n => $"[{n}:v]"))}concat=n={count}:v=1:a=0,noise=alls=6:allf=t,setsar=1"),
            .. ClipRecipe.FfmpegEncoding(Codec.H264, "50", 3000), path,
        ]))!;
        await child.WaitForExitAsync();
        return child.ExitCode == 0 ? path : throw new InvalidOperationException("ffmpeg made no film of the pictures");

        string Save(Mat picture)
        {
            using (picture)
            {
                var name = scratch.New($"{Guid.NewGuid():N}.png");
                picture.SaveImage(name);
                return name;
            }
        }
    }

    /// <summary>Those of the folder are small: a camera at a door sees faces larger.</summary>
    static Mat Read(string path)
    {
        using var picture = Cv2.ImRead(path);
        return picture.Resize(new Size(2 * Face, 2 * Face), 0, 0, InterpolationFlags.Cubic);
    }
}
