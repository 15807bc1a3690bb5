using System.Security.Cryptography;

namespace Compliance.Probe.Eyes.Training;

/// <summary>A short video whose content is known.</summary>
/// <param name="Source">The recording it was cut from: clips of one source are never on both sides of a measurement.</param>
/// <param name="Hash">SHA-256 of the file.</param>
internal sealed record Clip(string File, bool Fight, string Source, string Hash)
{
    /// <summary>Those that <c>labels.tsv</c> of a folder names (file, 1 or 0, source); the files lie in its <c>clips</c>.</summary>
    public static IReadOnlyList<Clip> In(string folder) =>
    [
        .. System.IO.File.ReadLines(Path.Combine(folder, "labels.tsv")).Skip(1).Select(line => line.Split('\t')).Where(parts => parts.Length >= 3)
            .Select(parts => (Path: Path.Combine(folder, "clips", parts[0]), Fight: parts[1] == "1", Source: parts[2]))
            .Select(one => new Clip(one.Path, one.Fight, one.Source, HashOf(one.Path))),
    ];

    static string HashOf(string path)
    {
        using var file = System.IO.File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
