using System.Globalization;
using System.Text.Json;
using Compliance.Api.EventLog.Protos;
using Compliance.Domain.Kernel;
using Google.Protobuf;

namespace Compliance.Api.EventLog;

/// <summary>Our facts in the server's messages and back. Origin travels in a fact's custom metadata, as JSON.</summary>
static class KurrentWire
{
    /// <summary>What a server takes in one append, in bytes, unless it was told otherwise (its <c>MaxAppendSize</c>).</summary>
    const int MostBytes = 1024 * 1024;

    static readonly Origin Stranger = new(Guid.Empty, "unknown");

    public static IReadOnlyList<AppendReq> Append(StreamId stream, long expectedRevision, IReadOnlyList<object> facts, Origin origin)
    {
        var metadata = ByteString.CopyFrom(JsonSerializer.SerializeToUtf8Bytes(origin, EventCatalog.Json));
        AppendReq.Types.ProposedMessage[] proposed = [.. facts.Select((fact, i) => new AppendReq.Types.ProposedMessage
        {
            Id = new() { String = EventIds.For(origin, stream, i).ToString() },
            Metadata = { ["type"] = EventCatalog.NameOf(fact), ["content-type"] = "application/json" },
            CustomMetadata = metadata,
            Data = ByteString.CopyFrom(EventCatalog.Encode(fact)),
        })];

        // Counted as the server counts: names as UTF-16.
        var bytes = proposed.Sum(p => (long)p.Data.Length + p.CustomMetadata.Length + (2 * p.Metadata["type"].Length));
        if (bytes > MostBytes)
            throw new EventLogException($"An append to {stream} has {bytes} bytes; KurrentDB takes {MostBytes} at once. Send less at a time.");

        var options = new AppendReq.Types.Options { StreamIdentifier = Named(stream) };
        if (expectedRevision < 0) options.NoStream = new();
        else options.Revision = (ulong)expectedRevision;
        return [new() { Options = options }, .. proposed.Select(p => new AppendReq { ProposedMessage = p })];
    }

    public static ReadReq Read(StreamId stream, long from, long count) => Forwards(new()
    {
        Stream = new() { StreamIdentifier = Named(stream), Revision = (ulong)from },
        Count = (ulong)count,
        NoFilter = new(),
    });

    /// <summary>Everything but the server's own streams, whose names start with a dollar sign.</summary>
    public static ReadReq Follow(LogPosition after) => Forwards(new()
    {
        All = after == LogPosition.Start
            ? new() { Start = new() }
            : new() { Position = new() { CommitPosition = after.Commit, PreparePosition = after.Prepare } },
        Subscription = new(),
        Filter = new() { StreamIdentifier = new() { Regex = "^[^$]" }, Max = 500, CheckpointIntervalMultiplier = 1 },
    });

    /// <summary>Null for what is not ours: another application's stream, a link to something deleted.</summary>
    public static Recorded? Recorded(ReadResp.Types.ReadEvent read) =>
        read.Event is { } e && StreamId.Parse(e.StreamIdentifier.StreamName.ToStringUtf8()) is { } stream
            ? new(stream, (long)e.StreamRevision, PositionOf(e), Guid.Parse(e.Id.String),
                e.Metadata["type"], e.Data.Memory, CreatedAt(e.Metadata["created"]), OriginIn(e.CustomMetadata))
            : null;

    static LogPosition PositionOf(ReadResp.Types.ReadEvent.Types.RecordedEvent e) => e.CommitPosition < ulong.MaxValue
        ? new(e.CommitPosition, e.PreparePosition)
        : throw new EventLogException("This KurrentDB does not say where a stream's facts stand in the whole log. Use 22.10 or newer.");

    public static LogPosition Position(Position position) => new(position.CommitPosition, position.PreparePosition);

    static ReadReq Forwards(ReadReq.Types.Options options)
    {
        options.UuidOption = new() { String = new() };
        return new() { Options = options };
    }

    static StreamIdentifier Named(StreamId stream) => new() { StreamName = ByteString.CopyFromUtf8(stream.ToString()) };

    static DateTimeOffset CreatedAt(string ticks) => DateTimeOffset.UnixEpoch.AddTicks(long.Parse(ticks, CultureInfo.InvariantCulture));

    /// <summary>A fact written past us, on the vendor's own screen, say, is a fact of a stranger.</summary>
    static Origin OriginIn(ByteString metadata)
    {
        try
        {
            return JsonSerializer.Deserialize<Origin>(metadata.Span, EventCatalog.Json) ?? Stranger;
        }
        catch (JsonException)
        {
            return Stranger;
        }
    }
}
