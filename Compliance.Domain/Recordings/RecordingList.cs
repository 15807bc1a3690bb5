using System.Text;
using Compliance.Domain.TransparentLog;

namespace Compliance.Domain.Recordings;

/// <summary>One file of a recorder.</summary>
/// <param name="Path">Below the camera's folder, with slashes.</param>
/// <param name="Sha256">Of its bytes; hexadecimal, in small letters.</param>
public sealed record RecordedFile(string Path, string Sha256)
{
    /// <summary>As <c>sha256sum</c> writes it, so that the list can be checked without a program of ours.</summary>
    public string Line => Path.AsSpan().ContainsAny('\\', '\n', '\r')
        ? $"\\{Sha256}  {Path.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal)}"
        : $"{Sha256}  {Path}";
}

/// <summary>
/// The files of one hour of one camera, a line each. The list stays in the venue; the head of the tree over its lines (RFC 9162, section 2.1.1) is told. When a file was
/// written is not in it: a copy on another disk is the same recording.
/// </summary>
public static class RecordingList
{
    /// <summary>A file that a recorder closes a little late still belongs to the hour it was recorded in.</summary>
    public static readonly TimeSpan Late = TimeSpan.FromMinutes(5);

    /// <summary>By what the name of a recording ends, where nobody says otherwise; an index that a recorder goes on writing would look changed for ever.</summary>
    public static readonly IReadOnlyList<string> Endings = [".mp4", ".mkv", ".avi", ".mov", ".ts", ".ps", ".dav", ".h264", ".h265", ".264", ".265"];

    /// <summary>The hour that a file belongs to which was written last then.</summary>
    public static DateTimeOffset HourOf(DateTimeOffset modified) => HourIn(modified - Late);

    /// <summary>When the hour began in which this instant lies.</summary>
    public static DateTimeOffset HourIn(DateTimeOffset instant) => new(instant.UtcTicks - (instant.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);

    public static string Text(IEnumerable<RecordedFile> files) => string.Concat(Sorted(files).Select(file => $"{file.Line}\n"));

    public static TreeHash Root(IEnumerable<RecordedFile> files) => Root([.. Sorted(files).Select(file => TreeHash.Leaf(Encoding.UTF8.GetBytes(file.Line)))]);

    static IEnumerable<RecordedFile> Sorted(IEnumerable<RecordedFile> files) => files.OrderBy(file => file.Path, StringComparer.Ordinal);

    static TreeHash Root(ReadOnlySpan<TreeHash> leaves)
    {
        if (leaves.Length < 2) return leaves is [var only] ? only : TreeHash.Empty;
        var left = (int)TiledTree.Split(leaves.Length);
        return TreeHash.Node(Root(leaves[..left]), Root(leaves[left..]));
    }

    /// <summary>The files of a list; null when it is none.</summary>
    public static IReadOnlyList<RecordedFile>? Parse(string text)
    {
        var files = new List<RecordedFile>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var (hash, path) = line is ['\\', .. var escaped] && escaped.Length > 66 ? (escaped[..64], Unescaped(escaped[66..])) : line.Length > 66 ? (line[..64], line[66..]) : ("", "");
            var file = new RecordedFile(path, hash);
            if (file.Line != line || !hash.All(char.IsAsciiHexDigitLower)) return null;
            files.Add(file);
        }

        return files;
    }

    static string Unescaped(string path)
    {
        var (text, isEscaped) = (new StringBuilder(), false);
        foreach (var letter in path)
        {
            if (!isEscaped && letter == '\\') isEscaped = true;
            else (_, isEscaped) = (text.Append(isEscaped ? letter switch { 'n' => '\n', 'r' => '\r', _ => letter } : letter), false);
        }

        return text.ToString();
    }
}
