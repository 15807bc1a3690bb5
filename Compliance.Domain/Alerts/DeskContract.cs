using System.Text.Json.Serialization;
using Compliance.Domain.Devices;
using Compliance.Domain.Drills;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Alerts;

/// <summary>An incident as the queue shows it: where, what was seen, how surely, and where it stands.</summary>
/// <param name="Alerts">Its alerts, the newest first; in a list no more than <see cref="Newest"/>, and what is critical is always among them.</param>
public sealed record IncidentLine(IncidentCard Card, string NameKk, string NameRu, string Address, string District, IReadOnlyList<AlertSeen> Alerts)
{
    /// <summary>So many alerts of each incident a list tells.</summary>
    public const int Newest = 20;

    /// <summary>How many it holds beyond those that are told here; the incident alone tells all.</summary>
    public int More { get; init; }

    /// <summary>Where the venue stands.</summary>
    public GeoPosition? Position { get; init; }

    /// <summary>That it was a drill, once it is over; null of everything else, and of a drill until then.</summary>
    public DrillTold? Test { get; init; }
}

/// <summary>An alert, and where what saw it stands.</summary>
/// <param name="PlaceKk">Of the device; null where no device spoke, or it is gone.</param>
public sealed record AlertSeen(AlertRow Row, string? PlaceKk, string? PlaceRu, DeviceKind? Device)
{
    /// <summary>Who called, of a panic button.</summary>
    public PanicWay? Panic { get; init; }
}

/// <summary>An alert that no desk was called for.</summary>
public sealed record HeldBackAlert(AlertSeen Alert, string NameKk, string NameRu, string District);

/// <summary>How a desk stands: what waits, what is in hand, what was held back, and its last hours.</summary>
/// <param name="HeldBack">In the hours shown, and not fetched since.</param>
/// <param name="LateProbes">Boxes that are not heard: what their detectors would tell does not come.</param>
public sealed record DeskCounts(int Untaken, int InHand, int HeldBack, int LateProbes, IReadOnlyList<DeskHour> Hours)
{
    /// <summary>Boxes that leave out cameras because their machine cannot keep up: what their detectors would tell comes late or not at all.</summary>
    public int SheddingProbes { get; init; }

    /// <summary>Since when no witness has signed what the transparent log published; null where all is signed, or nobody was named to.</summary>
    public DateTimeOffset? UnwitnessedSince { get; init; }

    /// <summary>The views of the API do not follow its log: what stands on the screen may be old.</summary>
    public bool ViewsBehind { get; init; }

    /// <summary>Faces that two officers have to look at, of all districts: until they did no desk is called.</summary>
    public int Candidates { get; init; }

    /// <summary>Something of the system itself does not do what the desk relies on.</summary>
    [JsonIgnore]
    public bool IsDegraded => LateProbes > 0 || SheddingProbes > 0 || UnwitnessedSince is not null || ViewsBehind;
}

/// <summary>That an incident is none.</summary>
/// <param name="Grounds">In the officer's own words; asked for where the reason is none of the list.</param>
public sealed record IncidentRejection(RejectReason Reason, string? Grounds)
{
    public override string ToString() => $"{Reason}";
}

/// <summary>What came of an incident.</summary>
/// <param name="Grounds">In the officer's own words; asked for where the outcome is none of the list.</param>
public sealed record IncidentEnd(IncidentOutcome Outcome, string? Grounds)
{
    public override string ToString() => $"{Outcome}";
}

/// <summary>How those who answer for a venue today are reached, told to the officer who has an incident there in hand.</summary>
public sealed record VenueContacts(IReadOnlyList<VenueContact> People)
{
    /// <summary>Null where the venue named no telephone of its guards.</summary>
    public GuardsPost? Post { get; init; }
}

/// <summary>How the guards' post is reached, and how many guards are there now.</summary>
public sealed record GuardsPost(string Number, int OnDuty)
{
    public override string ToString() => $"guards' post, {OnDuty} on duty";
}

/// <param name="Contact">A telephone number or an address, as the person gave it; null where none is kept.</param>
public sealed record VenueContact(Post Post, string Name, string? Contact);

/// <summary>What those who answer for a venue are told of an incident, once it is over: that there was one, of what kind, and what came of it.</summary>
/// <param name="Outcome">Null where nothing was found to be an incident, or nobody took it.</param>
public sealed record EndedIncident(Guid IncidentId, IReadOnlyList<AlertKind> Kinds, DateTimeOffset OpenedAt, DateTimeOffset EndedAt, bool IsConfirmed, IncidentOutcome? Outcome)
{
    /// <summary>When somebody of the police could see a clip of it without its blur.</summary>
    public IReadOnlyList<DateTimeOffset> Unblurred { get; init; } = [];
}
