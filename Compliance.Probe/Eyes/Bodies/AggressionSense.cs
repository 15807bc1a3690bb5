using System.Globalization;
using Compliance.Domain.Alerts;
using Compliance.Domain.Detectors;
using Compliance.Probe.Eyes.Live;

namespace Compliance.Probe.Eyes.Bodies;

/// <summary>
/// Whether somebody may be attacked, by bodily movement alone: a lunge at another, a chase, a fall with others close. It looks at no face and no expression, and knows patches, no persons.
/// A camera that often sees such movement, a dance floor, raises its own bar.
/// </summary>
/// <param name="usual">How much this camera's seconds look like it when there is none.</param>
internal sealed class AggressionSense(ViewCalibration? view, DetectorModel model, UsualScores? usual = null) : ISense
{
    public const double Threshold = 0.5;

    static readonly Holding Held = new(4, 1, 1, 0.2, TimeSpan.FromSeconds(60), TimeSpan.FromMinutes(5));

    public static string Configuration => string.Create(CultureInfo.InvariantCulture, $"threshold {Threshold}; {Held.Words}; {Attacks.Configuration}; {Falls.Configuration}; {UsualScores.Configuration}");

    readonly BodyScale _scale = new(view);
    readonly HeldAlert _held = new(AlertKind.Aggression, Threshold, Held, usual ?? new());
    Movers? _movers;
    Falls? _falls;
    TimeSpan? _begins;
    double? _score;

    /// <param name="usual">What was usual on a camera by the model of this hash, judged so.</param>
    public static SenseKind Kind(Func<Guid, string, ViewCalibration?, UsualScores>? usual = null) => new(
        Detector.Aggression, SenseModel.OfRules("aggression", Threshold, Configuration), (device, view, model) => new AggressionSense(view, model, usual?.Invoke(device, model.Sha256, view)));

    public Detector Detector => Detector.Aggression;

    public DetectorModel Model => model;

    public long Judged { get; private set; }

    public IReadOnlyList<Alert> See(Glance glance)
    {
        if (_falls is null || _movers is null) (_movers, _falls) = (new(_scale), new(_scale));
        _begins ??= glance.At;
        if (glance.Motion is { } motion)
        {
            _movers.See(glance.At, motion);
            Over(Math.Max(Attacks.Lunge(_movers, glance.At), Attacks.Chase(_movers, glance.At)));
        }

        if (_falls.See(glance) is { } fall) Over(fall);
        if (glance.At - _begins < TimeSpan.FromSeconds(0.99)) return [];
        Judged++;
        var (from, score) = (_begins.Value, _score);
        (_begins, _score) = (glance.At, null);
        return _held.See(from, glance.At, score) is { } turned ? [turned] : [];

        void Over(double score) => _score = Math.Max(_score ?? 0, score);
    }

    public IReadOnlyList<Alert> Rest()
    {
        (_movers, _falls, _begins, _score) = (null, null, null, null);
        return _held.Rest() is { } ended ? [ended] : [];
    }
}
