using System.Text.Json;
using Compliance.Domain.Detectors;
using Compliance.Domain.Models;
using Compliance.Probe.Eyes.Bodies;
using Compliance.Probe.Eyes.Crowds;
using Compliance.Probe.Eyes.Live;
using Compliance.Probe.Eyes.Still;
using Compliance.Probe.Eyes.Training;
using Clip = Compliance.Probe.Eyes.Training.Clip;

namespace Compliance.Probe.Eyes;

/// <summary>How often one sense was wrong under one light.</summary>
/// <param name="Hours">That were looked at; <paramref name="FootageMinutes"/>: different minutes these were made of.</param>
/// <param name="FilmsWith">Films with at least one alert, of <paramref name="Films"/>; with the 95 % interval of that share.</param>
internal sealed record SenseFigures(string Light, Detector Sense, double Hours, double FootageMinutes, int Alerts, double AlertsAnHour, int Films, int FilmsWith, double ShareFrom, double ShareTo);

/// <summary>In how many clips of fights one sense told something, with the 95 % interval of that share.</summary>
internal sealed record ToldOfFights(string Light, Detector Sense, int Clips, int Told, double ShareFrom, double ShareTo);

/// <summary>
/// <c>./run evaluate senses DIR</c>: what the senses of movement say of footage in which there is none of it, under plain light and under that of clubs; each alert is a false one.
/// A folder with <c>labels.tsv</c> gives one film a source, of its clips without a fight one after another, over and over for three minutes (a cut is no motion), and beside it what is told of its fights;
/// any other folder one film a file, of which fights are looked for too: the shipped trees have seen the labelled clips, so of those only <c>evaluate streams</c> says what they are worth.
/// No view is drawn but a zone that stays free, in the middle of the lower half.
/// </summary>
internal static class EvaluateSenses
{
    const int LoopFrames = 180 * Frame.Rate;

    static readonly ViewCalibration Zone = new([], [], null, [new(null, [new(0.33, 0.5), new(0.67, 0.5), new(0.67, 0.95), new(0.33, 0.95)])]);

    /// <summary>Pieces that were filmed without a break.</summary>
    sealed record Film(IReadOnlyList<IReadOnlyList<Frame>> Pieces, bool Loops);

    /// <param name="only">One light; null: all.</param>
    public static async Task<int> Run(string folder, string? only, TextWriter output, CancellationToken ct = default)
    {
        if (!Directory.Exists(folder))
        {
            await Console.Error.WriteLineAsync($"There is no folder {folder}.");
            return 2;
        }

        var (films, fights) = (new List<Film>(), new List<Film>());
        if (File.Exists(Path.Combine(folder, "labels.tsv")))
        {
            var clips = Clip.In(folder);
            foreach (var source in clips.Where(clip => !clip.Fight).GroupBy(clip => clip.Source)) films.Add(new([.. await Task.WhenAll(source.Select(clip => Frames(clip.File, ct)))], true));
            foreach (var clip in clips.Where(clip => clip.Fight)) fights.Add(new([await Frames(clip.File, ct)], false));
        }
        else
            foreach (var path in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal)) films.Add(new([await Frames(path, ct)], false));

        var kinds = fights.Count == 0 ? Kinds(FightModel.Shipped()) : Rules;
        foreach (var light in ClubLight.Kinds.Where(light => only is null || light == only))
        {
            var told = Seen(films, light, kinds);
            var minutes = films.Sum(film => film.Pieces.Sum(piece => piece.Count)) / (60.0 * Frame.Rate);
            foreach (var sense in kinds.Select(kind => kind.Detector))
            {
                var (hours, alerts, with) = (told.Sum(one => one.Frames) / (3600.0 * Frame.Rate), told.Sum(one => one.Alerts.Count(of => of == sense)), told.Count(one => one.Alerts.Contains(sense)));
                var range = Wilson.Of((double)with / films.Count, films.Count);
                await output.WriteLineAsync(JsonSerializer.Serialize(new SenseFigures(light, sense, Round(hours), Round(minutes), alerts, Round(alerts / hours), films.Count, with, Round(range.From), Round(range.To)), Json));
            }

            if (fights.Count == 0) continue;
            var ofFights = Seen(fights, light, kinds).Count(one => one.Alerts.Contains(Detector.Aggression));
            var share = Wilson.Of((double)ofFights / fights.Count, fights.Count);
            await output.WriteLineAsync(JsonSerializer.Serialize(new ToldOfFights(light, Detector.Aggression, fights.Count, ofFights, Round(share.From), Round(share.To)), Json));
        }

        return 0;
    }

    static readonly JsonSerializerOptions Json = new(JsonSerializerOptions.Web) { Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    /// <summary>The detectors that look at movement, as they come with this program; nothing is learnt of earlier nights.</summary>
    public static IReadOnlyList<SenseKind> Kinds(FightModel fights) => [SenseKind.Fights(fights, (_, _, _) => new()), .. Rules];

    /// <summary>Those that judge by rules.</summary>
    static IReadOnlyList<SenseKind> Rules => [CrowdSense.Kind(), AggressionSense.Kind(), BlockedExitSense.Kind(), LeftObjectSense.Kind()];

    /// <summary>On a camera for which nothing but a zone is drawn.</summary>
    static IReadOnlyList<ISense> Senses(IReadOnlyList<SenseKind> kinds) =>
        [.. kinds.Select(kind => (Kind: kind, View: kind.Detector == Detector.ExitBlockage ? Zone : null)).Select(one => one.Kind.Make(Guid.Empty, one.View, one.Kind.Model!.On(one.View)))];

    static IReadOnlyList<(int Frames, IReadOnlyList<Detector> Alerts)> Seen(IReadOnlyList<Film> films, string light, IReadOnlyList<SenseKind> kinds) =>
        [.. films.AsParallel().AsOrdered().WithDegreeOfParallelism(2).Select((film, n) => Seen(film, light, n, kinds))];

    static (int, IReadOnlyList<Detector>) Seen(Film film, string light, int seed, IReadOnlyList<SenseKind> kinds)
    {
        var pieces = film.Pieces.Select((piece, n) => Lit(piece, light, seed * 31 + n)).ToList();
        var (sight, alerts, shown) = (Senses(kinds), new List<Detector>(), 0);
        do
        {
            foreach (var piece in pieces)
                foreach (var (frame, motion) in piece)
                {
                    var at = TimeSpan.FromSeconds((double)shown++ / Frame.Rate);
                    foreach (var sense in sight) alerts.AddRange(sense.See(new(at, frame with { At = at }, motion)).Where(alert => !alert.Over).Select(_ => sense.Detector));
                }
        }
        while (film.Loops && shown is > 0 and < LoopFrames);
        return (shown, alerts);
    }

    static IReadOnlyList<(Frame Frame, MotionField? Motion)> Lit(IReadOnlyList<Frame> frames, string light, int seed)
    {
        var motion = new MotionSense();
        return [.. ClubLight.Over(frames, light, seed).Select(frame => (frame, motion.See(frame)))];
    }

    /// <summary>What a file shows; nothing where it cannot be read.</summary>
    static async Task<IReadOnlyList<Frame>> Frames(string path, CancellationToken ct)
    {
        var frames = new List<Frame>();
        try
        {
            await foreach (var frame in Footage.Frames(path, ct)) frames.Add(frame);
        }
        catch (FootageUnreadable refused)
        {
            await Console.Error.WriteLineAsync($"{path}: {refused.Message}");
        }

        return frames;
    }

    static double Round(double value) => Math.Round(Math.Max(0, value), 3);
}
