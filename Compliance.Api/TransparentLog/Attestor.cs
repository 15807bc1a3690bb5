using Compliance.Domain.Evidence;
using Compliance.Domain.Kernel;
using Compliance.Domain.TransparentLog;

namespace Compliance.Api.TransparentLog;

/// <summary>Facts with the proof that they stand in the log, the head they stand under, and one proof in the format others read.</summary>
sealed record Attested(FactsProof Proof, SignedNote Head, LogProof Newest);

/// <summary>Proves of the facts of a document that they stand in the transparent log. Of a fact that is shown in part it gives the commitment, not the salt.</summary>
sealed class Attestor(IEventLog log, TreeStore store, TreeKeeper keeper, LogIdentity identity)
{
    /// <summary>A head comes within a second of a fact; on a machine that is busy, later.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Null where no head covers them: the log is broken, or there are none.</summary>
    public async Task<Attested?> Attest(IReadOnlyList<Recorded> shown, CancellationToken ct)
    {
        if (shown.Count == 0 || keeper.IsBroken) return null;
        try
        {
            await keeper.Covered(shown.Max(f => f.Position), ct).WaitAsync(Patience, ct);
        }
        catch (TimeoutException)
        {
            return null;
        }

        var leaves = new Dictionary<Guid, LeafKey>();
        var inPart = new List<(Recorded Fact, long Leaf)>();
        foreach (var fact in shown)
        {
            if (store.LeafAt(fact.Position) is not { } leaf) return null;
            var salt = LogEntry.Salt(identity.Secret, fact.EventId);
            var commitment = LogEntry.Commit(salt, fact.Data.Span);
            if (LogEntry.Of(fact, commitment).AsSpan().SequenceEqual(store.Entry(leaf))) leaves[fact.EventId] = new(leaf, salt, commitment);
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
