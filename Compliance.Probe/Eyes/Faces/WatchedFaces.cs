using Compliance.Domain.WatchLists;

namespace Compliance.Probe.Eyes.Faces;

/// <summary>A face that looks at least as much like somebody on the list as its length asks for. Not yet a match: two persons say whether it is one.</summary>
/// <param name="EntryId">Whom it looks like most.</param>
/// <param name="Score">Cosine.</param>
internal sealed record Likeness(Guid EntryId, double Score, double Threshold);

/// <summary>
/// The list of one operation as a box has it: ids and templates, no names, in memory only; let go of, it is wiped. How alike a face has to be follows from how long the list is.
/// </summary>
internal sealed class WatchedFaces : IDisposable
{
    readonly IReadOnlyList<(Guid EntryId, FaceTemplate Template)> _listed;

    /// <exception cref="ArgumentException">The recogniser was not measured for so long a list.</exception>
    public WatchedFaces(IReadOnlyList<(Guid EntryId, FaceTemplate Template)> listed, ThresholdTable thresholds)
    {
        _listed = listed;
        Threshold = thresholds.For(listed.Count) ?? throw new ArgumentException($"the recogniser was measured for lists of {thresholds.Longest()} pictures at most, and this one has {listed.Count}", nameof(listed));
    }

    public int Count => _listed.Count;

    public double Threshold { get; }

    /// <summary>Whom a face looks like most, and how much; whether that is enough is another question.</summary>
    public (Guid EntryId, double Score) Nearest(FaceTemplate face) =>
        _listed.Count == 0 ? (Guid.Empty, -1) : _listed.Select(one => (one.EntryId, Score: one.Template.Likeness(face))).MaxBy(one => one.Score);

    public Likeness? Find(FaceTemplate face) => Nearest(face) is var (entry, score) && score >= Threshold ? new(entry, score, Threshold) : null;

    public void Dispose()
    {
        foreach (var (_, template) in _listed) template.Dispose();
    }
}
