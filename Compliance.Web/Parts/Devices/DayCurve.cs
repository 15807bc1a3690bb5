using System.Globalization;
using Compliance.Domain.Probes;

namespace Compliance.Web.Parts.Devices;

/// <summary>One measured value over a time, as a line in a picture: broken where nothing was measured.</summary>
/// <param name="Lines">Each the points of one unbroken line.</param>
/// <param name="Least">The least that was measured.</param>
/// <param name="Most">The most.</param>
/// <param name="Newest">The last.</param>
public sealed record DayCurve(IReadOnlyList<string> Lines, double Least, double Most, double Newest)
{
    /// <summary>Null where nothing was measured.</summary>
    /// <param name="spread">The picture shows at least so much from bottom to top, so that what hardly changes looks like it.</param>
    public static DayCurve? Of(MeasurementSeries series, Func<MeasurementPoint, double?> value, double spread, double width, double height)
    {
        var known = series.Points.Select(point => (point.At, Value: value(point))).Where(point => point.Value is not null).Select(point => (point.At, Value: point.Value!.Value)).ToArray();
        if (known.Length == 0) return null;
        var (least, most) = (known.Min(point => point.Value), known.Max(point => point.Value));
        var room = Math.Max(most - least, spread);
        var bottom = ((least + most) / 2) - (room / 2);
        var (step, lines, line) = (TimeSpan.FromMinutes(series.StepMinutes), new List<string>(), new List<string>());
        for (var i = 0; i < known.Length; i++)
        {
            var (at, here) = known[i];
            var y = Text(height - ((here - bottom) / room * (height - 4)) - 2);
            line.Add($"{Text(X(at))},{y}");
            if (i + 1 < known.Length && known[i + 1].At - at <= 1.5 * step) continue;
            line.Add($"{Text(Math.Min(width, X(at + step)))},{y}"); // one step alone is a line too
            lines.Add(string.Join(' ', line));
            line.Clear();
        }

        return new(lines, least, most, known[^1].Value);

        double X(DateTimeOffset at) => width * ((at - series.From) / (series.To - series.From));
    }

    static string Text(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
