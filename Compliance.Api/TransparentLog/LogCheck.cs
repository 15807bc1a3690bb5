using Compliance.Api.Evidence;
using Compliance.Domain.Kernel;
using Compliance.Domain.TransparentLog;

namespace Compliance.Api.TransparentLog;

/// <summary>
/// Checks a whole copied log: each fact's bytes to its commitment, to its leaf, to the tree, to every signed head on the way; and that streams have no gap,
/// positions rise and no id stands twice. One walk; of a fact it keeps its id.
/// </summary>
sealed class LogCheck(ILogCopy copy, Beliefs beliefs, IReadOnlyList<SignedNote> known)
{
    /// <summary>A head comes within seconds of a fact. Facts that stood unsigned for longer had a head, and it was taken away.</summary>
    public static readonly TimeSpan LongestUnsigned = TimeSpan.FromMinutes(1);

    readonly List<CheckedStep> _steps = [];
    readonly Dictionary<StreamId, long> _streams = [];
    readonly HashSet<Guid> _ids = [];
    readonly HashSet<string> _unknown = [];
    readonly TreeFrontier _tree = new();
    LogPosition _last = LogPosition.Start;
    string? _order, _beside, _firstUnsalted;
    long _unsalted, _bare, _fits;
    Checkpoint? _misfit;
    DateTimeOffset? _unsignedSince, _latest;

    /// <param name="progress">Told how many facts are done.</param>
    public async Task<Verification> Check(string name, Action<long>? progress, CancellationToken ct)
    {
        var heads = SignedHeads.Of(copy, beliefs, known);
        foreach (var fault in heads.Faults) No("log", fault);
        try
        {
            await Walk(heads, progress, ct);
        }
        catch (Exception e) when (e is DamagedFact or InvalidDataException)
        {
            No("facts", e.Message);
            return new(name, _steps);
        }

        Say(heads);
        return new(name, _steps);
    }

    async Task Walk(SignedHeads heads, Action<long>? progress, CancellationToken ct)
    {
        var next = 0;
        using var leaves = copy.Leaves().GetEnumerator();
        var more = leaves.MoveNext();
        await foreach (var copied in copy.Facts(ct))
        {
            var (fact, leaf) = (copied.Fact, more ? leaves.Current : null);
            Order(fact);
            var commitment = copied.Commitment ?? leaf?.Commitment;
            if (copied.Salt is null) Unsalted(fact, commitment, heads);
            var entry = commitment is not null ? LogEntry.Of(fact, commitment) : leaf?.Entry ?? [];
            if (_beside is null && leaf is not null && !leaf.Is(fact, entry, commitment)) _beside = $"Fact {fact.Stream} {fact.Revision} at position {fact.Position.Number} is not leaf {_tree.Size:N0} of the tree that came along; verify tamper says more.";
            _tree.Add(TreeHash.Leaf(entry));
            for (; next < heads.All.Count && heads.All[next].Head.Size <= _tree.Size; next++)
            {
                if (heads.All[next].Head.Size < _tree.Size) continue; // a head of the empty log
                if (heads.All[next].Head.Root == _tree.Root) _fits = _tree.Size;
                else _misfit ??= heads.All[next].Head;
            }

            if (heads.Newest is { } newest && _tree.Size == newest.Size + 1) _unsignedSince = fact.RecordedAt;
            _latest = fact.RecordedAt;
            more = more && leaves.MoveNext();
            if (_tree.Size % 1_000 == 0) progress?.Invoke(_tree.Size);
        }

        if (more) _beside ??= $"The tree that came along has more leaves than there are facts: from leaf {_tree.Size:N0} on, facts are missing.";
        progress?.Invoke(_tree.Size);
    }

    /// <summary>Its words cannot be checked; without a commitment, nothing of it can.</summary>
    void Unsalted(Recorded fact, byte[]? commitment, SignedHeads heads)
    {
        _unsalted++;
        _firstUnsalted ??= $"Fact {fact.Stream} {fact.Revision} at position {fact.Position.Number}";
        if (commitment is null && _tree.Size < heads.Newest?.Size) _bare++;
    }

    void Order(Recorded fact)
    {
        if (_order is not null) return;
        var expected = _streams.GetValueOrDefault(fact.Stream);
        if (fact.Position <= _last && _tree.Size > 0) _order = $"Position {fact.Position.Number} stands after {_last.Number}.";
        else if (fact.Revision != expected) _order = $"In {fact.Stream} revision {fact.Revision} stands where {expected} should, at position {fact.Position.Number}.";
        else if (!_ids.Add(fact.EventId)) _order = $"Fact {fact.EventId} stands twice, the second time at position {fact.Position.Number}.";
        (_streams[fact.Stream], _last) = (fact.Revision + 1, fact.Position);
        if (!EventCatalog.All.ContainsKey(fact.Name)) _unknown.Add(fact.Name);
    }

    void Say(SignedHeads heads)
    {
        if (_order is not null) No("facts", _order);
        else Yes("facts", $"{_tree.Size:N0} facts of {_streams.Count:N0} streams: positions rise, no stream has a gap, no id stands twice.");
        if (_unknown.Count > 0) Open("facts", $"This program does not know {string.Join(", ", _unknown.Order(StringComparer.Ordinal).Take(20))}: a newer one wrote them, or nobody did.");
        if (_unsalted > 0 && _unsalted < _tree.Size) No("facts", $"{_firstUnsalted} came without its salt while others have theirs: it was taken out, and the words may be anybody's. So it is with {_unsalted:N0} facts.");
        else if (_bare > 0) No("facts", $"{_bare:N0} facts were not checked: neither a salt nor a commitment came along for them. Give the log's secret (--secret), or an export that holds the salts.");
        else if (_unsalted > 0) Open("facts", $"Of {_unsalted:N0} facts only what stands around their words could be checked: give the log's secret (--secret), or an export that holds the salts.");
        if (_beside is not null) No("tree", _beside);
        if (heads.Key is not { } key) return;
        if (heads.Newest is { } newest)
        {
            Yes("log", $"The newest head, of {newest.Size:N0} facts, is signed by {key.Name}.");
            _steps.AddRange(HeadCheck.Believed(key, beliefs));
            _steps.AddRange(HeadCheck.Witnessed(heads.Note!, beliefs));
        }

        foreach (var (head, isKnown) in heads.All.Where(h => h.Head.Size > _tree.Size))
            No("proof", isKnown ? $"You know a head of {head.Size:N0} facts; this log has {_tree.Size:N0}: it was rolled back." : $"A head of {head.Size:N0} facts was signed; this log has {_tree.Size:N0}: facts are missing.");
        if (_misfit is { } misfit) No("proof", $"The facts do not give the head of {misfit.Size:N0} facts that was signed{(_fits > 0 ? $"; up to {_fits:N0} facts they do" : "")}. verify tamper says which fact.");
        else if (_unsalted > 0 && _fits > 0) Open("proof", $"{heads.All.Count:N0} heads lie on one line up to {_fits:N0} facts; of those without a salt that is said of what stands around their words only, or of nothing.");
        else if (heads.All.Count > 0 && _fits > 0) Yes("proof", $"All facts up to {_fits:N0} are the ones that were signed: {heads.All.Count:N0} heads lie on one line.");
        Unsigned(heads);
    }

    void Unsigned(SignedHeads heads)
    {
        if (heads.Newest is not { } newest || _unsignedSince is not { } since || _latest - since is not { } stood) return;
        var count = _tree.Size - newest.Size;
        if (stood > LongestUnsigned) No("proof", $"{count:N0} facts stand behind the newest head, the first since {since:u}: that is longer than a log goes unsigned. An older head was put in the place of the newest, or the log stopped signing.");
        else Open("proof", $"{count:N0} facts were recorded after the newest head and are not signed yet.");
    }

    void Yes(string step, string sentence) => _steps.Add(new(step, Holds.Yes, sentence));

    void No(string step, string sentence) => _steps.Add(new(step, Holds.No, sentence));

    void Open(string step, string sentence) => _steps.Add(new(step, Holds.Open, sentence));
}
