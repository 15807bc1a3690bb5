using System.Diagnostics;
using System.Text.Json.Serialization;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Webhooks;

/// <summary>What happens to an incident and can be told to a receiver: a closed list, one value a fact.</summary>
public enum WebhookKind { Opened, Escalated, Taken, Undone, Confirmed, Rejected, Dispatched, Arrived, Closed, Merged, Lapsed, Reopened }

/// <summary>Why a receiver is told nothing: it answered 410 Gone, or a person switched it off.</summary>
public enum ReceiverOff { Gone, Person }

/// <summary>Facts about one receiver of webhooks: a control centre's own address that is told of incidents.</summary>
public abstract record ReceiverEvent(Guid ReceiverId)
{
    /// <param name="Url">Whole; it carries no secret.</param>
    /// <param name="Districts">By their short Kazakh names; none: every district.</param>
    [EventName("webhook.registered.v1")]
    public sealed record Registered(Guid ReceiverId, string Url, IReadOnlyList<WebhookKind> Kinds, IReadOnlyList<string> Districts) : ReceiverEvent(ReceiverId);

    [EventName("webhook.switched-off.v1")]
    public sealed record SwitchedOff(Guid ReceiverId, ReceiverOff Because, DateTimeOffset At) : ReceiverEvent(ReceiverId);

    [EventName("webhook.switched-on.v1")]
    public sealed record SwitchedOn(Guid ReceiverId, DateTimeOffset At) : ReceiverEvent(ReceiverId);

    [EventName("webhook.removed.v1")]
    public sealed record Removed(Guid ReceiverId, DateTimeOffset At) : ReceiverEvent(ReceiverId);
}

public abstract record ReceiverCommand
{
    /// <param name="MayBeInside">The settings name its host as one of the control centre's own network.</param>
    public sealed record Register(
        Guid ReceiverId, string Url, IReadOnlyList<WebhookKind> Kinds, IReadOnlyList<string> Districts, [property: JsonIgnore] bool MayBeInside = false) : ReceiverCommand;

    public sealed record SwitchOff(ReceiverOff Because, DateTimeOffset At) : ReceiverCommand;
    public sealed record SwitchOn(DateTimeOffset At) : ReceiverCommand;
    public sealed record Remove(DateTimeOffset At) : ReceiverCommand;
}

/// <summary>A receiver is registered once, with what it is told of; it can be switched off and on, and is removed for good. Another address is another receiver.</summary>
public abstract record Receiver
{
    public sealed record Unknown : Receiver;
    public sealed record Known(ReceiverEvent.Registered Card, ReceiverOff? Off) : Receiver;
    public sealed record Gone(ReceiverEvent.Registered Card) : Receiver;

    public static readonly Decider<Receiver, ReceiverCommand, ReceiverEvent> Decider = new("webhook", new Unknown(), Decide, Evolve);

    static Decision<ReceiverEvent> Decide(Receiver state, ReceiverCommand command) => (state, command) switch
    {
        (Unknown, ReceiverCommand.Register r) => FaultOf(r) is { } fault ? fault : [CardOf(r)],
        (Known { Card: var card }, ReceiverCommand.Register r) => Again(card, CardOf(r)),
        (Gone { Card: var card }, ReceiverCommand.Register r) => Again(card, CardOf(r)),
        (Unknown, _) => new Refusal("webhook.unknown", "There is no such receiver."),
        (Known { Off: null, Card.ReceiverId: var id }, ReceiverCommand.SwitchOff(var because, var at)) => [new ReceiverEvent.SwitchedOff(id, because, at)],
        (Known { Off: not null, Card.ReceiverId: var id }, ReceiverCommand.SwitchOn(var at)) => [new ReceiverEvent.SwitchedOn(id, at)],
        (Known, ReceiverCommand.SwitchOff or ReceiverCommand.SwitchOn) => [],
        (Known { Card.ReceiverId: var id }, ReceiverCommand.Remove(var at)) => [new ReceiverEvent.Removed(id, at)],
        (Gone, ReceiverCommand.SwitchOn) => new Refusal("webhook.removed", "This receiver was removed; register it anew."),
        (Gone, _) => [],
        _ => throw new UnreachableException(),
    };

    static Receiver Evolve(Receiver state, ReceiverEvent fact) => (state, fact) switch
    {
        (_, ReceiverEvent.Registered card) => new Known(card, null),
        (Known known, ReceiverEvent.SwitchedOff f) => known with { Off = f.Because },
        (Known known, ReceiverEvent.SwitchedOn) => known with { Off = null },
        (Known known, ReceiverEvent.Removed) => new Gone(known.Card),
        _ => state,
    };

    static Refusal? FaultOf(ReceiverCommand.Register r) => r.Kinds.Count == 0
        ? new("webhook.kinds-missing", "Name what the receiver is told of.", "kinds") : WebhookAddress.Faults(r.Url, r.MayBeInside);

    static ReceiverEvent.Registered CardOf(ReceiverCommand.Register r) => new(
        r.ReceiverId, r.Url.Trim(), [.. r.Kinds.Distinct().Order()], [.. r.Districts.Select(d => d.Trim()).Where(d => d.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);

    static Decision<ReceiverEvent> Again(ReceiverEvent.Registered card, ReceiverEvent.Registered again) =>
        card.Url == again.Url && card.Kinds.SequenceEqual(again.Kinds) && card.Districts.SequenceEqual(again.Districts)
            ? [] : new Refusal("webhook.already-registered", "This id belongs to another receiver; remove that one and register anew.");
}
