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
    readonly Dictionary<Guid, DateTimeOffset> _since = [];
    readonly Dictionary<Guid, DateTimeOffset> _lastLeftOut = [];
    DateTimeOffset _troubled;

    public IReadOnlyCollection<Guid> LeftOut => _since.Keys;

    /// <summary>Once a second.</summary>
    /// <param name="watched">Cameras that are looked at now, and how many frames of each were, and were not, in this second.</param>
    /// <param name="may">All that may be.</param>
    public void Pass(IReadOnlyCollection<(Guid Camera, long Analysed, long Skipped)> watched, IReadOnlyCollection<Guid> may, DateTimeOffset now)
    {
        foreach (var gone in _since.Keys.Except(may).ToList()) _since.Remove(gone);
        _seconds.Enqueue((watched.Sum(one => one.Analysed), watched.Sum(one => one.Skipped)));
        if (_seconds.Count > Looked) _seconds.Dequeue();
        var (analysed, skipped) = (_seconds.Sum(one => one.Analysed), _seconds.Sum(one => one.Skipped));
        var share = skipped == 0 ? 0 : (double)skipped / (analysed + skipped);
        if (share > Little) _troubled = now;
        if (share > TooMuch && _seconds.Count == Looked && watched.Count > 1)
        {
            var one = watched.MinBy(camera => (_lastLeftOut.GetValueOrDefault(camera.Camera), camera.Camera)).Camera;
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
