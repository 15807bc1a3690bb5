using System.Text.Json.Serialization;
using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Alerts;

/// <summary>Where an incident stands.</summary>
public enum IncidentStage { New, Taken, Confirmed, Dispatched, Arrived, Closed, Rejected, Merged, Lapsed }

/// <summary>One incident as the desk shows it. What is not over stands on top, the most urgent first, then the newest.</summary>
/// <param name="Desks">Districts whose desks have it: its own, and the neighbour's once nobody took it.</param>
/// <param name="WithLead">It went to the shift lead.</param>
/// <param name="Since">Since when somebody should take it.</param>
/// <param name="StageAt">When it came to where it stands.</param>
/// <param name="Revision">Of its stream: the ETag a command may name.</param>
public sealed record IncidentCard(
    Guid IncidentId, Guid VenueId, IReadOnlyList<string> Desks, bool WithLead, IncidentStage Stage, DateTimeOffset OpenedAt, DateTimeOffset Since, DateTimeOffset StageAt, Guid? By,
    IReadOnlyList<GatheredAlert> Alerts, long Revision)
{
    public IReadOnlyList<IncidentInstant> Instants { get; init; } = [];

    /// <summary>When its stage last moved, back as well: <c>StageAt</c> is then earlier.</summary>
    public DateTimeOffset ChangedAt { get; init; } = StageAt;
    public RejectReason? Reason { get; init; }
    public IncidentOutcome? Outcome { get; init; }

    /// <summary>In whose words, and which: they stand in the vault.</summary>
    public Writing? Said { get; init; }

    /// <summary>The words themselves. The view holds only those that were stored before they went to the vault; a door that shows an incident puts the others in, unless who said them was forgotten.</summary>
    public string? Grounds { get; init; }

    /// <summary>Who had it in hand when it was closed.</summary>
    public Guid? Holder { get; init; }

    /// <summary>Who said that somebody is there.</summary>
    public Guid? There { get; init; }

    /// <summary>What it is part of now.</summary>
    public Guid? Into { get; init; }
    public IReadOnlyList<ClipHold> Holds { get; init; } = [];
    public IReadOnlyList<ClipView> Views { get; init; } = [];

    /// <summary>When somebody said why he needs to see a clip as it was recorded.</summary>
    public IReadOnlyList<DateTimeOffset> Unblurred { get; init; } = [];

    [JsonIgnore]
    public Urgency Urgency => Alerts.Max(a => a.Kind.Urgency());

    [JsonIgnore]
    public bool IsOver => Stage >= IncidentStage.Closed;

    public static readonly View<IncidentCard> View = new(
        "policeincident-card", 5, fact => (fact as IncidentEvent)?.IncidentId, Apply, card => card.VenueId,
        card => $"{(card.IsOver ? 1 : 0)}{(card.IsOver ? 0 : Urgency.Critical - card.Urgency)}{ViewOrder.NewestFirst(card.OpenedAt)}");

    static IncidentCard? Apply(IncidentCard? card, object fact, Recorded recorded) => (card, fact) switch
    {
        (null, IncidentEvent.Opened f) => new(f.IncidentId, f.VenueId, [f.District], false, IncidentStage.New, f.At, f.At, f.At, null, [f.Alert], recorded.Revision),
        (null, _) => null,
        (_, IncidentEvent own) => After(card, own) with { Revision = recorded.Revision },
        _ => card,
    };

    static IncidentCard After(IncidentCard card, IncidentEvent fact) => fact switch
    {
        IncidentEvent.AlertGathered f => card with { Alerts = [.. card.Alerts, f.Alert] },
        IncidentEvent.Absorbed f => card with { Alerts = [.. card.Alerts, .. f.Alerts] },
        IncidentEvent.Escalated { Desk: { } desk } => card with { Desks = [.. card.Desks, desk] },
        IncidentEvent.Escalated => card with { WithLead = true },
        IncidentEvent.Taken f when card.Stage is IncidentStage.New => card.To(IncidentStage.Taken, f.At, f.By),
        IncidentEvent.Taken f => card with { By = f.By },
        IncidentEvent.Confirmed f => card.To(IncidentStage.Confirmed, f.At, f.By),
        IncidentEvent.Rejected f => card.To(IncidentStage.Rejected, f.At, f.By) with { Reason = f.Reason, Said = f.Said, Grounds = f.OldWords },
        IncidentEvent.Undone f => card.Back(f),
        IncidentEvent.Dispatched f => card.To(IncidentStage.Dispatched, f.At, f.By),
        IncidentEvent.Arrived f => card.To(IncidentStage.Arrived, f.At, card.By) with { There = f.By },
        IncidentEvent.Closed f => card.To(IncidentStage.Closed, f.At, f.By) with { Holder = card.By, Outcome = f.Outcome, Said = f.Said, Grounds = f.OldWords },
        IncidentEvent.Merged f => card.To(IncidentStage.Merged, f.At, f.By) with { Into = f.Into },
        IncidentEvent.Lapsed f => card.To(IncidentStage.Lapsed, f.At, null),
        IncidentEvent.Reopened f => card.To(IncidentStage.New, f.At, null) with { Since = f.At, WithLead = false, Desks = [card.Desks[0]], Reason = null, Outcome = null, Said = null, Grounds = null, Into = null },
        IncidentEvent.ClipPreserved f => card with { Holds = [.. card.Holds.Where(h => h.AlertId != f.AlertId), new(f.AlertId, f.CaseNumber, f.Until)] },
        IncidentEvent.ClipViewed f => card with { Views = [.. card.Views, new(f.AlertId, f.By, f.On)] },
        IncidentEvent.ClipUnblurred f => card with { Unblurred = [.. card.Unblurred, f.At] },
        _ => card,
    };

    IncidentCard To(IncidentStage stage, DateTimeOffset at, Guid? by) => this with { Stage = stage, StageAt = at, ChangedAt = at, By = by, Instants = [.. Instants, new(stage, at)] };

    /// <summary>What was taken back stays in the log; here it stands as it stood before.</summary>
    IncidentCard Back(IncidentEvent.Undone f) => f.Step switch
    {
        IncidentStep.Taken => To(IncidentStage.New, f.At, null) with { Instants = [] },
        IncidentStep.Arrived => Without(IncidentStage.Arrived, By) with { ChangedAt = f.At, There = null },
        IncidentStep.Closed => Without(IncidentStage.Closed, Holder) with { ChangedAt = f.At, Holder = null, Outcome = null, Said = null, Grounds = null },
        _ => To(IncidentStage.Taken, f.At, By) with { Instants = [.. Instants.Where(i => i.Stage == IncidentStage.Taken)], Reason = null, Said = null, Grounds = null },
    };

    /// <summary>As it was before it came to that stage.</summary>
    IncidentCard Without(IncidentStage stage, Guid? by) =>
        Instants.Where(i => i.Stage != stage).ToArray() is [.., var last] left ? this with { Stage = last.Stage, StageAt = last.At, By = by, Instants = left } : this;
}

/// <summary>When an incident came to a stage.</summary>
public sealed record IncidentInstant(IncidentStage Stage, DateTimeOffset At);

/// <summary>A clip that is kept for a case.</summary>
public sealed record ClipHold(Guid AlertId, string CaseNumber, DateOnly Until);

/// <summary>That an officer saw a clip.</summary>
public sealed record ClipView(Guid AlertId, Guid By, DateOnly On);

/// <summary>Incidents of one venue that may take another alert in.</summary>
public sealed record VenueIncidents(Guid VenueId, IReadOnlyList<VenueIncident> Lately)
{
    /// <summary>So many that begin newest are kept: an alert joins what was just now.</summary>
    const int Most = 20;

    public static readonly View<VenueIncidents> View = new(
        "alert-open", 2, fact => fact switch { AlertEvent.Placed f => f.VenueId, IncidentEvent f => f.VenueId, _ => null }, Apply, row => row.VenueId, row => row.VenueId.ToString("N"));

    [JsonIgnore]
    public IReadOnlyList<OpenIncident> Open => [.. Lately.Where(i => !i.IsOver).Select(i => i.Incident)];

    static VenueIncidents? Apply(VenueIncidents? row, object fact, Recorded recorded) => (row, fact) switch
    {
        (_, AlertEvent.Placed f) => With(row ?? new(f.VenueId, []), f),
        ({ }, IncidentEvent.Absorbed f) => row.Absorb(f),
        ({ }, IncidentEvent.Rejected or IncidentEvent.Closed or IncidentEvent.Merged or IncidentEvent.Lapsed) => row.Set(((IncidentEvent)fact).IncidentId, isOver: true),
        ({ }, IncidentEvent.Undone { Step: IncidentStep.Rejected or IncidentStep.Closed } f) => row.Set(f.IncidentId, isOver: false),
        ({ }, IncidentEvent.Reopened f) => row.Set(f.IncidentId, isOver: false),
        _ => row,
    };

    static VenueIncidents With(VenueIncidents row, AlertEvent.Placed f)
    {
        var (urgency, known) = (f.Kind.Urgency(), row.Lately.FirstOrDefault(i => i.Incident.IncidentId == f.IncidentId));
        var next = known is null ? new VenueIncident(new(f.IncidentId, urgency, f.SeenFrom), false) : known with
        {
            Incident = known.Incident with
            {
                Urgency = urgency > known.Incident.Urgency ? urgency : known.Incident.Urgency, LastSeen = f.SeenFrom > known.Incident.LastSeen ? f.SeenFrom : known.Incident.LastSeen,
                Alerts = known.Incident.Alerts + 1,
            },
        };
        return row with { Lately = [next, .. row.Lately.Where(i => i != known).Take(Most - 1)] };
    }

    /// <summary>What was merged into it fills it, too.</summary>
    VenueIncidents Absorb(IncidentEvent.Absorbed f) =>
        this with { Lately = [.. Lately.Select(i => i.Incident.IncidentId == f.IncidentId ? i with { Incident = i.Incident with { Alerts = i.Incident.Alerts + f.Alerts.Count } } : i)] };

    VenueIncidents Set(Guid incident, bool isOver) => this with { Lately = [.. Lately.Select(i => i.Incident.IncidentId == incident ? i with { IsOver = isOver } : i)] };
}

public sealed record VenueIncident(OpenIncident Incident, bool IsOver);
