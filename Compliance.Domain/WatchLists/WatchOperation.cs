using System.Diagnostics;
using System.Text.Json.Serialization;
using Compliance.Domain.Detectors;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.WatchLists;

/// <summary>What ended an operation.</summary>
public enum OperationEnd { ByOfficer, TimeEnded, BasisEnded, NotAuthorised }

/// <summary>Facts about one operation: faces of named cameras of one venue are compared with a named list, in named hours, for a named time.</summary>
public abstract record WatchOperationEvent(Guid OperationId, Guid VenueId)
{
    /// <param name="BasisId">The authority's basis for the detector, which covers cameras and time.</param>
    /// <param name="Authorisation">The number of the prior authorisation; null where it is urgent and has to be given within a day.</param>
    /// <param name="Entries">The list: whom of the central list this operation looks for, and nobody else.</param>
    /// <param name="Passers">How many persons are expected to pass the cameras in a night.</param>
    [EventName("watchoperation.planned.v1")]
    public sealed record Planned(
        Guid OperationId, Guid VenueId, Guid BasisId, WatchAim Aim, string? Authorisation, IReadOnlyList<Guid> Cameras, HoursOfDay Hours, DateTimeOffset From, DateTimeOffset Until,
        IReadOnlyList<Guid> Entries, int Passers, Guid AuthorId) : WatchOperationEvent(OperationId, VenueId);

    /// <summary>A second officer saw how many false candidates a night will bring, and approved.</summary>
    /// <param name="Listed">Persons on the list; in facts from before each had one template, their pictures.</param>
    /// <param name="Threshold">From which likeness on a face will be a candidate.</param>
    /// <param name="FalseCandidates">Expected, a night.</param>
    [EventName("watchoperation.approved.v1")]
    public sealed record Approved(Guid OperationId, Guid VenueId, Guid ApproverId, int Listed, double Threshold, double FalseCandidates, string ModelSha256, DateTimeOffset At) : WatchOperationEvent(OperationId, VenueId);

    [EventName("watchoperation.authorised.v1")]
    public sealed record Authorised(Guid OperationId, Guid VenueId, string Authorisation, DateTimeOffset At) : WatchOperationEvent(OperationId, VenueId);

    [EventName("watchoperation.ended.v1")]
    public sealed record Ended(Guid OperationId, Guid VenueId, OperationEnd Because, DateTimeOffset At) : WatchOperationEvent(OperationId, VenueId);

    /// <summary>It was urgent, and no authorisation came within a day, whether it still ran then or not: nothing that came of it is kept.</summary>
    [EventName("watchoperation.voided.v1")]
    public sealed record Voided(Guid OperationId, Guid VenueId, DateTimeOffset At) : WatchOperationEvent(OperationId, VenueId);

    /// <summary>A box told that it has wiped its copy of the list.</summary>
    [EventName("watchoperation.copy-deleted.v1")]
    public sealed record CopyDeleted(Guid OperationId, Guid VenueId, Guid ProbeId, DateTimeOffset At) : WatchOperationEvent(OperationId, VenueId);

    /// <summary>A box was given the list, and no word came that it was wiped in time.</summary>
    [EventName("watchoperation.copy-overdue.v1")]
    public sealed record CopyOverdue(Guid OperationId, Guid VenueId, Guid ProbeId, DateTimeOffset Due) : WatchOperationEvent(OperationId, VenueId);

    [EventName("watchoperation.copy-given.v1")]
    public sealed record CopyGiven(Guid OperationId, Guid VenueId, Guid ProbeId, DateTimeOffset At) : WatchOperationEvent(OperationId, VenueId);
}

/// <summary>What an operation is for: a closed list, never free text.</summary>
public enum WatchAim { FindWanted, FindMissing, EnforceCourtBan, FindEscaped }

public abstract record WatchOperationCommand
{
    public sealed record Plan(
        Guid OperationId, Guid VenueId, Guid BasisId, WatchAim Aim, string? Authorisation, IReadOnlyList<Guid> Cameras, HoursOfDay Hours, DateTimeOffset From, DateTimeOffset Until,
        IReadOnlyList<Guid> Entries, int Passers, [property: JsonIgnore] Guid AuthorId = default, [property: JsonIgnore] DateTimeOffset At = default) : WatchOperationCommand;

    /// <param name="Listed">Persons on the list as the officer was shown them.</param>
    /// <param name="Size">As the door counted it.</param>
    public sealed record Approve(int Listed, [property: JsonIgnore] Guid By = default, [property: JsonIgnore] ListSize? Size = null, [property: JsonIgnore] DateTimeOffset At = default) : WatchOperationCommand;
    public sealed record Authorise(string Authorisation, [property: JsonIgnore] Guid By = default, [property: JsonIgnore] DateTimeOffset At = default) : WatchOperationCommand;
    public sealed record End([property: JsonIgnore] DateTimeOffset At = default) : WatchOperationCommand;
    public sealed record GiveCopy(Guid ProbeId, DateTimeOffset At) : WatchOperationCommand;
    public sealed record DeleteCopy(Guid ProbeId, DateTimeOffset At) : WatchOperationCommand;

    /// <summary>The clock asks.</summary>
    /// <param name="BasisHolds">Whether the authority's basis still does.</param>
    public sealed record Assess(DateTimeOffset At, bool BasisHolds) : WatchOperationCommand;
}

/// <summary>What a list costs, as the second officer is shown it before approving.</summary>
/// <param name="Listed">Persons: of each there is one template.</param>
/// <param name="Threshold">Null where the recogniser was not measured for so long a list: then it cannot be approved.</param>
/// <param name="FalseCandidates">How many who are on no list will be taken for one who is, in a night of so many passers.</param>
/// <param name="Night">With all other operations that were approved for the same time; null where nobody asked.</param>
public sealed record ListSize(int Listed, int Longest, int Passers, double? Threshold, double FalseCandidates, string? ModelSha256, NightSize? Night = null);

/// <summary>What all lists of a night cost together: each operation counts its own passers by its own list.</summary>
/// <param name="Operations">This one among them.</param>
public sealed record NightSize(int Operations, int Venues, int Passers, double FalseCandidates)
{
    public static NightSize Of(WatchOperationEvent.Planned asked, IReadOnlyList<WatchOperationEvent.Planned> others)
    {
        IReadOnlyList<WatchOperationEvent.Planned> all = [asked, .. others.Where(other => other.OperationId != asked.OperationId && other.From < asked.Until && asked.From < other.Until)];
        var passers = all.Sum(one => one.Passers);
        return new(all.Count, all.DistinctBy(one => one.VenueId).Count(), passers, ThresholdTable.FalseCandidates(passers));
    }
}

/// <summary>Planned by one officer, approved by another; runs from its beginning to its end, and its copies are wiped within a day after.</summary>
public abstract record WatchOperation
{
    public const int LongestDays = 14, MostPassers = 100_000, MostEntries = 500;

    public static readonly TimeSpan AuthoriseWithin = TimeSpan.FromHours(24), WipeWithin = TimeSpan.FromHours(24);

    public sealed record Unknown : WatchOperation;

    /// <param name="Copies">Boxes that were given the list, and which of them wiped it, or were reported.</param>
    public sealed record Known(
        WatchOperationEvent.Planned Card, WatchOperationEvent.Approved? Approval, string? Authorisation, WatchOperationEvent.Ended? Over,
        IReadOnlyList<Guid> Copies, IReadOnlyList<Guid> Wiped, IReadOnlyList<Guid> Overdue, bool IsVoid = false) : WatchOperation
    {
        /// <summary>Whether boxes may compare by it now; the hours of day are the box's to keep.</summary>
        public bool RunsAt(DateTimeOffset at) => Approval is not null && Over is null && Card.From <= at && at < Card.Until;
    }

    public static readonly Decider<WatchOperation, WatchOperationCommand, WatchOperationEvent> Decider = new("watchoperation", new Unknown(), Decide, Evolve);

    static Decision<WatchOperationEvent> Decide(WatchOperation state, WatchOperationCommand command) => (state, command) switch
    {
        (Unknown, WatchOperationCommand.Plan p) => FaultOf(p) is { } fault ? fault : [CardOf(p)],
        (Known k, WatchOperationCommand.Plan p) => IsSame(k.Card, CardOf(p)) ? [] : new Refusal("watchoperation.already-planned", "This id belongs to another operation."),
        (Unknown, WatchOperationCommand.Assess) => [],
        (Unknown, _) => new Refusal("watchoperation.unknown", "There is no such operation."),

        (Known { Approval: { } given }, WatchOperationCommand.Approve a) => given.ApproverId == a.By ? [] : new Refusal("watchoperation.decided", "A second officer has approved this operation."),
        (Known { Over: not null, Approval: null }, WatchOperationCommand.Approve) => new Refusal("watchoperation.over", "This operation is over."),
        (Known k, WatchOperationCommand.Approve a) =>
            a.By == k.Card.AuthorId ? new Refusal("watchoperation.own", "Another officer decides on what you planned.")
            : a.At >= k.Card.Until ? new Refusal("watchoperation.past", "The time it was to run has passed.")
            : a.Size is not { Threshold: { } threshold, ModelSha256: { } model } size ? new Refusal("watchoperation.list-unmeasured", "The recogniser was not measured for so long a list; shorten it, or have it measured.")
            : size.Listed != a.Listed ? new Refusal("watchoperation.size-changed", "The list is not as long as you were shown; look at its cost again.")
            : size.Listed == 0 ? new Refusal("watchoperation.list-empty", "None of its entries holds now.")
            : [new WatchOperationEvent.Approved(k.Card.OperationId, k.Card.VenueId, a.By, size.Listed, threshold, size.FalseCandidates, model, a.At)],

        (Known k, WatchOperationCommand.Authorise a) =>
            !CaseNumbers.Is(a.Authorisation) ? new Refusal("watchoperation.authorisation-malformed", "An authorisation is named by its number.", "authorisation")
            : k.IsVoid ? new Refusal("watchoperation.void", "No authorisation came in time: this operation is void.")
            : k.Authorisation is { } known ? known == a.Authorisation.Trim() ? [] : new Refusal("watchoperation.authorised", "This operation has its authorisation.")
            : a.By == k.Card.AuthorId ? new Refusal("watchoperation.own", "Another officer decides on what you planned.")
            : [new WatchOperationEvent.Authorised(k.Card.OperationId, k.Card.VenueId, a.Authorisation.Trim(), a.At)],

        (Known { Over: not null }, WatchOperationCommand.End) => [],
        (Known k, WatchOperationCommand.End(var at)) => [new WatchOperationEvent.Ended(k.Card.OperationId, k.Card.VenueId, at >= k.Card.Until ? OperationEnd.TimeEnded : OperationEnd.ByOfficer, Earlier(at, k.Card.Until))],

        (Known k, WatchOperationCommand.GiveCopy g) when !k.RunsAt(g.At) => new Refusal("watchoperation.not-running", "This operation does not run now."),
        (Known k, WatchOperationCommand.GiveCopy g) => k.Copies.Except(k.Wiped).Contains(g.ProbeId) ? [] : [new WatchOperationEvent.CopyGiven(k.Card.OperationId, k.Card.VenueId, g.ProbeId, g.At)],
        (Known k, WatchOperationCommand.DeleteCopy d) => k.Copies.Except(k.Wiped).Contains(d.ProbeId) ? [new WatchOperationEvent.CopyDeleted(k.Card.OperationId, k.Card.VenueId, d.ProbeId, d.At)] : [],

        (Known k, WatchOperationCommand.Assess a) => [.. Assessed(k, a)],
        _ => throw new UnreachableException(),
    };

    static IEnumerable<WatchOperationEvent> Assessed(Known k, WatchOperationCommand.Assess a)
    {
        var (id, venue) = (k.Card.OperationId, k.Card.VenueId);
        if (k.Over is null)
        {
            if (a.At >= k.Card.Until) yield return new WatchOperationEvent.Ended(id, venue, OperationEnd.TimeEnded, k.Card.Until);
            else if (!a.BasisHolds) yield return new WatchOperationEvent.Ended(id, venue, OperationEnd.BasisEnded, a.At);
            else if (IsUnauthorised(k, a.At)) yield return new WatchOperationEvent.Ended(id, venue, OperationEnd.NotAuthorised, k.Approval!.At + AuthoriseWithin);
        }

        if (!k.IsVoid && IsUnauthorised(k, a.At)) yield return new WatchOperationEvent.Voided(id, venue, k.Approval!.At + AuthoriseWithin);
        if (k.Over is not null && a.At >= k.Over.At + WipeWithin)
        {
            foreach (var probe in k.Copies.Except(k.Wiped).Except(k.Overdue)) yield return new WatchOperationEvent.CopyOverdue(id, venue, probe, k.Over.At + WipeWithin);
        }
    }

    static bool IsUnauthorised(Known k, DateTimeOffset at) => k is { Authorisation: null, Approval.At: var began } && at >= began + AuthoriseWithin;

    static WatchOperation Evolve(WatchOperation state, WatchOperationEvent fact) => (state, fact) switch
    {
        (_, WatchOperationEvent.Planned card) => new Known(card, null, card.Authorisation, null, [], [], []),
        (Known k, WatchOperationEvent.Approved f) => k with { Approval = f },
        (Known k, WatchOperationEvent.Authorised f) => k with { Authorisation = f.Authorisation },
        (Known k, WatchOperationEvent.Ended f) => k with { Over = f },
        (Known k, WatchOperationEvent.Voided) => k with { IsVoid = true },
        (Known k, WatchOperationEvent.CopyGiven f) => k with { Copies = [.. k.Copies.Union([f.ProbeId])], Wiped = [.. k.Wiped.Where(probe => probe != f.ProbeId)] },
        (Known k, WatchOperationEvent.CopyDeleted f) => k with { Wiped = [.. k.Wiped.Union([f.ProbeId])] },
        (Known k, WatchOperationEvent.CopyOverdue f) => k with { Overdue = [.. k.Overdue.Union([f.ProbeId])] },
        _ => state,
    };

    static Refusal? FaultOf(WatchOperationCommand.Plan p) =>
        p.Cameras.Count == 0 ? new("watchoperation.cameras-missing", "Name the cameras: faces are compared on no other.", "cameras")
        : p.Entries.Count == 0 ? new("watchoperation.entries-missing", "Name whom it looks for.", "entries")
        : p.Entries.Count > MostEntries ? new("watchoperation.entries-many", $"A list has {MostEntries} entries at most.", "entries")
        : p.Authorisation is { } number && !CaseNumbers.Is(number) ? new("watchoperation.authorisation-malformed", "An authorisation is named by its number.", "authorisation")
        : p.Until <= p.From ? new("watchoperation.dates-backward", "The end lies before the beginning.", "until")
        : p.Until <= p.At ? new("watchoperation.past", "The time it was to run has passed.", "until")
        : p.Until - p.From > TimeSpan.FromDays(LongestDays) ? new("watchoperation.too-long", $"An operation lasts {LongestDays} days at most; then its list is made anew.", "until")
        : p.Passers is < 1 or > MostPassers ? new("watchoperation.passers-out-of-range", $"Say how many are expected to pass in a night: 1 to {MostPassers}.", "passers")
        : null;

    static WatchOperationEvent.Planned CardOf(WatchOperationCommand.Plan p) => new(
        p.OperationId, p.VenueId, p.BasisId, p.Aim, p.Authorisation?.Trim(), [.. p.Cameras.Distinct().Order()], p.Hours, p.From, p.Until, [.. p.Entries.Distinct().Order()], p.Passers, p.AuthorId);

    static bool IsSame(WatchOperationEvent.Planned a, WatchOperationEvent.Planned b) =>
        a.Cameras.SequenceEqual(b.Cameras) && a.Entries.SequenceEqual(b.Entries) && a with { Cameras = b.Cameras, Entries = b.Entries } == b;

    static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
