using System.Diagnostics;
using System.Text.Json.Serialization;
using Compliance.Domain.Devices;
using Compliance.Domain.Evidence;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Outages;

/// <summary>Facts about one interval in which a duty of a device was not met.</summary>
public abstract record OutageEvent(Guid OutageId, Guid DeviceId, Guid VenueId)
{
    /// <param name="StartedAt">When the duty was last met, not when the failure was decided.</param>
    /// <param name="Continues">The outage of the same failure that ended only because no legal basis held any more.</param>
    [EventName("outage.opened.v2")]
    public sealed record Opened(
        Guid OutageId, Guid DeviceId, Guid VenueId, DeviceKind Kind, Verdict Verdict, DateTimeOffset StartedAt, string Detail,
        Guid? Continues = null) : OutageEvent(OutageId, DeviceId, VenueId);

    [EventName("outage.verdict-changed.v1")]
    public sealed record VerdictChanged(Guid OutageId, Guid DeviceId, Guid VenueId, Verdict Verdict, DateTimeOffset At, string Detail)
        : OutageEvent(OutageId, DeviceId, VenueId);

    /// <summary>It goes on as what it was, for another reason.</summary>
    /// <param name="At">When this reason was found first.</param>
    [EventName("outage.reason-changed.v1")]
    public sealed record ReasonChanged(Guid OutageId, Guid DeviceId, Guid VenueId, DateTimeOffset At, string Detail) : OutageEvent(OutageId, DeviceId, VenueId);

    /// <param name="Verdict">What it had been in the end.</param>
    [EventName("outage.closed.v1")]
    public sealed record Closed(Guid OutageId, Guid DeviceId, Guid VenueId, Verdict Verdict, DateTimeOffset EndedAt) : OutageEvent(OutageId, DeviceId, VenueId);

    /// <summary>It ended because the duty did; nobody says that the device works again.</summary>
    /// <param name="Because">Why nothing is owed any more.</param>
    [EventName("outage.duty-ended.v1")]
    public sealed record DutyEnded(
        Guid OutageId, Guid DeviceId, Guid VenueId, Verdict Verdict, Verdict Because, DateTimeOffset EndedAt) : OutageEvent(OutageId, DeviceId, VenueId);

    /// <summary>Somebody with a say named the cause of some of its minutes; the latest word about a minute holds.</summary>
    /// <param name="Until">Null for its end, whenever that is.</param>
    [EventName("outage.cause-attributed.v1")]
    public sealed record CauseAttributed(
        Guid OutageId, Guid DeviceId, Guid VenueId, Cause Cause, DateTimeOffset From, DateTimeOffset? Until, string Grounds) : OutageEvent(OutageId, DeviceId, VenueId);

    /// <summary>Those who answer for the venue say that these minutes lay in other hands.</summary>
    [EventName("outage.contested.v1")]
    public sealed record Contested(
        Guid OutageId, Guid DeviceId, Guid VenueId, Guid ContestId, DateTimeOffset From, DateTimeOffset Until, Cause Cause, Proof Proof)
        : OutageEvent(OutageId, DeviceId, VenueId);

    /// <param name="Accepted">The claimed cause holds from now on; else everything stays as it was.</param>
    /// <param name="FormulaVersion">The formula of availability under which it was decided.</param>
    [EventName("outage.contest-decided.v1")]
    public sealed record ContestDecided(
        Guid OutageId, Guid DeviceId, Guid VenueId, Guid ContestId, DateTimeOffset From, DateTimeOffset Until, Cause Cause, bool Accepted, string Grounds,
        string FormulaVersion) : OutageEvent(OutageId, DeviceId, VenueId);

    /// <summary>These minutes lie in a maintenance window that the authority had approved before.</summary>
    [EventName("outage.excused.v1")]
    public sealed record Excused(
        Guid OutageId, Guid DeviceId, Guid VenueId, Guid MaintenanceId, DateTimeOffset From, DateTimeOffset Until) : OutageEvent(OutageId, DeviceId, VenueId);

    /// <summary>Another probe was asked to look once, from where it stands.</summary>
    /// <param name="ProbeId">Null where there was none to ask.</param>
    /// <param name="Seen">What it held true then.</param>
    [EventName("outage.looked-again.v1")]
    public sealed record LookedAgain(
        Guid OutageId, Guid DeviceId, Guid VenueId, Vantage Vantage, Guid? ProbeId, Verdict? Seen, DateTimeOffset At) : OutageEvent(OutageId, DeviceId, VenueId);

    /// <summary>Whoever named the owner says how a person found that the camera brought no picture.</summary>
    [EventName("outage.confirmed-by-person.v1")]
    public sealed record ConfirmedByPerson(Guid OutageId, Guid DeviceId, Guid VenueId, PersonConfirmation How, DateTimeOffset From) : OutageEvent(OutageId, DeviceId, VenueId);
}

public abstract record OutageCommand
{
    public sealed record Open(
        Guid OutageId, Guid DeviceId, Guid VenueId, DeviceKind Kind, Verdict Verdict, DateTimeOffset StartedAt, string Detail,
        Guid? Continues = null) : OutageCommand;
    public sealed record ChangeVerdict(Verdict Verdict, DateTimeOffset At, string Detail) : OutageCommand;
    public sealed record ChangeReason(DateTimeOffset At, string Detail) : OutageCommand;
    public sealed record Close(DateTimeOffset EndedAt) : OutageCommand;
    public sealed record EndDuty(Verdict Because, DateTimeOffset EndedAt) : OutageCommand;
    /// <param name="Confirmed">How a person found it to be so; asked for the owner's cause where no second place confirmed the outage.</param>
    public sealed record AttributeCause(Cause Cause, DateTimeOffset From, DateTimeOffset? Until, string Grounds, PersonConfirmation? Confirmed = null) : OutageCommand;
    /// <param name="At">The door's clock: minutes that have not passed cannot be contested.</param>
    public sealed record Contest(Guid ContestId, DateTimeOffset From, DateTimeOffset Until, Cause Cause, Proof Proof, [property: JsonIgnore] DateTimeOffset At = default) : OutageCommand;
    public sealed record DecideContest(Guid ContestId, bool Accepted, string Grounds) : OutageCommand;
    public sealed record Excuse(Guid MaintenanceId, DateTimeOffset From, DateTimeOffset Until) : OutageCommand;
    public sealed record LookAgain(Vantage Vantage, Guid? ProbeId, Verdict? Seen, DateTimeOffset At) : OutageCommand;
}

/// <summary>
/// An outage is opened once, may change its verdict, and is closed once. Its cause may be named and contested while it runs and
/// afterwards; each minute is contested at most once, and each contest is decided once. Its stream stays short.
/// </summary>
public abstract record Outage
{
    public sealed record Unknown : Outage;
    /// <param name="Since">When the verdict it has now began.</param>
    public sealed record Running(OutageEvent.Opened Card, Verdict Verdict, DateTimeOffset Since, Disputes Dispute) : Outage
    {
        /// <summary>The reason it goes on for, once it was another than at first.</summary>
        public OutageEvent.ReasonChanged? Reason { get; init; }
    }

    public sealed record Over(OutageEvent.Opened Card, DateTimeOffset EndedAt, Disputes Dispute) : Outage;

    /// <param name="Attributed">The last word on its cause.</param>
    public sealed record Disputes(
        OutageEvent.CauseAttributed? Attributed, IReadOnlyList<OutageEvent.Contested> Contests, IReadOnlyList<OutageEvent.ContestDecided> Decided,
        IReadOnlyList<OutageEvent.Excused> Excused, Sight Sight);

    public static readonly Decider<Outage, OutageCommand, OutageEvent> Decider = new("outage", new Unknown(), Decide, Evolve);

    static Decision<OutageEvent> Decide(Outage state, OutageCommand command) => (state, command) switch
    {
        (Unknown, OutageCommand.Open(var id, var device, var venue, var kind, var verdict, var started, var detail, var before)) =>
            [new OutageEvent.Opened(id, device, venue, kind, verdict, started, detail, before)],
        (Running or Over, OutageCommand.Open) => [],
        (Running running, OutageCommand.ChangeVerdict old) when old.At < running.Since => [], // reacted to again
        (Running(var card, var verdict, _, _), OutageCommand.ChangeVerdict(var now, var at, var detail)) => now == verdict
            ? [] : [new OutageEvent.VerdictChanged(card.OutageId, card.DeviceId, card.VenueId, now, at, detail)],
        (Running running, OutageCommand.ChangeReason old) when old.At < running.Since || old.At <= running.Reason?.At => [], // reacted to again
        (Running(var card, _, _, _), OutageCommand.ChangeReason(var at, var detail)) => [new OutageEvent.ReasonChanged(card.OutageId, card.DeviceId, card.VenueId, at, detail)],
        (Running(var card, var verdict, _, _), OutageCommand.Close(var ended)) =>
            [new OutageEvent.Closed(card.OutageId, card.DeviceId, card.VenueId, verdict, Later(ended, card.StartedAt))],
        (Running(var card, var verdict, _, _), OutageCommand.EndDuty(var because, var ended)) =>
            [new OutageEvent.DutyEnded(card.OutageId, card.DeviceId, card.VenueId, verdict, because, Later(ended, card.StartedAt))],
        (Over, OutageCommand.Close or OutageCommand.EndDuty or OutageCommand.ChangeVerdict or OutageCommand.ChangeReason) => [],
        (Unknown, _) => new Refusal("outage.unknown", "No such outage."),
        (Running(var card, _, _, var dispute), _) => Decide(card, null, dispute, command),
        (Over(var card, var ended, var dispute), _) => Decide(card, ended, dispute, command),
        _ => throw new UnreachableException(),
    };

    /// <summary>Whose hands it lay in: asked of an outage that runs as of one that is over.</summary>
    static Decision<OutageEvent> Decide(OutageEvent.Opened card, DateTimeOffset? ended, Disputes dispute, OutageCommand command)
    {
        var (id, device, venue) = (card.OutageId, card.DeviceId, card.VenueId);
        switch (command)
        {
            case OutageCommand.AttributeCause c:
                if (string.IsNullOrWhiteSpace(c.Grounds)) return GroundsMissing;
                if (Outside(c.From, c.Until, ended) is { } wrong) return wrong;
                if (c.Cause == Cause.Owner && Unproven(dispute.Sight, ended, c.Confirmed) is { } unproven) return unproven;
                var attributed = new OutageEvent.CauseAttributed(id, device, venue, c.Cause, c.From, c.Until, c.Grounds);
                if (attributed == dispute.Attributed) return [];
                return c is { Cause: Cause.Owner, Confirmed: { } how } && how != dispute.Sight.Person
                    ? [new OutageEvent.ConfirmedByPerson(id, device, venue, how, c.From), attributed] : [attributed];
            case OutageCommand.LookAgain c:
                return !dispute.Sight.WasDark || c.At < card.StartedAt || c.At >= ended || !dispute.Sight.IsNews(c.Vantage)
                    ? [] : [new OutageEvent.LookedAgain(id, device, venue, c.Vantage, c.ProbeId, c.Seen, c.At)];
            case OutageCommand.Contest c:
                if (!Causes.Claimable.Contains(c.Cause)) return new Refusal("outage.cause-not-claimable", "A contest names the provider, the power supply, the authority or the probe.", "cause");
                if (c.Proof.Fault is { } fault) return fault;
                var contested = new OutageEvent.Contested(id, device, venue, c.ContestId, c.From, c.Until, c.Cause, c.Proof);
                if (dispute.Contests.FirstOrDefault(known => known.ContestId == c.ContestId) is { } same)
                    return same == contested ? [] : new Refusal("outage.contest-taken", "This id belongs to another contest.");
                if (Outside(c.From, c.Until, ended ?? c.At) is { } beyond) return beyond;
                return dispute.Contests.Any(known => known.From < c.Until && c.From < known.Until)
                    ? new Refusal("outage.minutes-contested", "Some of these minutes have been contested already; each is contested once.") : [contested];
            case OutageCommand.DecideContest c:
                if (string.IsNullOrWhiteSpace(c.Grounds)) return GroundsMissing;
                if (dispute.Contests.FirstOrDefault(known => known.ContestId == c.ContestId) is not { } contest)
                    return new Refusal("outage.contest-missing", "This outage has no such contest.");
                return dispute.Decided.FirstOrDefault(known => known.ContestId == c.ContestId) switch
                {
                    null => [new OutageEvent.ContestDecided(
                        id, device, venue, c.ContestId, contest.From, contest.Until, contest.Cause, c.Accepted, c.Grounds, AvailabilityFormula.Current)],
                    var known when known.Accepted == c.Accepted && known.Grounds == c.Grounds => [],
                    _ => new Refusal("outage.contest-decided", "This contest has been decided."),
                };
            case OutageCommand.Excuse c:
                return dispute.Excused.Any(known => known.MaintenanceId == c.MaintenanceId && known.Until == c.Until)
                    ? [] : [new OutageEvent.Excused(id, device, venue, c.MaintenanceId, c.From, c.Until)];
            default:
                throw new UnreachableException();
        }

        Refusal? Outside(DateTimeOffset from, DateTimeOffset? until, DateTimeOffset? last) =>
            until <= from ? new("outage.interval-backward", "The end lies before the beginning.", "until")
            : from < card.StartedAt || from >= last || until > last
                ? new("outage.interval-outside", "These minutes do not all lie within the outage.", from < card.StartedAt || from >= last ? "from" : "until") : null;
    }

    /// <summary>Two vantage points before a dark camera counts against its owner: a second probe, or a person.</summary>
    static Refusal? Unproven(Sight sight, DateTimeOffset? ended, PersonConfirmation? confirmed) =>
        sight.IsContradicted(ended) && !sight.WasSeen ? new("outage.contradicted", "Another probe saw the picture meanwhile: the fault lay on the first probe's way, and is never held against the owner.", "cause")
        : sight.WasDark && !sight.WasSeen && !sight.IsConfirmed && confirmed is null ? new("outage.unconfirmed", "Nobody saw this from a second place. The owner is named only where a person confirmed it: say how.", "confirmed")
        : null;

    static Outage Evolve(Outage state, OutageEvent fact) => (state, fact) switch
    {
        (_, OutageEvent.Opened card) => new Running(card, card.Verdict, card.StartedAt, new(null, [], [], [], Sight.Of(card))),
        (Running running, OutageEvent.VerdictChanged f) => running with
        {
            Verdict = f.Verdict, Since = f.At, Dispute = running.Dispute with { Sight = running.Dispute.Sight.With(running.Card.Kind, f.Verdict) },
        },
        (Running running, OutageEvent.ReasonChanged f) => running with { Reason = f },
        (Running(var card, _, _, var dispute), OutageEvent.Closed f) => new Over(card, f.EndedAt, dispute),
        (Running(var card, _, _, var dispute), OutageEvent.DutyEnded f) => new Over(card, f.EndedAt, dispute),
        (Running running, _) => running with { Dispute = Evolve(running.Dispute, fact) },
        (Over over, _) => over with { Dispute = Evolve(over.Dispute, fact) },
        _ => state,
    };

    static Disputes Evolve(Disputes dispute, OutageEvent fact) => fact switch
    {
        OutageEvent.CauseAttributed f => dispute with { Attributed = f },
        OutageEvent.Contested f => dispute with { Contests = [.. dispute.Contests, f] },
        // An accepted claim is the last word: what was attributed before may have to be said again.
        OutageEvent.ContestDecided f => dispute with { Attributed = f.Accepted ? null : dispute.Attributed, Decided = [.. dispute.Decided, f] },
        OutageEvent.Excused f => dispute with { Excused = [.. dispute.Excused.Where(e => e.MaintenanceId != f.MaintenanceId), f] },
        OutageEvent.LookedAgain f => dispute with { Sight = dispute.Sight with { Look = f } },
        OutageEvent.ConfirmedByPerson f => dispute with { Sight = dispute.Sight with { Person = f.How } },
        _ => dispute,
    };

    /// <summary>How it began; null of what never did.</summary>
    public static OutageEvent.Opened? CardOf(Outage outage) => outage switch { Running running => running.Card, Over over => over.Card, _ => null };

    static readonly Refusal GroundsMissing = new("outage.grounds-missing", "A decision says on which grounds.", "grounds");

    static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
