using Compliance.Api.Evidence;
using Compliance.Domain.Kernel;
using Compliance.Domain.TransparentLog;

namespace Compliance.Api.TransparentLog;

/// <summary>
/// Finds the first fact of a copied log that does not fit what was signed, and tells what was done to it. The signed heads say which leaves are true; the
/// leaves say what each fact was; by comparing the two rows it is seen whether something was changed, moved, taken out or put in. Keeps 32 bytes a fact, twice.
/// </summary>
sealed class FirstUnfit(ILogCopy copy, Beliefs beliefs, IReadOnlyList<SignedNote> known)
{
    readonly List<TreeHash> _facts = [], _signed = [];
    readonly List<byte[]?> _kept = [];
    (long At, Recorded Fact)? _unsalted;
    long _unsaltedCount;
    DamagedFact? _damaged;
    SignedHeads _heads = null!;
    DateTimeOffset? _unsignedSince, _latest;

    /// <summary>Null when everything fits.</summary>
    public async Task<Unfit?> Find(Action<long>? progress, CancellationToken ct)
    {
        _heads = SignedHeads.Of(copy, beliefs, known);
        if (_heads.Key is null || _heads.Newest is not { } newest || _heads.Faults.Count > 0)
            return Whole(Tampering.Head, _heads.Faults is [var fault, ..] ? fault : "No head came with the log.", "Each head is checked by the log's Ed25519 key.");
        await Read(newest, progress, ct);
        var (facts, signed) = (Fitting(_facts), Fitting(_signed));
        var largest = _heads.All[^1].Head;
        if (facts.Misfit is null && _facts.Count < largest.Size && _damaged is null && _facts.Count >= newest.Size)
            return Whole(Tampering.RolledBack, $"You know a head of {largest.Size:N0} facts; this log has {_facts.Count:N0} and a newest head of {newest.Size:N0}. It was put back to an older state.", "Both heads are signed by the log; a log only grows.");
        if (facts.Misfit is null && _facts.Count >= newest.Size) return await Behind(newest, ct);
        if (signed.Fits > facts.Fits && FirstDifference(signed.Fits) is { } at) return await At(at, signed.Fits, ct);
        if (_damaged is not null && _facts.Count <= (facts.Misfit?.Size ?? long.MaxValue)) return OfDamaged();
        var until = facts.Misfit?.Size ?? newest.Size;
        return new(Tampering.Unclear, facts.Fits, null, null, null, null, null,
            $"Some fact from number {facts.Fits + 1:N0} to {until:N0} is not the one that was signed.",
            $"The head of {facts.Fits:N0} facts fits, the next one, of {until:N0}, does not; the tree that was signed did not come along whole, so the stretch cannot be made narrower.");
    }

    async Task Read(Checkpoint newest, Action<long>? progress, CancellationToken ct)
    {
        foreach (var leaf in copy.Leaves())
        {
            _signed.Add(leaf.Hash);
            _kept.Add(leaf.Commitment);
        }

        try
        {
            await foreach (var copied in copy.Facts(ct))
            {
                var (signed, kept) = _facts.Count < _signed.Count ? (_signed[_facts.Count], _kept[_facts.Count]) : default;
                if (copied.Salt is null)
                {
                    _unsalted ??= (_facts.Count, copied.Fact);
                    _unsaltedCount++;
                }

                _facts.Add((copied.Commitment ?? kept) is { } commitment ? TreeHash.Leaf(LogEntry.Of(copied.Fact, commitment)) : signed);
                if (_facts.Count == newest.Size + 1) _unsignedSince = copied.Fact.RecordedAt;
                _latest = copied.Fact.RecordedAt;
                if (_facts.Count % 1_000 == 0) progress?.Invoke(_facts.Count);
            }
        }
        catch (DamagedFact damaged)
        {
            _damaged = damaged;
        }
    }

    /// <summary>Up to which head a row of leaves is the signed one, and the first head that it is not.</summary>
    (long Fits, Checkpoint? Misfit) Fitting(List<TreeHash> leaves)
    {
        var (tree, fits) = (new TreeFrontier(), 0L);
        foreach (var (head, _) in _heads.All)
        {
            if (head.Size > leaves.Count) return (fits, null);
            while (tree.Size < head.Size) tree.Add(leaves[(int)tree.Size]);
            if (tree.Root != head.Root) return (fits, head);
            fits = head.Size;
        }

        return (fits, null);
    }

    long? FirstDifference(long until)
    {
        for (var i = 0; i < until; i++)
            if (i >= _facts.Count || _facts[i] != _signed[i]) return i;
        return null;
    }

    /// <summary>Everything up to the newest head fits; what stands behind it?</summary>
    async Task<Unfit?> Behind(Checkpoint newest, CancellationToken ct)
    {
        if (_damaged is not null) return OfDamaged();
        if (_signed.Count > 0 && Enumerable.Range(0, (int)Math.Min(newest.Size, _signed.Count)).Cast<int?>().FirstOrDefault(i => _facts[i!.Value] != _signed[i.Value]) is { } spoiled)
            return await Told(Tampering.Tree, spoiled, "The facts are those that were signed; leaf and fact differ because the tree beside the log was changed.", "The facts themselves give the signed head.", ct);
        if (_signed.Count > _facts.Count) return await At(_facts.Count, _signed.Count, ct);
        if (_unsignedSince is { } since && _latest - since > LogCheck.LongestUnsigned)
            return await Told(Tampering.RolledBack, newest.Size, $"An older head, of {newest.Size:N0} facts, was put in the place of the newest: {_facts.Count - newest.Size:N0} facts stand behind it, the first since {since:u}.",
                $"A log signs within seconds; none stands unsigned for longer than {LogCheck.LongestUnsigned.TotalSeconds:0} seconds while facts are added.", ct);
        return await Position(ct);
    }

    /// <summary>The one thing that is in no leaf.</summary>
    async Task<Unfit?> Position(CancellationToken ct)
    {
        using var leaves = copy.Leaves().GetEnumerator();
        var (i, last) = (0L, LogPosition.Start);
        await foreach (var copied in copy.Facts(ct))
        {
            var leaf = leaves.MoveNext() ? leaves.Current : null;
            if (leaf is not null && leaf.Position != copied.Fact.Position)
                return Of(Tampering.Metadata, i, copied.Fact, $"It stands at position {copied.Fact.Position.Number}; it was recorded at {leaf.Position.Number}.", "The tree beside the log holds the position of each leaf.");
            if (copied.Fact.Position <= last && i > 0) return Of(Tampering.Order, i, copied.Fact, $"It stands behind position {last.Number}.", "Positions rise.");
            if (leaf is { Commitment: { } kept } && copied.Commitment is { } now && !now.AsSpan().SequenceEqual(kept))
                return Of(Tampering.Tree, i, copied.Fact, "The fact is the one that was signed; the commitment to its words that was kept beside the tree is another.", "The fact and its salt give the signed leaf.");
            (i, last) = (i + 1, copied.Fact.Position);
        }

        return Unchecked();
    }

    /// <summary>Everything fits that could be held against something; were there words that could not?</summary>
    Unfit? Unchecked() => _unsalted is not var (at, fact) ? null
        : _unsaltedCount < _facts.Count
            ? Of(Tampering.Unchecked, at, fact, $"It came without its salt while others have theirs: it was taken out, and the words may be anybody's. So it is with {_unsaltedCount:N0} facts.", "An export holds the salt of every fact.")
            : Whole(Tampering.Unchecked, $"The words of {_unsaltedCount:N0} facts were not checked: no salt came along. Give the log's secret (--secret), or an export that holds the salts.",
                _kept.Contains(null) ? "Of some not even a commitment was kept: nothing of them was held against anything." : "With the commitments that were kept, what stands around the words gives the signed leaves.");

    async Task<Unfit> At(long at, long until, CancellationToken ct)
    {
        if (at == _facts.Count && _damaged is not null) return OfDamaged();
        var leaf = copy.Leaves().ElementAt((int)at);
        var signedAt = Places(_signed, until);
        var factAt = Places(_facts, _facts.Count);
        if (at == _facts.Count) return Missing(at, until - at, leaf, until);
        var (wasElsewhere, standsElsewhere) = (signedAt.GetValueOrDefault(_facts[(int)at], -1), factAt.GetValueOrDefault(_signed[(int)at], -1));
        var how = $"The leaves that came along give the signed head of {until:N0} facts, and leaf {at:N0} among them is not that of the fact in its place.";
        return (wasElsewhere, standsElsewhere) switch
        {
            ( > -1, > -1) when wasElsewhere > at => await Told(Tampering.Order, at, $"It was signed as number {wasElsewhere + 1:N0}; the one that belongs here stands as number {standsElsewhere + 1:N0}.", how, ct),
            ( > -1, _) when wasElsewhere < at => await Told(Tampering.Inserted, at, $"It is fact number {wasElsewhere + 1:N0} once more.", how, ct),
            ( > -1, -1) => Missing(at, wasElsewhere - at, leaf, until),
            (-1, > -1) => await Told(Tampering.Inserted, at, "Nobody signed it; the fact that was signed in its place follows behind it.", how, ct),
            _ => await new ChangedFact(copy, at, leaf).Tell(how, ct),
        };
    }

    static Dictionary<TreeHash, long> Places(List<TreeHash> row, long until)
    {
        var places = new Dictionary<TreeHash, long>();
        for (var i = 0; i < until && i < row.Count; i++) places.TryAdd(row[i], i);
        return places;
    }

    static Unfit Missing(long at, long count, CopiedLeaf leaf, long until) => new(Tampering.Missing, at, leaf.Position.ToString(), null, null, null, null,
        $"{(count == 1 ? "A fact is" : $"{count:N0} facts are")} missing: number {at + 1:N0}, which stood at position {leaf.Position.Number}{(count > 1 ? ", and those after it" : "")}.",
        $"The leaves that came along give the signed head of {until:N0} facts; to leaf {at:N0} no fact belongs.");

    Unfit OfDamaged() => new(Tampering.Damaged, _facts.Count, _damaged!.Position.ToString(), null, null, null, null, _damaged.Message, "It cannot be read as a fact.");

    async Task<Unfit> Told(Tampering what, long at, string sentence, string how, CancellationToken ct) =>
        Of(what, at, (await copy.Facts(ct).ElementAtAsync((int)at, ct)).Fact, sentence, how);

    internal static Unfit Of(Tampering what, long at, Recorded fact, string sentence, string how) =>
        new(what, at, fact.Position.ToString(), fact.Stream.ToString(), fact.Revision, fact.Name, fact.RecordedAt, sentence, how);

    static Unfit Whole(Tampering what, string sentence, string how) => new(what, null, null, null, null, null, null, sentence, how);
}
