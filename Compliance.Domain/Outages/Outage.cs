using System.Diagnostics;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Outages;

/// <summary>Facts about one interval in which a duty of a device was not met.</summary>
public abstract record OutageEvent(Guid OutageId, Guid DeviceId, Guid VenueId)
{
    /// <param name="StartedAt">When the duty was last met, not when the failure was decided.</param>
    [EventName("outage.opened.v1")]
    public sealed record Opened(
        Guid OutageId, Guid DeviceId, Guid VenueId, DeviceKind Kind, Verdict Verdict, DateTimeOffset StartedAt, string Detail)
        : OutageEvent(OutageId, DeviceId, VenueId);

    [EventName("outage.verdict-changed.v1")]
    public sealed record VerdictChanged(Guid OutageId, Guid DeviceId, Guid VenueId, Verdict Verdict, DateTimeOffset At, string Detail)
        : OutageEvent(OutageId, DeviceId, VenueId);

    /// <param name="Verdict">What it had been in the end.</param>
    [EventName("outage.closed.v1")]
    public sealed record Closed(Guid OutageId, Guid DeviceId, Guid VenueId, Verdict Verdict, DateTimeOffset EndedAt) : OutageEvent(OutageId, DeviceId, VenueId);

    /// <summary>It ended because the duty did; nobody says that the device works again.</summary>
    /// <param name="Because">Why nothing is owed any more.</param>
    [EventName("outage.duty-ended.v1")]
    public sealed record DutyEnded(
        Guid OutageId, Guid DeviceId, Guid VenueId, Verdict Verdict, Verdict Because, DateTimeOffset EndedAt) : OutageEvent(OutageId, DeviceId, VenueId);
}

public abstract record OutageCommand
{
    public sealed record Open(
        Guid OutageId, Guid DeviceId, Guid VenueId, DeviceKind Kind, Verdict Verdict, DateTimeOffset StartedAt, string Detail) : OutageCommand;
    public sealed record ChangeVerdict(Verdict Verdict, DateTimeOffset At, string Detail) : OutageCommand;
    public sealed record Close(DateTimeOffset EndedAt) : OutageCommand;
    public sealed record EndDuty(Verdict Because, DateTimeOffset EndedAt) : OutageCommand;
}

/// <summary>An outage is opened once, may change its verdict, and is closed once. Its stream stays short.</summary>
public abstract record Outage
{
    public sealed record Unknown : Outage;
    /// <param name="Since">When the verdict it has now began.</param>
    public sealed record Running(OutageEvent.Opened Card, Verdict Verdict, DateTimeOffset Since) : Outage;
    public sealed record Over : Outage;

    public static readonly Decider<Outage, OutageCommand, OutageEvent> Decider = new("outage", new Unknown(), Decide, Evolve);

    static Decision<OutageEvent> Decide(Outage state, OutageCommand command) => (state, command) switch
    {
        (Unknown, OutageCommand.Open(var id, var device, var venue, var kind, var verdict, var started, var detail)) =>
            [new OutageEvent.Opened(id, device, venue, kind, verdict, started, detail)],
        (Running or Over, OutageCommand.Open) => [],
        (Running running, OutageCommand.ChangeVerdict old) when old.At < running.Since => [], // reacted to again
        (Running(var card, var verdict, _), OutageCommand.ChangeVerdict(var now, var at, var detail)) => now == verdict
            ? [] : [new OutageEvent.VerdictChanged(card.OutageId, card.DeviceId, card.VenueId, now, at, detail)],
        (Running(var card, var verdict, _), OutageCommand.Close(var ended)) =>
            [new OutageEvent.Closed(card.OutageId, card.DeviceId, card.VenueId, verdict, Later(ended, card.StartedAt))],
        (Running(var card, var verdict, _), OutageCommand.EndDuty(var because, var ended)) =>
            [new OutageEvent.DutyEnded(card.OutageId, card.DeviceId, card.VenueId, verdict, because, Later(ended, card.StartedAt))],
        (Over, OutageCommand.Close or OutageCommand.EndDuty or OutageCommand.ChangeVerdict) => [],
        (Unknown, _) => new Refusal("outage.unknown", "No such outage."),
        _ => throw new UnreachableException(),
    };

    static Outage Evolve(Outage state, OutageEvent fact) => (state, fact) switch
    {
        (_, OutageEvent.Opened card) => new Running(card, card.Verdict, card.StartedAt),
        (Running running, OutageEvent.VerdictChanged f) => running with { Verdict = f.Verdict, Since = f.At },
        (_, OutageEvent.Closed or OutageEvent.DutyEnded) => new Over(),
        _ => state,
    };

    static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
