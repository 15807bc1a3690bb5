using System.Globalization;

namespace Compliance.Probe.Tests;

/// <summary>How many hostile inputs each parser gets: 20 000, or FUZZ=1000000 for a long night.</summary>
static class Fuzz
{
    public static readonly int Inputs =
        int.TryParse(Environment.GetEnvironmentVariable("FUZZ"), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : 20_000;
}
