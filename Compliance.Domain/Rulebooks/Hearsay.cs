namespace Compliance.Domain.Rulebooks;

/// <summary>
/// What was said of things, by whose word. Measured stands above an inspector's word, that above the owner's and the register's;
/// within a rank the latest counts. Facts come in the order of the log.
/// </summary>
sealed class Hearsay
{
    readonly Dictionary<(string Kind, string Id), Told> _things = [];

    public IEnumerable<Thing> Things => _things.Select(t => new Thing(t.Key.Kind, t.Key.Id, t.Value.Label,
        t.Value.Values.Select(v => (v.Key, Value: v.Value.LastOrDefault(known => known is not null)))
            .Where(v => v.Value is not null).ToDictionary(v => v.Key, v => v.Value!)));

    public bool Has(string kind, string id) => _things.ContainsKey((kind, id));

    public void Name(string kind, string id, string label, Provenance from)
    {
        if (!_things.TryGetValue((kind, id), out var thing)) _things[(kind, id)] = new(label, from, []);
        else if (from >= thing.From && label.Length > 0) _things[(kind, id)] = thing with { Label = label, From = from };
    }

    /// <summary>Null: of this rank nobody says anything any more.</summary>
    public void Say(string kind, string id, string label, string attribute, Known? known, Provenance from)
    {
        if (!_things.TryGetValue((kind, id), out var thing)) _things[(kind, id)] = thing = new(label, from, []);
        if (!thing.Values.TryGetValue(attribute, out var ranks)) thing.Values[attribute] = ranks = new Known?[3];
        ranks[Rank(from)] = known is null ? null : known with { From = from };
    }

    public void Forget(string kind, string id) => _things.Remove((kind, id));

    /// <summary>These are all: what the same or a lesser word named before is there no more.</summary>
    public void Only(string kind, IReadOnlySet<string> ids, Provenance from)
    {
        foreach (var gone in _things.Where(t => t.Key.Kind == kind && !ids.Contains(t.Key.Id) && Rank(t.Value.From) <= Rank(from)).ToArray())
            _things.Remove(gone.Key);
    }

    static int Rank(Provenance from) => from switch { Provenance.Measured => 2, Provenance.Inspector => 1, _ => 0 };

    /// <param name="From">The strongest word that named it.</param>
    sealed record Told(string Label, Provenance From, Dictionary<string, Known?[]> Values);
}
