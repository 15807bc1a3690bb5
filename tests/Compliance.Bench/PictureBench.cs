using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Compliance.Domain.Devices;
using Compliance.Domain.Probes;
using Compliance.Probe.Judge;
using Compliance.Probe.Look;
using Compliance.Probe.Watch.Rtp;
using VenueSimulator.Media;
using VenueSimulator.Pictures;

namespace Compliance.Bench;

/// <summary>
/// What the picture tests find in the labelled set of the simulator. A line of JSON for each kind of picture: of how many cameras how
/// many pictures, what was said of them one by one, and for how many cameras it would have been told (as many in a row as the judge asks for).
/// <c>pictures 100</c> takes fifteen other rooms than those the thresholds were chosen by; <c>pictures footage</c> only the real clips beside the repository;
/// <c>pictures cost</c> where the processor time goes.
/// </summary>
static class PictureBench
{
    static readonly DateTimeOffset Evening = new(2026, 6, 1, 18, 0, 0, TimeSpan.Zero);
    static readonly int InARow = new JudgeSettings().Looks;

    public static async Task Run(string[] args)
    {
        if (args.Contains("cost"))
        {
            await PictureCost.Run();
            return;
        }

        await Footage(args);
        if (args.Contains("footage")) return;
        var set = new LabelledSet(ClipCache.Shared);
        using var decoder = new Decoder(new(), TimeProvider.System);
        var pieces = new List<(string Label, Verdict?[] Said)>();
        var clocks = new List<(bool Has, bool? Seen)>();
        var (looks, spent) = (0, TimeSpan.Zero);
        var first = args is [var number0, ..] && int.TryParse(number0, CultureInfo.InvariantCulture, out var n) ? n : 0;
        for (var number = first; number < first + LabelledSet.Count; number++)
        {
            var camera = await set.Camera(number);
            var pictures = await Decode(decoder, camera);
            foreach (var piece in camera.Pictures.Zip(pictures).Skip(LabelledSet.Learning).GroupBy(x => x.First.Label, x => x.Second))
            {
                var (history, now) = (new PictureHistory(new()), Evening);
                history.Approve();
                foreach (var picture in pictures.Take(LabelledSet.Learning)) history.Look(picture, now += LabelledSet.Every);
                if (piece.Key == "healthy") clocks.Add((camera.HasClock, history.HasClock));
                var begun = Stopwatch.GetTimestamp();
                var said = piece.Select(picture => history.Look(picture, now += LabelledSet.Every)).ToArray();
                (looks, spent) = (looks + said.Length, spent + Stopwatch.GetElapsedTime(begun));
                // The first of a frozen piece is the last that lived.
                pieces.Add((piece.Key, [.. said.Skip(piece.Key.StartsWith("frozen", StringComparison.Ordinal) ? 1 : 0).Select(s => s.Fault)]));
                foreach (var finding in said.Where(_ => args.Contains("-v"))) Console.WriteLine($"{number} {camera.Light}: {piece.Key} -> {finding.Fault} {finding.Evidence}");
            }
        }

        foreach (var kind in pieces.GroupBy(p => p.Label))
            Print(new { pictures = kind.Key, cameras = kind.Count(), looks = kind.Sum(k => k.Said.Length), said = Count(kind.SelectMany(k => k.Said)), told = Count(kind.Select(k => Told(k.Said))) });
        foreach (var has in (bool[])[true, false])
            Print(new { pictures = has ? "with a burnt-in clock" : "without a clock", cameras = clocks.Count(c => c.Has == has), seen = clocks.Count(c => c.Has == has && c.Seen == true) });
        Figure.Print("pictures: time a picture takes, decoded", "ms by the clock", [(spent.TotalMilliseconds / looks, null)]);
    }

    /// <summary>Real clips in which nothing was tampered with: each alarm is a false one.</summary>
    static async Task Footage(string[] args)
    {
        var pieces = new List<(string Kind, Verdict?[] Said)>();
        foreach (var (file, rate) in RealFootage.Clips)
        {
            var (history, now) = (new PictureHistory(new()), Evening);
            history.Approve();
            var said = (await RealFootage.Gray(file, rate, GrayPicture.Width, GrayPicture.Height)).Select(luma => history.Look(new(luma), now += LabelledSet.Every)).ToArray();
            pieces.Add((rate < 1 ? "calm" : Path.GetFileName(file).StartsWith("no", StringComparison.Ordinal) ? "no fight" : "fight", [.. said.Select(s => s.Fault)]));
            foreach (var finding in said.Where(s => s.Fault is not null && args.Contains("-v"))) Console.WriteLine($"{Path.GetFileName(file)} -> {finding.Fault} {finding.Evidence}");
        }

        foreach (var kind in pieces.GroupBy(p => p.Kind))
            Print(new { pictures = $"real, untampered: {kind.Key}", clips = kind.Count(), looks = kind.Sum(k => k.Said.Length), said = Count(kind.SelectMany(k => k.Said)), told = Count(kind.Select(k => Told(k.Said))) });
    }

    static async Task<IReadOnlyList<GrayPicture>> Decode(Decoder decoder, LabelledCamera camera)
    {
        var pictures = new List<GrayPicture>();
        foreach (var some in camera.Pictures.Chunk(32))
            pictures.AddRange((await decoder.Gray([.. some.Select(p => new AccessUnit(VideoCodec.H264, true, 0, Evening, p.AnnexB))], default)).OfType<GrayPicture>());
        return pictures.Count == camera.Pictures.Count ? pictures : throw new InvalidOperationException($"camera {camera.Number} has pictures that do not decode");
    }

    static Verdict? Told(Verdict?[] said) =>
        Enumerable.Range(0, Math.Max(0, said.Length - InARow + 1)).Select(i => said[i..(i + InARow)]).FirstOrDefault(row => row[0] is not null && row.Distinct().Count() == 1)?[0];

    static SortedDictionary<string, int> Count(IEnumerable<Verdict?> said) => new(said.GroupBy(v => v?.ToString() ?? "-").ToDictionary(g => g.Key, g => g.Count()), StringComparer.Ordinal);

    static void Print(object line) => Console.WriteLine(JsonSerializer.Serialize(line));
}
