using System.Text.Encodings.Web;
using System.Text.Json;

namespace Compliance.Bench;

/// <summary>One figure on one line of JSON: the median of some rounds, and how far they lay apart.</summary>
static class Figure
{
    static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="rounds">The value of each round, with the same measured on what it is compared to (null where nothing is).</param>
    /// <param name="target">At least this (or <paramref name="atMost"/> this): of the ratio where there is one, else of the value.</param>
    public static void Print(
        string figure, string unit, IReadOnlyList<(double Value, double? Other)> rounds, string? against = null, double? target = null, bool atMost = false)
    {
        var value = Median(rounds.Select(round => round.Value));
        double? ratio = against is null ? null : Median(rounds.Select(round => round.Value / round.Other!.Value));
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            figure,
            value = Rounded(value),
            unit,
            ratio = ratio is { } r ? Math.Round(r, 3) : (double?)null,
            against,
            target,
            met = target is null ? (bool?)null : atMost ? (ratio ?? value) <= target : (ratio ?? value) >= target,
            rounds = rounds.Count,
            min = Rounded(rounds.Min(round => round.Value)),
            max = Rounded(rounds.Max(round => round.Value)),
        }, Plain));
    }

    /// <summary>One digit behind the point; of what is small, three.</summary>
    static double Rounded(double value) => Math.Round(value, Math.Abs(value) < 10 ? 3 : 1);

    static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
