using Compliance.Domain.Kernel;

namespace Compliance.Api.EventLog;

/// <summary>One append as its columns will be written.</summary>
sealed record SqliteAppend(
    string Stream, long Expected, IReadOnlyList<(byte[] Id, string Name, byte[] Data)> Facts, byte[] CommandId, string Actor)
{
    public static SqliteAppend Of(StreamId stream, long expected, IReadOnlyList<object> facts, Origin origin) => new(
        stream.ToString(), expected,
        [.. facts.Select((fact, i) =>
            (Bytes(EventIds.For(origin, stream, i)), EventCatalog.NameOf(fact), EventCatalog.Encode(fact)))],
        Bytes(origin.CommandId), origin.Actor);

    static byte[] Bytes(Guid id) => id.ToByteArray(bigEndian: true);
}
