using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Compliance.Probe.Tell;

/// <summary>What the probe counts of itself (docs/metrics.md). No label names a camera, a venue or an address, and each has few values.</summary>
internal static class ProbeMeasures
{
    public const string Name = "Compliance.Probe";

    public static readonly ActivitySource Source = new(Name);

    static readonly Meter Meter = new(Name);

    public static readonly Counter<long> Observed = Meter.CreateCounter<long>("compliance.probe.observed", "{observation}", "What turned and was kept to be told, by kind and verdict");

    public static readonly Counter<long> Told = Meter.CreateCounter<long>("compliance.probe.told", "{observation}", "Observations the API answered, by whether it took them");

    public static readonly Histogram<double> RoundTime = Meter.CreateHistogram<double>("compliance.probe.round.duration", "s", "How long a round took");

    public static readonly Counter<long> Mishaps = Meter.CreateCounter<long>("compliance.probe.mishaps", "{mishap}", "Bugs met in a round, by kind");

    public static readonly Counter<long> UnitsDropped = Meter.CreateCounter<long>("compliance.probe.units.dropped", "{unit}", "Access units that somebody who follows a camera did not take in time, by kind of reader");

    public static readonly Counter<long> FramesAnalysed = Meter.CreateCounter<long>("compliance.probe.frames.analysed", "{frame}", "Frames of cameras that detectors looked at");

    public static readonly Counter<long> FramesSkipped = Meter.CreateCounter<long>("compliance.probe.frames.skipped", "{frame}", "Frames that should have been looked at and were not");

    public static readonly Counter<long> DecodersReplaced = Meter.CreateCounter<long>("compliance.probe.decoders.replaced", "{decoder}", "Decoders of detectors that died or hung");

    public static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
