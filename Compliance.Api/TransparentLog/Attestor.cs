using Compliance.Domain.Evidence;
using Compliance.Domain.Kernel;
using Compliance.Domain.TransparentLog;

namespace Compliance.Api.TransparentLog;

/// <summary>Facts with the proof that they stand in the log, the head they stand under, and one proof in the format others read; null where there are no facts.</summary>
sealed record Attested(FactsProof Proof, SignedNote Head, LogProof? Newest);

/// <summary>Proves of the facts of a document that they stand in the transparent log. Of a fact that is shown in part it gives the commitment, not the salt.</summary>
sealed class Attestor(IEventLog log, TreeStore store, TreeKeeper keeper, LogIdentity identity)
{
    /// <summary>A head comes within a second of a fact; on a machine that is busy, later.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Null where no head covers them: the log is broken, or there are neither facts nor a position.</summary>
    /// <param name="readTo">How far the log was read, for what shows no facts.</param>
    public async Task<Attested?> Attest(IReadOnlyList<Recorded> shown, CancellationToken ct, LogPosition? readTo = null)
    {
        if ((shown.Count > 0 ? shown.Max(f => f.Position) : readTo) is not { } until || keeper.IsBroken) return null;
        try
        {
            await keeper.Covered(until, ct).WaitAsync(Patience, ct);
        }
        catch (TimeoutException)
        {
            return null;
        }

        if (shown.Count == 0)
            return (store.LeafAt(until) is var (last, _) ? store.Covering(last) : store.Newest()) is { } whole
                ? new(new(identity.Signer.Key.ToString(), Checkpoint.Parse(whole.Text)!.Size, new Dictionary<Guid, LeafKey>(), []), whole, null) : null;

        var leaves = new Dictionary<Guid, LeafKey>();
        var inPart = new List<(Recorded Fact, long Leaf)>();
        foreach (var fact in shown)
        {
            if (store.LeafAt(fact.Position) is not var (leaf, entry)) return null;
            var salt = LogEntry.Salt(identity.Secret, fact.EventId);
            var commitment = LogEntry.Commit(salt, fact.Data.Span);
            if (LogEntry.Of(fact, commitment).AsSpan().SequenceEqual(entry)) leaves[fact.EventId] = new(leaf, salt, commitment);
            else inPart.Add((fact, leaf));
        }

        if (inPart.Count > 0)
        {
            var stored = new Dictionary<Guid, Recorded>();
            await foreach (var fact in log.ReadMany([.. inPart.Select(x => x.Fact.Stream).Distinct()], ct)) stored[fact.EventId] = fact;
            foreach (var (fact, leaf) in inPart)
                leaves[fact.EventId] = new(leaf, null, LogEntry.Commit(LogEntry.Salt(identity.Secret, fact.EventId), stored[fact.EventId].Data.Span));
        }

        long[] places = [.. leaves.Values.Select(l => l.Leaf).Order()];
        if (store.Covering(places[^1]) is not { } head) return null;
        var size = Checkpoint.Parse(head.Text)!.Size;
        var tree = new TiledTree(size, store.ReadTile);
        return new(
            new(identity.Signer.Key.ToString(), size, leaves, await tree.Inclusion(places, ct)), head,
            new(places[^1], await tree.Inclusion(places[^1], ct), head));
    }
}
