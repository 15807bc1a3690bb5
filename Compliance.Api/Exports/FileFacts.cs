using System.Text;
using System.Text.Json;
using Compliance.Api.Evidence;
using Compliance.Domain.Evidence;
using Compliance.Domain.Kernel;
using Compliance.Domain.TransparentLog;

namespace Compliance.Api.Exports;

/// <summary>The facts of a venue's file as they are read one by one: their order, their streams, and where each stands in the tree.</summary>
/// <param name="most">Facts, as the sealed list counts them.</param>
sealed class FileFacts(long most)
{
    readonly List<(long Index, TreeHash Leaf)> _leaves = [];
    readonly HashSet<Guid> _ids = [];
    readonly Dictionary<string, long> _streams = [];
    readonly HashSet<(Guid Fact, string Sha256)> _named = [];
    readonly HashSet<string> _unknown = [];
    string? _fault;
    long _count, _inPart;

    public void Take(ReadOnlyMemory<byte> line)
    {
        if (++_count > most) throw new InvalidDataException($"There are more than the {most:N0} facts that the sealed list counts.");
        if (_fault is not null) return;
        try
        {
            var (fact, leaf) = FactLine.Parse(line);
            var stream = fact.Stream.ToString();
            var next = _streams.GetValueOrDefault(stream);
            if (leaf is null) _fault = $"Fact {fact.EventId} has no place in the log.";
            else if (leaf.Salt is null && !ShownInPart.MayBe(fact, null)) _fault = ShownInPart.NeverIs(fact);
            else if (!_ids.Add(fact.EventId)) _fault = $"Fact {fact.EventId} stands twice.";
            else if (fact.Revision != next) _fault = $"Of {stream} fact {next} is missing or out of order: {fact.Revision} stands in its place.";
            if (_fault is not null) return;
            _streams[stream] = next + 1;
            _leaves.Add((leaf!.Leaf, TreeHash.Leaf(LogEntry.Of(fact, leaf.Commitment))));
            if (leaf.Salt is null) _inPart++;
            if (!EventCatalog.All.ContainsKey(fact.Name)) _unknown.Add(fact.Name);
            Note(fact);
        }
        catch (JsonException e)
        {
            _fault = $"Line {_count}: {e.Message}";
        }
    }

    /// <summary>Whether that fact names a picture by that hash.</summary>
    public bool Names(Guid fact, string sha256) => _named.Contains((fact, sha256));

    public IEnumerable<CheckedStep> Steps(FileContents contents)
    {
        if (_fault is not null) return [No("facts", _fault)];
        foreach (var (stream, facts) in contents.Streams)
            if (_streams.GetValueOrDefault(stream) != facts) return [No("facts", $"Of {stream} the sealed list has {facts} facts, here are {_streams.GetValueOrDefault(stream)}.")];
        if (_streams.Count != contents.Streams.Count) return [No("facts", "There are streams that the sealed list does not have.")];
        return [new("facts", Holds.Yes, $"{_count:N0} facts of {_streams.Count:N0} streams, each stream from its first fact without a gap."), .. ShownInPart.Said(_inPart),
            .. _unknown.Count == 0 ? (CheckedStep[])[] : [new("facts", Holds.Open, $"This program does not know {string.Join(", ", _unknown.Order(StringComparer.Ordinal))}: a newer one wrote them.")]];
    }

    public CheckedStep Included(FileContents contents, Checkpoint head)
    {
        if (_fault is not null) return No("proof", "The facts could not be read to their end.");
        if (contents.Path.Select(TreeHash.Parse).ToList() is var path && path.Any(hash => hash is null)) return No("proof", "A hash of the proof is none.");
        _leaves.Sort((a, b) => a.Index.CompareTo(b.Index));
        return Proofs.IncludesAll(head.Root, head.Size, _leaves, [.. path.Select(hash => hash!.Value)])
            ? new("proof", Holds.Yes, $"All {_count:N0} facts stand in the log, unchanged{(_inPart > 0 ? $"; {_inPart:N0} of them are shown in part, and of those only what stands around their words is proven" : "")}.")
            : No("proof", "A fact is not the one that stands in the log, or the proof is of another tree: they do not lead to the signed head.");
    }

    /// <summary>Every text in a fact that could be a hash of a picture.</summary>
    void Note(Recorded fact)
    {
        if (fact.Stream.Category is not ("inspection" or "duty" or "device" or "venue")) return;
        using var data = JsonDocument.Parse(fact.Data);
        Find(data.RootElement);

        void Find(JsonElement element)
        {
            if (element.ValueKind == JsonValueKind.Object) foreach (var member in element.EnumerateObject()) Find(member.Value);
            else if (element.ValueKind == JsonValueKind.Array) foreach (var item in element.EnumerateArray()) Find(item);
            else if (element.ValueKind == JsonValueKind.String && element.GetString() is { Length: 64 } text && text.All(char.IsAsciiHexDigitLower)) _named.Add((fact.EventId, text));
        }
    }

    static CheckedStep No(string step, string sentence) => new(step, Holds.No, sentence);
}
