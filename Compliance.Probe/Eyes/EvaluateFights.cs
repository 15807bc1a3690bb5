using System.Text.Encodings.Web;
using System.Text.Json;

namespace Compliance.Probe.Eyes;

/// <summary><c>./run evaluate</c>: what the shipped model says of files that anybody names, one line of JSON each.</summary>
internal static class EvaluateFights
{
    static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Each file of a folder with its score, or why it has none.</summary>
    public static async Task<int> Folder(string folder, FightModel model, TextWriter output, CancellationToken ct = default)
    {
        if (!Directory.Exists(folder))
        {
            await Console.Error.WriteLineAsync($"There is no folder {folder}.");
            return 2;
        }

        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            await output.WriteLineAsync(await Line(path, Path.GetRelativePath(folder, path), model, ct));
        return 0;
    }

    static async Task<string> Line(string path, string name, FightModel model, CancellationToken ct)
    {
        try
        {
            return model.Score(await WindowMaker.Of(Footage.Frames(path, ct), ct: ct)) is { } score
                ? JsonSerializer.Serialize(new { file = name, score = Math.Round(score, 4), fight = score >= model.Threshold }, Plain)
                : JsonSerializer.Serialize(new { file = name, error = "it is too short, or its light changes from frame to frame" }, Plain);
        }
        catch (Exception refused) when (refused is FootageUnreadable or UnauthorizedAccessException or IOException)
        {
            return JsonSerializer.Serialize(new { file = name, error = refused.Message }, Plain);
        }
    }

    /// <summary>The alerts of one long file, each as it ends; a summary says how much was looked at.</summary>
    public static async Task<int> Stream(string path, double? person, FightModel model, TextWriter output, TextWriter summary, CancellationToken ct = default)
    {
        var (maker, motion, alerts) = (new WindowMaker(person), new MotionSense(), new FightAlerts(model.Threshold));
        var (frames, windows, untold, count, before) = (0, 0, 0, 0, Environment.CpuUsage.TotalTime);
        try
        {
            await foreach (var frame in Footage.Frames(path, ct))
            {
                frames++;
                if (maker.See(new(frame.At, frame, motion.See(frame))) is not { } window) continue;
                (windows, untold) = (windows + 1, untold + (window.Tells ? 0 : 1));
                await Tell(alerts.See(window, model.Score(window.Numbers)));
            }
        }
        catch (FootageUnreadable refused)
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(new { file = Path.GetFileName(path), error = refused.Message }, Plain));
            return 1;
        }

        await Tell(alerts.Rest());
        await summary.WriteLineAsync(JsonSerializer.Serialize(new
        {
            frames, windows, untold, alerts = count, model = model.Hash, threshold = model.Threshold,
            processorMillisecondsAWindow = Math.Round((Environment.CpuUsage.TotalTime - before).TotalMilliseconds / Math.Max(1, windows), 1),
        }, Plain));
        return 0;

        async Task Tell(Alert? alert)
        {
            if (alert is not { Over: true }) return;
            count++;
            await output.WriteLineAsync(JsonSerializer.Serialize(new { start = Seconds(alert.Start), end = Seconds(alert.End), kind = JsonNamingPolicy.CamelCase.ConvertName($"{alert.Kind}"), score = Math.Round(alert.Score, 4) }, Plain));
        }
    }

    static double Seconds(TimeSpan time) => Math.Round(time.TotalSeconds, 1);
}
