using Compliance.Domain.Detectors;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Models;

/// <summary>What a version is worth by its card, as whoever registers it tells: measured on clips of recordings from which none was used to grow it.</summary>
/// <param name="Found">The share of fights that it finds, 0 to 1.</param>
/// <param name="FalseAlarms">The share of clips without one that it takes for one, 0 to 1.</param>
/// <param name="Clips">On how many this was measured, of <paramref name="Sources"/> recordings.</param>
public sealed record ModelFigures(double Found, double FalseAlarms, int Clips, int Sources);

/// <summary>Facts about one version of a detector's model: the file stays with the authority and in the boxes, the log holds its hash.</summary>
public abstract record ModelEvent(Guid ModelId)
{
    /// <param name="Sha256">Of the file, hexadecimal in small letters.</param>
    /// <param name="Bytes">Its length.</param>
    /// <param name="Threshold">As the file has it.</param>
    /// <param name="Licence">Under which it may be used and handed on, as the SPDX list names it.</param>
    /// <param name="AuthorId">Who registered it; opaque.</param>
    [EventName("model.registered.v1")]
    public sealed record Registered(Guid ModelId, Detector Detector, string Name, string Sha256, int Bytes, double Threshold, ModelFigures Figures, string Licence, Guid AuthorId) : ModelEvent(ModelId);

    /// <param name="Grounds">The officer's official words, as in all that follows.</param>
    [EventName("model.approved.v1")]
    public sealed record Approved(Guid ModelId, Guid ApproverId, string Grounds, DateTimeOffset At) : ModelEvent(ModelId);

    /// <summary>From now on so many of the boxes run it, drawn by a hash of model and box.</summary>
    /// <param name="Share">Of all boxes, in per cent.</param>
    [EventName("model.rolled-out.v1")]
    public sealed record RolledOut(Guid ModelId, int Share, string Grounds, DateTimeOffset At) : ModelEvent(ModelId);

    /// <summary>No box runs it any more: each goes back to the version that was rolled out before, or to the delivered one.</summary>
    [EventName("model.rolled-back.v1")]
    public sealed record RolledBack(Guid ModelId, string Grounds, DateTimeOffset At) : ModelEvent(ModelId);

    /// <summary>It is never rolled out again.</summary>
    [EventName("model.withdrawn.v1")]
    public sealed record Withdrawn(Guid ModelId, string Grounds, DateTimeOffset At) : ModelEvent(ModelId);
}
