using Compliance.Domain.Detectors;

namespace Compliance.Probe.Eyes.Live;

/// <summary>An alert that began or ended, by which model, and how much was looked at for it.</summary>
/// <param name="Analysed">Frames since it began; <paramref name="Skipped"/>: those that came and nobody looked at.</param>
internal sealed record Sighting(Alert Alert, DetectorModel Model, int Analysed, int Skipped);

/// <summary>
/// One camera's frames as they come, shown to all its senses: what moved is computed once for all of them. Frames that are missing leave a hole where they were, and are counted.
/// </summary>
internal sealed class Sight(IReadOnlyList<ISense> senses)
{
    /// <summary>A longer hole, in frames, is a new beginning.</summary>
    const int LongestHole = 2 * Frame.Rate;

    /// <summary>Alerts that last longer tell of so much of them, in frames.</summary>
    const int Remembered = 600 * Frame.Rate;

    readonly Queue<(TimeSpan At, long Analysed, long Skipped)> _counts = [];
    MotionSense _motion = new(senses.Any(sense => sense.AsksWays));
    long? _last;

    public long Analysed { get; private set; }

    public long Skipped { get; private set; }

    /// <summary>How often its senses judged so far, together.</summary>
    public long Judged => senses.Sum(sense => sense.Judged);

    public IReadOnlyList<Sighting> See(LiveFrame next)
    {
        var news = new List<Sighting>();
        var missing = _last is { } last ? next.Number - last - 1 : 0;
        _last = next.Number;
        if (missing is < 0 or > LongestHole)
        {
            _motion = new(senses.Any(sense => sense.AsksWays));
            if (!next.IsAfterTurn) Skipped += Math.Max(0, missing);
            news.AddRange(Rest());
            missing = 0;
        }

        for (var m = missing; m > 0; m--)
        {
            if (!next.IsAfterTurn) Skipped++;
            _motion.Missed();
            Show(new(next.Frame.At - TimeSpan.FromSeconds((double)m / Frame.Rate), null, null));
        }

        Analysed++;
        Show(new(next.Frame.At, next.Frame, _motion.See(next.Frame)));
        return news;

        void Show(Glance glance)
        {
            _counts.Enqueue((glance.At + TimeSpan.FromSeconds(1.0 / Frame.Rate), Analysed, Skipped));
            if (_counts.Count > Remembered) _counts.Dequeue();
            foreach (var sense in senses) news.AddRange(sense.See(glance).Select(alert => Counted(alert, sense)));
        }
    }

    /// <summary>The alerts that still stood when the detectors stopped.</summary>
    public IReadOnlyList<Sighting> Rest() => [.. senses.SelectMany(sense => sense.Rest(), (sense, ended) => Counted(ended, sense))];

    Sighting Counted(Alert alert, ISense sense)
    {
        var before = _counts.Count == Remembered && _counts.Peek() is var oldest && oldest.At > alert.Start ? oldest : _counts.LastOrDefault(count => count.At <= alert.Start);
        return new(alert, sense.Model, (int)(Analysed - before.Analysed), (int)(Skipped - before.Skipped));
    }
}
