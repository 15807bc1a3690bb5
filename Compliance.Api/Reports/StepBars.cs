using System.Globalization;
using System.Text;

namespace Compliance.Api.Reports;

/// <summary>Draws counts in steps of four weeks as the paths of an SVG picture 1000 wide and 120 high: what is known, and what is withheld, at a height that says nothing.</summary>
sealed class StepBars(IReadOnlyList<int?> steps)
{
    const double Width = 1000, Height = 110, Gap = 0.2;

    public int Most { get; } = steps.Max() is { } most and > 0 ? most : 1;

    public string Known => Path(step => step is > 0 ? step.Value / (double)Most * Height : null);

    public string Withheld => Path(step => step is null ? Math.Min(4.0 / Most, 0.5) * Height : null);

    string Path(Func<int?, double?> height)
    {
        var path = new StringBuilder();
        var step = Width / Math.Max(steps.Count, 1);
        for (var i = 0; i < steps.Count; i++)
            if (height(steps[i]) is { } high) path.Append(CultureInfo.InvariantCulture, $"M{(i + (Gap / 2)) * step:0.##} {Height:0.##}v-{high:0.##}h{step * (1 - Gap):0.##}v{high:0.##}z");
        return path.ToString();
    }
}
