using Compliance.Domain.Alerts;
using Compliance.Domain.Detectors;
using Compliance.Domain.Kernel;
using Compliance.Domain.KnownClips;

namespace Compliance.Domain.Models;

/// <summary>A model that a box is to judge by: it fetches the file by its hash, and takes no other.</summary>
public sealed record AssignedModel(Detector Detector, string Name, string Sha256);

/// <summary>What somebody registers: what is said of the version, and its file.</summary>
/// <param name="File">As <c>./run train</c> wrote it, at most <see cref="TreeFile.Largest"/> bytes.</param>
public sealed record ModelProposal(ModelCommand.Register Model, byte[] File);

/// <summary>How often alerts of one version of a model were right, as far as persons said, wherever it ran. Of faces nothing stands here: whom police look for is no matter of whoever keeps the models.</summary>
/// <param name="Name">As the boxes tell it.</param>
/// <param name="Rejected">How many were rejected, by reason.</param>
public sealed record ModelField(string Sha256, string Name, int Raised, int Confirmed, IReadOnlyDictionary<RejectReason, int> Rejected)
{
    public static readonly View<ModelField> View = new(
        "model-field", 2, fact => fact switch
        {
            AlertEvent.Raised { Kind: not AlertKind.WatchListMatch, Seen: { } seen } => ModelVersion.IdOf(seen.Model.Sha256),
            AlertEvent.Judged { Kind: not AlertKind.WatchListMatch, ModelSha256: { } sha256 } => ModelVersion.IdOf(sha256),
            _ => null,
        }, Apply, _ => null, row => row.Sha256);

    public int RejectedCount => Rejected.Values.Sum();

    static ModelField? Apply(ModelField? row, object fact, Recorded recorded) => (row, fact) switch
    {
        (_, AlertEvent.Raised { Seen: { Model: var model } }) => (row ?? new(model.Sha256, model.Name, 0, 0, new SortedDictionary<RejectReason, int>())) with { Raised = (row?.Raised ?? 0) + 1 },
        ({ }, AlertEvent.Judged f) => row.Count(f.Was, -1).Count(f.Now, 1),
        _ => row,
    };

    ModelField Count(AlertJudgement? said, int by) => said switch
    {
        null => this,
        { IsConfirmed: true } => this with { Confirmed = Confirmed + by },
        { Reason: var reason } => this with { Rejected = new SortedDictionary<RejectReason, int>(Rejected.ToDictionary()) { [reason ?? RejectReason.Other] = Rejected.GetValueOrDefault(reason ?? RejectReason.Other) + by } },
    };
}

/// <summary>One box and one version.</summary>
/// <param name="Cameras">Of so many of its cameras the detector runs by this version now.</param>
/// <param name="IsToRun">It is to run this version.</param>
public sealed record ModelBox(Guid BoxId, string? Name, int Cameras, bool IsToRun);

/// <summary>One version of a model: registered, delivered with the program (version zero), or neither, of a box that came with another one.</summary>
/// <param name="Row">Null where nobody registered it.</param>
/// <param name="Delivered">Its operating points, where it is the one that comes with the program; null else.</param>
/// <param name="Field">Null where nothing was raised by it.</param>
/// <param name="Boxes">That run it or are to.</param>
public sealed record ModelLine(
    string Sha256, Detector Detector, string Name, double Threshold, ModelRow? Row, IReadOnlyList<OperatingPoint>? Delivered, ModelField? Field, IReadOnlyList<ModelBox> Boxes)
{
    /// <summary>What it made of known clips, everywhere and ever; null where none was shown to it.</summary>
    public Recall? Recall { get; init; }
}
