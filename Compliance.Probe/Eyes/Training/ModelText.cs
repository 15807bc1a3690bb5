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

    public static void Write(string folder, string text)
    {
        Directory.CreateDirectory(folder);
        var bytes = Encoding.UTF8.GetBytes(text);
        File.WriteAllBytes(Path.Combine(folder, FightModel.FileName), bytes);
        File.WriteAllText(Path.Combine(folder, FightModel.SumsName), $"{Convert.ToHexStringLower(SHA256.HashData(bytes))}  {FightModel.FileName}\n");
    }

    public static string Of(double start, IReadOnlyList<Tree> trees, TrainingReport report, BoostingSettings how, int seed, IReadOnlyList<SeenClip> clips)
    {
        var text = new StringBuilder("{\n");
        Line("format", FightModel.Format);
        Line("command", $"./run train fights DIR --seed {seed}");
        Line("frames", new { width = Frame.StandardWidth, rate = Frame.Rate, window = WindowMaker.Length, hop = WindowMaker.Hop });
        Line("scaling", "lengths and speeds are in body heights of the window; trees need no other scaling");
        Line("growing", how);
        Line("lights", ClubLight.Kinds);
        Line("threshold", report.Threshold);
        Lines("operatingPoints", report.Points);
        Lines("crossValidation", report.Lights);
        Lines("clips", clips.Select(one => one.Clip).Select(clip => new { file = Path.GetFileName(clip.File), clip.Fight, clip.Source, sha256 = clip.Hash }));
        Lines("features", WindowFeatures.Names);
        Line("start", start);
        Lines("trees", trees.Select(TreeText.Of));
        var model = new FightModel("", report.Threshold, start, trees, report.Points);
        Lines("checks", clips.Where((_, i) => i % 50 == 0).SelectMany(clip => clip.Windows[ClubLight.Kinds[0]].Take(1)).Select(numbers => new TreeCheck(numbers, model.Score(numbers))));
        text.Length -= 2;
        return text.Append("\n}\n").ToString();

        void Line(string name, object value) => text.Append('"').Append(name).Append("\": ").Append(JsonSerializer.Serialize(value, Plain)).Append(",\n");
        void Lines<T>(string name, IEnumerable<T> values) => text.Append('"').Append(name).Append("\": [\n").AppendJoin(",\n", values.Select(value => JsonSerializer.Serialize(value, Plain))).Append("\n],\n");
    }
}
