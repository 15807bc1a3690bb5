using System.Globalization;
using System.Text;

namespace Compliance.Domain.TransparentLog;

/// <summary>That one entry stands in the log, to be checked by anybody without asking anybody: place, path and signed head in one text (C2SP tlog-proof).</summary>
/// <param name="Extra">What the reader needs beside it to compute the entry; null for nothing.</param>
public sealed record LogProof(long Index, IReadOnlyList<TreeHash> Path, SignedNote Checkpoint, byte[]? Extra = null)
{
    const string Header = "c2sp.org/tlog-proof@v1";

    /// <summary>A tree of 2^63 leaves has no longer path.</summary>
    const int Longest = 63;

    public override string ToString()
    {
        var text = new StringBuilder(Header).Append('\n');
        if (Extra is not null) text.Append("extra ").Append(Convert.ToBase64String(Extra)).Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"index {Index}\n");
        foreach (var hash in Path) text.Append(hash).Append('\n');
        return text.Append('\n').Append(Checkpoint).ToString();
    }

    /// <summary>Null when the text is no proof.</summary>
    public static LogProof? Parse(string text)
    {
        var blank = text.IndexOf("\n\n", StringComparison.Ordinal);
        if (blank < 0 || SignedNote.Parse(text[(blank + 2)..]) is not { } note) return null;
        var lines = new Queue<string>(text[..blank].Split('\n'));
        if (lines.Count < 2 || lines.Dequeue() != Header) return null;
        byte[]? extra = null;
        if (lines.Peek().StartsWith("extra ", StringComparison.Ordinal))
        {
            var coded = lines.Dequeue()[6..];
            extra = new byte[coded.Length];
            if (!Convert.TryFromBase64String(coded, extra, out var length)) return null;
            extra = extra[..length];
        }

        if (lines.Count is 0 or > Longest + 1 || lines.Dequeue() is not { } place || !place.StartsWith("index ", StringComparison.Ordinal)
            || !long.TryParse(place.AsSpan(6), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            || index.ToString(CultureInfo.InvariantCulture) != place[6..]) return null;
        var path = lines.Select(TreeHash.Parse).ToList();
        return path.Any(hash => hash is null) ? null : new(index, [.. path.Select(hash => hash!.Value)], note, extra);
    }
}
