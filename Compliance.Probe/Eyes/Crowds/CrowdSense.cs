using System.Globalization;
using Compliance.Domain.Alerts;
using Compliance.Domain.Detectors;
using Compliance.Probe.Eyes.Live;
using Compliance.Probe.Eyes.Persons;

namespace Compliance.Probe.Eyes.Crowds;

/// <summary>
/// Whether more persons stand on a floor than it may hold, and whether many move suddenly as one or against each other. It knows patches, no persons. The first needs the floor and its number drawn for
/// the camera; without them only the second is told, by guessed heights.
/// </summary>
internal sealed class CrowdSense : ISense
{
    /// <summary>A floor is as full as it may be at this score, and at twice as many persons certain.</summary>
    public const double Threshold = 0.5;

    /// <summary>Instants of a second that have to tell something.</summary>
    const int Fewest = 4;

    static readonly Holding Full = new(60, 42, 20, 0.05, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30)), Moves = new(3, 2, 1, 0.1, TimeSpan.FromSeconds(60), TimeSpan.FromMinutes(10));

    public static string Configuration => string.Create(CultureInfo.InvariantCulture,
        $"threshold {Threshold}; full: {Full.Words}, samples of half a second; moves: {Moves.Words}; {Streams.Configuration}; {Occupancy.Configuration}; {UsualScores.Configuration}");

    readonly Occupancy? _occupancy;
    readonly double _most;
    readonly BodyScale _scale;
    readonly HeldAlert _full = new(AlertKind.CrowdGathering, Threshold, Full), _moves;
    readonly List<MotionField> _second = [];
    Streams _streams = new();
    TimeSpan? _begins;

    /// <param name="usual">How much this camera's seconds look like a surge when there is none.</param>
    public CrowdSense(ViewCalibration? view, DetectorModel model, UsualScores? usual = null, PersonFinder? finder = null)
    {
        (Model, _scale, _moves) = (model, new(view), new(AlertKind.CrowdSurge, Threshold, Moves, usual ?? new()));
        if (view is { MostPersons: { } most and > 0, Floor.Count: >= 3, Persons.Count: > 0 }) (_occupancy, _most) = (new(view, finder), most);
    }

    /// <param name="finder">Counts with it, where it is installed.</param>
    /// <param name="usual">What was usual on a camera by the model of this hash, judged so.</param>
    public static SenseKind Kind(Func<Guid, string, ViewCalibration?, UsualScores>? usual = null, PersonFinder? finder = null) => new(
        Detector.Crowd, SenseModel.OfRules("crowd", Threshold, finder is null ? Configuration : $"{Configuration}; persons {finder.Slot.Sha256}"),
        (device, view, model) => new CrowdSense(view, model, usual?.Invoke(device, model.Sha256, view), finder));

    public Detector Detector => Detector.Crowd;

    public DetectorModel Model { get; }

    public long Judged { get; private set; }

    /// <summary>About how many were on the floor last; null where that is not counted.</summary>
    public double? Persons { get; private set; }

    public IReadOnlyList<Alert> See(Glance glance)
    {
        var told = new List<Alert>();
        if (_occupancy?.See(glance) is { } persons)
        {
            Persons = persons;
            Add(_full.See(glance.At, glance.At + TimeSpan.FromSeconds(0.5), Math.Min(1, persons / _most * Threshold)));
        }

        if (_second.Count > 0 && glance.Motion is { } other && other.Energy.Length != _second[0].Energy.Length)
        {
            _second.Clear(); // a camera that changes its shape is another picture
            _streams = new();
        }

        _begins ??= glance.At;
        if (glance.At - _begins >= TimeSpan.FromSeconds(0.99)) Add(Judge(_begins.Value, glance.At));
        if (glance.Motion is not { } motion) return told;
        _second.Add(motion);
        if (!_scale.IsDrawn) _scale.Note(Blob.Of(motion));
        return told;

        void Add(Alert? alert)
        {
            if (alert is not null) told.Add(alert);
        }
    }

    Alert? Judge(TimeSpan from, TimeSpan until)
    {
        Judged++;
        double? score = null;
        if (_second.Count >= Fewest && _streams.See(_second, _scale) is var seen) score = Math.Max(seen.Surge, seen.Opposed);
        _second.Clear();
        _begins = until;
        return _moves.See(from, until, score);
    }

    public IReadOnlyList<Alert> Rest()
    {
        (_begins, _streams) = (null, new());
        _second.Clear();
        _occupancy?.Rest();
        return [.. new[] { _full.Rest(), _moves.Rest() }.OfType<Alert>()];
    }
}
