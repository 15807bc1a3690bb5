using System.Text.Json;
using Compliance.Domain.Alerts;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Webhooks;

/// <summary>What a receiver is sent: the envelope of Standard Webhooks (type, timestamp, data). It follows from the fact alone, so the same message is always the same bytes.</summary>
/// <param name="Type"><c>incident.opened</c> and so on.</param>
/// <param name="Timestamp">When the fact was recorded.</param>
public sealed record WebhookMessage(string Type, DateTimeOffset Timestamp, WebhookData Data)
{
    /// <summary>Under which it is sent to one receiver; told twice, it is one message.</summary>
    public static Guid IdOf(Guid eventId, Guid receiverId) => EventIds.From(eventId, $"webhook/{receiverId:N}");

    /// <summary>As the header says it.</summary>
    public static string NameOf(Guid messageId) => $"msg_{messageId:N}";

    public byte[] Encode() => JsonSerializer.SerializeToUtf8Bytes(this, EventCatalog.Json);

    /// <summary>Null for what no receiver is told of. What joins is told as opened where <see cref="Of"/> finds nothing before it that they were told of.</summary>
    public static WebhookKind? KindOf(IncidentEvent fact) => fact switch
    {
        IncidentEvent.Opened or IncidentEvent.AlertGathered or IncidentEvent.Absorbed => WebhookKind.Opened,
        IncidentEvent.Escalated => WebhookKind.Escalated,
        IncidentEvent.Taken => WebhookKind.Taken,
        IncidentEvent.Undone => WebhookKind.Undone,
        IncidentEvent.Confirmed => WebhookKind.Confirmed,
        IncidentEvent.Rejected => WebhookKind.Rejected,
        IncidentEvent.Dispatched => WebhookKind.Dispatched,
        IncidentEvent.Arrived => WebhookKind.Arrived,
        IncidentEvent.Closed => WebhookKind.Closed,
        IncidentEvent.Merged => WebhookKind.Merged,
        IncidentEvent.Lapsed => WebhookKind.Lapsed,
        IncidentEvent.Reopened => WebhookKind.Reopened,
        _ => null,
    };

    /// <param name="matter">The incident as it stood with this very fact.</param>
    /// <param name="cap">Where the whole of it can be asked for, as it stands then.</param>
    /// <returns>Null where receivers are not told: nothing of it is for them (see <see cref="AlertKinds.IsForOthers"/>), or what joined is nothing new to them.</returns>
    public static WebhookMessage? Of(IncidentEvent fact, Recorded recorded, IncidentMatter matter, Uri cap)
    {
        GatheredAlert[] told = [.. matter.Alerts.Where(a => a.Kind.IsForOthers())];
        IReadOnlyList<GatheredAlert> joined = fact switch { IncidentEvent.AlertGathered f => [f.Alert], IncidentEvent.Absorbed f => f.Alerts, _ => told };
        if (KindOf(fact) is not { } kind || told.Length == 0 || joined.Count(a => a.Kind.IsForOthers()) < told.Length) return null;
        var top = told.MaxBy(a => a.Kind.Urgency())!.Kind;
        return new($"incident.{JsonNamingPolicy.KebabCaseLower.ConvertName($"{kind}")}", recorded.RecordedAt,
            new(recorded.EventId, matter.Id, matter.Venue, matter.Card.District, top, top.Urgency(), told.Length, cap));
    }
}

/// <summary>Which incident, where, and how urgent; nobody is named in it, neither who was seen nor who acted.</summary>
/// <param name="Kind">Of its most urgent alert.</param>
/// <param name="Cap">Its CAP 1.2 message, for whoever may ask for it.</param>
public sealed record WebhookData(
    Guid EventId, Guid IncidentId, Guid VenueId, string District, AlertKind Kind, Urgency Urgency, int Alerts, Uri Cap);

/// <summary>When a message that did not arrive is sent again: five seconds later, then three times as long each time, six hours at most; ten times in all, spread over some eleven hours.</summary>
public static class WebhookRetry
{
    public const int Most = 10;

    static readonly TimeSpan First = TimeSpan.FromSeconds(5), Longest = TimeSpan.FromHours(6);

    /// <param name="attempts">How often it was sent, 1 or more.</param>
    /// <param name="chance">Of 0 to 1: a fifth of the wait is left to it, so that what failed together does not come back together.</param>
    /// <returns>Null when it has been sent often enough.</returns>
    public static TimeSpan? After(int attempts, double chance) => attempts >= Most ? null
        : TimeSpan.FromSeconds(Math.Min(First.TotalSeconds * Math.Pow(3, attempts - 1), Longest.TotalSeconds) * (0.9 + (0.2 * chance)));
}
