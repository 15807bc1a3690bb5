using System.Text.Json.Serialization;
using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Alerts;

/// <summary>Facts about one incident: what belongs together at a venue in place and time, and what police did about it. An entry of a venue's incident book is another thing.</summary>
public abstract record IncidentEvent(Guid IncidentId, Guid VenueId)
{
    /// <param name="District">Whose desk has it.</param>
    [EventName("policeincident.opened.v1")]
    public sealed record Opened(Guid IncidentId, Guid VenueId, string District, GatheredAlert Alert, DateTimeOffset At) : IncidentEvent(IncidentId, VenueId);

    [EventName("policeincident.alert-gathered.v1")]
    public sealed record AlertGathered(Guid IncidentId, Guid VenueId, GatheredAlert Alert, DateTimeOffset At) : IncidentEvent(IncidentId, VenueId);

    /// <summary>Nobody took it in time.</summary>
    /// <param name="Desk">The neighbouring district; null for the shift lead.</param>
    [EventName("policeincident.escalated.v1")]
    public sealed record Escalated(Guid IncidentId, Guid VenueId, EscalatedTo To, string? Desk, DateTimeOffset At) : IncidentEvent(IncidentId, VenueId);

    [EventName("policeincident.taken.v1")]
    public sealed record Taken(Guid IncidentId, Guid VenueId, Guid By, DateTimeOffset At) : IncidentEvent(IncidentId, VenueId);

    /// <param name="Alerts">Those it held then: what is said of it is said of them.</param>
    [EventName("policeincident.confirmed.v1")]
    public sealed record Confirmed(Guid IncidentId, Guid VenueId, Guid By, IReadOnlyList<Guid> Alerts, DateTimeOffset At) : IncidentEvent(IncidentId, VenueId);

    /// <param name="Said">In the officer's own words; null where the reason says enough.</param>
    [EventName("policeincident.rejected.v2")]
    public sealed record Rejected(
        Guid IncidentId, Guid VenueId, Guid By, RejectReason Reason, Writing? Said, IReadOnlyList<Guid> Alerts, DateTimeOffset At) : IncidentEvent(IncidentId, VenueId)
    {
        /// <summary>Words that were stored before they went to the vault; never written again.</summary>
        [JsonIgnore]
        public string? OldWords { get; init; }
    }

    /// <summary>Taken back at once by whoever did it.</summary>
    [EventName("policeincident.undone.v1")]
    public sealed record Undone(Guid IncidentId, Guid VenueId, Guid By, IncidentStep Step, IReadOnlyList<Guid> Alerts, DateTimeOffset At) : IncidentEvent(IncidentId, VenueId);

    [EventName("policeincident.dispatched.v1")]
    public sealed record Dispatched(Guid IncidentId, Guid VenueId, Guid By, DateTimeOffset At) : IncidentEvent(IncidentId, VenueId);

    [EventName("policeincident.arrived.v1")]
    public sealed record Arrived(Guid IncidentId, Guid VenueId, Guid By, DateTimeOffset At) : IncidentEvent(IncidentId, VenueId);

    /// <param name="Said">In the officer's own words; null where the outcome says enough.</param>
    [EventName("policeincident.closed.v2")]
    public sealed record Closed(
        Guid IncidentId, Guid VenueId, Guid By, IncidentOutcome Outcome, Writing? Said, IReadOnlyList<Guid> Alerts, DateTimeOffset At) : IncidentEvent(IncidentId, VenueId)
    {
        /// <summary>Words that were stored before they went to the vault; never written again.</summary>
        [JsonIgnore]
        public string? OldWords { get; init; }
    }

    /// <summary>Nobody ever took it, and what it was about is long past: it leaves the desk, and is counted.</summary>
    [EventName("policeincident.lapsed.v1")]
    public sealed record Lapsed(Guid IncidentId, Guid VenueId, DateTimeOffset At) : IncidentEvent(IncidentId, VenueId);

    /// <summary>Something came in while it was being closed: somebody has to look again.</summary>
    [EventName("policeincident.reopened.v1")]
    public sealed record Reopened(Guid IncidentId, Guid VenueId, DateTimeOffset At) : IncidentEvent(IncidentId, VenueId);

    /// <summary>It is part of another one from now on.</summary>
    [EventName("policeincident.merged.v1")]
    public sealed record Merged(Guid IncidentId, Guid VenueId, Guid By, Guid Into, IReadOnlyList<GatheredAlert> Alerts, DateTimeOffset At) : IncidentEvent(IncidentId, VenueId);

    /// <summary>Another one became part of it.</summary>
    [EventName("policeincident.absorbed.v1")]
    public sealed record Absorbed(Guid IncidentId, Guid VenueId, Guid From, IReadOnlyList<GatheredAlert> Alerts, DateTimeOffset At) : IncidentEvent(IncidentId, VenueId);

    /// <summary>A clip is kept past its term: for which case, and until which day.</summary>
    [EventName("policeincident.clip-preserved.v1")]
    public sealed record ClipPreserved(
        Guid IncidentId, Guid VenueId, Guid AlertId, string CaseNumber, DateOnly Until, Guid By, DateTimeOffset At) : IncidentEvent(IncidentId, VenueId);

    /// <summary>An officer saw the clip, blurred unless he said why he needs more; told once a day, clip and officer.</summary>
    [EventName("policeincident.clip-viewed.v1")]
    public sealed record ClipViewed(Guid IncidentId, Guid VenueId, Guid AlertId, Guid By, DateOnly On) : IncidentEvent(IncidentId, VenueId);

    /// <summary>An officer said why he has to see the clip as it was recorded: from then on, and for <see cref="Incident.UnblurFor"/>, he could.</summary>
    /// <param name="CaseNumber">A number, no words; null unless one was given.</param>
    [EventName("policeincident.clip-unblurred.v1")]
    public sealed record ClipUnblurred(
        Guid IncidentId, Guid VenueId, Guid AlertId, Guid By, UnblurReason Reason, string? CaseNumber, DateTimeOffset At) : IncidentEvent(IncidentId, VenueId);

    /// <summary>An officer was told names and telephones of those who answer for the venue; told once a day and officer. Whose they are stands in the venue's own stream.</summary>
    [EventName("policeincident.contacts-seen.v1")]
    public sealed record ContactsSeen(Guid IncidentId, Guid VenueId, Guid By, DateOnly On) : IncidentEvent(IncidentId, VenueId);
}

/// <summary>One alert of an incident.</summary>
public sealed record GatheredAlert(Guid AlertId, AlertKind Kind, Guid? DeviceId, DateTimeOffset SeenFrom);

/// <summary>To whom an incident goes that nobody took: the neighbouring district's desk, then the shift lead.</summary>
public enum EscalatedTo { Neighbour, ShiftLead }

/// <summary>What can be taken back for a few seconds: all but that somebody was sent, and that two were merged.</summary>
public enum IncidentStep { Taken, Confirmed, Rejected, Arrived, Closed }

/// <summary>What came of a confirmed incident: a closed list.</summary>
public enum IncidentOutcome { SettledOnSite, Detained, MedicalHelp, FireService, DefectHandedOn, NothingFound, Other }

/// <summary>What somebody needs a clip without its blur for: a closed list. The last one names a case.</summary>
public enum UnblurReason { IdentifyOffender, IdentifyVictim, EvidenceForCase, Other }
