using System.Globalization;
using System.Text;

namespace Compliance.Domain.TransparentLog;

/// <summary>
/// One tile of the tree: up to 256 neighbouring hashes of one level, where level 0 holds the leaves and each hash of a level above stands for a
/// full tile of the level below (C2SP tlog-tiles).
/// </summary>
/// <param name="Width">How many hashes it has: 256, or fewer at the right edge.</param>
public readonly record struct TileId(int Level, long Index, int Width)
{
    /// <summary>Hashes of a full tile, and how many levels of the tree it spans.</summary>
    public const int Full = 256, Height = 8;

    /// <summary>Its place under the log's address: <c>tile/0/x001/234.p/7</c>.</summary>
    public string Path
    {
        get
        {
            var path = new StringBuilder($"{Index % 1000:000}");
            for (var rest = Index / 1000; rest > 0; rest /= 1000) path.Insert(0, $"x{rest % 1000:000}/");
            path.Insert(0, string.Create(CultureInfo.InvariantCulture, $"tile/{Level}/"));
            if (Width < Full) path.Append(CultureInfo.InvariantCulture, $".p/{Width}");
            return path.ToString();
        }
    }

    /// <summary>What stands behind <c>tile/</c>; null when it names no tile in exactly that spelling.</summary>
    public static TileId? Parse(string path)
    {
        var width = Full;
        if (path.LastIndexOf(".p/", StringComparison.Ordinal) is >= 0 and var at)
        {
            if (!Number(path[(at + 3)..], out var w) || w is < 1 or >= Full) return null;
            (width, path) = ((int)w, path[..at]);
        }

        var parts = path.Split('/');
        if (parts.Length is < 2 or > 7 || !Number(parts[0], out var level) || level > 63) return null;
        var index = 0L;
        for (var i = 1; i < parts.Length; i++)
        {
            var (part, isLast) = (parts[i], i == parts.Length - 1);
            if (!isLast && !part.StartsWith('x')) return null;
            var digits = isLast ? part : part[1..];
            if (digits.Length != 3 || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var three)) return null;
            index = (index * 1000) + three;
        }

        var tile = new TileId((int)level, index, width);
        return tile.Path.AsSpan(5).SequenceEqual(width < Full ? $"{path}.p/{width}" : path) ? tile : null;
    }

    static bool Number(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number.ToString(CultureInfo.InvariantCulture) == text;
}
