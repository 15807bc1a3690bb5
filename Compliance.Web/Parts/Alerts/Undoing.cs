using Compliance.Domain.Alerts;

namespace Compliance.Web.Parts.Alerts;

/// <summary>What may still be taken back of an incident, and how long.</summary>
public static class Undoing
{
    public static TimeSpan UndoLeft(this IncidentCard card, DateTimeOffset now) => Incident.UndoWithin - (now - card.StageAt);

    /// <summary>Whoever did it may take it back; null where there is nothing, it was another, or it is too late.</summary>
    public static IncidentStep? UndoableBy(this IncidentCard card, Guid me, DateTimeOffset now) =>
        card.UndoLeft(now) <= TimeSpan.Zero || (card.Stage == IncidentStage.Arrived ? card.There : card.By) != me ? null : card.Stage switch
        {
            IncidentStage.Arrived => IncidentStep.Arrived,
            IncidentStage.Closed => IncidentStep.Closed,
            IncidentStage.Taken => IncidentStep.Taken,
            IncidentStage.Confirmed => IncidentStep.Confirmed,
            IncidentStage.Rejected => IncidentStep.Rejected,
            _ => null,
        };
}
