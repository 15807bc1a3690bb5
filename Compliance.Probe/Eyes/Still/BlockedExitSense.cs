using System.Globalization;
using Compliance.Domain.Alerts;
using Compliance.Domain.Detectors;
using Compliance.Probe.Eyes.Live;

namespace Compliance.Probe.Eyes.Still;

/// <summary>
/// Whether something stands still for a minute where a way out was marked in the picture and nothing may stand. Who passes or stands about is not still for so long; light is no thing.
/// What stood there when the watch began belongs to the view and is not seen.
/// </summary>
internal sealed class BlockedExitSense(ViewCalibration view, DetectorModel model) : ISense
{
    public const double Threshold = 0.5;

    /// <summary>Seconds for which something has to be still; the share of the zone that scores all.</summary>
    const double StillFor = 60, All = 0.5;

    static readonly TimeSpan Absorbs = TimeSpan.FromHours(12);
    static readonly Holding Held = new(10, 8, 3, 0.15, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30));

    public static string Configuration => string.Create(CultureInfo.InvariantCulture, $"threshold {Threshold}, still for {StillFor} s, all at {All} of a zone, for {Absorbs.TotalHours} h; {Held.Words}; {Background.Configuration}");

    readonly HeldAlert _held = new(AlertKind.BlockedExit, Threshold, Held);
    readonly Background _background = new(Absorbs);
    IReadOnlyList<IReadOnlyList<int>> _zones = [];
    (int, int) _size;

    public static SenseKind Kind() => new(Detector.ExitBlockage, SenseModel.OfRules("blocked-exit", Threshold, Configuration), (_, view, model) => new BlockedExitSense(view!, model), view => view is { KeptClear.Count: > 0 });

    public Detector Detector => Detector.ExitBlockage;

    public DetectorModel Model => model;

    public bool AsksWays => false;

    public long Judged { get; private set; }

    public IReadOnlyList<Alert> See(Glance glance)
    {
        if (!_background.See(glance) || !_background.Knows) return [];
        if (_size != (_background.Columns, _background.Rows))
        {
            _size = (_background.Columns, _background.Rows);
            _zones = [.. view.KeptClear.Select(zone => ViewArea.Cells(zone.Corners, _background.Columns, _background.Rows)).Where(zone => zone.Count > 0)];
        }

        Judged++;
        var share = _zones.Max(zone => (double?)zone.Count(i => _background.Calm[i] >= StillFor) / zone.Count) ?? 0;
        return _held.See(glance.At, glance.At + TimeSpan.FromSeconds(0.5), Math.Min(1, share / All)) is { } turned ? [turned] : [];
    }

    public IReadOnlyList<Alert> Rest()
    {
        _background.Rest();
        return _held.Rest() is { } ended ? [ended] : [];
    }
}
