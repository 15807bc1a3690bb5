namespace Compliance.Probe.Eyes.Live;

/// <summary>
/// When a machine cannot look at all frames, whole cameras are left out for a while, in turn, instead of a little of each: half-seen motion judges badly. Who is left out
/// is counted and said.
/// </summary>
internal sealed class Shedding
{
    /// <summary>Seconds looked back on, and the share of missed frames in them from which on a camera is left out.</summary>
    const int Looked = 10;
    const double TooMuch = 0.1, Little = 0.02;

    /// <summary>After so long without misses one is taken back.</summary>
    static readonly TimeSpan Rest = TimeSpan.FromSeconds(60);

    readonly Queue<(long Analysed, long Skipped)> _seconds = [];
    readonly Dictionary<Guid, TimeSpan> _since = [];
    readonly Dictionary<Guid, TimeSpan> _lastLeftOut = [];
    TimeSpan _troubled;

    public IReadOnlyCollection<Guid> LeftOut => _since.Keys;

    /// <summary>Once a second.</summary>
    /// <param name="watched">Cameras that are looked at now, how many frames of each were in this second, and how many nobody took in time: not those that no camera sent or a decoder broke over.</param>
    /// <param name="may">All that may be.</param>
    /// <param name="now">By the clock that only ticks.</param>
    public void Pass(IReadOnlyCollection<(Guid Camera, long Analysed, long Late)> watched, IReadOnlyCollection<Guid> may, TimeSpan now)
    {
        foreach (var gone in _since.Keys.Except(may).ToList()) _since.Remove(gone);
        _seconds.Enqueue((watched.Sum(one => one.Analysed), watched.Sum(one => one.Late)));
        if (_seconds.Count > Looked) _seconds.Dequeue();
        var (analysed, skipped) = (_seconds.Sum(one => one.Analysed), _seconds.Sum(one => one.Skipped));
        var share = skipped == 0 ? 0 : (double)skipped / (analysed + skipped);
        if (share > Little) _troubled = now;
        if (share > TooMuch && _seconds.Count == Looked && watched.Count > 1)
        {
            var one = watched.MinBy(camera => (_lastLeftOut.GetValueOrDefault(camera.Camera, TimeSpan.MinValue), camera.Camera)).Camera;
            (_since[one], _lastLeftOut[one]) = (now, now);
            _seconds.Clear();
        }
        else if (_since.Count > 0 && now - _troubled > Rest)
        {
            _since.Remove(_since.MinBy(one => one.Value).Key);
            _troubled = now;
            _seconds.Clear();
        }
    }
}
