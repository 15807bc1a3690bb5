using Compliance.Domain.Alerts;

namespace Compliance.Probe.Eyes;

/// <summary>
/// When windows become an alert: four of the last six over the threshold begin it, and it ends only when few are near it; then it is quiet for half a minute.
/// </summary>
internal sealed class FightAlerts(double threshold, UsualScores? usual = null)
{
    const int Looked = 6, Enough = 4, StillEnough = 2;

    /// <summary>An alert that stands is held by scores this much lower.</summary>
    const double Slack = 0.1;

    static readonly TimeSpan Quiet = TimeSpan.FromSeconds(30);

    /// <summary>What goes on for longer is told as another one: nobody waits half a night for the end of an alert.</summary>
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    /// <summary>All that turns scores into alerts, in words, so that its hash tells one way from another.</summary>
    public static string Configuration => string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"{Enough} of {Looked} windows begin, fewer than {StillEnough} within {Slack} end, or {Longest.TotalMinutes} min, quiet {Quiet.TotalSeconds} s; {Frame.StandardWidth} pixels, {Frame.Rate} a second, windows of {WindowMaker.Length} every {WindowMaker.Hop}; {UsualScores.Configuration}");

    readonly UsualScores _usual = usual ?? new();
    readonly List<(Window Window, double Score, bool Over, bool Near)> _last = [];
    readonly List<double> _standing = [];
    TimeSpan _start, _end, _notBefore;

    /// <summary>Whether an alert stands now.</summary>
    public bool Stands { get; private set; }

    /// <summary>The alert that began or ended with this window, if one did.</summary>
    public Alert? See(Window window, double score)
    {
        var bar = Math.Max(threshold, _usual.BarAt(window.Start));
        _last.Add((window, score, window.Tells && score >= bar, window.Tells && score >= bar - Slack));
        if (_last.Count > Looked) _last.RemoveAt(0);
        if (Stands) return Hold(window, score);
        if (window.Start >= _notBefore && _last.Count(one => one.Over) >= Enough) return Begin();
        if (window.Tells) _usual.Add(window.Start, score);
        return null;
    }

    /// <summary>The alert that still stood when the footage ended or broke off.</summary>
    public Alert? Rest()
    {
        var ended = Stands ? End() : null;
        _last.Clear();
        return ended;
    }

    Alert Begin()
    {
        var over = _last.Where(one => one.Over).ToList();
        (Stands, _start, _end) = (true, over[0].Window.Start, over[^1].Window.End);
        _standing.AddRange(over.Select(one => one.Score));
        return Now(false);
    }

    Alert? Hold(Window window, double score)
    {
        if (_last[^1].Near)
        {
            _end = window.End;
            _standing.Add(score);
        }

        return _last.Count(one => one.Near) < StillEnough || _end - _start > Longest ? End() : null;
    }

    Alert End()
    {
        var alert = Now(true);
        (Stands, _notBefore) = (false, _end + Quiet);
        _standing.Clear();
        _last.Clear();
        return alert;
    }

    Alert Now(bool over) => new(AlertKind.Fight, _start, _end, _standing.Average(), over);
}
