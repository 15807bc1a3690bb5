using System.Net;

namespace Compliance.Probe.Watch.Panels;

/// <summary>
/// How many frames one source may send: some at once, then so many a second. It remembers a bounded number of sources, and forgets first
/// those that were quiet; whoever invents sources faster than that is kept out, with all who are new.
/// </summary>
/// <remarks>What comes without a connection may bear a false source, so it has a measure of its own.</remarks>
internal sealed class SourceGate(TimeProvider clock, int most = SourceGate.MostSources)
{
    public const int MostSources = 4_096, AtOnce = 40, PerSecond = 10;

    readonly Lock _gate = new();
    readonly Dictionary<(IPAddress From, bool IsConnected), (double Left, TimeSpan At)> _sources = [];

    public int Remembered
    {
        get { lock (_gate) return _sources.Count; }
    }

    public bool Passes(IPAddress from, bool isConnected)
    {
        lock (_gate)
        {
            var now = clock.GetElapsedTime(0);
            if (!_sources.TryGetValue((from, isConnected), out var known))
            {
                if (_sources.Count >= most) ForgetQuiet(now);
                if (_sources.Count >= most) return false;
                known = (AtOnce, now);
            }

            var left = Filled(known, now);
            _sources[(from, isConnected)] = (left >= 1 ? left - 1 : left, now);
            return left >= 1;
        }
    }

    void ForgetQuiet(TimeSpan now)
    {
        foreach (var (source, known) in _sources)
            if (Filled(known, now) >= AtOnce) _sources.Remove(source);
    }

    static double Filled((double Left, TimeSpan At) known, TimeSpan now) => Math.Min(AtOnce, known.Left + ((now - known.At).TotalSeconds * PerSecond));
}
