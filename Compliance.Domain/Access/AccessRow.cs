using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Access;

/// <summary>One access session as police and oversight list it: what runs or waits for a review stands on top, then the newest.</summary>
/// <param name="Views">What was on the screen, as the relay told it.</param>
/// <param name="ReviewDue">Of an urgent one that nobody reviewed yet.</param>
/// <param name="OpenedBy">The fact that it was opened by: its leaf in the transparent log binds unit, purpose and case from the first second.</param>
/// <param name="OpenedAtPosition">Where that fact stands in the log.</param>
public sealed record AccessRow(
    Guid SessionId, Guid VenueId, Guid OfficerId, string Unit, AccessPurpose Purpose, string? CaseNumber, Guid? IncidentId, bool Urgent, IReadOnlyList<Guid> Cameras,
    DateTimeOffset OpenedAt, DateTimeOffset Until, DateTimeOffset SealedUntil, IReadOnlyList<CameraView> Views, IReadOnlyList<TakenStill> Stills, IReadOnlyList<Extension> Extensions,
    DateTimeOffset? ClosedAt, AccessEnd? ClosedBecause, DateTimeOffset? ReviewDue, bool ReviewOverdue, AccessReview? Review, Guid OpenedBy,
    [property: System.Text.Json.Serialization.JsonConverter(typeof(LogPositionText))] LogPosition OpenedAtPosition)
{
    public static readonly View<AccessRow> View = new(
        "access-list", 3, fact => (fact as AccessEvent)?.SessionId, Apply, row => row.VenueId, row => $"{(row.Waits ? 0 : 1)}{ViewOrder.NewestFirst(row.OpenedAt)}");

    public bool IsOpen => ClosedAt is null;

    /// <summary>It runs, or somebody has yet to review it.</summary>
    bool Waits => IsOpen || ReviewDue is not null;

    /// <summary>How long pictures were on the officer's screen, all cameras together.</summary>
    public TimeSpan Looked => Views.Aggregate(TimeSpan.Zero, (sum, view) => sum + (view.To - view.From));

    static AccessRow? Apply(AccessRow? row, object fact, Recorded recorded) => (row, fact) switch
    {
        (null, AccessEvent.Opened f) => new(
            f.SessionId, f.VenueId, f.OfficerId, f.Unit, f.Purpose, f.CaseNumber, f.IncidentId, f.Urgent, f.Cameras, f.At, f.Until, f.SealedUntil, [], [], [], null, null,
            f.Urgent ? f.At + AccessSession.ReviewWithin : null, false, null, recorded.EventId, recorded.Position),
        ({ }, AccessEvent.CameraViewed f) => row with { Views = [.. row.Views, new(f.DeviceId, f.From, f.To)] },
        ({ }, AccessEvent.StillTaken f) => row with { Stills = [.. row.Stills, new(f.DeviceId, f.At, f.Sha256)] },
        ({ }, AccessEvent.Extended f) => row with { Until = f.Until, Extensions = [.. row.Extensions, new(recorded.RecordedAt, f.Reason, f.Until)] },
        ({ }, AccessEvent.Closed f) => row with { ClosedAt = f.At, ClosedBecause = f.Because },
        ({ }, AccessEvent.ReviewOverdue) => row with { ReviewOverdue = true },
        ({ }, AccessEvent.Reviewed f) => row with { ReviewDue = null, Review = new(f.ReviewerId, recorded.RecordedAt, f.Justified, f.OldWords) { Said = f.Said } },
        _ => row,
    };
}

/// <summary>One camera on one screen, from one instant to another.</summary>
public sealed record CameraView(Guid DeviceId, DateTimeOffset From, DateTimeOffset To);

/// <summary>A picture that an officer kept.</summary>
public sealed record TakenStill(Guid DeviceId, DateTimeOffset At, string Sha256);

public sealed record Extension(DateTimeOffset At, ExtensionReason Reason, DateTimeOffset Until);

/// <summary>What a supervisor held of an urgent session.</summary>
/// <param name="Grounds">The words themselves. The view holds only those that were stored before they went to the vault; a door that shows a session puts the others in, unless who said them was forgotten.</param>
public sealed record AccessReview(Guid ReviewerId, DateTimeOffset At, bool Justified, string? Grounds)
{
    /// <summary>Which words: they stand in the vault.</summary>
    public Writing? Said { get; init; }
}

/// <summary>What a supervisor holds of an urgent session, and on which grounds, in words.</summary>
public sealed record AccessVerdict(bool Justified, string Grounds)
{
    public override string ToString() => $"justified: {Justified}";
}

/// <summary>An access session as those who were watched read it: that it was, when, how long and at which cameras, at once; by whom and why, when its seal has ended.</summary>
/// <param name="Why">Null while it is sealed.</param>
/// <param name="OpenedBy">The fact whose leaf in the transparent log binds what is sealed.</param>
public sealed record SeenByPolice(
    Guid SessionId, DateTimeOffset OpenedAt, DateTimeOffset? ClosedAt, bool Urgent, IReadOnlyList<CameraView> Views, IReadOnlyList<Guid> Cameras, int Stills, DateTimeOffset SealedUntil, WhyTheyLooked? Why,
    bool? FoundJustified, Guid OpenedBy, [property: System.Text.Json.Serialization.JsonConverter(typeof(LogPositionText))] LogPosition OpenedAtPosition)
{
    public static SeenByPolice Of(AccessRow row, DateTimeOffset now) => new(
        row.SessionId, row.OpenedAt, row.ClosedAt, row.Urgent, row.Views, row.Cameras, row.Stills.Count, row.SealedUntil,
        now >= row.SealedUntil ? new(row.Unit, row.Purpose, row.CaseNumber, row.IncidentId is not null) : null, row.Review?.Justified, row.OpenedBy, row.OpenedAtPosition);

    public TimeSpan Looked => Views.Aggregate(TimeSpan.Zero, (sum, view) => sum + (view.To - view.From));
}

/// <param name="ForIncident">It answered an incident of the alert desk.</param>
public sealed record WhyTheyLooked(string Unit, AccessPurpose Purpose, string? CaseNumber, bool ForIncident);

/// <summary>Which camera of a session is to be shown now.</summary>
public sealed record LiveWanted(Guid DeviceId);

/// <summary>A ticket for one camera: it is good once, for seconds, on this officer's page. It goes as a subprotocol of the WebSocket, so that no log of addresses holds it.</summary>
/// <param name="Address">Of the relay; <c>http</c> stands for <c>ws</c>, as in the fetch standard.</param>
public sealed record LiveAdmission(Uri Address, string Ticket, DateTimeOffset ExpiresAt);
