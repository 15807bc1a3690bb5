using System.Text.Encodings.Web;
using System.Text.Json;
using Compliance.Domain.Detectors;
using Compliance.Domain.Kernel;
using Compliance.Probe.Eyes.Live;

namespace Compliance.Probe.Eyes;

/// <summary><c>./run evaluate stream</c>: the alerts of all detectors that look at movement, of one long file, each as it ends; a summary says how much was looked at.</summary>
internal static class EvaluateStream
{
    static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="person">A person's height as a share of the picture's; null: guessed.</param>
    /// <param name="view">What was drawn for the camera; without it no gathering and no blocked exit is told.</param>
    public static async Task<int> File(string path, double? person, ViewCalibration? view, FightModel fights, TextWriter output, TextWriter summary, CancellationToken ct = default)
    {
        view ??= person is { } share ? new([Upright(share, 0.5), Upright(share, 1)], [], null, []) : null;
        var senses = EvaluateSenses.Kinds(fights).Where(kind => kind.Suffices?.Invoke(view) != false).Select(kind => kind.Make(Guid.Empty, view, kind.Model!.On(view))).ToList();
        var (motion, frames, untold, counts, before) = (new MotionSense(), 0, 0, new SortedDictionary<string, int>(StringComparer.Ordinal), Environment.CpuUsage.TotalTime);
        try
        {
            await foreach (var frame in Footage.Frames(path, ct))
            {
                frames++;
                var moved = motion.See(frame);
                if (moved is null) untold++;
                foreach (var sense in senses) await Tell(sense.See(new(frame.At, frame, moved)));
            }
        }
        catch (FootageUnreadable refused)
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(new { file = Path.GetFileName(path), error = refused.Message }, Plain));
            return 1;
        }

        foreach (var sense in senses) await Tell(sense.Rest());
        await summary.WriteLineAsync(JsonSerializer.Serialize(new
        {
            frames, framesWithoutPartner = untold, alerts = counts.Values.Sum(), kinds = counts,
            detectors = senses.ToDictionary(sense => Camel($"{sense.Detector}"), sense => new { judged = sense.Judged, model = sense.Model.Sha256, threshold = sense.Model.Threshold }),
            processorMillisecondsASecond = Math.Round((Environment.CpuUsage.TotalTime - before).TotalMilliseconds * Frame.Rate / Math.Max(1, frames), 1),
        }, Plain));
        return 0;

        async Task Tell(IReadOnlyList<Alert> alerts)
        {
            foreach (var alert in alerts.Where(alert => alert.Over))
            {
                var kind = Camel($"{alert.Kind}");
                counts[kind] = counts.GetValueOrDefault(kind) + 1;
                await output.WriteLineAsync(JsonSerializer.Serialize(new { start = Seconds(alert.Start), end = Seconds(alert.End), kind, score = Math.Round(alert.Score, 4) }, Plain));
            }
        }
    }

    /// <summary>A view as it is told to boxes: JSON of a file.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static ViewCalibration View(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<ViewCalibration>(System.IO.File.ReadAllText(path), EventCatalog.Json) is { Persons: not null, Floor: not null, KeptClear: not null } view
                ? view : throw new FormatException($"{path} lacks persons, floor or keptClear");
        }
        catch (JsonException broken)
        {
            throw new FormatException($"{path} is no calibration of a view: {broken.Message}");
        }
    }

    static PersonMark Upright(double share, double foot) => new(new(0.5, foot), new(0.5, foot - share));

    static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    static double Seconds(TimeSpan time) => Math.Round(time.TotalSeconds, 1);
}
