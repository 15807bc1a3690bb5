using System.Diagnostics;
using System.Text.Json.Serialization;
using Compliance.Domain.Access;
using Compliance.Domain.Alerts;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Footage;

public abstract record FootageCommand
{
    /// <param name="OfficerId">Of the caller, from the token; bases and clock are the door's own.</param>
    /// <param name="Term">How long the venue has.</param>
    public sealed record Request(
        Guid RequestId, Guid VenueId, string Unit, AccessPurpose Purpose, string CaseNumber, IReadOnlyList<Guid> Cameras, DateTimeOffset From, DateTimeOffset To,
        [property: JsonIgnore] Guid OfficerId = default, [property: JsonIgnore] IReadOnlyList<Guid>? BasisIds = null, [property: JsonIgnore] DateTimeOffset At = default, [property: JsonIgnore] TimeSpan Term = default) : FootageCommand;

    /// <param name="Source">Where the box fetched it from the recorder; null where the venue sent it.</param>
    public sealed record KeepFile(Guid FileId, Guid DeviceId, string Sha256, long Bytes, DateTimeOffset At, FootageSource? Source = null) : FootageCommand;

    /// <param name="By">Null: as the venue agreed.</param>
    public sealed record Fetch(Guid FileId, Guid DeviceId, Guid? By, DateTimeOffset At) : FootageCommand;
    public sealed record StopFetch(Guid DeviceId, Guid By, DateTimeOffset At) : FootageCommand;
    public sealed record FailFetch(Guid FileId, Guid ProbeId, FetchFailure Why, DateTimeOffset At) : FootageCommand;
    /// <param name="By">Of the caller, like the clock.</param>
    public sealed record Answer(IReadOnlyList<FootageMissing> Missing, [property: JsonIgnore] DateTimeOffset At = default, [property: JsonIgnore] Guid By = default) : FootageCommand;
    public sealed record Withdraw(Officer By, DateTimeOffset At) : FootageCommand;
    /// <param name="CertificateSha256">Of the certificate it is encrypted for; null where it is not.</param>
    public sealed record TakeOver(Guid FileId, Guid By, string? MarkedSha256, DateTimeOffset At, string? CertificateSha256 = null) : FootageCommand;
    public sealed record Hold(string CaseNumber, DateOnly Until, [property: JsonIgnore] Guid By = default, [property: JsonIgnore] DateTimeOffset At = default) : FootageCommand;
    public sealed record RemoveFile(Guid FileId, Guid By, DateTimeOffset At) : FootageCommand;
    public sealed record EraseFile(Guid FileId, DateTimeOffset At) : FootageCommand;

    /// <summary>The clock asks: is it answered in time?</summary>
    public sealed record Assess(DateTimeOffset At) : FootageCommand;
}

/// <summary>Police ask a venue for recordings of named cameras and hours, for a case; the venue answers within a term, camera by camera; who takes a file over stands in the log.</summary>
public abstract record FootageRequest
{
    /// <summary>The longest stretch that one request asks for: what somebody can look through.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(6);

    /// <summary>So long a file is kept after it came, unless it is held for a case.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    public const int MostCameras = 9, MostFiles = 60, LongestHoldYears = 10;

    public sealed record Unknown : FootageRequest;

    /// <param name="Closed">Answered or withdrawn; null while the venue owes an answer.</param>
    /// <param name="Kept">Files that came.</param>
    /// <param name="Erased">Those of them that are gone.</param>
    public sealed record Known(
        FootageEvent.Requested Card, FootageEvent? Closed, bool IsOverdue, IReadOnlyList<FootageEvent.FileKept> Kept, IReadOnlyList<Guid> Erased, IReadOnlyList<FootageEvent.TakenOver> Taken, FootageEvent.Held? Hold) : FootageRequest
    {
        /// <summary>From when on it may be erased: a month after it came, and not before the day of a hold is over.</summary>
        public DateTimeOffset ErasableFrom(FootageEvent.FileKept file) =>
            Hold is { Until: var day } && VenueZone.Midnight(day.AddDays(1)) is var held && held > file.At + KeptFor ? held : file.At + KeptFor;

        /// <summary>What the box is fetching from the recorder now.</summary>
        public IReadOnlyList<FootageEvent.FetchAsked> Fetches { get; init; } = [];

        /// <summary>Files that the venue took away again before it answered.</summary>
        public IReadOnlyList<Guid> Removed { get; init; } = [];

        public FootageEvent.FetchAsked? FetchOf(Guid device) => Fetches.FirstOrDefault(f => f.DeviceId == device);

        public FootageEvent.FileKept? File(Guid id) => Erased.Contains(id) ? null : Kept.FirstOrDefault(f => f.FileId == id);
    }

    public static readonly Decider<FootageRequest, FootageCommand, FootageEvent> Decider = new("footage", new Unknown(), Decide, Evolve);

    static Decision<FootageEvent> Decide(FootageRequest state, FootageCommand command) => (state, command) switch
    {
        (Unknown, FootageCommand.Request r) => FaultOf(r) is { } fault ? fault : [CardOf(r)],
        (Known known, FootageCommand.Request again) => Again(known.Card, CardOf(again)),
        (Unknown, _) => new Refusal("footage.unknown", "There is no such request."),
        (Known known, FootageCommand.KeepFile k) => Keep(known, k),
        (Known known, FootageCommand.Fetch f) => Fetch(known, f),
        (Known known, FootageCommand.StopFetch(var device, var by, var at)) => [.. Stopped(known.Fetches.Where(f => f.DeviceId == device), by, at)],
        (Known known, FootageCommand.FailFetch(var id, var probe, var why, var at)) => known.Fetches.FirstOrDefault(f => f.FileId == id) is { } fetch ? [new FootageEvent.FetchFailed(fetch.RequestId, fetch.VenueId, id, probe, why, at)] : [],
        (Known known, FootageCommand.Answer a) => Answer(known, a),
        (Known known, FootageCommand.Withdraw w) => Withdraw(known, w),
        (Known known, FootageCommand.TakeOver t) => TakeOver(known, t),
        (Known known, FootageCommand.Hold h) => Preserve(known, h),
        (Known known, FootageCommand.RemoveFile r) => Remove(known, r),
        (Known known, FootageCommand.EraseFile(var id, var at)) => known.File(id) is { } file && at >= known.ErasableFrom(file) ? [new FootageEvent.FileErased(file.RequestId, file.VenueId, id, file.Sha256, at)] : [],
        (Known { Closed: null, IsOverdue: false, Card: var card }, FootageCommand.Assess(var at)) => at < card.Due ? [] : [new FootageEvent.Overdue(card.RequestId, card.VenueId, card.Due)],
        (Known, FootageCommand.Assess) => [],
        _ => throw new UnreachableException(),
    };

    static FootageRequest Evolve(FootageRequest state, FootageEvent fact) => (state, fact) switch
    {
        (_, FootageEvent.Requested card) => new Known(card, null, false, [], [], [], null),
        (Known known, FootageEvent.FileKept f) => known with { Kept = [.. known.Kept, f], Fetches = Without(known, f.FileId) },
        (Known known, FootageEvent.FetchAsked f) => known with { Fetches = [.. known.Fetches, f] },
        (Known known, FootageEvent.FetchStopped f) => known with { Fetches = Without(known, f.FileId) },
        (Known known, FootageEvent.FetchFailed f) => known with { Fetches = Without(known, f.FileId) },
        (Known known, FootageEvent.Answered or FootageEvent.Withdrawn) => known with { Closed = fact },
        (Known known, FootageEvent.Overdue) => known with { IsOverdue = true },
        (Known known, FootageEvent.TakenOver f) => known with { Taken = [.. known.Taken, f] },
        (Known known, FootageEvent.Held f) => known with { Hold = f },
        (Known known, FootageEvent.FileRemoved f) => known with { Kept = [.. known.Kept.Where(kept => kept.FileId != f.FileId)], Removed = [.. known.Removed, f.FileId] },
        (Known known, FootageEvent.FileErased f) => known with { Erased = [.. known.Erased, f.FileId] },
        _ => state,
    };

    static Refusal? FaultOf(FootageCommand.Request r) =>
        r.Cameras.Count == 0 ? new("footage.no-camera", "Name the cameras whose recordings are asked for.", "cameras")
        : r.Cameras.Distinct().Count() > MostCameras ? new("footage.too-many-cameras", $"At most {MostCameras} cameras in one request.", "cameras")
        : r.To <= r.From ? new("footage.period-backward", "The end lies before the beginning.", "to")
        : r.To - r.From > Longest ? new("footage.period-long", $"A request asks for at most {Longest.TotalHours} hours.", "to")
        : r.To > r.At ? new("footage.period-future", "Only what has been recorded can be asked for.", "to")
        : !AccessSession.IsShort(r.Unit) ? new("footage.unit-missing", "Name the unit by its official short name.", "unit")
        : !CaseNumbers.Is(r.CaseNumber) ? new("footage.case-malformed", "Name the case by its number: digits, letters, dashes and strokes, no names, no sentences.", "caseNumber")
        : r.BasisIds is not { Count: > 0 } ? new("footage.no-basis", "No statute, consent or court order allows police to see this venue's cameras now.") : null;

    static FootageEvent.Requested CardOf(FootageCommand.Request r) => new(
        r.RequestId, r.VenueId, r.OfficerId, r.Unit.Trim(), r.Purpose, r.CaseNumber.Trim(), [.. r.Cameras.Distinct().Order()], r.From, r.To, [.. (r.BasisIds ?? []).Order()], r.At, r.At + r.Term);

    /// <summary>A second knock comes later: the clock and the bases of the first count.</summary>
    static Decision<FootageEvent> Again(FootageEvent.Requested card, FootageEvent.Requested again) =>
        card.Cameras.SequenceEqual(again.Cameras) && card == again with { Cameras = card.Cameras, BasisIds = card.BasisIds, At = card.At, Due = card.Due }
            ? [] : new Refusal("footage.already-requested", "This id belongs to another request.");

    static Decision<FootageEvent> Keep(Known known, FootageCommand.KeepFile k) =>
        known.Erased.Contains(k.FileId) ? new Refusal("footage.file-erased", "This file was erased when its time was over; another one comes under an id of its own.")
        : known.Removed.Contains(k.FileId) ? new Refusal("footage.file-removed", "The venue took this file away; another one comes under an id of its own.")
        : known.Kept.FirstOrDefault(f => f.FileId == k.FileId) is { } kept ? kept.Sha256 == k.Sha256 ? [] : new Refusal("footage.file-changed", "Another file came under this id.")
        : known.Closed is not null ? Over(known)
        : !known.Card.Cameras.Contains(k.DeviceId) ? new Refusal("footage.camera-not-asked", "Nothing is asked of this camera.", "deviceId")
        : known.Kept.Count >= MostFiles ? TooManyFiles
        : k.Source is { } from ? known.Fetches.Any(f => (f.FileId, f.DeviceId) == (k.FileId, k.DeviceId))
            ? [KeptOf(known, k), new FootageEvent.FileFetched(known.Card.RequestId, known.Card.VenueId, k.FileId, from.ProbeId, from.From, from.Until, from.MissingSeconds, k.At)]
            : new Refusal("footage.fetch-over", "Nobody waits for this recording any more.")
        : known.Fetches.Any(f => f.FileId == k.FileId) ? new Refusal("footage.file-changed", "Another file came under this id.")
        : [KeptOf(known, k)];

    static readonly Refusal TooManyFiles = new("footage.too-many-files", $"A request is answered with at most {MostFiles} files.");

    static FootageEvent.FileKept KeptOf(Known known, FootageCommand.KeepFile k) => new(known.Card.RequestId, known.Card.VenueId, k.FileId, k.DeviceId, k.Sha256, k.Bytes, k.At);

    static FootageEvent.FetchAsked[] Without(Known known, Guid file) => [.. known.Fetches.Where(f => f.FileId != file)];

    /// <summary>One at a time of each camera; asked again while it runs, it is the same.</summary>
    static Decision<FootageEvent> Fetch(Known known, FootageCommand.Fetch f) =>
        known.Closed is not null ? Over(known)
        : !known.Card.Cameras.Contains(f.DeviceId) ? new Refusal("footage.camera-not-asked", "Nothing is asked of this camera.", "deviceId")
        : known.FetchOf(f.DeviceId) is not null || known.Kept.Any(k => k.FileId == f.FileId) || known.Removed.Contains(f.FileId) ? []
        : known.Kept.Count + known.Fetches.Count >= MostFiles ? TooManyFiles
        : [new FootageEvent.FetchAsked(known.Card.RequestId, known.Card.VenueId, f.FileId, f.DeviceId, f.By, f.At)];

    /// <summary>Until it answers a venue takes away what it gave by mistake: another hour, another camera. What police had held for a case stays.</summary>
    static Decision<FootageEvent> Remove(Known known, FootageCommand.RemoveFile r) =>
        known.Removed.Contains(r.FileId) ? []
        : known.Closed is not null ? Over(known)
        : known.File(r.FileId) is not { } file ? new Refusal("footage.file-unknown", "This file has not come, or was erased.")
        : known.Hold is { } hold && hold.Until >= VenueZone.Day(r.At) ? new Refusal("footage.held", $"Police hold what came for a case until {hold.Until:yyyy-MM-dd}: it stays.")
        : [new FootageEvent.FileRemoved(file.RequestId, file.VenueId, r.FileId, file.Sha256, r.By, r.At)];

    /// <summary>Of each camera a file lies there, or there is a reason why not; and never both.</summary>
    static Decision<FootageEvent> Answer(Known known, FootageCommand.Answer a)
    {
        FootageMissing[] missing = [.. a.Missing.DistinctBy(m => m.DeviceId).OrderBy(m => m.DeviceId)];
        if (known.Closed is FootageEvent.Answered said && said.Missing.SequenceEqual(missing)) return [];
        if (known.Closed is not null) return Over(known);
        if (missing.Any(m => !known.Card.Cameras.Contains(m.DeviceId))) return new Refusal("footage.camera-not-asked", "Nothing is asked of this camera.", "missing");
        var (given, none) = (known.Kept.Where(f => !known.Erased.Contains(f.FileId)).Select(f => f.DeviceId).ToHashSet(), missing.Select(m => m.DeviceId).ToHashSet());
        return known.Card.Cameras.Any(c => !given.Contains(c) && !none.Contains(c)) ? new Refusal("footage.answer-incomplete", "Of each camera give a file, or say why there is none.", "missing")
            : given.Overlaps(none) ? new Refusal("footage.answer-twofold", "Of a camera there is a file or there is none.", "missing")
            : [.. Stopped(known.Fetches, a.By, a.At), new FootageEvent.Answered(known.Card.RequestId, known.Card.VenueId, missing, a.At)];
    }

    static Decision<FootageEvent> Withdraw(Known known, FootageCommand.Withdraw w) =>
        known.Closed is FootageEvent.Withdrawn ? []
        : known.Closed is not null ? Over(known)
        : w.By.Id != known.Card.OfficerId && !w.By.IsLead ? new Refusal("footage.not-yours", "Only who asked, or a shift lead, takes a request back.")
        : [.. Stopped(known.Fetches, w.By.Id, w.At), new FootageEvent.Withdrawn(known.Card.RequestId, known.Card.VenueId, w.By.Id, w.At)];

    /// <summary>Whoever closes a request ends what still runs for it: nobody waits for that any more.</summary>
    static IEnumerable<FootageEvent> Stopped(IEnumerable<FootageEvent.FetchAsked> fetches, Guid by, DateTimeOffset at) => fetches.Select(f => new FootageEvent.FetchStopped(f.RequestId, f.VenueId, f.FileId, by, at));

    static Decision<FootageEvent> TakeOver(Known known, FootageCommand.TakeOver t) =>
        known.Closed is FootageEvent.Withdrawn ? Over(known)
        : known.Closed is null ? new Refusal("footage.unanswered", "The venue has not answered yet: what came so far is not given.")
        : known.File(t.FileId) is not { } file ? new Refusal("footage.file-unknown", "This file has not come, or was erased.")
        : known.Taken.Any(take => (take.FileId, take.By, take.At) == (t.FileId, t.By, t.At)) ? []
        : t.CertificateSha256 is { } certificate ? [TakenOf(known, file, t), new FootageEvent.Encrypted(file.RequestId, file.VenueId, t.FileId, t.By, certificate, t.At)]
        : [TakenOf(known, file, t)];

    static FootageEvent.TakenOver TakenOf(Known known, FootageEvent.FileKept file, FootageCommand.TakeOver t) =>
        new(file.RequestId, file.VenueId, t.FileId, t.By, file.Sha256, t.MarkedSha256, DestroyBy(known.Hold, t.At), t.At);

    /// <summary>As long as the file itself would be kept from that day on, or until the day of the hold.</summary>
    static DateOnly DestroyBy(FootageEvent.Held? hold, DateTimeOffset at) => VenueZone.Day(at + KeptFor) is var usual && hold?.Until > usual ? hold.Until : usual;

    static Decision<FootageEvent> Preserve(Known known, FootageCommand.Hold h)
    {
        var (today, number) = (VenueZone.Day(h.At), h.CaseNumber.Trim());
        if (known.Closed is FootageEvent.Withdrawn) return Over(known);
        if (known.Hold is { } held && (held.CaseNumber, held.Until) == (number, h.Until)) return [];
        return !CaseNumbers.Is(number) ? new Refusal("footage.case-malformed", "Name the case by its number: digits, letters, dashes and strokes, no names, no sentences.", "caseNumber")
            : h.Until < today || h.Until > today.AddYears(LongestHoldYears) ? new Refusal("footage.hold-impossible", $"A hold lasts from today to at most {LongestHoldYears} years.", "until")
            : known.Hold?.Until > h.Until ? new Refusal("footage.hold-shorter", "A hold is made longer, never shorter.", "until")
            : known.Kept.All(f => known.Erased.Contains(f.FileId)) ? new Refusal("footage.nothing-kept", "There is no file to be held.")
            : [new FootageEvent.Held(known.Card.RequestId, known.Card.VenueId, number, h.Until, h.By, h.At)];
    }

    static Refusal Over(Known known) => known.Closed is FootageEvent.Withdrawn
        ? new("footage.withdrawn", "Police have taken this request back.") : new("footage.answered", "This request has been answered.");
}
