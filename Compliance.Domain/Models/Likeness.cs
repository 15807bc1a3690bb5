using System.Text.Json;

namespace Compliance.Domain.Models;

/// <summary>
/// Judges a window by how alike it is to windows of the training, where trees judge it by questions: each number becomes its rank among those of the training, and each known window votes with a weight
/// of its own, the nearer the more (a Gaussian kernel).
/// </summary>
/// <param name="Ranks">For each number the values that divide those of the training into as many equal parts as there are steps between them, ascending.</param>
/// <param name="Known">Windows of the training, as ranks in steps of <see cref="Step"/>.</param>
/// <param name="Weights">What each of them says for a fight, or against.</param>
/// <param name="Width">By how much likeness fades with the square of the distance, divided by the count of numbers.</param>
/// <param name="Start">What is said where nothing known is near.</param>
public sealed record Likeness(IReadOnlyList<float[]> Ranks, IReadOnlyList<sbyte[]> Known, IReadOnlyList<double> Weights, double Width, double Start)
{
    /// <summary>Values that a number's ranks are kept by.</summary>
    public const int Points = 33;

    /// <summary>Ranks are spread like the odds they stand for, in steps so small: the middle of the training is 0, its ends are about 2.4.</summary>
    public const double Step = 1 / 32.0;

    /// <summary>One unit of the vote in logarithms of odds.</summary>
    const double Strength = 3;

    static readonly double[] Spread = [.. Enumerable.Range(0, Points).Select(k => Math.Clamp((double)k / (Points - 1), 0.5 / Points, 1 - (0.5 / Points))).Select(share => Math.Log(share / (1 - share)) / 1.7)];

    /// <summary>The logarithm of the odds that this is a fight.</summary>
    public double Odds(float[] numbers) => Strength * Vote(Ranked(numbers));

    double Vote(sbyte[] ranked)
    {
        var vote = Start;
        for (var k = 0; k < Known.Count; k++) vote += Weights[k] * Near(ranked, Known[k], Width);
        return vote;
    }

    public static double Near(sbyte[] a, sbyte[] b, double width)
    {
        var square = 0;
        for (var f = 0; f < a.Length; f++) square += (a[f] - b[f]) * (a[f] - b[f]);
        return Math.Exp(-width / a.Length * square * Step * Step);
    }

    public sbyte[] Ranked(float[] numbers)
    {
        var ranked = new sbyte[Ranks.Count];
        for (var f = 0; f < ranked.Length; f++) ranked[f] = (sbyte)Math.Round(RankOf(Ranks[f], numbers[f]) / Step);
        return ranked;
    }

    static double RankOf(float[] points, float value)
    {
        if (points[0] == points[^1] || float.IsNaN(value)) return 0;
        var (from, to) = (First(points, value, false), First(points, value, true));
        if (from < to) return (Spread[from] + Spread[to - 1]) / 2; // one of several equal ones, or just one: the middle of them
        if (from == 0) return Spread[0];
        if (from == points.Length) return Spread[^1];
        return Spread[from - 1] + ((Spread[from] - Spread[from - 1]) * (value - points[from - 1]) / (points[from] - points[from - 1]));
    }

    /// <summary>The first point that is not below the value, or that is above it.</summary>
    static int First(float[] points, float value, bool above)
    {
        var (low, high) = (0, points.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (above ? points[middle] <= value : points[middle] < value) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    /// <exception cref="JsonException">Its parts do not fit each other.</exception>
    public Likeness Whole(int features)
    {
        if (Ranks.Count != features || Ranks.Any(points => points is null || points.Length != Points || !points.SequenceEqual(points.Order()) || !points.All(float.IsFinite))) throw new JsonException("ranks do not fit the features");
        if (Known.Any(known => known is null || known.Length != features) || Known.Count != Weights.Count) throw new JsonException("known windows do not fit the features or the weights");
        return Width > 0 && double.IsFinite(Start) && Weights.All(double.IsFinite) ? this : throw new JsonException("likeness has numbers that are none");
    }
}
