using Compliance.Domain.Detectors;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Models;

public enum ModelStepKind { Registered, Approved, RolledOut, RolledBack, Withdrawn }

/// <summary>One thing that was decided of a version.</summary>
/// <param name="By">The actor as the log stamped it: <c>user:{subject id}</c>.</param>
/// <param name="Share">Of a roll-out, in per cent.</param>
public sealed record ModelStep(ModelStepKind Kind, DateTimeOffset At, string By, int? Share, string? Grounds);

/// <summary>A version as the page of models shows it: those that boxes run first, the newest roll-out on top; then the others, the newest first.</summary>
/// <param name="Share">Of all boxes, in per cent.</param>
/// <param name="OutSince">When it was rolled out first since no box ran it; null while none is to.</param>
public sealed record ModelRow(ModelEvent.Registered Card, int Share, DateTimeOffset? OutSince, IReadOnlyList<ModelStep> Steps)
{
    public static readonly View<ModelRow> View = new(
        "model-list", 1, fact => (fact as ModelEvent)?.ModelId, Apply, _ => null,
        row => row.OutSince is { } since ? $"0{ViewOrder.NewestFirst(since)}" : $"{(row.IsWithdrawn ? 2 : 1)}{ViewOrder.NewestFirst(row.Steps[0].At)}");

    public bool IsApproved => Steps.Any(step => step.Kind == ModelStepKind.Approved);

    public bool IsWithdrawn => Steps.Any(step => step.Kind == ModelStepKind.Withdrawn);

    /// <summary>Whether this box is among those that are to run it.</summary>
    public bool IsFor(Guid box) => ModelVersion.SlotOf(Card.Sha256, box) < Share;

    /// <summary>What a box is to run: of the versions that are for it the one rolled out last; null: the delivered one.</summary>
    public static ModelRow? For(Guid box, Detector detector, IEnumerable<ModelRow> rows) =>
        rows.Where(row => row.Card.Detector == detector && row.IsFor(box)).MaxBy(row => (row.OutSince, row.Card.Sha256));

    static ModelRow? Apply(ModelRow? row, object fact, Recorded recorded)
    {
        return (row, fact) switch
        {
            (null, ModelEvent.Registered f) => new(f, 0, null, [Step(ModelStepKind.Registered, null, null)]),
            ({ }, ModelEvent.Approved f) => row.With(row.Share, Step(ModelStepKind.Approved, null, f.Grounds)),
            ({ }, ModelEvent.RolledOut f) => row.With(f.Share, Step(ModelStepKind.RolledOut, f.Share, f.Grounds)),
            ({ }, ModelEvent.RolledBack f) => row.With(0, Step(ModelStepKind.RolledBack, null, f.Grounds)),
            ({ }, ModelEvent.Withdrawn f) => row.With(0, Step(ModelStepKind.Withdrawn, null, f.Grounds)),
            _ => row,
        };

        ModelStep Step(ModelStepKind kind, int? share, string? grounds) => new(kind, recorded.RecordedAt, recorded.Origin.Actor, share, grounds);
    }

    ModelRow With(int share, ModelStep step) => this with { Share = share, OutSince = share == 0 ? null : OutSince ?? step.At, Steps = [.. Steps, step] };
}
