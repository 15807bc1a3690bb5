using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Compliance.Domain.Probes;

namespace Compliance.Api.Probes;

/// <summary>
/// Codes by which a box gets its identity: each good once, for fifteen minutes, and for one probe. Kept in memory and as hashes only: a
/// restart voids them, and another is made in a moment. A new code for the same probe voids the one before.
/// </summary>
sealed class EnrolmentCodes(TimeProvider clock)
{
    static readonly TimeSpan Good = TimeSpan.FromMinutes(15);

    /// <summary>No letter that is taken for a digit: a person reads it from one screen and types it at another.</summary>
    const string Letters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    /// <summary>Sixty bits.</summary>
    const int Length = 12;

    readonly ConcurrentDictionary<string, Promised> _open = [];

    public EnrolmentCode Make(ProbeCommand.Enrol box, string actor)
    {
        var now = clock.GetUtcNow();
        foreach (var (hash, promised) in _open)
            if (promised.Until <= now || promised.Box.ProbeId == box.ProbeId) _open.TryRemove(hash, out _);
        var code = RandomNumberGenerator.GetString(Letters, Length);
        _open[HashOf(code)] = new(box, actor, now + Good);
        return new(box.ProbeId, string.Join('-', code.Chunk(4).Select(part => new string(part))), now + Good);
    }

    /// <summary>For whom the code was made, and by whom; null when it is unknown, used or too old. It is used now.</summary>
    public Promised? Redeem(string code) =>
        _open.TryRemove(HashOf(code), out var promised) && promised.Until > clock.GetUtcNow() ? promised : null;

    static string HashOf(string code) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(code.ToUpperInvariant().Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal))));

    public sealed record Promised(ProbeCommand.Enrol Box, string Actor, DateTimeOffset Until);
}
