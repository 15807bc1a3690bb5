using Compliance.Domain.WatchLists;

namespace Compliance.Probe.Eyes.Faces;

/// <summary>The list of one operation in this box's memory, until it is wiped.</summary>
internal sealed class HeldList(ListCopy copy) : IDisposable
{
    public Guid OperationId { get; } = copy.OperationId;

    public string ModelSha256 { get; } = copy.ModelSha256;

    /// <summary>As it was approved.</summary>
    public double Threshold { get; } = copy.Threshold;

    /// <summary>From which likeness on a face counts here: never less than was approved; null where this box's recogniser was not measured for so long a list.</summary>
    public double? ThresholdBy(ThresholdTable table) => table.For(Faces.Count) is { } own ? Math.Max(own, Threshold) : null;

    /// <summary>Tells one copy of a list from a newer one.</summary>
    public string Version { get; } = string.Join(',', copy.Faces.Select(face => face.EntryId).Order());

    public IReadOnlyList<(Guid EntryId, FaceTemplate Template)> Faces { get; } = [.. copy.Faces.Select(face =>
    {
        var template = FaceTemplate.FromBytes(face.Template);
        Array.Clear(face.Template);
        return (face.EntryId, template);
    })];

    public void Dispose()
    {
        foreach (var (_, template) in Faces) template.Dispose();
    }
}
