using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Compliance.Probe.Eyes.Persons;

namespace Compliance.Probe.Eyes.Training;

/// <summary><c>./run train fights</c>: footage becomes numbers, numbers become trees, and a report says what they are worth.</summary>
internal static class TrainFights
{
    /// <summary>As many as two cores bear.</summary>
    static readonly int Threads = Math.Min(2, Environment.ProcessorCount);

    /// <summary>With less, some fifth has clips of one kind only and no figure follows from it.</summary>
    const int FewestOfAKind = 30, FewestSources = 15;

    public static async Task<int> Run(string folder, string into, int seed, bool trials, PersonFinder? persons = null, CancellationToken ct = default)
    {
        if (!File.Exists(Path.Combine(folder, "labels.tsv")))
        {
            await Console.Error.WriteLineAsync($"There is no labels.tsv in {folder}. Give a folder with labels.tsv (file, 1 for a fight or 0, source; one clip a line under a heading) and the clips in its folder clips.");
            return 2;
        }

        var took = Stopwatch.StartNew();
        var clips = Clip.In(folder);
        if (clips.Count(clip => clip.Fight) < FewestOfAKind || clips.Count(clip => !clip.Fight) < FewestOfAKind || clips.Select(clip => clip.Source).Distinct().Count() < FewestSources)
        {
            await Console.Error.WriteLineAsync($"{folder} has too little to measure by: {FewestOfAKind} clips with a fight, {FewestOfAKind} without and {FewestSources} sources are the least.");
            return 2;
        }

        var seen = await See(clips, FeatureCache.OfUser(persons), seed, ct);
        var how = new BoostingSettings();
        var training = new FightTraining(seen, how, seed);
        var report = TrainingReport.Of(seen, training, Threads);
        foreach (var figures in report.Lights) Console.WriteLine(JsonSerializer.Serialize(figures, JsonSerializerOptions.Web));
        foreach (var point in report.Points) Console.WriteLine(JsonSerializer.Serialize(point, JsonSerializerOptions.Web));
        foreach (var without in trials ? persons is null ? Without.Trials : Without.TrialsWithPersons : [])
        {
            var trial = TrainingReport.Of(seen, new(seen, how, seed, without), Threads);
            Console.WriteLine(JsonSerializer.Serialize(new { without = without.Name, lights = trial.Lights.Select(one => new { one.Light, one.Auc, one.FoundAtFivePercent }) }, JsonSerializerOptions.Web));
        }

        var grown = training.Grow();
        ModelText.Write(into, ModelText.Of(grown, report, how, seed, seen, persons?.Slot.Sha256), persons is not null);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Path.Combine(into, FightModel.NameOf(persons is not null))}: {clips.Count} clips of {clips.Select(clip => clip.Source).Distinct().Count()} sources, {grown.Trees.Count} trees, {grown.Likeness!.Known.Count} known windows, {took.Elapsed.TotalMinutes:0.0} minutes"));
        return 0;
    }

    internal static async Task<IReadOnlyList<SeenClip>> See(IReadOnlyList<Clip> clips, FeatureCache cache, int seed, CancellationToken ct)
    {
        var (seen, done) = (new SeenClip[clips.Count], 0);
        await Parallel.ForAsync(0, clips.Count, new ParallelOptions { MaxDegreeOfParallelism = Threads, CancellationToken = ct }, async (i, stop) =>
        {
            try
            {
                seen[i] = new(clips[i], await cache.Of(clips[i], seed, stop));
            }
            catch (FootageUnreadable unreadable)
            {
                throw new FootageUnreadable($"{clips[i].File}: {unreadable.Message}");
            }

            if (Interlocked.Increment(ref done) is var count && count % 20 == 0) await Console.Error.WriteLineAsync($"{count} of {clips.Count} clips");
        });
        return seen;
    }
}
