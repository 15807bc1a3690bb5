using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Compliance.Domain.TransparentLog;

/// <summary>How Ed25519 (RFC 8032) is checked: the caller brings it, since the base class library has none.</summary>
public delegate bool VerifyEd25519(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature);

/// <summary>What a witness said of a head: that it saw it then, and that it went on from all it had seen before.</summary>
public sealed record Cosignature(NoteKey Witness, DateTimeOffset At);

/// <summary>The head of the log at one size, as it is published and signed (C2SP tlog-checkpoint).</summary>
/// <param name="Origin">The log's name; of another log nothing follows for this one.</param>
public sealed record Checkpoint(string Origin, long Size, TreeHash Root)
{
    /// <summary>Three lines, each ending with a newline: what is signed.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Root}\n");

    /// <summary>Extension lines are read over: no log of ours writes any. Null when it is no checkpoint.</summary>
    public static Checkpoint? Parse(string text)
    {
        var lines = text.Split('\n');
        if (lines.Length < 4 || lines[^1].Length > 0 || lines[..^1].Any(line => line.Length == 0) || TreeHash.Parse(lines[2]) is not { } root) return null;
        return long.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size.ToString(CultureInfo.InvariantCulture) == lines[1]
            ? new(lines[0], size, root) : null;
    }

    /// <summary>The head in a note, if the log's key signed it; null when anything about that is wrong.</summary>
    public static Checkpoint? SignedBy(NoteKey log, SignedNote note, VerifyEd25519 verify) =>
        log.Kind == NoteKeyKind.Log
        && Of(note, log) is { Count: > 0 } mine && mine.All(s => s.Bytes.Length == 64 && verify(log.PublicKey, Encoding.UTF8.GetBytes(note.Text), s.Bytes))
        && Parse(note.Text) is { } head && head.Origin == log.Name ? head : null;

    /// <summary>What a witness said of the head in a note; null when it is not there or does not hold.</summary>
    public static Cosignature? CosignedBy(NoteKey witness, SignedNote note, VerifyEd25519 verify)
    {
        if (witness.Kind != NoteKeyKind.Witness || Of(note, witness) is not [{ Bytes.Length: 72 } signature]) return null;
        var seconds = BinaryPrimitives.ReadInt64BigEndian(signature.Bytes);
        if (seconds is < 0 or > 253_402_300_799 || !verify(witness.PublicKey, Cosigned(seconds, note.Text), signature.Bytes.AsSpan(8))) return null;
        return new(witness, DateTimeOffset.FromUnixTimeSeconds(seconds));
    }

    /// <summary>What a witness signs at that second.</summary>
    public static byte[] Cosigned(long unixSeconds, string text) => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"cosignature/v1\ntime {unixSeconds}\n{text}"));

    static List<NoteSignature> Of(SignedNote note, NoteKey key) => [.. note.Signatures.Where(s => s.Name == key.Name && s.KeyId == key.Id)];
}
