using System.Globalization;
using Compliance.Domain.Detectors;
using Compliance.Probe.Eyes.Persons;
using Compliance.Probe.Eyes.Still;

namespace Compliance.Probe.Eyes.Crowds;

/// <summary>
/// About how many persons stand on the floor that was drawn for a camera: cells that differ from the empty view, or in which something just moved, each as a share of the person who would stand there; with
/// a network that finds persons, its boxes where these are more. Who stands behind another is not seen by either, so a full floor is told too small rather than too great.
/// </summary>
internal sealed class Occupancy
{
    /// <summary>Of a body's height the width of its middle, and of that box the part it fills; a patch is seen so many cells wider and higher than the body.</summary>
    const double Wide = 0.28, High = 0.95, Fills = 0.8, Rim = 1.9;

    /// <summary>The network looks once in so long.</summary>
    static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(5);

    public static string Configuration => string.Create(CultureInfo.InvariantCulture,
        $"a person {Wide} by {High} of the height, {Fills} filled, rim {Rim}; boxes every {BetweenLooks.TotalSeconds} s where a network is installed; {Background.Configuration}");

    readonly Background _background = new(TimeSpan.FromHours(2));
    readonly ViewCalibration _view;
    readonly PersonFinder? _finder;
    double[] _share = [];
    int _columns, _boxes;
    TimeSpan? _looked;

    /// <param name="view">With a floor, and with persons that tell heights.</param>
    public Occupancy(ViewCalibration view, PersonFinder? finder) => (_view, _finder) = (view, finder);

    /// <summary>Area of a person in cells, as patches show it.</summary>
    public static double Area(double body) => Fills * (Wide * body + Rim) * (High * body + Rim);

    /// <summary>How many there are; null until the view is known, and between two samples.</summary>
    public double? See(Glance glance)
    {
        if (glance.Frame is not { } frame) return null;
        if (_finder is not null && !(glance.At - _looked < BetweenLooks))
        {
            _looked = glance.At;
            _boxes = _finder.Find(frame).Count(box => Stands(box.CentreX / frame.Width, (box.Y + box.Height) / frame.Height));
        }

        if (!_background.See(glance) || !_background.Knows) return null;
        if ((_share.Length, _columns) != (_background.Now.Length, _background.Columns)) Measure();
        var sum = 0.0;
        for (var i = 0; i < _share.Length; i++)
            if (_background.Now[i] || _background.Moved[i]) sum += _share[i];
        return Math.Max(sum, _boxes);
    }

    /// <summary>The pictures broke off.</summary>
    public void Rest()
    {
        _background.Rest();
        _looked = null;
    }

    /// <summary>What share of a person each cell shows: none where nobody can stand whom it would show.</summary>
    void Measure()
    {
        var (scale, rows) = (new BodyScale(_view), _background.Rows);
        _columns = _background.Columns;
        _share = new double[_background.Now.Length];
        for (var i = 0; i < _share.Length; i++)
        {
            var (x, row) = ((i % _columns + 0.5) / _columns, (double)(i / _columns));
            var body = scale.At(row, rows);
            if (Stands(x, (row + body / 2) / rows)) _share[i] = 1 / Area(body);
        }
    }

    bool Stands(double x, double y) => ViewShape.Holds(_view.Floor, x, Math.Min(y, 0.999));
}
