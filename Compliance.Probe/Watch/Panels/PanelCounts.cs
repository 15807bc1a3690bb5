using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Compliance.Probe.Watch.Panels;

/// <summary>What became of a frame. All but the first two are refusals.</summary>
internal enum FrameFate { Taken, Repeated, Unreadable, NotEnrolled, WrongSource, NotOpened, OutOfTime, TooFast, TooMany, NotKept }

/// <summary>How many frames met which fate: a meter for whoever collects them, and a number for whoever asks.</summary>
internal sealed class PanelCounts : IDisposable
{
    readonly Meter _meter = new("Compliance.Probe");
    readonly Counter<long> _frames;
    readonly ConcurrentDictionary<FrameFate, long> _counts = [];

    public PanelCounts() => _frames = _meter.CreateCounter<long>("compliance.probe.panel.frames", "{frame}", "Frames of fire alarm panels, by what became of them");

    public long this[FrameFate fate] => _counts.GetValueOrDefault(fate);

    /// <returns>How many there are now.</returns>
    public long Count(FrameFate fate)
    {
        _frames.Add(1, new KeyValuePair<string, object?>("fate", fate.ToString()));
        return _counts.AddOrUpdate(fate, 1, (_, n) => n + 1);
    }

    public void Dispose() => _meter.Dispose();
}
