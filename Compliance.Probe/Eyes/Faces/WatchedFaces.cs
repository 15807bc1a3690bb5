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

    /// <summary>Whom on the list of one operation a face looks like most; whether that is enough is another question.</summary>
    public Guid Nearest(FaceTemplate face, Guid operation) => listed.Where(one => one.OperationId == operation).MaxBy(one => one.Template.Likeness(face)).EntryId;

    /// <summary>Whom it looks like most among those it is alike enough to, of each operation by itself: one's list takes no candidate from another. None for a face that is nobody's.</summary>
    public IReadOnlyList<Likeness> Find(FaceTemplate face) => [.. listed.Select(one => (one, score: one.Template.Likeness(face))).Where(one => one.score >= one.one.Threshold)
        .GroupBy(one => one.one.OperationId).Select(alike => alike.MaxBy(one => one.score)).Select(best => new Likeness(best.one.OperationId, best.one.EntryId, best.score, best.one.Threshold))];
}
