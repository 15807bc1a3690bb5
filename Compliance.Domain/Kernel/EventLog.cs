using System.Runtime.CompilerServices;

namespace Compliance.Domain.Kernel;

/// <summary>Names one stream; written <c>device-{id:N}</c>. The category is the prefix of every fact name in it.</summary>
public readonly record struct StreamId(string Category, Guid Id)
{
    public override string ToString() => $"{Category}-{Id:N}";

    /// <summary>Null when the text is not one of our stream names (KurrentDB holds others, such as <c>$metadata</c>).</summary>
    public static StreamId? Parse(string text)
    {
        var dash = text.LastIndexOf('-');
        return dash > 0 && Guid.TryParseExact(text.AsSpan(dash + 1), "N", out var id) ? new(text[..dash], id) : null;
    }
}

/// <summary>Who caused a fact, and by which command. <paramref name="Actor"/> is opaque: <c>user:{subject}</c>, <c>probe:{id}</c>, <c>reaction:{name}</c>.</summary>
public sealed record Origin(Guid CommandId, string Actor);

/// <summary>One stored fact with what the log stamped on it. <paramref name="RecordedAt"/> is the log's own clock, UTC.</summary>
public sealed record Recorded(
    StreamId Stream, long Revision, LogPosition Position, Guid EventId, string Name,
    ReadOnlyMemory<byte> Data, DateTimeOffset RecordedAt, Origin Origin);

/// <summary>Where an append ended: the stream's new revision and the position of its last fact.</summary>
public sealed record Appended(long Revision, LogPosition Position);

/// <summary>
/// An append-only log. Three verbs, one of them also for many streams; every adapter passes <c>EventLogContract</c>.
/// A broken or unreachable log throws; a lost race is a value (null).
/// </summary>
public interface IEventLog
{
    /// <summary>All facts of one stream, oldest first; empty when the stream does not exist. Revisions start at 0.</summary>
    IAsyncEnumerable<Recorded> Read(StreamId stream, CancellationToken ct);

    /// <summary>All facts of many streams, each stream's oldest first, the streams in any order. Adapters that can ask for many at once do.</summary>
    async IAsyncEnumerable<Recorded> ReadMany(IReadOnlyCollection<StreamId> streams, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var stream in streams.Distinct())
            await foreach (var recorded in Read(stream, ct)) yield return recorded;
    }

    /// <summary>
    /// Every fact after <paramref name="after"/>, in log order, then waits for more until <paramref name="ct"/> is cancelled.
    /// Survives the loss of the store behind it: it reconnects and goes on, with no gap and no repeat.
    /// </summary>
    IAsyncEnumerable<Recorded> Follow(LogPosition after, CancellationToken ct);

    /// <summary>
    /// Appends all or nothing; durable when it returns. Null when the stream is no longer at
    /// <paramref name="expectedRevision"/> (-1: does not exist yet). The ids of the facts follow from
    /// <see cref="EventIds.For"/>, so the same append sent again is stored once and answers as the first time did.
    /// </summary>
    Task<Appended?> Append(StreamId stream, long expectedRevision, IReadOnlyList<object> facts, Origin origin, CancellationToken ct);
}
