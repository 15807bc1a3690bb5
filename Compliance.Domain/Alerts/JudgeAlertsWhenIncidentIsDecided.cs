using Compliance.Domain.Kernel;

namespace Compliance.Domain.Alerts;

/// <summary>What a person says of an incident is said of each of its alerts, so that every model's errors can be counted; what is taken back is taken back of each.</summary>
public static class JudgeAlertsWhenIncidentIsDecided
{
    public static readonly Policy Policy = new("judge-alerts-when-incident-is-decided", React);

    static IReadOnlyList<Reaction> React(object fact, Recorded recorded) => fact switch
    {
        IncidentEvent.Confirmed f => [.. f.Alerts.Select(alert => Judge(alert, new(true, null)))],
        IncidentEvent.Closed { Outcome: IncidentOutcome.NothingFound } f => [.. f.Alerts.Select(alert => Judge(alert, null))],
        IncidentEvent.Closed f => [.. f.Alerts.Select(alert => Judge(alert, new(true, null)))],
        IncidentEvent.Rejected f => [.. f.Alerts.Select(alert => Judge(alert, new(false, f.Reason)))],
        IncidentEvent.Undone { Step: IncidentStep.Closed } f => [.. f.Alerts.Select(alert => Judge(alert, new(true, null)))], // only what was confirmed is closed
        IncidentEvent.Undone { Step: IncidentStep.Confirmed or IncidentStep.Rejected } f => [.. f.Alerts.Select(alert => Judge(alert, null))],
        _ => [],
    };

    static Reaction Judge(Guid alert, AlertJudgement? judgement) => Reaction.Send(Alert.Decider, alert, new AlertCommand.Judge(judgement));
}
