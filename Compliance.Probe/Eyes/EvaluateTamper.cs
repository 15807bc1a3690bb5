using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Compliance.Domain.Devices;
using Compliance.Probe.Judge;
using Compliance.Probe.Look;

namespace Compliance.Probe.Eyes;

/// <summary>
/// <c>./run evaluate tamper</c>: what the probe's picture tests say of recordings that anybody names, one line of JSON a file. Each is taken for a camera of its own,
/// whose first pictures are clear and are its approved view; a verdict counts when as many pictures in a row bear it as the judge asks for.
/// </summary>
internal static class EvaluateTamper
{
    static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    static readonly DateTimeOffset Evening = new(2026, 6, 1, 18, 0, 0, TimeSpan.Zero);

    /// <summary>Seconds from picture to picture: a probe looks at a camera each seven; a short recording is looked at more often, forty times in all.</summary>
    const double Usual = 7, Soonest = 0.25, Times = 40;

    /// <summary>A picture that stands still for less is a quiet moment.</summary>
    static readonly TimeSpan Still = TimeSpan.FromSeconds(5);

    /// <param name="every">Seconds from picture to picture; null: by the length of each file.</param>
    public static async Task<int> Folder(string folder, double? every, TextWriter output, CancellationToken ct = default)
    {
        if (!Directory.Exists(folder)) throw new FormatException($"There is no folder {folder}.");
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            await output.WriteLineAsync(await Line(path, Path.GetRelativePath(folder, path), every, ct));
        return 0;
    }

    static async Task<string> Line(string path, string name, double? asked, CancellationToken ct)
    {
        var (history, said) = (new PictureHistory(new()), new List<(TimeSpan At, Verdict? Fault)>());
        history.Approve();
        double every;
        try
        {
            every = asked ?? Math.Clamp((await Footage.Length(path, ct))?.TotalSeconds / Times ?? 1, Soonest, Usual);
            await foreach (var frame in Footage.Frames(path, 1 / every, string.Create(CultureInfo.InvariantCulture, $"{GrayPicture.Width}:{GrayPicture.Height}"), ct))
                said.Add((frame.At, history.Look(new GrayPicture(frame.Luma), Evening + frame.At).Fault));
        }
        catch (Exception refused) when (refused is FootageUnreadable or UnauthorizedAccessException or IOException)
        {
            return JsonSerializer.Serialize(new { file = name, error = refused.Message }, Plain);
        }

        var inARow = new JudgeSettings().Looks;
        int Looks(Verdict fault) => fault == Verdict.FrozenPicture ? Math.Max(inARow, (int)Math.Ceiling(Still.TotalSeconds / every)) : inARow;
        var first = Enumerable.Range(0, said.Count).Where(at => said[at].Fault is { } fault && Looks(fault) is var looks && at + looks <= said.Count && said.Skip(at).Take(looks).All(one => one.Fault == fault)).Select(at => (int?)at).FirstOrDefault();
        return JsonSerializer.Serialize(new
        {
            file = name, tampered = first is not null, kind = first is { } at ? $"{said[at].Fault}" : null, from = first is { } from ? (double?)Math.Round(said[from].At.TotalSeconds, 1) : null,
            pictures = said.Count, every = Math.Round(every, 2), said = said.Where(one => one.Fault is not null).GroupBy(one => $"{one.Fault}").ToDictionary(group => group.Key, group => group.Count()),
        }, Plain);
    }
}
