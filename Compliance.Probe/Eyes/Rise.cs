using System.Globalization;

namespace Compliance.Probe.Eyes;

/// <summary>Turns a measure into a score: nothing up to one value, all from another on, evenly between.</summary>
internal readonly record struct Rise(double From, double To)
{
    public double Of(double value) => Math.Clamp((value - From) / (To - From), 0, 1);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{From} to {To}");
}
