namespace Compliance.Probe.Eyes.Faces;

/// <summary>A face that looks at least as much like somebody on the list as its length asks for. Not yet a match: two persons say whether it is one.</summary>
/// <param name="OperationId">On whose list.</param>
/// <param name="EntryId">Whom it looks like most.</param>
/// <param name="Score">Cosine.</param>
internal sealed record Likeness(Guid OperationId, Guid EntryId, double Score, double Threshold);

/// <summary>Somebody on a list: how alike a face has to be follows from how long that list is.</summary>
internal readonly record struct ListedTemplate(Guid OperationId, Guid EntryId, FaceTemplate Template, double Threshold);

/// <summary>Whom the operations that name a camera look for: ids and templates, no names. The templates are the lists' own, which wipe them.</summary>
internal sealed class WatchedFaces(IReadOnlyList<ListedTemplate> listed)
{
    public int Count => listed.Count;

    /// <summary>Whom a face looks like most, and how much; whether that is enough is another question.</summary>
    public (Guid EntryId, double Score) Nearest(FaceTemplate face) => Best(face) is { } best ? (best.Listed.EntryId, best.Score) : (Guid.Empty, -1);

    /// <summary>Whom it looks like most among those it is alike enough to; null for a face that is nobody's.</summary>
    public Likeness? Find(FaceTemplate face) => listed.Select(one => (one, score: one.Template.Likeness(face))).Where(one => one.score >= one.one.Threshold).ToList() is { Count: > 0 } alike
        && alike.MaxBy(one => one.score) is var best ? new(best.one.OperationId, best.one.EntryId, best.score, best.one.Threshold) : null;

    (ListedTemplate Listed, double Score)? Best(FaceTemplate face) => listed.Count == 0 ? null : listed.Select(one => (one, one.Template.Likeness(face))).MaxBy(one => one.Item2);
}
