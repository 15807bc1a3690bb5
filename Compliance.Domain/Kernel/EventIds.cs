using System.Security.Cryptography;
using System.Text;

namespace Compliance.Domain.Kernel;

/// <summary>Ids that follow from what they name (UUID version 8, RFC 9562, over SHA-256), so that a retry carries the same ones.</summary>
public static class EventIds
{
    /// <summary>The id of the <paramref name="index"/>-th fact that a command of an actor wrote to a stream; two who send one command id write two facts.</summary>
    public static Guid For(Origin origin, StreamId stream, int index) => From(origin.CommandId, $"{stream}/{index}/{origin.Actor}");

    /// <summary>An id derived from another one and a purpose: a reaction's command from the fact that caused it.</summary>
    public static Guid From(Guid source, string purpose)
    {
        var name = Encoding.UTF8.GetBytes(purpose);
        var input = new byte[16 + name.Length];
        source.TryWriteBytes(input, bigEndian: true, out _);
        name.CopyTo(input, 16);
        var hash = SHA256.HashData(input).AsSpan(0, 16);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash, bigEndian: true);
    }
}
