using Compliance.Domain.Detectors;

namespace Compliance.Probe.Eyes;

/// <summary>Whether people move as in a fight: instants become windows, windows scores, scores alerts.</summary>
/// <param name="view">The camera's calibration: how tall people are where something moves; else it is measured by boxes, or guessed.</param>
/// <param name="help">What the box has beside the trees.</param>
internal sealed class FightSense(FightModel trees, DetectorModel model, UsualScores usual, ViewCalibration? view = null, FightHelp? help = null) : ISense
{
    readonly FightHelp _help = help ?? FightHelp.None;
    readonly FightAlerts _alerts = new((help ?? FightHelp.None).ThresholdBeside(trees), usual, (help ?? FightHelp.None).SureBeside(trees));
    WindowMaker _maker = new(view: view, find: help?.FindFor(trees), pictures: help?.Video is not null);

    public Detector Detector => Detector.Fight;

    public DetectorModel Model => model;

    public long Judged { get; private set; }

    /// <summary>How tall somebody is on this camera says nothing of a clip that another one took: there it is guessed.</summary>
    public ISense Beside() => new FightSense(trees, model, usual.Copy(), help: help);

    public IReadOnlyList<Alert> See(Glance glance)
    {
        if (_maker.See(glance) is not { } window) return [];
        Judged++;
        return _alerts.See(window with { Pictures = null }, _help.Score(trees, window)) is { } turned ? [turned] : [];
    }

    public IReadOnlyList<Alert> Rest()
    {
        _maker = new(view: view, find: _help.FindFor(trees), pictures: _help.Video is not null);
        return _alerts.Rest() is { } ended ? [ended] : [];
    }
}
