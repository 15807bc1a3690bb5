using System.Diagnostics;
using System.Text.Json.Serialization;
using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Access;

/// <summary>Facts about one reasoned, time-limited look of a police officer at the feeds of a venue.</summary>
public abstract record AccessEvent(Guid SessionId, Guid VenueId)
{
    /// <param name="OfficerId">Opaque; a name stands in the vault.</param>
    /// <param name="Unit">The officer's unit by its official short name.</param>
    /// <param name="CaseNumber">Of the case or incident; null only where it is urgent, or answers an incident of the alert desk.</param>
    /// <param name="IncidentId">The incident of the alert desk that it answers; null where there is none behind it.</param>
    /// <param name="BasisIds">The legal bases of police access that held at that moment.</param>
    /// <param name="SealedUntil">Until then unit, purpose and case are not told to those who are watched; that somebody looked is told at once.</param>
    [EventName("access.opened.v1")]
    public sealed record Opened(
        Guid SessionId, Guid VenueId, Guid OfficerId, string Unit, AccessPurpose Purpose, string? CaseNumber, Guid? IncidentId, bool Urgent,
        IReadOnlyList<Guid> Cameras, IReadOnlyList<Guid> BasisIds, DateTimeOffset At, DateTimeOffset Until, DateTimeOffset SealedUntil)
        : AccessEvent(SessionId, VenueId);

    /// <summary>One camera's picture went to the officer's screen from one instant to another.</summary>
    [EventName("access.camera-viewed.v1")]
    public sealed record CameraViewed(Guid SessionId, Guid VenueId, Guid ViewId, Guid DeviceId, DateTimeOffset From, DateTimeOffset To) : AccessEvent(SessionId, VenueId);

    /// <param name="Sha256">Of the file as the officer got it, watermark included.</param>
    [EventName("access.still-taken.v1")]
    public sealed record StillTaken(Guid SessionId, Guid VenueId, Guid DeviceId, DateTimeOffset At, string Sha256) : AccessEvent(SessionId, VenueId);

    [EventName("access.extended.v1")]
    public sealed record Extended(Guid SessionId, Guid VenueId, ExtensionReason Reason, DateTimeOffset Until) : AccessEvent(SessionId, VenueId);

    [EventName("access.closed.v1")]
    public sealed record Closed(Guid SessionId, Guid VenueId, DateTimeOffset At, AccessEnd Because) : AccessEvent(SessionId, VenueId);

    /// <summary>An urgent session that no supervisor reviewed in time: oversight sees it.</summary>
    [EventName("access.review-overdue.v1")]
    public sealed record ReviewOverdue(Guid SessionId, Guid VenueId, DateTimeOffset Due) : AccessEvent(SessionId, VenueId);

    /// <param name="Said">On which grounds, in the reviewer's own words; null in a review that was stored with the words themselves.</param>
    [EventName("access.reviewed.v2")]
    public sealed record Reviewed(Guid SessionId, Guid VenueId, Guid ReviewerId, bool Justified, Writing? Said) : AccessEvent(SessionId, VenueId)
    {
        /// <summary>Words that were stored before they went to the vault; never written again.</summary>
        [JsonIgnore]
        public string? OldWords { get; init; }
    }
}

/// <summary>Why police look: a closed list, and never free text, which might name a person.</summary>
public enum AccessPurpose { AlertUnderWay, CallTo102, WantedPerson, MissingPerson, CrimeUnderInvestigation, PublicEvent, FeedCheck }

/// <summary>Why fifteen minutes were not enough.</summary>
public enum ExtensionReason { StillGoingOn, WaitingForUnit, PersonInSight, HandingOver }

/// <summary>What ended a session.</summary>
public enum AccessEnd { ByOfficer, BySupervisor, TimeEnded, BasisEnded, VenueClosed, OfficerGone }

public abstract record AccessCommand
{
    /// <param name="Minutes">How long it is to last; the usual where none is named.</param>
    /// <param name="OfficerId">Of the caller, from the token.</param>
    /// <param name="BasisIds">What holds at the venue, from its own stream.</param>
    public sealed record Open(
        Guid SessionId, Guid VenueId, string Unit, AccessPurpose Purpose, string? CaseNumber, Guid? IncidentId, bool Urgent, IReadOnlyList<Guid> Cameras, int? Minutes = null,
        [property: JsonIgnore] Guid OfficerId = default, [property: JsonIgnore] IReadOnlyList<Guid>? BasisIds = null, [property: JsonIgnore] DateTimeOffset At = default) : AccessCommand;

    public sealed record Extend(ExtensionReason Reason, [property: JsonIgnore] Guid By = default, [property: JsonIgnore] DateTimeOffset At = default) : AccessCommand;
    public sealed record Close([property: JsonIgnore] Guid By = default, [property: JsonIgnore] DateTimeOffset At = default) : AccessCommand;
    public sealed record TakeStill(Guid DeviceId, string Sha256, [property: JsonIgnore] Guid By = default, [property: JsonIgnore] DateTimeOffset At = default) : AccessCommand;
    public sealed record Review(bool Justified, Writing Said, Guid By) : AccessCommand;

    /// <summary>The relay's own word on what it sent.</summary>
    public sealed record NoteView(Guid ViewId, Guid DeviceId, DateTimeOffset From, DateTimeOffset To) : AccessCommand;

    /// <summary>The clock asks: what is over is ended, what waits too long is said.</summary>
    /// <param name="Gone">Why it may not go on, time apart; null where nothing stands against it.</param>
    public sealed record Assess(DateTimeOffset At, AccessEnd? Gone) : AccessCommand;
}

/// <summary>Opened with a reason and until an instant; extended with a reason; over by itself, and reviewed where it was urgent.</summary>
public abstract record AccessSession
{
    public static readonly TimeSpan Usual = TimeSpan.FromMinutes(15), Longest = TimeSpan.FromHours(4), ReviewWithin = TimeSpan.FromHours(24), SealedFor = TimeSpan.FromDays(30);

    /// <summary>At once: what two eyes can follow.</summary>
    public const int MostCameras = 9;

    /// <summary>Official text, in characters.</summary>
    const int LongestGrounds = 300;

    public sealed record Unknown : AccessSession;

    /// <param name="Views">Of those that were told already.</param>
    /// <param name="Stills">Hashes of those that stand in the log.</param>
    public sealed record Running(AccessEvent.Opened Card, DateTimeOffset Until, IReadOnlyList<Guid> Views, IReadOnlyList<string> Stills, bool Overdue = false, AccessEvent.Reviewed? Review = null) : AccessSession;

    public sealed record Over(AccessEvent.Opened Card, AccessEvent.Closed As, IReadOnlyList<Guid> Views, bool Overdue, AccessEvent.Reviewed? Review) : AccessSession;

    public static readonly Decider<AccessSession, AccessCommand, AccessEvent> Decider = new("access", new Unknown(), Decide, Evolve);

    static Decision<AccessEvent> Decide(AccessSession state, AccessCommand command) => (state, command) switch
    {
        (Unknown, AccessCommand.Open o) => FaultOf(o) is { } fault ? fault : [CardOf(o)],
        (Running { Card: var card }, AccessCommand.Open again) => Again(card, again),
        (Over { Card: var card }, AccessCommand.Open again) => Again(card, again),
        (Unknown, AccessCommand.Assess) => [],
        (Unknown, _) => new Refusal("access.unknown", "No such access session."),

        (Running r, AccessCommand.Extend x) => Extended(r, x),
        (Over, AccessCommand.Extend) => new Refusal("access.over", "This access session is over: open another one, with its own reason."),

        (Running r, AccessCommand.TakeStill s) when s.By != r.Card.OfficerId => NotYours,
        (Running r, AccessCommand.TakeStill s) when s.At >= r.Until => new Refusal("access.over", "This access session is over: open another one, with its own reason."),
        (Running r, AccessCommand.TakeStill s) when !r.Card.Cameras.Contains(s.DeviceId) => new Refusal("access.camera-not-named", "This camera was not named when the access session was opened.", "deviceId"),
        (Running, AccessCommand.TakeStill s) when s.Sha256 is not { Length: 64 } || !s.Sha256.All(char.IsAsciiHexDigitLower) => new Refusal("access.hash-malformed", "A still comes with its SHA-256 in 64 small hexadecimal digits.", "sha256"),
        (Running r, AccessCommand.TakeStill s) when r.Stills.Contains(s.Sha256) => [],
        (Running { Card: var card }, AccessCommand.TakeStill s) => [new AccessEvent.StillTaken(card.SessionId, card.VenueId, s.DeviceId, s.At, s.Sha256)],
        (Over, AccessCommand.TakeStill) => new Refusal("access.over", "This access session is over: open another one, with its own reason."),

        (Running { Card: var card, Until: var until }, AccessCommand.Close c) =>
            [new AccessEvent.Closed(card.SessionId, card.VenueId, c.At < until ? c.At : until, c.At >= until ? AccessEnd.TimeEnded : c.By == card.OfficerId ? AccessEnd.ByOfficer : AccessEnd.BySupervisor)],
        (Over, AccessCommand.Close) => [],

        // What was sent is told even when the session ended meanwhile: the last seconds are told after the end.
        (Running { Card: var card, Views: var views }, AccessCommand.NoteView v) => Viewed(card, views, v),
        (Over { Card: var card, Views: var views }, AccessCommand.NoteView v) => Viewed(card, views, v),

        (Running r, AccessCommand.Assess a) => [.. Ended(r, a), .. Waited(r.Card, r.Overdue, r.Review, a.At)],
        (Over o, AccessCommand.Assess a) => [.. Waited(o.Card, o.Overdue, o.Review, a.At)],

        (Running { Review: { } told }, AccessCommand.Review again) => Again(told, again),
        (Over { Review: { } told }, AccessCommand.Review again) => Again(told, again),
        (Running { Card: var card }, AccessCommand.Review r) => Reviewed(card, r),
        (Over { Card: var card }, AccessCommand.Review r) => Reviewed(card, r),
        _ => throw new UnreachableException(),
    };

    static AccessSession Evolve(AccessSession state, AccessEvent fact) => (state, fact) switch
    {
        (_, AccessEvent.Opened card) => new Running(card, card.Until, [], []),
        (Running r, AccessEvent.Extended f) => r with { Until = f.Until },
        (Running r, AccessEvent.CameraViewed f) => r with { Views = [.. r.Views, f.ViewId] },
        (Running r, AccessEvent.StillTaken f) => r with { Stills = [.. r.Stills, f.Sha256] },
        (Over o, AccessEvent.CameraViewed f) => o with { Views = [.. o.Views, f.ViewId] },
        (Running r, AccessEvent.Closed f) => new Over(r.Card, f, r.Views, r.Overdue, r.Review),
        (Running r, AccessEvent.ReviewOverdue) => r with { Overdue = true },
        (Over o, AccessEvent.ReviewOverdue) => o with { Overdue = true },
        (Running r, AccessEvent.Reviewed f) => r with { Review = f },
        (Over o, AccessEvent.Reviewed f) => o with { Review = f },
        _ => state,
    };

    static readonly Refusal NotYours = new("access.not-yours", "Only the officer who opened an access session goes on with it.");

    /// <summary>A second knock comes later: the clock of the first counts.</summary>
    static Decision<AccessEvent> Again(AccessEvent.Opened card, AccessCommand.Open again) =>
        IsSame(card, CardOf(again) with { At = card.At, Until = card.Until, SealedUntil = card.SealedUntil }) ? [] : new Refusal("access.already-opened", "This id belongs to another access session.");

    static Decision<AccessEvent> Extended(Running r, AccessCommand.Extend x) =>
        x.By != r.Card.OfficerId ? NotYours
        : x.At >= r.Until ? new Refusal("access.over", "This access session is over: open another one, with its own reason.")
        : x.At + Usual <= r.Until ? []
        : r.Until >= r.Card.At + Longest ? new Refusal("access.longest", $"An access session lasts at most {Longest.TotalHours} hours: open another one, with its own reason.")
        : [new AccessEvent.Extended(r.Card.SessionId, r.Card.VenueId, x.Reason, Earlier(x.At + Usual, r.Card.At + Longest))];

    static Decision<AccessEvent> Viewed(AccessEvent.Opened card, IReadOnlyList<Guid> views, AccessCommand.NoteView v) =>
        views.Contains(v.ViewId) ? [] : [new AccessEvent.CameraViewed(card.SessionId, card.VenueId, v.ViewId, v.DeviceId, v.From, v.To)];

    static IEnumerable<AccessEvent> Ended(Running r, AccessCommand.Assess a)
    {
        if (a.At >= r.Until) yield return new AccessEvent.Closed(r.Card.SessionId, r.Card.VenueId, r.Until, AccessEnd.TimeEnded);
        else if (a.Gone is { } gone) yield return new AccessEvent.Closed(r.Card.SessionId, r.Card.VenueId, a.At, gone);
    }

    static IEnumerable<AccessEvent> Waited(AccessEvent.Opened card, bool said, AccessEvent.Reviewed? review, DateTimeOffset at)
    {
        if (card.Urgent && !said && review is null && at >= card.At + ReviewWithin) yield return new AccessEvent.ReviewOverdue(card.SessionId, card.VenueId, card.At + ReviewWithin);
    }

    static Decision<AccessEvent> Reviewed(AccessEvent.Opened card, AccessCommand.Review r) =>
        r.By == card.OfficerId ? new Refusal("access.own-review", "Nobody reviews an access session of their own.")
        : [new AccessEvent.Reviewed(card.SessionId, card.VenueId, r.By, r.Justified, r.Said)];

    /// <summary>Why a reviewer's words are not taken; null where they are. They are asked before they go to the vault: a fact holds only that they were said.</summary>
    public static Refusal? WordsRefused(string words) =>
        string.IsNullOrWhiteSpace(words) ? new("access.grounds-missing", "A review says on which grounds.", "grounds")
        : words.Trim().Length > LongestGrounds ? new("access.grounds-long", $"Grounds have at most {LongestGrounds} characters, and name nobody.", "grounds") : null;

    static Decision<AccessEvent> Again(AccessEvent.Reviewed told, AccessCommand.Review again) =>
        (told.ReviewerId, told.Justified, told.Said) == (again.By, again.Justified, again.Said) ? [] : new Refusal("access.reviewed", "This access session has been reviewed.");

    static Refusal? FaultOf(AccessCommand.Open o) =>
        o.Cameras.Count == 0 ? new("access.no-camera", "Name the cameras to be looked at.", "cameras")
        : o.Cameras.Distinct().Count() > MostCameras ? new("access.too-many-cameras", $"At most {MostCameras} cameras at once.", "cameras")
        : !IsShort(o.Unit) ? new("access.unit-missing", "Name the unit by its official short name.", "unit")
        : o.CaseNumber is null && o.IncidentId is null && !o.Urgent ? new("access.case-missing", "Name the case or incident by its number, or say that it is urgent: then a supervisor reviews it.", "caseNumber")
        : o.CaseNumber is { } number && !CaseNumbers.Is(number) ? new("access.case-malformed", "A number of a case has digits, letters, dashes and strokes only: no names, no sentences.", "caseNumber")
        : o.Minutes is < 1 or > 60 ? new("access.minutes-out-of-range", "An access session is opened for 1 to 60 minutes.", "minutes")
        : o.BasisIds is not { Count: > 0 } ? new("access.no-basis", "No statute, consent or court order allows police to see this venue's cameras now.") : null;

    internal static bool IsShort(string unit) => unit.Trim() is { Length: >= 2 and <= 60 } text && text.All(c => char.IsLetterOrDigit(c) || " .,-–№/()«»\"".Contains(c, StringComparison.Ordinal));

    static AccessEvent.Opened CardOf(AccessCommand.Open o) => new(
        o.SessionId, o.VenueId, o.OfficerId, o.Unit.Trim(), o.Purpose, o.CaseNumber?.Trim(), o.IncidentId, o.Urgent, [.. o.Cameras.Distinct().Order()], [.. (o.BasisIds ?? []).Order()],
        o.At, o.At + (o.Minutes is { } minutes ? TimeSpan.FromMinutes(minutes) : Usual), o.At + SealedFor);

    static bool IsSame(AccessEvent.Opened a, AccessEvent.Opened b) => a.Cameras.SequenceEqual(b.Cameras) && a with { Cameras = b.Cameras, BasisIds = b.BasisIds } == b;

    static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
