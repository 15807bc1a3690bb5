using Compliance.Domain.Models;

namespace Compliance.Probe.Eyes.Training;

/// <summary>Grows one tree: divides the examples where that mends most.</summary>
internal sealed class TreeGrower(byte[][] binned, float[][] cuts, double[] slope, double[] curve, int[] columns, BoostingSettings how)
{
    readonly List<TreeNode> _nodes = [];

    public Tree Grow(int[] rows)
    {
        Node(rows, 0);
        return new([.. _nodes]);
    }

    int Node(int[] rows, int depth)
    {
        var at = _nodes.Count;
        var (g, h) = (0.0, 0.0);
        foreach (var row in rows) (g, h) = (g + slope[row], h + curve[row]);
        _nodes.Add(new(-1, 0, 0, 0, (float)(how.Rate * g / (h + how.Ridge))));
        if (depth == how.Depth || rows.Length < 2 || Best(rows, g, h) is not { } best) return at;
        var left = Node([.. rows.Where(row => binned[row][best.Feature] <= best.Bin)], depth + 1);
        var right = Node([.. rows.Where(row => binned[row][best.Feature] > best.Bin)], depth + 1);
        _nodes[at] = new(best.Feature, cuts[best.Feature][best.Bin], left, right, 0);
        return at;
    }

    (int Feature, int Bin)? Best(int[] rows, double g, double h)
    {
        (int, int)? best = null;
        var most = 1e-6;
        var whole = g * g / (h + how.Ridge);
        Span<double> slopes = stackalloc double[256], curves = stackalloc double[256];
        foreach (var feature in columns)
        {
            slopes.Clear();
            curves.Clear();
            foreach (var row in rows)
            {
                slopes[binned[row][feature]] += slope[row];
                curves[binned[row][feature]] += curve[row];
            }

            var (gl, hl) = (0.0, 0.0);
            for (var bin = 0; bin < cuts[feature].Length; bin++)
            {
                (gl, hl) = (gl + slopes[bin], hl + curves[bin]);
                if (hl < how.Leaf || h - hl < how.Leaf) continue;
                var gain = gl * gl / (hl + how.Ridge) + (g - gl) * (g - gl) / (h - hl + how.Ridge) - whole;
                if (gain > most) (most, best) = (gain, (feature, bin));
            }
        }

        return best;
    }
}
