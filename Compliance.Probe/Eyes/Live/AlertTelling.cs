using Compliance.Domain.Alerts;
using Compliance.Domain.Detectors;

namespace Compliance.Probe.Eyes.Live;

/// <summary>Tells one alert: when it begins, when its clip is cut, when that was blurred, when it has ended. What was told is never taken back.</summary>
internal sealed class AlertTelling
{
    readonly Lock _gate = new();
    readonly EyesMeans _means;
    readonly DetectorModel _model;
    SeenAlert _seen;

    /// <param name="stop">The detector is stopped: the clip is cut at once, of what there is.</param>
    public AlertTelling(Guid device, Sighting began, UnitRing ring, EyesMeans means, CancellationToken stop)
    {
        (_means, _model) = (means, began.Model);
        _seen = new(Guid.CreateVersion7(means.Clock.GetUtcNow()), device, began.Alert.Kind, At(began.Alert.Start), null, began.Alert.Score, began.Analysed, began.Skipped, null);
        Tell(seen => seen);
        Clipped = Clip(ring, stop);
        means.Await(Blurred = Blur());
    }

    /// <summary>Done when the clip was told, or there is none.</summary>
    public Task<Clip?> Clipped { get; }

    /// <summary>Done when the blurred copy was told, or there is none. Nothing waits for it.</summary>
    public Task Blurred { get; }

    public void Ended(Sighting sighting) =>
        Tell(seen => seen with { Until = At(sighting.Alert.End), Score = sighting.Alert.Score, Analysed = sighting.Analysed, Skipped = sighting.Skipped });

    async Task<Clip?> Clip(UnitRing ring, CancellationToken stop)
    {
        var (from, until) = (_seen.From - _means.Settings.ClipBefore, _seen.From + _means.Settings.ClipAfter);
        if (until - _means.Clock.GetUtcNow() is { Ticks: > 0 } left) await Task.Delay(left, _means.Clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (await Clips.Of(ring.Cut(from, until), _means.Folder, AlertClip.Largest, CancellationToken.None) is not { } clip) return null;
        Tell(seen => seen with { Clip = clip });
        return clip;
    }

    async Task Blur()
    {
        if (await Clipped is { } clip && !_means.Over.IsCancellationRequested && _means.Blur is { } blur && await blur(clip, _means.Over) is { } copy) Tell(seen => seen with { Blurred = copy });
    }

    /// <summary>The bytes of a clip are told until they are kept; later its hash stands for it.</summary>
    void Tell(Func<SeenAlert, SeenAlert> with)
    {
        lock (_gate)
        {
            var told = with(_seen);
            _seen = !_means.Tell(told, _model) ? told : told with { Clip = told.Clip is { } clip ? clip with { Mp4 = [] } : null, Blurred = told.Blurred is { } copy ? copy with { Clip = copy.Clip with { Mp4 = [] } } : null };
        }
    }

    static DateTimeOffset At(TimeSpan time) => DateTimeOffset.UnixEpoch + time;
}
