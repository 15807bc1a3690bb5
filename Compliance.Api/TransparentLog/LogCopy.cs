using Compliance.Domain.Kernel;
using Compliance.Domain.TransparentLog;

namespace Compliance.Api.TransparentLog;

/// <summary>One fact of a copied log, with the salt of its leaf; null where the copy does not hold it.</summary>
sealed record CopiedFact(Recorded Fact, byte[]? Salt)
{
    /// <summary>What the fact's data commit to; null without a salt.</summary>
    public byte[]? Commitment => Salt is null ? null : LogEntry.Commit(Salt, Fact.Data.Span);
}

/// <summary>One leaf of the tree as it was kept beside the log.</summary>
/// <param name="Commitment">To the fact's data; null for leaves made before it was kept.</param>
sealed record CopiedLeaf(LogPosition Position, byte[] Entry, byte[]? Commitment)
{
    public TreeHash Hash => TreeHash.Leaf(Entry);

    /// <summary>Whether all that was kept of it is what the fact gives.</summary>
    public bool Is(Recorded fact, byte[] entry, byte[]? commitment) =>
        Position == fact.Position && Entry.AsSpan().SequenceEqual(entry) && (Commitment is null || commitment is null || Commitment.AsSpan().SequenceEqual(commitment));
}

/// <summary>A row of a copied log that is no fact at all; the message says which and why.</summary>
sealed class DamagedFact(LogPosition position, string because) : Exception(because)
{
    public LogPosition Position { get; } = position;
}

/// <summary>A whole log as somebody hands it over: files of a server, or what <c>export-log</c> wrote. Reading it changes nothing.</summary>
interface ILogCopy
{
    /// <summary>All facts in the order of the log. Throws <see cref="DamagedFact"/> at a row that is none.</summary>
    IAsyncEnumerable<CopiedFact> Facts(CancellationToken ct);

    /// <summary>The leaves in their order; empty where no tree came along.</summary>
    IEnumerable<CopiedLeaf> Leaves();

    /// <summary>The signed heads that came along, the smallest first.</summary>
    IReadOnlyList<SignedNote> Heads { get; }

    /// <summary>The key of the log as the copy says it; null when it does not.</summary>
    NoteKey? Key { get; }
}
