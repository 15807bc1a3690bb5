using Compliance.Domain.Models;

namespace Compliance.Probe.Eyes.Training;

/// <summary>How the trees are grown; all of it stands in the file they are kept in.</summary>
internal sealed record BoostingSettings(int Trees = 150, int Depth = 3, double Rate = 0.05, double Rows = 0.7, double Columns = 0.15, double Leaf = 3, double Ridge = 3, int Bags = 3);

/// <summary>One example: its numbers, what it was, how much it counts, and the clip it was cut from.</summary>
/// <param name="Plain">Under the light in which the clip came.</param>
internal sealed record Example(float[] Numbers, bool Fight, double Weight, int Clip, bool Plain = true);

/// <summary>Grows gradient-boosted trees: each one corrects what those before it still get wrong.</summary>
internal static class Boosting
{
    const int Bins = 24;

    /// <summary>Trees and where they begin, as the logarithm of the odds.</summary>
    public static (double Start, IReadOnlyList<Tree> Trees) Grow(IReadOnlyList<Example> examples, BoostingSettings how, int seed)
    {
        var cuts = Enumerable.Range(0, examples[0].Numbers.Length).Select(f => Cuts([.. examples.Select(one => one.Numbers[f])])).ToArray();
        var binned = examples.Select(one => one.Numbers.Select((value, f) => BinOf(cuts[f], value)).ToArray()).ToArray();
        var (yes, all) = (examples.Where(one => one.Fight).Sum(one => one.Weight), examples.Sum(one => one.Weight));
        var start = Math.Log(yes / (all - yes));
        var clips = examples.Select(one => one.Clip).Distinct().Order().ToArray();
        var grown = new List<Tree>();
        for (var bag = 0; bag < how.Bags; bag++)
        {
            var chance = new Random(seed * 1009 + bag);
            var odds = Enumerable.Repeat(start, examples.Count).ToArray();
            for (var t = 0; t < how.Trees; t++)
            {
                var drawn = clips.Where(_ => chance.NextDouble() < how.Rows).ToHashSet();
                var columns = Enumerable.Range(0, cuts.Length).Where(_ => chance.NextDouble() < how.Columns).ToArray();
                if (columns.Length == 0) continue;
                var (slope, curve) = (new double[examples.Count], new double[examples.Count]);
                for (var i = 0; i < examples.Count; i++)
                {
                    var p = 1 / (1 + Math.Exp(-odds[i]));
                    (slope[i], curve[i]) = (examples[i].Weight * ((examples[i].Fight ? 1 : 0) - p), examples[i].Weight * p * (1 - p));
                }

                var tree = new TreeGrower(binned, cuts, slope, curve, columns, how).Grow([.. Enumerable.Range(0, examples.Count).Where(i => drawn.Contains(examples[i].Clip))]);
                for (var i = 0; i < odds.Length; i++) odds[i] += tree.Value(examples[i].Numbers);
                grown.Add(tree.Scaled(1.0 / how.Bags));
            }
        }

        return (start, grown);
    }

    /// <summary>Values between which a number may be divided, so that each part holds about as many examples.</summary>
    static float[] Cuts(float[] values)
    {
        Array.Sort(values);
        return [.. Enumerable.Range(1, Bins - 1).Select(b => values[b * (values.Length - 1) / Bins]).Distinct()];
    }

    static byte BinOf(float[] cuts, float value)
    {
        var at = 0;
        while (at < cuts.Length && value > cuts[at]) at++;
        return (byte)at;
    }
}
