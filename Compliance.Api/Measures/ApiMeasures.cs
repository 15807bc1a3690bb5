using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Compliance.Api.Measures;

/// <summary>What the API counts of itself (docs/metrics.md). No label names a person, a venue, a device or an address, and each has few values.</summary>
static class ApiMeasures
{
    public const string Name = "Compliance.Api";

    public static readonly ActivitySource Source = new(Name);

    static readonly Meter Meter = new(Name);

    public static readonly Counter<long> Appended = Meter.CreateCounter<long>("compliance.log.appended", "{fact}", "Facts written to the log, by name");

    public static readonly Histogram<double> AppendTime = Meter.CreateHistogram<double>("compliance.log.append.duration", "s", "How long the log took until facts were durable");

    public static readonly Counter<long> Observations = Meter.CreateCounter<long>("compliance.observations", "{observation}", "Observations that probes told, by kind and by what became of them");

    public static readonly Counter<long> Minutes = Meter.CreateCounter<long>("compliance.minutes.kept", "{minute}", "Minutes of cameras that probes told and that count");

    public static readonly Counter<long> Reactions = Meter.CreateCounter<long>("compliance.reactions", "{command}", "Commands that policies sent, by policy and by what became of them");

    public static readonly Histogram<double> AssessmentTime = Meter.CreateHistogram<double>("compliance.assessment.duration", "s", "How long a rule about time took to be asked");

    public static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
