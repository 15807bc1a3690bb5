namespace Compliance.Domain.Devices;

/// <summary>What a device itself answered when a verdict came about: its own words, bounded, without anything that opens it.</summary>
public static class RawAnswer
{
    /// <summary>Characters: a status line and the headers that matter.</summary>
    public const int Longest = 400;

    /// <summary>Letters, digits, signs and line breaks, and no more of them than <see cref="Longest"/>; null for nothing.</summary>
    public static string? Bounded(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var plain = string.Concat(text.Take(Longest + 1).Select(c => c is '\n' or '…' or (>= ' ' and <= '~') ? c : '?'));
        return plain.Length > Longest ? $"{plain[..(Longest - 1)]}…" : plain;
    }
}
