using Compliance.Domain.Detectors;

namespace Compliance.Probe.Eyes;

/// <summary>Whether people move as in a fight: instants become windows, windows scores, scores alerts.</summary>
/// <param name="person">A person's height as a share of the picture's, where somebody set it; else it is guessed.</param>
internal sealed class FightSense(FightModel trees, DetectorModel model, UsualScores usual, double? person = null) : ISense
{
    readonly FightAlerts _alerts = new(trees.Threshold, usual);
    WindowMaker _maker = new(person);

    public Detector Detector => Detector.Fight;

    public DetectorModel Model => model;

    public long Judged { get; private set; }

    public IReadOnlyList<Alert> See(Glance glance)
    {
        if (_maker.See(glance) is not { } window) return [];
        Judged++;
        return _alerts.See(window, trees.Score(window.Numbers)) is { } turned ? [turned] : [];
    }

    public IReadOnlyList<Alert> Rest()
    {
        _maker = new(person);
        return _alerts.Rest() is { } ended ? [ended] : [];
    }
}
