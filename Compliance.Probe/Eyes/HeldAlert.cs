using System.Globalization;
using Compliance.Domain.Alerts;

namespace Compliance.Probe.Eyes;

/// <summary>When judgements become an alert, and when it has ended.</summary>
/// <param name="Enough">So many of the last <paramref name="Looked"/> over the threshold begin it; fewer than <paramref name="StillEnough"/> near it end it.</param>
/// <param name="Slack">An alert that stands is held by scores this much lower.</param>
/// <param name="Quiet">After it nothing is told for so long.</param>
/// <param name="Longest">What goes on for longer is told as another one: nobody waits half a night for the end of an alert.</param>
/// <param name="Sure">So many one after another over the surer threshold begin it too: what is surer is told sooner. Null: there is no such threshold.</param>
internal sealed record Holding(int Looked, int Enough, int StillEnough, double Slack, TimeSpan Quiet, TimeSpan Longest, int? Sure = null)
{
    public string Words => string.Create(CultureInfo.InvariantCulture, $"{Enough} of {Looked}{(Sure is { } sure ? $", or {sure} in a row that are sure," : "")} begin, fewer than {StillEnough} within {Slack} end, or {Longest.TotalMinutes} min, quiet {Quiet.TotalSeconds} s");
}

/// <summary>The alerts of one kind on one camera: one stands at a time.</summary>
/// <param name="sure">The surer threshold; null: none.</param>
internal sealed class HeldAlert(AlertKind kind, double threshold, Holding holding, UsualScores? usual = null, double? sure = null)
{
    readonly List<(TimeSpan Start, TimeSpan End, double Score, bool Over, bool Near, bool Sure)> _last = [];
    readonly List<double> _standing = [];
    TimeSpan _start, _end, _notBefore;

    /// <summary>Whether an alert stands now.</summary>
    public bool Stands { get; private set; }

    /// <summary>The alert that began or ended with this judgement, if one did.</summary>
    /// <param name="score">Null where nothing could be judged.</param>
    public Alert? See(TimeSpan start, TimeSpan end, double? score)
    {
        var bar = Math.Max(threshold, usual?.BarAt(start) ?? 0);
        if (start < _notBefore - holding.Quiet) _notBefore = default; // before the last one ended: the clock was set back since, and would mute it for as long
        _last.Add((start, end, score ?? 0, score >= bar, score >= bar - holding.Slack, score >= Math.Max(bar, sure ?? double.PositiveInfinity)));
        if (_last.Count > holding.Looked) _last.RemoveAt(0);
        if (Stands) return Hold();
        if (start >= _notBefore && (_last.Count(one => one.Over) >= holding.Enough || IsSure)) return Begin();
        if (score is { } usually) usual?.Add(start, usually);
        return null;
    }

    bool IsSure => holding.Sure is { } enough && _last.Count >= enough && _last.TakeLast(enough).All(one => one.Sure);

    /// <summary>The alert that still stood when the pictures ended or broke off.</summary>
    public Alert? Rest()
    {
        var ended = Stands ? End() : null;
        _last.Clear();
        return ended;
    }

    Alert Begin()
    {
        var over = _last.Where(one => one.Over).ToList();
        (Stands, _start, _end) = (true, over[0].Start, over[^1].End);
        _standing.AddRange(over.Select(one => one.Score));
        return Now(false);
    }

    Alert? Hold()
    {
        if (_last[^1].Near)
        {
            _end = _last[^1].End;
            _standing.Add(_last[^1].Score);
        }

        return _last.Count(one => one.Near) < holding.StillEnough || _end - _start > holding.Longest ? End() : null;
    }

    Alert End()
    {
        var alert = Now(true);
        (Stands, _notBefore) = (false, _end + holding.Quiet);
        _standing.Clear();
        _last.Clear();
        return alert;
    }

    Alert Now(bool over) => new(kind, _start, _end, _standing.Average(), over);
}
