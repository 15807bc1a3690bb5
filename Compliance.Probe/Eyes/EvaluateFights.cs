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
}
