namespace Compliance.Probe.Judge;

/// <summary>
/// How much blindness the numbers alone may claim. Whoever cuts many cameras together, again and again and each time shortly, looks like our
/// own fault and is nobody's outage; so beyond a measure it is not believed. When nothing delivers and several venues are watched it costs nothing: nobody but
/// we ourselves silences them all. Asked once a second.
/// </summary>
internal sealed class BlindBudget(JudgeSettings settings)
{
    /// <summary>Seconds that were believed.</summary>
    readonly Queue<DateTimeOffset> _spent = [];
    bool _runs, _refused;

    /// <param name="byNumbers">So many are silent together that it would be us, and no canary says so.</param>
    /// <param name="delivers">A camera delivers: while none does, what was believed at its beginning is believed on.</param>
    /// <param name="venues">How many are watched.</param>
    public bool Believes(bool byNumbers, bool delivers, int venues, DateTimeOffset now)
    {
        while (_spent.TryPeek(out var old) && (old <= now - settings.FlappingWithin || old > now)) _spent.Dequeue();
        var isOurs = !delivers && venues >= settings.BlindVenues;
        var isSpent = _spent.Count >= settings.BlindPerHour.TotalSeconds;
        _refused = byNumbers && !isOurs && (_refused || (isSpent && (delivers || !_runs)));
        _runs = byNumbers && !_refused;
        if (_runs && !isOurs) _spent.Enqueue(now);
        return _runs;
    }
}
