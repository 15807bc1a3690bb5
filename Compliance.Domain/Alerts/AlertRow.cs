using Compliance.Domain.Kernel;

namespace Compliance.Domain.Alerts;

/// <summary>One alert as desks show it. What no desk was called for stands on top of the list, the newest first.</summary>
/// <param name="SeenUntil">Null while it goes on.</param>
/// <param name="Seen">As it was told last.</param>
/// <param name="HasClip">The clip lies sealed and can be seen.</param>
/// <param name="PreservedUntil">The last day of a hold; null for none.</param>
public sealed record AlertRow(
    Guid AlertId, Guid VenueId, Guid? DeviceId, AlertKind Kind, DateTimeOffset SeenFrom, DateTimeOffset? SeenUntil, DateTimeOffset RaisedAt, Sighting? Seen, AlertCause? Cause,
    AlertClip? Clip, bool HasClip, Guid? IncidentId, AlertEvent.Suppressed? Suppressed, AlertJudgement? Judgement, DateOnly? PreservedUntil)
{
    /// <summary>What was told of the blurred copy.</summary>
    public BlurredClip? Blurred { get; init; }

    /// <summary>The blurred copy lies sealed: it is what is shown.</summary>
    public bool HasBlurred { get; init; }

    public static readonly View<AlertRow> View = new(
        "alert-list", 2, fact => fact switch
        {
            AlertEvent f => f.AlertId,
            IncidentEvent.ClipPreserved f => f.AlertId,
            _ => null,
        }, Apply, row => row.VenueId, row => $"{(row.IsHeldBack ? 0 : 1)}{ViewOrder.NewestFirst(row.RaisedAt)}");

    /// <summary>No desk was called, and nobody took it from there.</summary>
    public bool IsHeldBack => Suppressed is not null && IncidentId is null;

    static AlertRow? Apply(AlertRow? row, object fact, Recorded recorded) => (row, fact) switch
    {
        (null, AlertEvent.Raised f) => new(f.AlertId, f.VenueId, f.DeviceId, f.Kind, f.SeenFrom, null, recorded.RecordedAt, f.Seen, f.Cause, null, false, null, null, null, null),
        ({ }, AlertEvent.ClipTold f) => row with { Clip = f.Clip },
        ({ }, AlertEvent.Ended f) => row with { SeenUntil = f.SeenUntil, Seen = f.Seen ?? row.Seen },
        ({ }, AlertEvent.Placed f) => row with { IncidentId = f.IncidentId },
        ({ }, AlertEvent.Suppressed f) => row with { Suppressed = f },
        ({ }, AlertEvent.Judged f) => row with { Judgement = f.Now },
        ({ }, AlertEvent.ClipKept) => row with { HasClip = true },
        ({ }, AlertEvent.ClipErased) => row with { HasClip = false },
        ({ }, AlertEvent.BlurredClipTold f) => row with { Blurred = f.Clip },
        ({ }, AlertEvent.BlurredClipKept) => row with { HasBlurred = true },
        ({ }, AlertEvent.BlurredClipErased) => row with { HasBlurred = false },
        ({ }, IncidentEvent.ClipPreserved f) => row with { PreservedUntil = f.Until },
        _ => row,
    };
}

/// <summary>An alert for which nobody has said yet whether a desk is called: the most urgent first, then in the order they came.</summary>
public sealed record WaitingAlert(Guid AlertId, Guid VenueId, AlertEvent.Raised Card, DateTimeOffset RaisedAt)
{
    public static readonly View<WaitingAlert> View = new(
        "alert-waiting", 2, fact => (fact as AlertEvent)?.AlertId, Apply, row => row.VenueId, row => $"{Urgency.Critical - row.Card.Kind.Urgency()}{row.RaisedAt.UtcTicks:D20}");

    static WaitingAlert? Apply(WaitingAlert? row, object fact, Recorded recorded) => fact switch
    {
        AlertEvent.Raised f => new(f.AlertId, f.VenueId, f, recorded.RecordedAt),
        AlertEvent.Placed or AlertEvent.Suppressed => null,
        _ => row,
    };
}

/// <summary>The newest alert of one device (or venue, where no device spoke) and kind that a desk was shown.</summary>
public sealed record LastAlert(Guid AlertId, Guid VenueId, DateTimeOffset SeenFrom)
{
    public static readonly View<LastAlert> View = new(
        "alert-last", 1, fact => fact is AlertEvent.Placed f ? KeyOf(f.DeviceId ?? f.VenueId, f.Kind) : null,
        (row, fact, _) => fact is AlertEvent.Placed f && !(row?.SeenFrom > f.SeenFrom) ? new(f.AlertId, f.VenueId, f.SeenFrom) : row,
        row => row.VenueId, row => row.AlertId.ToString("N"));

    public static Guid KeyOf(Guid source, AlertKind kind) => EventIds.From(source, $"last-alert/{kind}");
}

/// <summary>Clips that lie sealed, as they were recorded, blurred or both, the one to be erased first on top.</summary>
/// <param name="Until">After which it is erased.</param>
public sealed record KeptClip(Guid AlertId, Guid VenueId, DateTimeOffset KeptAt, bool IsConfirmed, DateOnly? PreservedUntil)
{
    /// <summary>So long a clip is kept of which nobody says that it shows something (requirement D 2 of the law on personal data as read by this project).</summary>
    public static readonly TimeSpan Unconfirmed = TimeSpan.FromHours(24);

    /// <summary>So long one is kept that a person confirmed, unless it is preserved for a case.</summary>
    public static readonly TimeSpan Confirmed = TimeSpan.FromDays(30);

    public static readonly View<KeptClip> View = new(
        "alert-clips", 2, fact => fact switch
        {
            AlertEvent.ClipKept or AlertEvent.ClipErased or AlertEvent.BlurredClipKept or AlertEvent.BlurredClipErased or AlertEvent.Judged => ((AlertEvent)fact).AlertId,
            IncidentEvent.ClipPreserved f => f.AlertId,
            _ => null,
        }, Apply, row => row.VenueId, row => $"{row.Until.UtcTicks:D20}");

    public DateTimeOffset Until
    {
        get
        {
            var usual = KeptAt + (IsConfirmed ? Confirmed : Unconfirmed);
            return PreservedUntil is { } day && Venues.VenueZone.Midnight(day.AddDays(1)) is var held && held > usual ? held : usual;
        }
    }

    static KeptClip? Apply(KeptClip? row, object fact, Recorded recorded) => (row, fact) switch
    {
        (null, AlertEvent.ClipKept f) => new(f.AlertId, f.VenueId, recorded.RecordedAt, f.IsConfirmed, null),
        (null, AlertEvent.BlurredClipKept f) => new(f.AlertId, f.VenueId, recorded.RecordedAt, f.IsConfirmed, null),
        ({ }, AlertEvent.ClipErased or AlertEvent.BlurredClipErased) => null,
        ({ }, AlertEvent.Judged f) => row with { IsConfirmed = f.Now is { IsConfirmed: true } },
        ({ }, IncidentEvent.ClipPreserved f) => row with { PreservedUntil = f.Until },
        _ => row,
    };
}
