namespace Compliance.Probe.Eyes.Live;

/// <summary>An alert that began or ended, and how much was looked at for it.</summary>
/// <param name="Analysed">Frames since it began; <paramref name="Skipped"/>: those that came and nobody looked at.</param>
internal sealed record Sighting(Alert Alert, int Analysed, int Skipped);

/// <summary>One camera's frames as they come, through windows and scores to alerts. Frames that are missing leave a hole where they were, and are counted.</summary>
internal sealed class FightSight(FightModel model, UsualScores usual, double? person = null)
{
    /// <summary>Alerts that last longer tell of so much of them, in windows.</summary>
    const int Remembered = 600;

    readonly FightAlerts _alerts = new(model.Threshold, usual);
    readonly Queue<(TimeSpan At, long Analysed, long Skipped)> _counts = [];
    WindowMaker _maker = new(person);
    long? _last;

    public long Analysed { get; private set; }

    public long Skipped { get; private set; }

    /// <summary>Windows that were judged so far.</summary>
    public long Windows { get; private set; }

    public IReadOnlyList<Sighting> See(LiveFrame next)
    {
        var news = new List<Sighting>();
        var missing = _last is { } last ? next.Number - last - 1 : 0;
        _last = next.Number;
        if (missing is < 0 or > WindowMaker.Length)
        {
            _maker = new(person);
            Skipped += Math.Max(0, missing);
            if (_alerts.Rest() is { } ended) news.Add(Counted(ended));
        }

        for (var m = missing; m > 0 && m <= WindowMaker.Length; m--)
        {
            Skipped++;
            Take(_maker.Missed(next.Frame.At - TimeSpan.FromSeconds((double)m / Frame.Rate)));
        }

        Analysed++;
        Take(_maker.See(next.Frame));
        return news;

        void Take(Window? window)
        {
            if (window is null) return;
            Windows++;
            _counts.Enqueue((window.End, Analysed, Skipped));
            if (_counts.Count > Remembered) _counts.Dequeue();
            if (_alerts.See(window, model.Score(window.Numbers)) is { } turned) news.Add(Counted(turned));
        }
    }

    /// <summary>The alert that still stood when the detector stopped.</summary>
    public Sighting? Rest() => _alerts.Rest() is { } ended ? Counted(ended) : null;

    Sighting Counted(Alert alert)
    {
        var before = _counts.Count == Remembered && _counts.Peek() is var oldest && oldest.At > alert.Start ? oldest : _counts.LastOrDefault(count => count.At <= alert.Start);
        return new(alert, (int)(Analysed - before.Analysed), (int)(Skipped - before.Skipped));
    }
}
