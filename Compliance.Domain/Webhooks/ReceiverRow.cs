using Compliance.Domain.Kernel;

namespace Compliance.Domain.Webhooks;

/// <summary>One receiver as lists show it, the newest first.</summary>
/// <param name="RegisteredBy">The actor as the log stamped it: <c>user:{subject id}</c>.</param>
/// <param name="Off">Why it is told nothing; null while it is.</param>
public sealed record ReceiverRow(
    Guid ReceiverId, string Url, IReadOnlyList<WebhookKind> Kinds, IReadOnlyList<string> Districts, string RegisteredBy, DateTimeOffset RegisteredAt, ReceiverOff? Off, DateTimeOffset? OffAt)
{
    public static readonly View<ReceiverRow> View = new(
        "webhook-list", 1, fact => (fact as ReceiverEvent)?.ReceiverId, Apply, _ => null, row => ViewOrder.NewestFirst(row.RegisteredAt));

    static ReceiverRow? Apply(ReceiverRow? row, object fact, Recorded recorded) => (row, fact) switch
    {
        (_, ReceiverEvent.Registered f) => new(f.ReceiverId, f.Url, f.Kinds, f.Districts, recorded.Origin.Actor, recorded.RecordedAt, null, null),
        (_, ReceiverEvent.Removed) => null,
        ({ }, ReceiverEvent.SwitchedOff f) => row with { Off = f.Because, OffAt = f.At },
        ({ }, ReceiverEvent.SwitchedOn) => row with { Off = null, OffAt = null },
        _ => row,
    };
}

/// <summary>A receiver, and how what it is sent arrives.</summary>
/// <param name="Waiting">Messages that are to be sent, for the first time or again.</param>
/// <param name="Dead">Messages that nobody sends any more unless a person says so.</param>
/// <param name="DeliveredAt">When one arrived last; null for never, or too long ago to be kept.</param>
public sealed record ReceiverLine(ReceiverRow Row, int Waiting, int Dead, DateTimeOffset? DeliveredAt);

public enum DeliveryState { Waiting, Delivered, Dead }

/// <summary>Why a message did not arrive.</summary>
public enum DeliveryTrouble { Timeout, Unreachable, Inside, Tls, Redirect, Status, SwitchedOff }

/// <summary>One message to one receiver. Its attempts are not facts: they stand beside the log and are deleted.</summary>
/// <param name="DueAt">When it is sent next; null where it is not.</param>
/// <param name="Status">What the receiver answered last (HTTP); null where it did not.</param>
public sealed record Delivery(
    Guid MessageId, Guid IncidentId, WebhookKind Kind, DateTimeOffset MadeAt, DeliveryState State, int Attempts, DateTimeOffset? TriedAt, DateTimeOffset? DueAt, int? Status, DeliveryTrouble? Trouble);

/// <summary>By which receivers check that a message is ours: Ed25519, base64 behind <c>whpk_</c>, as Standard Webhooks writes it.</summary>
public sealed record WebhookPublicKey(string Key);
