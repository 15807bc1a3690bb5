using System.Text.Encodings.Web;
using System.Text.Json;

namespace Compliance.Probe.Eyes;

/// <summary>
/// <c>./run evaluate fights</c>: what the shipped model says of files that anybody names, one line of JSON each. A video that plays but in which nothing can be told is no fight, and the line says so;
/// what is no video has an error instead of a score.
/// </summary>
internal static class EvaluateFights
{
    static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Each file of a folder with its score, or why it has none.</summary>
    public static async Task<int> Folder(string folder, FightModel model, FightHelp help, TextWriter output, CancellationToken ct = default)
    {
        if (!Directory.Exists(folder))
        {
            await Console.Error.WriteLineAsync($"There is no folder {folder}.");
            return 2;
        }

        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            await output.WriteLineAsync(await Line(path, Path.GetRelativePath(folder, path), model, help, ct));
        return 0;
    }

    static async Task<string> Line(string path, string name, FightModel model, FightHelp help, CancellationToken ct)
    {
        try
        {
            return model.Score(await WindowMaker.Of(Footage.Frames(path, ct), find: help.FindFor(model), pictures: help.Video is not null, ct: ct), help) is { } score
                ? JsonSerializer.Serialize(new { file = name, score = Math.Round(score, 4), fight = score >= help.ThresholdOfClip(model) }, Plain)
                : JsonSerializer.Serialize(new { file = name, score = 0.0, fight = false, note = "nothing can be told: it is too short, or its light changes from frame to frame" }, Plain);
        }
        catch (Exception refused) when (refused is FootageUnreadable or UnauthorizedAccessException or IOException or OpenCvSharp.OpenCVException)
        {
            return JsonSerializer.Serialize(new { file = name, error = refused.Message }, Plain);
        }
    }
}
