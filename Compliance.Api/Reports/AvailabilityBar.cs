using System.Globalization;
using System.Text;
using Compliance.Domain.Devices;
using Compliance.Domain.Evidence;
using Compliance.Domain.Venues;

namespace Compliance.Api.Reports;

/// <summary>
/// Draws devices as the paths of SVG pictures 1000 wide and 10 high: one path for each availability. All bars of a report share
/// one axis: the period, but without the days before there was anything to speak of.
/// </summary>
sealed class AvailabilityBar(VenueAudit audit)
{
    const double Width = 1000;

    /// <summary>An outage of a minute in a month must not vanish: nothing is drawn narrower than this.</summary>
    const double Hairline = 1.2;

    const double Stripe = 2.4;

    const int MostLines = 31;
    static readonly TimeSpan[] Steps = [TimeSpan.FromHours(1), TimeSpan.FromHours(6), TimeSpan.FromDays(1), TimeSpan.FromDays(7)];

    public Period Axis { get; } = audit.Devices.Count == 0 ? audit.Period : audit.Period with { From = audit.Devices.Min(d => d.Counted.From) };

    public bool IsShorter => Axis != audit.Period;

    public string Path(DeviceAudit device, Availability availability)
    {
        var path = new StringBuilder();
        foreach (var stretch in device.Stretches.Where(s => s.Verdict.Availability() == availability))
        {
            var (x, end) = (X(stretch.From), X(stretch.Until!.Value));
            var width = Math.Max(end - x, Hairline);
            path.Append(CultureInfo.InvariantCulture, $"M{Math.Min(x, Width - width):0.##} 0h{width:0.##}v10h-{width:0.##}z");
        }

        return path.ToString();
    }

    public string Path(DeviceAudit device, Func<Piece, bool> which)
    {
        var path = new StringBuilder();
        foreach (var piece in (device.Score?.Value.Pieces ?? []).Where(which))
        {
            var (x, end) = (X(piece.From), X(piece.Until));
            var width = Math.Max(end - x, Hairline);
            path.Append(CultureInfo.InvariantCulture, $"M{Math.Min(x, Width - width):0.##} 0h{width:0.##}v10h-{width:0.##}z");
        }

        return path.ToString();
    }

    /// <summary>Across what is contested: half of each stripe's width is left open.</summary>
    public string Stripes(DeviceAudit device)
    {
        var path = new StringBuilder();
        foreach (var piece in (device.Score?.Value.Pieces ?? []).Where(p => p.Contested && p.Owed == Owed.Yes))
            for (var (x, end) = (X(piece.From), Math.Max(X(piece.Until), X(piece.From) + Hairline)); x < end; x += Stripe)
                path.Append(CultureInfo.InvariantCulture, $"M{x:0.##} 0h{Math.Min(Stripe / 2, end - x):0.##}v10h-{Math.Min(Stripe / 2, end - x):0.##}z");
        return path.ToString();
    }

    /// <summary>Lines at whole hours, quarters of a day, days or weeks by the venue's clocks: the finest that can still be told apart.</summary>
    public string Lines()
    {
        var path = new StringBuilder();
        var step = Steps.FirstOrDefault(s => Axis.Length / s <= MostLines, Steps[^1]);
        for (var at = VenueZone.Midnight(VenueZone.Day(Axis.From)); at < Axis.To; at += step)
            if (at > Axis.From) path.Append(CultureInfo.InvariantCulture, $"M{X(at):0.##} 0v10");
        return path.ToString();
    }

    double X(DateTimeOffset at) => (at - Axis.From) / Axis.Length * Width;
}
