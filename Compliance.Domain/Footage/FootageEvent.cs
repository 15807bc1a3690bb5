using Compliance.Domain.Access;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Footage;

/// <summary>Facts about one request of police for recordings that a venue keeps: what was asked, what was given or why not, and who took it over.</summary>
public abstract record FootageEvent(Guid RequestId, Guid VenueId)
{
    /// <param name="OfficerId">Opaque; a name stands in the vault.</param>
    /// <param name="BasisIds">The legal bases of police access that held at that moment.</param>
    /// <param name="Due">Until when the venue answers.</param>
    [EventName("footage.requested.v1")]
    public sealed record Requested(
        Guid RequestId, Guid VenueId, Guid OfficerId, string Unit, AccessPurpose Purpose, string CaseNumber, IReadOnlyList<Guid> Cameras, DateTimeOffset From, DateTimeOffset To,
        IReadOnlyList<Guid> BasisIds, DateTimeOffset At, DateTimeOffset Due) : FootageEvent(RequestId, VenueId);

    /// <summary>A file came whole and lies sealed.</summary>
    /// <param name="DeviceId">The camera it is of.</param>
    [EventName("footage.file-kept.v1")]
    public sealed record FileKept(Guid RequestId, Guid VenueId, Guid FileId, Guid DeviceId, string Sha256, long Bytes, DateTimeOffset At) : FootageEvent(RequestId, VenueId);

    /// <summary>The box is to fetch one camera's part from where it is recorded.</summary>
    /// <param name="FileId">Of the file that it becomes.</param>
    /// <param name="By">Who of the venue asked for it; null: at once, as the venue agreed.</param>
    [EventName("footage.fetch-asked.v1")]
    public sealed record FetchAsked(Guid RequestId, Guid VenueId, Guid FileId, Guid DeviceId, Guid? By, DateTimeOffset At) : FootageEvent(RequestId, VenueId);

    [EventName("footage.fetch-stopped.v1")]
    public sealed record FetchStopped(Guid RequestId, Guid VenueId, Guid FileId, Guid By, DateTimeOffset At) : FootageEvent(RequestId, VenueId);

    [EventName("footage.fetch-failed.v1")]
    public sealed record FetchFailed(Guid RequestId, Guid VenueId, Guid FileId, Guid ProbeId, FetchFailure Why, DateTimeOffset At) : FootageEvent(RequestId, VenueId);

    /// <summary>The file that was just kept came from the recorder itself, by the box, and through nobody's hands.</summary>
    /// <param name="From">Its first picture, by the API's clock as the box reckons it.</param>
    /// <param name="MissingSeconds">Of the period asked for, so much the recorder did not have.</param>
    [EventName("footage.file-fetched.v1")]
    public sealed record FileFetched(Guid RequestId, Guid VenueId, Guid FileId, Guid ProbeId, DateTimeOffset From, DateTimeOffset Until, int MissingSeconds, DateTimeOffset At) : FootageEvent(RequestId, VenueId);

    /// <summary>The venue has given what it has, and said of the rest why it cannot.</summary>
    [EventName("footage.answered.v1")]
    public sealed record Answered(Guid RequestId, Guid VenueId, IReadOnlyList<FootageMissing> Missing, DateTimeOffset At) : FootageEvent(RequestId, VenueId);

    /// <summary>The term passed and nobody had answered; an answer still counts.</summary>
    [EventName("footage.overdue.v1")]
    public sealed record Overdue(Guid RequestId, Guid VenueId, DateTimeOffset Due) : FootageEvent(RequestId, VenueId);

    [EventName("footage.withdrawn.v1")]
    public sealed record Withdrawn(Guid RequestId, Guid VenueId, Guid By, DateTimeOffset At) : FootageEvent(RequestId, VenueId);

    /// <summary>An officer took a file over: told before its first byte leaves.</summary>
    /// <param name="Sha256">Of the file as the venue gave it.</param>
    /// <param name="MarkedSha256">Of the copy with recipient and hash burnt in; null where none could be made.</param>
    /// <param name="DestroyBy">The last day on which the recipient keeps it.</param>
    [EventName("footage.taken-over.v1")]
    public sealed record TakenOver(Guid RequestId, Guid VenueId, Guid FileId, Guid By, string Sha256, string? MarkedSha256, DateOnly DestroyBy, DateTimeOffset At) : FootageEvent(RequestId, VenueId);

    /// <summary>What was just taken over left encrypted for the holder of this certificate.</summary>
    [EventName("footage.encrypted.v1")]
    public sealed record Encrypted(Guid RequestId, Guid VenueId, Guid FileId, Guid By, string CertificateSha256, DateTimeOffset At) : FootageEvent(RequestId, VenueId);

    /// <summary>Kept past its term, for a case, until a day.</summary>
    [EventName("footage.held.v1")]
    public sealed record Held(Guid RequestId, Guid VenueId, string CaseNumber, DateOnly Until, Guid By, DateTimeOffset At) : FootageEvent(RequestId, VenueId);

    /// <summary>The venue took a file away before it answered.</summary>
    [EventName("footage.file-removed.v1")]
    public sealed record FileRemoved(Guid RequestId, Guid VenueId, Guid FileId, string Sha256, Guid By, DateTimeOffset At) : FootageEvent(RequestId, VenueId);

    [EventName("footage.file-erased.v1")]
    public sealed record FileErased(Guid RequestId, Guid VenueId, Guid FileId, string Sha256, DateTimeOffset At) : FootageEvent(RequestId, VenueId);
}

/// <summary>A camera of which nothing is given, and why.</summary>
public sealed record FootageMissing(Guid DeviceId, FootageReason Reason);

/// <summary>Which box fetched a file from the recorder, and what of the period it is.</summary>
public sealed record FootageSource(Guid ProbeId, DateTimeOffset From, DateTimeOffset Until, int MissingSeconds);

/// <summary>Why a recording cannot be had: a closed list, never free text.</summary>
public enum FootageReason { NotRecorded, Overwritten, CameraWasDown, RecorderFailed, SeizedByAuthority, VenueWasClosed }
