using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.TransparentLog;

/// <summary>
/// What of a fact stands in the tree. The entry shows nothing of it: who holds the fact and its salt can show that it is the one, and who holds
/// neither cannot guess it. What the fact says is bound by a salted commitment of its own, so a reader who may see a fact only in part can check
/// that it stands there all the same.
/// </summary>
public static class LogEntry
{
    /// <summary>Bytes of a salt.</summary>
    public const int SaltSize = 32;

    static readonly byte[] Domain = "compliance.fact/v1\n"u8.ToArray();

    /// <summary>The salt of one fact, from the log's secret: the same whenever it is asked for.</summary>
    public static byte[] Salt(ReadOnlySpan<byte> secret, Guid eventId)
    {
        Span<byte> id = stackalloc byte[16];
        eventId.TryWriteBytes(id, bigEndian: true, out _);
        return HMACSHA256.HashData(secret, id);
    }

    /// <summary>Binds what a fact says, byte for byte as the log stores it, and tells nothing of it without the salt.</summary>
    public static byte[] Commit(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> data) => HMACSHA256.HashData(salt, data);

    /// <summary>The entry of a fact: the domain, then a hash over the fact without its words and the commitment to those.</summary>
    public static byte[] Of(Recorded fact, ReadOnlySpan<byte> commitment)
    {
        // Canonical JSON (RFC 8785): members in order, no member needs an escape.
        var text = string.Create(CultureInfo.InvariantCulture,
            $"{{\"actor\":{Quoted(fact.Origin.Actor)},\"command\":\"{fact.Origin.CommandId:D}\",\"data\":\"{Convert.ToHexStringLower(commitment)}\",\"id\":\"{fact.EventId:D}\"," +
            $"\"name\":{Quoted(fact.Name)},\"recordedAt\":\"{fact.RecordedAt.UtcDateTime:O}\",\"revision\":{fact.Revision},\"stream\":{Quoted(fact.Stream.ToString())}}}");
        return [.. Domain, .. SHA256.HashData(Encoding.UTF8.GetBytes(text))];
    }

    public static TreeHash Leaf(Recorded fact, ReadOnlySpan<byte> secret) => TreeHash.Leaf(Of(fact, Commit(Salt(secret, fact.EventId), fact.Data.Span)));

    static string Quoted(string text) => CanonicalJson.Quote(text);
}
