using System.Globalization;
using Compliance.Domain.Alerts;
using Compliance.Domain.Detectors;
using Compliance.Probe.Eyes.Live;

namespace Compliance.Probe.Eyes.Still;

/// <summary>
/// Whether something of a bag's size stays for a minute after a person who was joined to it has gone. Something that is gone leaves no object, who sits or stands is larger and moves, light is no thing.
/// It does not know who left it, and keeps nothing by which anybody could be known.
/// </summary>
internal sealed class LeftObjectSense(ViewCalibration? view, DetectorModel model) : ISense
{
    /// <summary>Reached after a minute alone; after two it scores all.</summary>
    public const double Threshold = 0.5;
    const double Alone = 60;

    /// <summary>In body heights: how high and wide it may be and at least is, and how near somebody is with it.</summary>
    const double Highest = 0.6, Widest = 0.9, Smallest = 0.1, With = 0.8;

    /// <summary>Seconds of stillness from which something is a thing; before it that somebody may have stood there; with somebody beside it for so long it is not alone any more.</summary>
    const double Still = 4, Brought = 25, Back = 20;

    /// <summary>A person is at least so high, in body heights; so much of a person's area near it is somebody.</summary>
    const double Person = 0.65, Somebody = 0.25;

    static readonly TimeSpan Absorbs = TimeSpan.FromMinutes(40);
    static readonly Holding Held = new(6, 5, 2, 0.3, TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(30));

    public static string Configuration => string.Create(CultureInfo.InvariantCulture,
        $"threshold {Threshold}, alone {Alone} s, {Smallest} to {Highest} high, {Widest} wide, with somebody within {With}, still {Still} s, brought {Brought} s before, back {Back} s, person {Person}, somebody {Somebody}, for {Absorbs.TotalMinutes} min; {Held.Words}; {Background.Configuration}; {BodyScale.Configuration}");

    /// <summary>Something that stays.</summary>
    sealed class Thing(CellPatch patch)
    {
        public CellPatch Patch { get; set; } = patch;
        public bool IsBrought { get; init; }
        public double Alone { get; set; }
        public double Beside { get; set; }
        public int Missing { get; set; }
    }

    readonly BodyScale _scale = new(view);
    readonly HeldAlert _held = new(AlertKind.LeftObject, Threshold, Held);
    readonly List<Thing> _things = [];
    readonly Background _background = new(Absorbs);
    TimeSpan[] _somebody = [];
    TimeSpan? _last;

    public static SenseKind Kind() => new(Detector.LeftObject, SenseModel.OfRules("left-object", Threshold, Configuration), (_, view, model) => new LeftObjectSense(view, model));

    public Detector Detector => Detector.LeftObject;

    public DetectorModel Model => model;

    public bool AsksWays => false;

    public long Judged { get; private set; }

    public IReadOnlyList<Alert> See(Glance glance)
    {
        if (!_scale.IsDrawn && glance.Motion is { } motion) _scale.Note(Blob.Of(motion));
        if (!_background.See(glance) || !_background.Knows) return [];
        Judged++;
        var seconds = Math.Min(2, (glance.At - _last)?.TotalSeconds ?? 0);
        _last = glance.At;
        Note(glance.At);
        Match(glance.At);
        foreach (var thing in _things.Where(thing => thing.Missing == 0)) Weigh(thing, seconds);
        var longest = _things.Where(thing => thing.IsBrought).Max(thing => (double?)thing.Alone) ?? 0;
        return _held.See(glance.At, glance.At + TimeSpan.FromSeconds(0.5), Math.Min(1, longest / Alone * Threshold)) is { } turned ? [turned] : [];
    }

    public IReadOnlyList<Alert> Rest()
    {
        _background.Rest();
        _last = null;
        return _held.Rest() is { } ended ? [ended] : [];
    }

    double Body(double foot) => _scale.AtFoot(foot, _background.Rows);

    /// <summary>Where somebody was just now: a patch of a person's height in which something moves, and what is near it.</summary>
    void Note(TimeSpan at)
    {
        if (_somebody.Length != _background.Now.Length)
        {
            _somebody = new TimeSpan[_background.Now.Length];
            Array.Fill(_somebody, TimeSpan.MinValue);
            _things.Clear();
        }

        foreach (var patch in CellPatch.Of(_background.Columns, _background.Rows, i => _background.Now[i] || _background.Moved[i]))
            if (patch.Height >= Person * Body(patch.Foot) && patch.Cells.Any(i => _background.Moved[i]))
                foreach (var i in patch.Around((int)Math.Ceiling(0.25 * Body(patch.Foot)), _background.Columns, _background.Rows)) _somebody[i] = at;
    }

    /// <summary>Which still patch is which thing; a new one was brought where somebody was there just before.</summary>
    void Match(TimeSpan at)
    {
        foreach (var thing in _things) thing.Missing++;
        foreach (var patch in CellPatch.Of(_background.Columns, _background.Rows, i => _background.Calm[i] >= Still))
        {
            var body = Body(patch.Foot);
            if (patch.Height > Math.Max(2, Highest * body) || patch.Width > Math.Max(2, Widest * body) || patch.Height < Smallest * body) continue;
            var cells = patch.Cells.ToHashSet();
            if (_things.Find(thing => thing.Patch.Cells.Count(cells.Contains) * 3 >= Math.Min(cells.Count, thing.Patch.Cells.Count)) is { } known) (known.Patch, known.Missing) = (patch, 0);
            else _things.Add(new(patch) { IsBrought = patch.Cells.Any(i => _somebody[i] <= at && _somebody[i] >= at - TimeSpan.FromSeconds(Brought)) });
        }

        // Somebody may stand before it for a while.
        _things.RemoveAll(thing => thing.Missing > 20);
    }

    void Weigh(Thing thing, double seconds)
    {
        var body = Body(thing.Patch.Foot);
        var own = thing.Patch.Around(1, _background.Columns, _background.Rows);
        var near = thing.Patch.Around((int)Math.Ceiling(With * body), _background.Columns, _background.Rows);
        var beside = near.Count(i => !own.Contains(i) && (_background.Now[i] || _background.Moved[i])) >= Somebody * Crowds.Occupancy.Area(body);
        thing.Beside = beside ? thing.Beside + seconds : 0;
        if (!beside) thing.Alone += seconds;
        else if (thing.Beside >= Back) thing.Alone = 0;
    }
}
