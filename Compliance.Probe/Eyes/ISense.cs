using Compliance.Domain.Alerts;
using Compliance.Domain.Detectors;

namespace Compliance.Probe.Eyes;

/// <summary>Something for a person to look at, never a finding.</summary>
/// <param name="End">Of what was seen so far.</param>
/// <param name="Score">The mean of what it stands on, 0 to 1.</param>
/// <param name="Over">It has ended; else it just began.</param>
internal sealed record Alert(AlertKind Kind, TimeSpan Start, TimeSpan End, double Score, bool Over);

/// <summary>Looks for one thing in what one camera shows: takes each instant in turn, and says when an alert begins and when it has ended. Of one kind one alert stands at a time.</summary>
internal interface ISense
{
    Detector Detector { get; }

    /// <summary>By what it judges, as it is told with each alert.</summary>
    DetectorModel Model { get; }

    /// <summary>How often it judged so far.</summary>
    long Judged { get; }

    /// <summary>Whether it asks where things went, or only where something changed: a camera none of whose senses asks is far cheaper.</summary>
    bool AsksWays => true;

    IReadOnlyList<Alert> See(Glance glance);

    /// <summary>The pictures broke off, or it is stopped: what stood has ended, and what comes next is another beginning.</summary>
    IReadOnlyList<Alert> Rest();

    /// <summary>The same beside it, with the bar as it stands now, to try it with a clip; null where it cannot be tried so.</summary>
    ISense? Beside() => null;
}
