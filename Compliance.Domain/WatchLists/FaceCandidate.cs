using System.Diagnostics;
using System.Text.Json.Serialization;
using Compliance.Domain.Alerts;
using Compliance.Domain.Detectors;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;

namespace Compliance.Domain.WatchLists;

/// <summary>
/// Facts about one face that may be that of somebody on a list. Whom it may be stands in it as an opaque entry; the pictures lie sealed elsewhere, and are gone when it is decided or a day has
/// passed.
/// </summary>
public abstract record FaceCandidateEvent(Guid CandidateId, Guid VenueId)
{
    /// <param name="Score">Likeness (cosine); <paramref name="Threshold"/>: from which on it counts with a list of that length.</param>
    /// <param name="Pictures">Of the face that were compared together.</param>
    /// <param name="InterEye">Pixels from eye to eye in the best of them.</param>
    /// <param name="FramesAnalysed">Since the face came into the picture; <paramref name="FramesSkipped"/>: those that came and nobody looked at, because the machine could not keep up. Null from a box that does not count.</param>
    /// <param name="Clock">Of the box; null in facts from before.</param>
    /// <param name="PictureSha256">Of the picture as it lies sealed; null in facts from before.</param>
    [EventName("facecandidate.raised.v2")]
    public sealed record Raised(
        Guid CandidateId, Guid VenueId, Guid OperationId, Guid EntryId, Guid DeviceId, DateTimeOffset SeenAt, double Score, double Threshold, DetectorModel Model, int Pictures, double InterEye,
        int? FramesAnalysed = null, int? FramesSkipped = null, ClockState? Clock = null, string? PictureSha256 = null)
        : FaceCandidateEvent(CandidateId, VenueId);

    /// <summary>An officer opened the picture: once each while it waits, and once each of those who go there when it was confirmed.</summary>
    [EventName("facecandidate.opened.v1")]
    public sealed record Opened(Guid CandidateId, Guid VenueId, Guid OfficerId) : FaceCandidateEvent(CandidateId, VenueId);

    /// <summary>A person who had opened the picture said what they see.</summary>
    [EventName("facecandidate.looked-at.v1")]
    public sealed record LookedAt(Guid CandidateId, Guid VenueId, Guid OfficerId, bool IsSame, DateTimeOffset At) : FaceCandidateEvent(CandidateId, VenueId);

    /// <summary>Two persons say that it is the same: now, and only now, the desk is called.</summary>
    /// <param name="Seen">By which model, how surely, and of how many frames: what the alert says of it. Null where the candidate was told without.</param>
    [EventName("facecandidate.confirmed.v2")]
    public sealed record Confirmed(Guid CandidateId, Guid VenueId, Guid DeviceId, DateTimeOffset SeenAt, DateTimeOffset At, Sighting? Seen = null) : FaceCandidateEvent(CandidateId, VenueId);

    [EventName("facecandidate.dismissed.v1")]
    public sealed record Dismissed(Guid CandidateId, Guid VenueId, DateTimeOffset At) : FaceCandidateEvent(CandidateId, VenueId);

    /// <summary>Nobody decided within a day.</summary>
    [EventName("facecandidate.expired.v1")]
    public sealed record Expired(Guid CandidateId, Guid VenueId, DateTimeOffset At) : FaceCandidateEvent(CandidateId, VenueId);

    /// <summary>Its picture is gone.</summary>
    [EventName("facecandidate.picture-erased.v1")]
    public sealed record PictureErased(Guid CandidateId, Guid VenueId) : FaceCandidateEvent(CandidateId, VenueId);
}

public abstract record FaceCandidateCommand
{
    public sealed record Raise(
        Guid CandidateId, Guid VenueId, Guid OperationId, Guid EntryId, Guid DeviceId, DateTimeOffset SeenAt, double Score, double Threshold, DetectorModel Model, int Pictures, double InterEye,
        int? FramesAnalysed = null, int? FramesSkipped = null, ClockState? Clock = null, string? PictureSha256 = null)
        : FaceCandidateCommand;


    /// <param name="Goes">He has the incident in hand that it led to, or leads: the door asked that incident.</param>
    public sealed record Open(Guid By, bool Goes = false) : FaceCandidateCommand;
    public sealed record Look(bool IsSame, [property: JsonIgnore] Guid By = default, [property: JsonIgnore] DateTimeOffset At = default) : FaceCandidateCommand;

    /// <param name="IsVoid">Its operation was never authorised: nothing that came of it is kept.</param>
    public sealed record Expire(DateTimeOffset At, bool IsVoid = false) : FaceCandidateCommand;
    public sealed record ErasePicture : FaceCandidateCommand;
}

/// <summary>Raised by a box, decided by two persons on two accounts; one who says no is enough to dismiss it.</summary>
public abstract record FaceCandidate
{
    public static readonly TimeSpan DecideWithin = TimeSpan.FromHours(24);

    public sealed record Unknown : FaceCandidate;
    /// <param name="Openers">Officers who opened the picture.</param>
    public sealed record Waiting(FaceCandidateEvent.Raised Card, Guid? First, IReadOnlyList<Guid> Openers) : FaceCandidate;

    /// <param name="As">Confirmed, dismissed or expired.</param>
    public sealed record Over(FaceCandidateEvent.Raised Card, FaceCandidateEvent As, bool IsErased) : FaceCandidate
    {
        /// <summary>Officers who opened it since, because they go there.</summary>
        public IReadOnlyList<Guid> Openers { get; init; } = [];
    }

    public static readonly Decider<FaceCandidate, FaceCandidateCommand, FaceCandidateEvent> Decider = new("facecandidate", new Unknown(), Decide, Evolve);

    static Decision<FaceCandidateEvent> Decide(FaceCandidate state, FaceCandidateCommand command) => (state, command) switch
    {
        (Unknown, FaceCandidateCommand.Raise r) => FaultOf(r) is { } fault ? fault : [CardOf(r)],
        (Waiting { Card: var card }, FaceCandidateCommand.Raise r) => Again(card, r),
        (Over { Card: var card }, FaceCandidateCommand.Raise r) => Again(card, r),
        (Unknown, FaceCandidateCommand.Expire) => [],
        (Unknown, _) => new Refusal("facecandidate.unknown", "There is no such candidate."),

        (Waiting w, FaceCandidateCommand.Open(var by, _)) => w.Openers.Contains(by) ? [] : [new FaceCandidateEvent.Opened(w.Card.CandidateId, w.Card.VenueId, by)],
        (Over { As: FaceCandidateEvent.Confirmed, IsErased: false } o, FaceCandidateCommand.Open(var by, true)) => o.Openers.Contains(by) ? [] : [new FaceCandidateEvent.Opened(o.Card.CandidateId, o.Card.VenueId, by)],
        (Over, FaceCandidateCommand.Open) => new Refusal("facecandidate.over", "This candidate has been decided, or its day has passed."),
        (Waiting w, FaceCandidateCommand.Look l) when !w.Openers.Contains(l.By) => new Refusal("facecandidate.unseen", "Open the pictures before you say what you see."),
        (Waiting w, FaceCandidateCommand.Look l) when w.First == l.By => l.IsSame ? [] : Dismiss(w.Card, l),
        (Waiting { First: null } w, FaceCandidateCommand.Look { IsSame: true } l) => [Looked(w.Card, l)],
        (Waiting w, FaceCandidateCommand.Look { IsSame: true } l) => [Looked(w.Card, l), new FaceCandidateEvent.Confirmed(w.Card.CandidateId, w.Card.VenueId, w.Card.DeviceId, w.Card.SeenAt, l.At, SeenOf(w.Card))],
        (Waiting w, FaceCandidateCommand.Look l) => Dismiss(w.Card, l),
        (Over, FaceCandidateCommand.Look) => new Refusal("facecandidate.over", "This candidate has been decided, or its day has passed."),

        (Waiting { Card: var card }, FaceCandidateCommand.Expire(var at, var isVoid)) =>
            at >= card.SeenAt + DecideWithin ? [new FaceCandidateEvent.Expired(card.CandidateId, card.VenueId, card.SeenAt + DecideWithin)]
            : isVoid ? [new FaceCandidateEvent.Expired(card.CandidateId, card.VenueId, at)] : [],
        (Over, FaceCandidateCommand.Expire) => [],
        (Over { IsErased: false, Card: var card }, FaceCandidateCommand.ErasePicture) => [new FaceCandidateEvent.PictureErased(card.CandidateId, card.VenueId)],
        (Over, FaceCandidateCommand.ErasePicture) => [],
        (Waiting, FaceCandidateCommand.ErasePicture) => new Refusal("facecandidate.waiting", "It has not been decided yet."),
        _ => throw new UnreachableException(),
    };

    static FaceCandidate Evolve(FaceCandidate state, FaceCandidateEvent fact) => (state, fact) switch
    {
        (_, FaceCandidateEvent.Raised card) => new Waiting(card, null, []),
        (Waiting w, FaceCandidateEvent.Opened f) => w with { Openers = [.. w.Openers, f.OfficerId] },
        (Waiting w, FaceCandidateEvent.LookedAt { IsSame: true } f) => w with { First = w.First ?? f.OfficerId },
        (Waiting w, FaceCandidateEvent.Confirmed or FaceCandidateEvent.Dismissed or FaceCandidateEvent.Expired) => new Over(w.Card, fact, false),
        (Over o, FaceCandidateEvent.Opened f) => o with { Openers = [.. o.Openers, f.OfficerId] },
        (Over o, FaceCandidateEvent.PictureErased) => o with { IsErased = true },
        _ => state,
    };

    static Decision<FaceCandidateEvent> Dismiss(FaceCandidateEvent.Raised card, FaceCandidateCommand.Look l) => [Looked(card, l), new FaceCandidateEvent.Dismissed(card.CandidateId, card.VenueId, l.At)];

    static FaceCandidateEvent.LookedAt Looked(FaceCandidateEvent.Raised card, FaceCandidateCommand.Look l) => new(card.CandidateId, card.VenueId, l.By, l.IsSame, l.At);

    static Decision<FaceCandidateEvent> Again(FaceCandidateEvent.Raised card, FaceCandidateCommand.Raise r) => CardOf(r) == card ? [] : new Refusal("facecandidate.already-raised", "This id belongs to another candidate.");

    static Refusal? FaultOf(FaceCandidateCommand.Raise r) =>
        r.Score is < -1 or > 1 || r.Score < r.Threshold ? new("facecandidate.score-impossible", "A candidate is at least as alike as its threshold.", "score")
        : r.FramesAnalysed < r.Pictures || r.FramesSkipped < 0 || r.FramesAnalysed is null != r.FramesSkipped is null ? new("facecandidate.frames-impossible", "Each picture of a candidate is of a frame that was looked at.", "framesAnalysed")
        : r.Pictures < 1 || r.InterEye < 1 ? new("facecandidate.pictures-impossible", "A candidate rests on pictures.", "pictures") : null;

    static FaceCandidateEvent.Raised CardOf(FaceCandidateCommand.Raise r) =>
        new(r.CandidateId, r.VenueId, r.OperationId, r.EntryId, r.DeviceId, r.SeenAt, r.Score, r.Threshold, r.Model, r.Pictures, r.InterEye, r.FramesAnalysed, r.FramesSkipped, r.Clock, r.PictureSha256);

    static Sighting? SeenOf(FaceCandidateEvent.Raised card) =>
        card is { FramesAnalysed: { } analysed, FramesSkipped: { } skipped, Clock: { } clock } ? new(card.Score, card.Model, analysed, skipped, clock) : null;
}
