using Compliance.Domain.Detectors;

namespace Compliance.Domain.Alerts;

/// <summary>
/// What an alert is about: a closed list of what something raises now. Others come with their detector.
/// </summary>
public enum AlertKind { Fight, Fire, PanelFault, BlockedExit, CriticalOutage, Complaint, WatchListMatch, CrowdGathering, CrowdSurge, Aggression, LeftObject, PanicButton }

/// <summary>How soon somebody has to look; critical alerts are never held back.</summary>
public enum Urgency { Minor, Serious, Critical }

/// <summary>How sure a detector is, in three bands: what an operator is shown instead of a number alone.</summary>
public enum ConfidenceBand { Low, Medium, High }

public static class AlertKinds
{
    /// <summary>Which detector sees it, so that a box may tell it; null: it follows from facts of panels, contacts, cameras, complaints, buttons or from what persons said.</summary>
    public static Detector? SeenBy(this AlertKind kind) => kind switch
    {
        AlertKind.Fight => Detector.Fight,
        AlertKind.CrowdGathering or AlertKind.CrowdSurge => Detector.Crowd,
        AlertKind.Aggression => Detector.Aggression,
        AlertKind.BlockedExit => Detector.ExitBlockage,
        AlertKind.LeftObject => Detector.LeftObject,
        _ => null,
    };

    /// <summary>Whether anybody but police and oversight is told of it: that somebody on a list was seen is no matter of a venue or of another office.</summary>
    public static bool IsForOthers(this AlertKind kind) => kind != AlertKind.WatchListMatch;

    public static Urgency Urgency(this AlertKind kind) => kind switch
    {
        AlertKind.Fire or AlertKind.PanicButton => Alerts.Urgency.Critical,
        AlertKind.Fight or AlertKind.CrowdSurge or AlertKind.CrowdGathering or AlertKind.Aggression or AlertKind.BlockedExit or AlertKind.Complaint or AlertKind.WatchListMatch => Alerts.Urgency.Serious,
        _ => Alerts.Urgency.Minor,
    };

    /// <summary>Thirds of the way from the threshold to certainty: a score that just reached it is low.</summary>
    public static ConfidenceBand Band(double score, double threshold) =>
        threshold >= 1 ? ConfidenceBand.Low : ((score - threshold) / (1 - threshold)) switch { >= 2.0 / 3 => ConfidenceBand.High, >= 1.0 / 3 => ConfidenceBand.Medium, _ => ConfidenceBand.Low };
}
