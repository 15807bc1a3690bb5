using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Compliance.Domain.Models;

namespace Compliance.Probe.Eyes.Training;

/// <summary>Writes a trained model as text: the same training gives the same bytes.</summary>
internal static class ModelText
{
    static readonly JsonSerializerOptions Plain = new(JsonSerializerOptions.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(string folder, string text, bool persons = false)
    {
        Directory.CreateDirectory(folder);
        var (bytes, name, sums) = (Encoding.UTF8.GetBytes(text), FightModel.NameOf(persons), Path.Combine(folder, FightModel.SumsName));
        File.WriteAllBytes(Path.Combine(folder, name), bytes);
        string[] others = File.Exists(sums) ? [.. File.ReadLines(sums).Where(line => !line.EndsWith($"  {name}", StringComparison.Ordinal))] : [];
        string[] lines = [.. others, $"{Convert.ToHexStringLower(SHA256.HashData(bytes))}  {name}"];
        File.WriteAllText(sums, string.Concat(lines.OrderBy(line => line.Split("  ")[^1], StringComparer.Ordinal).Select(line => $"{line}\n")));
    }

    /// <param name="persons">SHA-256 of the network by whose boxes the clips were looked at; null: by none.</param>
    public static string Of(FightModel grown, TrainingReport report, BoostingSettings how, int seed, IReadOnlyList<SeenClip> clips, string? persons = null)
    {
        var text = new StringBuilder("{\n");
        Line("format", FightModel.Format);
        Line("command", $"./run train fights DIR --seed {seed}{(persons is null ? "" : " --boxes")}");
        if (persons is not null) Line("persons", persons);
        Line("frames", new { width = Frame.StandardWidth, rate = Frame.Rate, window = WindowMaker.Length, hop = WindowMaker.Hop });
        Line("scaling", "lengths and speeds are in body heights of the window; trees need no other scaling");
        Line("growing", how);
        Line("fitting", FightTraining.Likeness);
        Line("lights", ClubLight.Kinds);
        Line("threshold", report.Threshold);
        Lines("operatingPoints", report.Points);
        Lines("crossValidation", report.Lights);
        Lines("clips", clips.Select(one => one.Clip).Select(clip => new { file = Path.GetFileName(clip.File), clip.Fight, clip.Source, sha256 = clip.Hash }));
        Lines("features", FightModel.FeaturesOf(persons is not null));
        Line("start", grown.Start);
        Lines("trees", grown.Trees.Select(TreeText.Of));
        Line("likeness", LikenessText.Of(grown.Likeness!));
        Lines("checks", clips.Where((_, i) => i % 50 == 0).SelectMany(clip => clip.Windows[ClubLight.Kinds[0]].Take(1)).Select(numbers => new TreeCheck(numbers, grown.Score(numbers))));
        text.Length -= 2;
        return text.Append("\n}\n").ToString();

        void Line(string name, object value) => text.Append('"').Append(name).Append("\": ").Append(JsonSerializer.Serialize(value, Plain)).Append(",\n");
        void Lines<T>(string name, IEnumerable<T> values) => text.Append('"').Append(name).Append("\": [\n").AppendJoin(",\n", values.Select(value => JsonSerializer.Serialize(value, Plain))).Append("\n],\n");
    }
}
