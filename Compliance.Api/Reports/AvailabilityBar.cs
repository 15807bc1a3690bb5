using System.Globalization;
using System.Text;
using Compliance.Domain.Devices;
using Compliance.Domain.Evidence;

namespace Compliance.Api.Reports;

/// <summary>Draws a device's period as the paths of an SVG picture 1000 wide and 10 high: one path for each availability.</summary>
static class AvailabilityBar
{
    const double Width = 1000;

    /// <summary>An outage of a minute in a month must not vanish: nothing is drawn narrower than this.</summary>
    const double Hairline = 1.2;

    public static string Path(DeviceAudit device, Period period, Availability availability)
    {
        var path = new StringBuilder();
        foreach (var stretch in device.Stretches.Where(s => s.Verdict.Availability() == availability))
        {
            var (x, end) = (X(stretch.From, period), X(stretch.Until!.Value, period));
            var width = Math.Max(end - x, Hairline);
            path.Append(CultureInfo.InvariantCulture, $"M{Math.Min(x, Width - width):0.##} 0h{width:0.##}v10h-{width:0.##}z");
        }

        return path.ToString();
    }

    /// <summary>A line at each midnight of a short period, at each seventh of a long one.</summary>
    public static string Days(Period period)
    {
        var path = new StringBuilder();
        var step = TimeSpan.FromDays(period.Length.TotalDays <= 45 ? 1 : 7);
        for (var at = period.From + step; at < period.To; at += step)
            path.Append(CultureInfo.InvariantCulture, $"M{X(at, period):0.##} 0v10");
        return path.ToString();
    }

    static double X(DateTimeOffset at, Period period) => (at - period.From) / period.Length * Width;
}
