using Compliance.Domain.Models;

namespace Compliance.Probe.Eyes.Training;

/// <summary>How likeness is fitted.</summary>
/// <param name="Ridge">How strongly it is held back from following single windows.</param>
internal sealed record LikenessSettings(double Width = 0.5, double Ridge = 0.1);

/// <summary>
/// Finds the weights of known windows by least squares over all examples (kernel ridge regression; Saunders, Gammerman, Vovk, 1998). Known are those of plain light: the others show the same scenes.
/// </summary>
internal static class LikenessFit
{
    public static Likeness Fit(IReadOnlyList<Example> examples, LikenessSettings how)
    {
        var features = examples[0].Numbers.Length;
        var ranks = Enumerable.Range(0, features).Select(f => Points([.. examples.Select(one => one.Numbers[f])])).ToArray();
        var empty = new Likeness(ranks, [], [], how.Width, 0);
        var ranked = examples.Select(one => empty.Ranked(one.Numbers)).ToArray();
        sbyte[][] known = [.. ranked.Where((_, i) => examples[i].Plain)];
        var all = examples.Sum(one => one.Weight);
        var start = examples.Sum(one => one.Weight * (one.Fight ? 1 : -1)) / all;
        var n = known.Length;
        var (square, side, near) = (new double[n, n], new double[n], new double[n]);
        for (var i = 0; i < ranked.Length; i++)
        {
            for (var k = 0; k < n; k++) near[k] = Likeness.Near(ranked[i], known[k], how.Width);
            var (weight, wanted) = (examples[i].Weight / all, (examples[i].Fight ? 1 : -1) - start);
            for (var k = 0; k < n; k++)
            {
                var part = weight * near[k];
                side[k] += part * wanted;
                for (var l = 0; l <= k; l++) square[k, l] += part * near[l];
            }
        }

        for (var k = 0; k < n; k++)
        {
            for (var l = 0; l <= k; l++) square[k, l] += how.Ridge / n * Likeness.Near(known[k], known[l], how.Width);
            square[k, k] += 1e-9;
        }

        return new(ranks, known, Solve(square, side), how.Width, start);
    }

    static float[] Points(float[] values)
    {
        Array.Sort(values);
        return [.. Enumerable.Range(0, Likeness.Points).Select(k => values[(int)((long)k * (values.Length - 1) / (Likeness.Points - 1))])];
    }

    /// <summary>By Cholesky's way; only the lower half of the matrix is read, and it is overwritten.</summary>
    static double[] Solve(double[,] square, double[] side)
    {
        var n = side.Length;
        for (var k = 0; k < n; k++)
            for (var i = k; i < n; i++)
            {
                var sum = square[i, k];
                for (var j = 0; j < k; j++) sum -= square[i, j] * square[k, j];
                square[i, k] = i == k ? Math.Sqrt(Math.Max(sum, 1e-12)) : sum / square[k, k];
            }

        var solved = (double[])side.Clone();
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < i; j++) solved[i] -= square[i, j] * solved[j];
            solved[i] /= square[i, i];
        }

        for (var i = n - 1; i >= 0; i--)
        {
            for (var j = i + 1; j < n; j++) solved[i] -= square[j, i] * solved[j];
            solved[i] /= square[i, i];
        }

        return solved;
    }
}
