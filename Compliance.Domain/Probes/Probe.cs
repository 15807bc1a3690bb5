using System.Diagnostics;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Probes;

/// <summary>Facts about one probe box: the machine that pulls feeds as the police would.</summary>
public abstract record ProbeEvent(Guid ProbeId)
{
    [EventName("probe.enrolled.v1")]
    public sealed record Enrolled(Guid ProbeId, string Name) : ProbeEvent(ProbeId);

    [EventName("probe.key-rotated.v1")]
    public sealed record KeyRotated(Guid ProbeId) : ProbeEvent(ProbeId);

    [EventName("probe.assigned.v1")]
    public sealed record Assigned(Guid ProbeId, Guid VenueId) : ProbeEvent(ProbeId);

    [EventName("probe.unassigned.v1")]
    public sealed record Unassigned(Guid ProbeId, Guid VenueId) : ProbeEvent(ProbeId);

    /// <param name="LastHeard">The last heartbeat; from then on nothing is known of its devices.</param>
    [EventName("probe.went-silent.v1")]
    public sealed record WentSilent(Guid ProbeId, DateTimeOffset LastHeard) : ProbeEvent(ProbeId);

    [EventName("probe.heard-again.v1")]
    public sealed record HeardAgain(Guid ProbeId, DateTimeOffset At) : ProbeEvent(ProbeId);

    [EventName("probe.blind-began.v1")]
    public sealed record BlindBegan(Guid ProbeId, DateTimeOffset At) : ProbeEvent(ProbeId);

    [EventName("probe.blind-ended.v1")]
    public sealed record BlindEnded(Guid ProbeId, DateTimeOffset At) : ProbeEvent(ProbeId);

    [EventName("probe.revoked.v1")]
    public sealed record Revoked(Guid ProbeId, string Reason) : ProbeEvent(ProbeId);
}

public abstract record ProbeCommand
{
    public sealed record Enrol(Guid ProbeId, string Name) : ProbeCommand;
    public sealed record RotateKey : ProbeCommand;
    public sealed record Assign(Guid VenueId) : ProbeCommand;
    public sealed record Unassign(Guid VenueId) : ProbeCommand;

    /// <summary>What the metronome and each heartbeat ask: is the box silent, is it blind?</summary>
    public sealed record Assess(DateTimeOffset LastHeard, bool Blind, DateTimeOffset Now, TimeSpan Patience) : ProbeCommand;

    public sealed record Revoke(string Reason) : ProbeCommand;
}

/// <summary>A probe is enrolled once, watches the venues assigned to it, may fall silent or blind, and is revoked once.</summary>
public abstract record Probe
{
    public sealed record Unknown : Probe;
    public sealed record Enrolled(ProbeEvent.Enrolled Card, IReadOnlyList<Guid> Venues, bool Silent, bool Blind) : Probe;
    public sealed record Gone : Probe;

    public static readonly Decider<Probe, ProbeCommand, ProbeEvent> Decider = new("probe", new Unknown(), Decide, Evolve);

    static Decision<ProbeEvent> Decide(Probe state, ProbeCommand command) => (state, command) switch
    {
        (Unknown, ProbeCommand.Enrol(var id, var name)) => [new ProbeEvent.Enrolled(id, name)],
        (Enrolled(var card, _, _, _), ProbeCommand.Enrol again) when card.Name == again.Name => [],
        (Enrolled, ProbeCommand.Enrol) => new Refusal("probe.already-enrolled", "This id belongs to another probe."),
        (Enrolled(var card, _, _, _), ProbeCommand.RotateKey) => [new ProbeEvent.KeyRotated(card.ProbeId)],
        (Enrolled(var card, var venues, _, _), ProbeCommand.Assign(var venue)) =>
            venues.Contains(venue) ? [] : [new ProbeEvent.Assigned(card.ProbeId, venue)],
        (Enrolled(var card, var venues, _, _), ProbeCommand.Unassign(var venue)) =>
            venues.Contains(venue) ? [new ProbeEvent.Unassigned(card.ProbeId, venue)] : [],
        (Enrolled probe, ProbeCommand.Assess assess) => Assess(probe, assess),
        (Enrolled(var card, _, _, _), ProbeCommand.Revoke(var reason)) => [new ProbeEvent.Revoked(card.ProbeId, reason)],
        (Gone, ProbeCommand.Revoke) => [],
        (Unknown, _) => new Refusal("probe.unknown", "No such probe."),
        (Gone, _) => new Refusal("probe.revoked", "The probe has been revoked."),
        _ => throw new UnreachableException(),
    };

    static Decision<ProbeEvent> Assess(Enrolled probe, ProbeCommand.Assess assess)
    {
        var id = probe.Card.ProbeId;
        var silent = assess.Now - assess.LastHeard > assess.Patience;
        List<ProbeEvent> facts = [];
        if (silent && !probe.Silent) facts.Add(new ProbeEvent.WentSilent(id, assess.LastHeard));
        if (!silent && probe.Silent) facts.Add(new ProbeEvent.HeardAgain(id, assess.LastHeard));
        if (!silent && assess.Blind && !probe.Blind) facts.Add(new ProbeEvent.BlindBegan(id, assess.Now));
        if (!silent && !assess.Blind && probe.Blind) facts.Add(new ProbeEvent.BlindEnded(id, assess.Now));
        return new(facts, null);
    }

    static Probe Evolve(Probe state, ProbeEvent fact) => (state, fact) switch
    {
        (_, ProbeEvent.Enrolled card) => new Enrolled(card, [], false, false),
        (Enrolled probe, ProbeEvent.Assigned f) => probe with { Venues = [.. probe.Venues, f.VenueId] },
        (Enrolled probe, ProbeEvent.Unassigned f) => probe with { Venues = [.. probe.Venues.Where(v => v != f.VenueId)] },
        (Enrolled probe, ProbeEvent.WentSilent) => probe with { Silent = true },
        (Enrolled probe, ProbeEvent.HeardAgain) => probe with { Silent = false },
        (Enrolled probe, ProbeEvent.BlindBegan) => probe with { Blind = true },
        (Enrolled probe, ProbeEvent.BlindEnded) => probe with { Blind = false },
        (_, ProbeEvent.Revoked) => new Gone(),
        _ => state,
    };
}
