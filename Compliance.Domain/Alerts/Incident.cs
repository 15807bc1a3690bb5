using System.Diagnostics;
using System.Text.Json.Serialization;
using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Alerts;

/// <summary>Who acts at a desk; a shift lead may take over what another took.</summary>
public readonly record struct Officer(Guid Id, bool IsLead);

public abstract record IncidentCommand
{
    public sealed record Gather(Guid IncidentId, Guid VenueId, string District, GatheredAlert Alert, DateTimeOffset At) : IncidentCommand;

    /// <summary>What the metronome asks: has nobody taken it for too long?</summary>
    /// <param name="Neighbour">The neighbouring district; null where there is none.</param>
    public sealed record Assess(DateTimeOffset Now, string? Neighbour, AlertRules Rules) : IncidentCommand;

    public sealed record Take(Officer By, DateTimeOffset At) : IncidentCommand;
    public sealed record Confirm(Officer By, DateTimeOffset At) : IncidentCommand;
    public sealed record Reject(RejectReason Reason, Writing? Said, Officer By, DateTimeOffset At) : IncidentCommand;
    public sealed record Undo(IncidentStep Step, [property: JsonIgnore] Officer By = default, [property: JsonIgnore] DateTimeOffset At = default) : IncidentCommand;
    public sealed record Dispatch(Officer By, DateTimeOffset At) : IncidentCommand;
    public sealed record Arrive(Officer By, DateTimeOffset At) : IncidentCommand;
    public sealed record Close(IncidentOutcome Outcome, Writing? Said, Officer By, DateTimeOffset At) : IncidentCommand;

    /// <param name="VenueOfTarget">Where the other one is; null when there is no such incident that is open.</param>
    public sealed record Merge(Guid Into, [property: JsonIgnore] Guid? VenueOfTarget = null, [property: JsonIgnore] Officer By = default, [property: JsonIgnore] DateTimeOffset At = default) : IncidentCommand;

    public sealed record Absorb(Guid From, IReadOnlyList<GatheredAlert> Alerts, DateTimeOffset At) : IncidentCommand;

    /// <param name="HasClip">It lies sealed, as the alert's own stream says.</param>
    public sealed record Preserve(
        Guid AlertId, string CaseNumber, DateOnly Until, [property: JsonIgnore] bool HasClip = false, [property: JsonIgnore] Officer By = default, [property: JsonIgnore] DateTimeOffset At = default) : IncidentCommand;

    public sealed record ViewClip(Guid AlertId, Guid By, DateOnly On) : IncidentCommand;

    /// <summary>Whoever has it in hand, or the shift lead, asks to see a clip as it was recorded.</summary>
    /// <param name="HasClip">It lies sealed, as the alert's own stream says.</param>
    public sealed record Unblur(
        UnblurReason Reason, string? CaseNumber, [property: JsonIgnore] Guid AlertId = default, [property: JsonIgnore] bool HasClip = false, [property: JsonIgnore] Officer By = default,
        [property: JsonIgnore] DateTimeOffset At = default) : IncidentCommand;

    /// <summary>Whoever has it in hand asks how those who answer for the venue are reached.</summary>
    public sealed record SeeContacts(Officer By, DateOnly On) : IncidentCommand;
}

/// <summary>What it is, whatever became of it.</summary>
/// <param name="Since">Since when somebody should take it.</param>
public sealed record IncidentMatter(IncidentEvent.Opened Card, IReadOnlyList<GatheredAlert> Alerts, DateTimeOffset Since, IReadOnlyList<EscalatedTo> Escalated,
    IReadOnlyList<IncidentEvent.ClipPreserved> Preserved, IReadOnlyList<IncidentEvent.ClipViewed> Viewed)
{
    /// <summary>Officers who were told how the venue is reached, and on which day.</summary>
    public IReadOnlyList<IncidentEvent.ContactsSeen> Told { get; init; } = [];

    /// <summary>Clips that somebody could see as they were recorded.</summary>
    public IReadOnlyList<IncidentEvent.ClipUnblurred> Unblurred { get; init; } = [];

    public Guid Id => Card.IncidentId;
    public Guid Venue => Card.VenueId;
    public IReadOnlyList<Guid> AlertIds => [.. Alerts.Select(a => a.AlertId)];
}

/// <summary>
/// An incident is taken, confirmed or rejected by a person, and only what a person confirmed is dispatched; it ends closed, rejected or as
/// part of another. What was just taken, confirmed, rejected, closed, or said to have arrived can be taken back; that somebody was sent cannot.
/// </summary>
public abstract record Incident
{
    public static readonly TimeSpan UndoWithin = TimeSpan.FromSeconds(10);

    /// <summary>So long a reason holds for seeing one clip as it was recorded: as long as a look at a camera.</summary>
    public static readonly TimeSpan UnblurFor = TimeSpan.FromMinutes(15);

    const int LongestWords = 1_000;

    public sealed record Unknown : Incident;

    public abstract record Known(IncidentMatter Matter) : Incident;

    public sealed record Untaken(IncidentMatter Matter) : Known(Matter);
    public sealed record Taken(IncidentMatter Matter, Guid By, DateTimeOffset At) : Known(Matter);
    /// <param name="Before">To be gone back to.</param>
    public sealed record Confirmed(IncidentMatter Matter, Guid By, DateTimeOffset At, Taken Before) : Known(Matter);
    public sealed record Rejected(IncidentMatter Matter, IncidentEvent.Rejected Said, Taken Before) : Known(Matter);
    public sealed record Dispatched(IncidentMatter Matter, Guid By) : Known(Matter);
    /// <param name="There">Who said that somebody is there.</param>
    /// <param name="At">When he said it.</param>
    public sealed record Arrived(IncidentMatter Matter, Guid By, Guid There, DateTimeOffset At) : Known(Matter);
    /// <param name="Before">To be gone back to.</param>
    public sealed record Closed(IncidentMatter Matter, IncidentEvent.Closed Said, Known Before) : Known(Matter);
    public sealed record Merged(IncidentMatter Matter, Guid Into) : Known(Matter);
    public sealed record Lapsed(IncidentMatter Matter) : Known(Matter);

    public static readonly Decider<Incident, IncidentCommand, IncidentEvent> Decider = new("policeincident", new Unknown(), IncidentDecisions.Decide, Evolve);

    /// <summary>Why an officer's words are not taken; null where they are. They are asked before they go to the vault: a fact holds only that they were said.</summary>
    public static Refusal? WordsRefused(string words) => words.Trim().Length > LongestWords ? IncidentDecisions.GroundsLong : null;

    /// <summary>Why an officer may not be shown a clip as it was recorded; null where he said why a moment ago and may still ask.</summary>
    public static Refusal? OriginalRefused(Incident state, Guid alert, Officer by, DateTimeOffset at) => IncidentDecisions.OriginalRefused(state, alert, by, at);

    /// <summary>Why an officer may not be shown what only those see who go there; null where he has the incident in hand, or leads once somebody took it.</summary>
    public static Refusal? HandRefused(Incident state, Guid alert, Officer by) => IncidentDecisions.HandRefused(state, alert, by);

    static Incident Evolve(Incident state, IncidentEvent fact) => (state, fact) switch
    {
        (_, IncidentEvent.Opened f) => new Untaken(new IncidentMatter(f, [f.Alert], f.At, [], [], [])),
        (Known known, IncidentEvent.AlertGathered f) => known with { Matter = known.Matter with { Alerts = [.. known.Matter.Alerts, f.Alert] } },
        (Known known, IncidentEvent.Absorbed f) => known with { Matter = known.Matter with { Alerts = [.. known.Matter.Alerts, .. f.Alerts] } },
        (Known known, IncidentEvent.Escalated f) => known with { Matter = known.Matter with { Escalated = [.. known.Matter.Escalated, f.To] } },
        (Known known, IncidentEvent.ClipPreserved f) => known with { Matter = known.Matter with { Preserved = [.. known.Matter.Preserved, f] } },
        (Known known, IncidentEvent.ClipViewed f) => known with { Matter = known.Matter with { Viewed = [.. known.Matter.Viewed, f] } },
        (Known known, IncidentEvent.ContactsSeen f) => known with { Matter = known.Matter with { Told = [.. known.Matter.Told, f] } },
        (Known known, IncidentEvent.ClipUnblurred f) => known with { Matter = known.Matter with { Unblurred = [.. known.Matter.Unblurred, f] } },
        (Confirmed known, IncidentEvent.Taken f) => known with { By = f.By },
        (Dispatched known, IncidentEvent.Taken f) => known with { By = f.By },
        (Arrived known, IncidentEvent.Taken f) => known with { By = f.By },
        (Known known, IncidentEvent.Taken f) => new Taken(known.Matter, f.By, f.At),
        (Taken taken, IncidentEvent.Confirmed f) => new Confirmed(taken.Matter, f.By, f.At, taken),
        (Taken taken, IncidentEvent.Rejected f) => new Rejected(taken.Matter, f, taken),
        (Taken taken, IncidentEvent.Undone) => new Untaken(taken.Matter),
        (Confirmed known, IncidentEvent.Undone) => known.Before with { Matter = known.Matter },
        (Rejected known, IncidentEvent.Undone) => known.Before with { Matter = known.Matter },
        (Arrived known, IncidentEvent.Undone) => new Dispatched(known.Matter, known.By),
        (Closed known, IncidentEvent.Undone) => known.Before with { Matter = known.Matter },
        (Known known, IncidentEvent.Dispatched f) => new Dispatched(known.Matter, f.By),
        (Dispatched sent, IncidentEvent.Arrived f) => new Arrived(sent.Matter, sent.By, f.By, f.At),
        (Known known, IncidentEvent.Closed f) => new Closed(known.Matter, f, known),
        (Known known, IncidentEvent.Merged f) => new Merged(known.Matter, f.Into),
        (Known known, IncidentEvent.Lapsed) => new Lapsed(known.Matter),
        (Known known, IncidentEvent.Reopened f) => new Untaken(known.Matter with { Since = f.At, Escalated = [] }),
        _ => state,
    };
}
