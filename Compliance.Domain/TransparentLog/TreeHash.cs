using System.Security.Cryptography;
using System.Text;

namespace Compliance.Domain.TransparentLog;

/// <summary>One node of the tree over the log: 32 bytes of SHA-256, hashed as RFC 9162 section 2.1.1 says, so that a leaf can never pass for a node.</summary>
public readonly record struct TreeHash
{
    public const int Size = 32;

    readonly ulong _a, _b, _c, _d;

    /// <param name="bytes">32 bytes.</param>
    public TreeHash(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size) throw new ArgumentException($"A hash has {Size} bytes, not {bytes.Length}.", nameof(bytes));
        (_a, _b, _c, _d) = (BitConverter.ToUInt64(bytes), BitConverter.ToUInt64(bytes[8..]), BitConverter.ToUInt64(bytes[16..]), BitConverter.ToUInt64(bytes[24..]));
    }

    /// <summary>The head of a tree without leaves.</summary>
    public static TreeHash Empty { get; } = new(SHA256.HashData([]));

    public static TreeHash Leaf(ReadOnlySpan<byte> entry)
    {
        Span<byte> hash = stackalloc byte[Size];
        if (entry.Length < 512)
        {
            Span<byte> all = stackalloc byte[entry.Length + 1];
            all[0] = 0;
            entry.CopyTo(all[1..]);
            SHA256.HashData(all, hash);
        }
        else
        {
            using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            sha.AppendData([0]);
            sha.AppendData(entry);
            sha.GetHashAndReset(hash);
        }

        return new(hash);
    }

    public static TreeHash Node(TreeHash left, TreeHash right)
    {
        Span<byte> all = stackalloc byte[1 + (2 * Size)], hash = stackalloc byte[Size];
        all[0] = 1;
        left.CopyTo(all[1..]);
        right.CopyTo(all[(1 + Size)..]);
        SHA256.HashData(all, hash);
        return new(hash);
    }

    public void CopyTo(Span<byte> to)
    {
        BitConverter.TryWriteBytes(to, _a);
        BitConverter.TryWriteBytes(to[8..], _b);
        BitConverter.TryWriteBytes(to[16..], _c);
        BitConverter.TryWriteBytes(to[24..], _d);
    }

    public byte[] ToArray()
    {
        var bytes = new byte[Size];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>Base64, as the formats of C2SP write it.</summary>
    public override string ToString() => Convert.ToBase64String(ToArray());

    /// <summary>Null when the text is not exactly that.</summary>
    public static TreeHash? Parse(string text)
    {
        Span<byte> bytes = stackalloc byte[Size];
        return text.Length == 44 && Convert.TryFromBase64String(text, bytes, out var written) && written == Size && Convert.ToBase64String(bytes) == text
            ? new(bytes) : null;
    }
}
