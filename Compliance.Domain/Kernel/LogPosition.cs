using System.Globalization;

namespace Compliance.Domain.Kernel;

/// <summary>
/// A place in the whole log, to be compared and handed back, never computed with: it has gaps, and KurrentDB's is a pair
/// (commit, prepare). Written <c>commit-prepare</c> in hexadecimal.
/// </summary>
public readonly record struct LogPosition(ulong Commit, ulong Prepare) : IComparable<LogPosition>, IParsable<LogPosition>
{
    /// <summary>Before the first fact.</summary>
    public static readonly LogPosition Start;

    public int CompareTo(LogPosition other) =>
        Commit != other.Commit ? Commit.CompareTo(other.Commit) : Prepare.CompareTo(other.Prepare);

    public static bool operator <(LogPosition a, LogPosition b) => a.CompareTo(b) < 0;
    public static bool operator >(LogPosition a, LogPosition b) => a.CompareTo(b) > 0;
    public static bool operator <=(LogPosition a, LogPosition b) => a.CompareTo(b) <= 0;
    public static bool operator >=(LogPosition a, LogPosition b) => a.CompareTo(b) >= 0;

    public override string ToString() => Commit == Prepare ? $"{Commit:x}" : $"{Commit:x}-{Prepare:x}";

    /// <summary>As people read it: the number, and of a pair both.</summary>
    public string Number => Commit == Prepare ? Commit.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{Commit}-{Prepare}");

    public static LogPosition Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var position) ? position : throw new FormatException($"'{s}' is not a log position");

    public static bool TryParse(string? s, IFormatProvider? provider, out LogPosition result)
    {
        result = default;
        var parts = (s ?? "").Split('-');
        if (parts.Length is 0 or > 2 || !Hex(parts[0], out var commit) || !Hex(parts[^1], out var prepare)) return false;
        result = new(commit, prepare);
        return true;
    }

    static bool Hex(string text, out ulong value) =>
        ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
}
