using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Compliance.Domain.TransparentLog;

/// <summary>One signature below a note: by whose key, and 4 + n bytes of which the first four name the key.</summary>
public sealed record NoteSignature(string Name, uint KeyId, byte[] Bytes)
{
    public override string ToString()
    {
        var all = new byte[4 + Bytes.Length];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(all, KeyId);
        Bytes.CopyTo(all, 4);
        return $"— {Name} {Convert.ToBase64String(all)}\n";
    }

    /// <summary>One line without its newline; null when it is none.</summary>
    public static NoteSignature? Parse(string line)
    {
        if (line.Split(' ') is not ["—", { Length: > 0 } name, var coded] || name.Contains('+', StringComparison.Ordinal)) return null;
        var bytes = new byte[coded.Length];
        if (!Convert.TryFromBase64String(coded, bytes, out var length) || length < 5 || Convert.ToBase64String(bytes, 0, length) != coded) return null;
        return new(name, System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes[4..length]);
    }
}

/// <summary>A text with the signatures of one or more keys below it (C2SP signed-note).</summary>
/// <param name="Text">Ends with a newline.</param>
public sealed record SignedNote(string Text, IReadOnlyList<NoteSignature> Signatures)
{
    /// <summary>Characters and signatures of a note, at most: it comes from anybody.</summary>
    const int Longest = 64 * 1024, MostSignatures = 64;

    public override string ToString() => $"{Text}\n{string.Concat(Signatures)}";

    /// <summary>With further signatures below; a line that is none is left out.</summary>
    public SignedNote With(IEnumerable<string> lines) => this with { Signatures = [.. Signatures, .. lines.Select(line => NoteSignature.Parse(line.TrimEnd('\n'))).OfType<NoteSignature>()] };

    /// <summary>Null when the text is no signed note.</summary>
    public static SignedNote? Parse(string note)
    {
        if (note.Length > Longest || note.Any(c => c < ' ' && c != '\n') || !note.EndsWith('\n')) return null;
        var blank = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (blank < 0) return null;
        var lines = note[(blank + 2)..].Split('\n')[..^1];
        if (lines.Length is 0 or > MostSignatures) return null;
        var signatures = lines.Select(NoteSignature.Parse).OfType<NoteSignature>().ToList();
        return signatures.Count == lines.Length ? new(note[..(blank + 1)], signatures) : null;
    }
}

/// <summary>What a key below a note means.</summary>
public enum NoteKeyKind : byte
{
    /// <summary>The log signs its own head.</summary>
    Log = 0x01,

    /// <summary>A witness has seen the head and that it goes on from the one before (C2SP tlog-cosignature).</summary>
    Witness = 0x04,
}

/// <summary>A key that somebody trusts: a name and 32 bytes of Ed25519. Written <c>name+id+key</c>, the vkey of C2SP signed-note.</summary>
public sealed record NoteKey(string Name, NoteKeyKind Kind, byte[] PublicKey)
{
    /// <summary>The first four bytes of SHA-256 over name, newline, kind and key.</summary>
    public uint Id
    {
        get
        {
            var hash = SHA256.HashData([.. Encoding.UTF8.GetBytes(Name), (byte)'\n', (byte)Kind, .. PublicKey]);
            return System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(hash);
        }
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name}+{Id:x8}+{Convert.ToBase64String([(byte)Kind, .. PublicKey])}");

    public static bool TryParse(string? text, [NotNullWhen(true)] out NoteKey? key)
    {
        key = null;
        // The key may itself hold a plus.
        if (text?.Split('+', 3) is not [{ Length: > 0 } name, { Length: 8 } id, var coded] || name.Any(char.IsWhiteSpace)) return false;
        Span<byte> bytes = stackalloc byte[64];
        if (!Convert.TryFromBase64String(coded, bytes, out var length) || length != 33 || !Enum.IsDefined((NoteKeyKind)bytes[0])) return false;
        var found = new NoteKey(name, (NoteKeyKind)bytes[0], bytes[1..33].ToArray());
        if (found.Id.ToString("x8", CultureInfo.InvariantCulture) != id) return false;
        key = found;
        return true;
    }

    public bool Equals(NoteKey? other) => other is not null && ToString() == other.ToString();

    public override int GetHashCode() => unchecked((int)Id);
}
