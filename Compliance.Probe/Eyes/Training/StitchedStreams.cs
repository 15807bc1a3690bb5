using System.Text.Json;
using Compliance.Probe.Eyes.Persons;
using Compliance.Domain.Models;

namespace Compliance.Probe.Eyes.Training;

/// <summary>What alerts came of some hours of stitched streams, at one threshold.</summary>
/// <param name="Hours">Without the fights.</param>
/// <param name="FootageMinutes">Different minutes without a fight that these hours were put together from.</param>
/// <param name="Latency50">Seconds from the beginning of a fight to its alert.</param>
internal sealed record StreamFigures(
    string Light, string Point, double Threshold, int Fights, int Found, double FoundShare, double FoundFrom, double FoundTo,
    double Hours, double FootageMinutes, int FalseAlerts, double FalseAlertsAnHour, double? Latency50, double? Latency95);

/// <summary>
/// <c>./run evaluate streams</c>: clips put together to long streams, fights of six seconds and more between stretches without one. Each stream is made from the sources of one part, and
/// judged by trees that have seen none of them. Frames of two clips are never compared: a cut is no motion.
/// </summary>
internal static class StitchedStreams
{
    const int Divisions = 5, FightFrames = 65, CalmFrames = 450, Rows = 144;
    static readonly string[] Lights = ["plain", "strobe"];

    /// <summary>What moved up to a frame, and who was in it where somebody was looked for.</summary>
    readonly record struct Instant(MotionField? Field, IReadOnlyList<PersonBox>? Persons);

    sealed record LitClip(Clip Clip, IReadOnlyList<Instant> Instants);

    /// <param name="persons">Windows are judged by the boxes of persons too.</param>
    public static async Task<int> Run(string folder, int seed, TextWriter output, PersonFinder? persons = null, CancellationToken ct = default)
    {
        if (!File.Exists(Path.Combine(folder, "labels.tsv")))
        {
            await Console.Error.WriteLineAsync($"There is no labels.tsv in {folder}.");
            return 2;
        }

        var clips = Clip.In(folder);
        var seen = await TrainFights.See(clips, FeatureCache.OfUser(persons), seed, ct);
        var training = new FightTraining(seen, new(), seed);
        var points = TrainingReport.Of(seen, training, 2).Points;
        var sure = points.First(point => point.Name == FightModel.SurePoint).Threshold;
        var models = Enumerable.Range(1, Divisions).AsParallel().AsOrdered().WithDegreeOfParallelism(2).SelectMany(training.Parts).ToList();
        foreach (var light in Lights)
        {
            var lit = await Light(clips, light, seed, persons, ct);
            var streams = models.AsParallel().AsOrdered().WithDegreeOfParallelism(2)
                .Select((part, n) => Judged(part.Model, [.. part.Unseen.Select(i => lit[i])], persons is not null, new Random(seed * 31 + n))).ToList();
            foreach (var point in points) await output.WriteLineAsync(JsonSerializer.Serialize(Figures(light, point, sure, streams, lit), JsonSerializerOptions.Web));
        }

        return 0;
    }

    static async Task<IReadOnlyList<LitClip>> Light(IReadOnlyList<Clip> clips, string light, int seed, PersonFinder? persons, CancellationToken ct)
    {
        var lit = new LitClip[clips.Count];
        await Parallel.ForAsync(0, clips.Count, new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = ct }, async (i, stop) =>
        {
            var (frames, sense) = (new List<Frame>(), new MotionSense());
            await foreach (var frame in Footage.Frames(clips[i].File, stop)) frames.Add(Shaped(frame));
            lit[i] = new(clips[i], [.. ClubLight.Over(frames, light, seed + i).Select((frame, t) => new Instant(sense.See(frame), t % WindowMaker.EachFrame == 0 ? persons?.Find(frame, PersonFacts.Sure) : null))]);
        });
        return lit;
    }

    /// <summary>One camera has one shape: the middle rows of taller pictures, black above and below wider ones.</summary>
    static Frame Shaped(Frame frame)
    {
        var (luma, from) = (new byte[frame.Width * Rows], (frame.Height - Rows) / 2);
        for (var row = 0; row < Rows; row++)
            if (from + row is >= 0 and var at && at < frame.Height) frame.Luma.AsSpan(at * frame.Width, frame.Width).CopyTo(luma.AsSpan(row * frame.Width));
        return frame with { Height = Rows, Luma = luma };
    }

    /// <summary>One stream, window by window, with the score of each.</summary>
    sealed record Stream(IReadOnlyList<(Window Window, double Score)> Windows, IReadOnlyList<(TimeSpan From, TimeSpan Until)> Fights, int CalmFrames);

    static Stream Judged(FightModel model, IReadOnlyList<LitClip> clips, bool persons, Random chance)
    {
        var (fields, fights, calm) = (new List<Instant>(), new List<(TimeSpan, TimeSpan)>(), 0);
        foreach (var source in Shuffled(clips.Where(one => one.Clip.Fight).GroupBy(one => one.Clip.Source).Where(source => source.Sum(one => one.Instants.Count) >= FightFrames), chance))
        {
            Calm();
            var from = fields.Count;
            foreach (var one in Shuffled(source, chance))
                if (fields.Count - from < FightFrames) fields.AddRange(one.Instants);
            fights.Add((Time(from), Time(fields.Count)));
        }

        Calm();
        var windows = new List<(Window, double)>();
        for (var at = 0; at + WindowMaker.Length <= fields.Count; at += WindowMaker.Hop)
        {
            var some = fields.GetRange(at, WindowMaker.Length);
            var moved = some.ConvertAll(one => one.Field);
            var numbers = persons ? WindowFeatures.OfPersons(moved, some.ConvertAll(one => one.Persons)) : WindowFeatures.Of(moved);
            windows.Add((new(Time(at), Time(at + WindowMaker.Length), some.Count, moved.Count(field => field is null), numbers), model.Score(numbers)));
        }

        return new(windows, fights, calm);

        void Calm()
        {
            var begun = fields.Count;
            while (fields.Count - begun < CalmFrames)
                foreach (var one in Shuffled(clips.Where(one => !one.Clip.Fight), chance))
                    if (fields.Count - begun < CalmFrames) fields.AddRange(one.Instants);
            calm += fields.Count - begun;
        }
    }

    static StreamFigures Figures(string light, OperatingPoint point, double sure, IReadOnlyList<Stream> streams, IReadOnlyList<LitClip> lit)
    {
        var (found, wrong, latencies) = (0, 0, new List<double>());
        foreach (var stream in streams)
        {
            var (alerts, told) = (new FightAlerts(point.Threshold, sure: sure), new List<(Alert Alert, TimeSpan At)>());
            foreach (var (window, score) in stream.Windows)
                if (alerts.See(window, score) is { Over: false } began) told.Add((began, window.End));
            foreach (var (from, until) in stream.Fights)
            {
                if (told.Where(one => IsOf(one, from, until)).Select(one => (double?)(one.At - from).TotalSeconds).FirstOrDefault() is not { } after) continue;
                found++;
                latencies.Add(Math.Max(0, after));
            }

            wrong += told.Count(one => !stream.Fights.Any(fight => IsOf(one, fight.From, fight.Until)));
        }

        var (fights, hours) = (streams.Sum(stream => stream.Fights.Count), streams.Sum(stream => stream.CalmFrames) / (3600.0 * Frame.Rate));
        var (share, minutes) = ((double)found / fights, lit.Where(one => !one.Clip.Fight).Sum(one => one.Instants.Count) / (60.0 * Frame.Rate));
        var range = Wilson.Of(share, fights);
        latencies.Sort();
        return new(light, point.Name, point.Threshold, fights, found, Round(share), Round(range.From), Round(range.To), Round(hours), Round(minutes), wrong, Round(wrong / hours), At(0.5), At(0.95));

        double? At(double quantile) => latencies.Count == 0 ? null : Math.Round(latencies[(int)Math.Ceiling(quantile * latencies.Count) - 1], 1);
    }

    /// <summary>It is told after the fight began, of windows from before its end.</summary>
    static bool IsOf((Alert Alert, TimeSpan At) told, TimeSpan from, TimeSpan until) => told.At > from && told.Alert.Start < until;

    static T[] Shuffled<T>(IEnumerable<T> some, Random chance)
    {
        T[] all = [.. some];
        chance.Shuffle(all);
        return all;
    }

    static TimeSpan Time(int frames) => TimeSpan.FromSeconds((double)frames / Frame.Rate);

    static double Round(double value) => Math.Round(value, 3);
}
