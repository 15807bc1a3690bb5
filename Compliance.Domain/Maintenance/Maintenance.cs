using System.Diagnostics;
using System.Text.Json.Serialization;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Maintenance;

/// <summary>Facts about one time in which devices may rest because somebody works on them.</summary>
public abstract record MaintenanceEvent(Guid MaintenanceId, Guid VenueId)
{
    [EventName("maintenance.requested.v1")]
    public sealed record Requested(
        Guid MaintenanceId, Guid VenueId, IReadOnlyList<Guid> DeviceIds, DateTimeOffset From, DateTimeOffset Until, WorkKind Work, string Document)
        : MaintenanceEvent(MaintenanceId, VenueId);

    /// <param name="From">Never before it was approved: what has passed is not excused backwards.</param>
    [EventName("maintenance.approved.v1")]
    public sealed record Approved(Guid MaintenanceId, Guid VenueId, IReadOnlyList<Guid> DeviceIds, DateTimeOffset From, DateTimeOffset Until)
        : MaintenanceEvent(MaintenanceId, VenueId);

    [EventName("maintenance.refused.v1")]
    public sealed record Refused(Guid MaintenanceId, Guid VenueId, string Grounds) : MaintenanceEvent(MaintenanceId, VenueId);

    [EventName("maintenance.withdrawn.v1")]
    public sealed record Withdrawn(Guid MaintenanceId, Guid VenueId) : MaintenanceEvent(MaintenanceId, VenueId);

    /// <summary>The work was done early: from then on everything is owed again.</summary>
    [EventName("maintenance.ended.v1")]
    public sealed record Ended(Guid MaintenanceId, Guid VenueId, DateTimeOffset At) : MaintenanceEvent(MaintenanceId, VenueId);
}

/// <summary>What is done in a window; the details stand in the work order that the request names.</summary>
public enum WorkKind { Service, Repair, Replacement, NetworkWork, ElectricalWork, Rebuilding }

public abstract record MaintenanceCommand
{
    /// <param name="Document">The number of the work order or contract.</param>
    /// <param name="At">The door's clock, as in every command here.</param>
    public sealed record Request(
        Guid MaintenanceId, Guid VenueId, IReadOnlyList<Guid> DeviceIds, DateTimeOffset From, DateTimeOffset Until, WorkKind Work, string Document,
        [property: JsonIgnore] DateTimeOffset At = default) : MaintenanceCommand;

    public sealed record Approve([property: JsonIgnore] DateTimeOffset At = default) : MaintenanceCommand;
    public sealed record Refuse(string Grounds) : MaintenanceCommand;
    public sealed record Withdraw : MaintenanceCommand;
    public sealed record End([property: JsonIgnore] DateTimeOffset At = default) : MaintenanceCommand;
}

/// <summary>A window is asked for before it begins, decided on once by the authority, and may end early.</summary>
public abstract record MaintenanceWindow
{
    /// <summary>The longest window: what rests longer than this is not being maintained.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(14);

    public sealed record Unknown : MaintenanceWindow;
    public sealed record Waiting(MaintenanceEvent.Requested Card) : MaintenanceWindow;
    public sealed record Approved(MaintenanceEvent.Requested Card, DateTimeOffset From) : MaintenanceWindow;
    /// <param name="As">Refused, withdrawn or ended.</param>
    public sealed record Over(MaintenanceEvent.Requested Card, MaintenanceEvent As) : MaintenanceWindow;

    public static readonly Decider<MaintenanceWindow, MaintenanceCommand, MaintenanceEvent> Decider = new("maintenance", new Unknown(), Decide, Evolve);

    static Decision<MaintenanceEvent> Decide(MaintenanceWindow state, MaintenanceCommand command) => (state, command) switch
    {
        (Unknown, MaintenanceCommand.Request r) => FaultOf(r) is { } fault ? fault : [CardOf(r)],
        (Waiting { Card: var card }, MaintenanceCommand.Request again) => Again(card, again),
        (Approved { Card: var card }, MaintenanceCommand.Request again) => Again(card, again),
        (Over { Card: var card }, MaintenanceCommand.Request again) => Again(card, again),

        (Waiting { Card: var card }, MaintenanceCommand.Approve(var at)) when at >= card.Until =>
            new Refusal("maintenance.over", "The time asked for has passed; what has passed is contested, not excused."),
        (Waiting { Card: var card }, MaintenanceCommand.Approve(var at)) =>
            [new MaintenanceEvent.Approved(card.MaintenanceId, card.VenueId, card.DeviceIds, at > card.From ? at : card.From, card.Until)],
        (Approved, MaintenanceCommand.Approve) => [],

        (Waiting, MaintenanceCommand.Refuse(var grounds)) when string.IsNullOrWhiteSpace(grounds) =>
            new Refusal("maintenance.grounds-missing", "A refusal says on which grounds.", "grounds"),
        (Waiting { Card: var card }, MaintenanceCommand.Refuse(var grounds)) => [new MaintenanceEvent.Refused(card.MaintenanceId, card.VenueId, grounds)],
        (Over { As: MaintenanceEvent.Refused }, MaintenanceCommand.Refuse) => [],

        (Waiting { Card: var card }, MaintenanceCommand.Withdraw) => [new MaintenanceEvent.Withdrawn(card.MaintenanceId, card.VenueId)],
        (Over { As: MaintenanceEvent.Withdrawn }, MaintenanceCommand.Withdraw) => [],

        (Approved(var card, _), MaintenanceCommand.End(var at)) when at >= card.Until => [], // it has ended by itself
        (Approved(var card, var from), MaintenanceCommand.End(var at)) =>
            [new MaintenanceEvent.Ended(card.MaintenanceId, card.VenueId, at > from ? at : from)],
        (Over { As: MaintenanceEvent.Ended }, MaintenanceCommand.End) => [],

        (Unknown, _) => new Refusal("maintenance.unknown", "No such maintenance window."),
        (Waiting, _) => new Refusal("maintenance.undecided", "The authority has not decided on this window yet."),
        (Approved or Over, _) => new Refusal("maintenance.decided", "This window has been decided on or given up."),
        _ => throw new UnreachableException(),
    };

    static MaintenanceWindow Evolve(MaintenanceWindow state, MaintenanceEvent fact) => (state, fact) switch
    {
        (_, MaintenanceEvent.Requested card) => new Waiting(card),
        (Waiting { Card: var card }, MaintenanceEvent.Approved f) => new Approved(card, f.From),
        (Waiting { Card: var card }, _) => new Over(card, fact),
        (Approved { Card: var card }, _) => new Over(card, fact),
        _ => state,
    };

    static Refusal? FaultOf(MaintenanceCommand.Request r) =>
        r.DeviceIds.Count == 0 ? new("maintenance.nothing-named", "Name the devices that will be worked on.", "deviceIds")
        : r.Until <= r.From ? new("maintenance.dates-backward", "The end lies before the beginning.", "until")
        : r.Until - r.From > Longest ? new("maintenance.too-long", $"A window lasts at most {Longest.TotalDays} days.", "until")
        : r.From < r.At ? new("maintenance.not-ahead", "A window is asked for before it begins; minutes that have passed are contested.", "from")
        : string.IsNullOrWhiteSpace(r.Document) ? new("maintenance.document-missing", "Name the work order or the contract.", "document") : null;

    static MaintenanceEvent.Requested CardOf(MaintenanceCommand.Request r) =>
        new(r.MaintenanceId, r.VenueId, [.. r.DeviceIds.Distinct().Order()], r.From, r.Until, r.Work, r.Document.Trim());

    static Decision<MaintenanceEvent> Again(MaintenanceEvent.Requested card, MaintenanceCommand.Request again) => IsSame(card, CardOf(again))
        ? [] : new Refusal("maintenance.already-requested", "This id belongs to another window.");

    static bool IsSame(MaintenanceEvent.Requested a, MaintenanceEvent.Requested b) => a.DeviceIds.SequenceEqual(b.DeviceIds) && a with { DeviceIds = b.DeviceIds } == b;
}
