using Compliance.Domain.Detectors;

namespace Compliance.Probe.Eyes.Live;

/// <summary>An alert that began or ended, by which model, and how much was looked at for it.</summary>
/// <param name="Analysed">Frames since it began; <paramref name="Skipped"/>: those that came and nobody looked at.</param>
internal sealed record Sighting(Alert Alert, DetectorModel Model, int Analysed, int Skipped);

/// <summary>
/// One camera's frames as they come, shown to all its senses: what moved is computed once for all of them. Frames that are missing leave a hole where they were; those that the camera sent are counted.
/// </summary>
internal sealed class Sight(IReadOnlyList<ISense> senses)
{
    /// <summary>A longer hole, in frames, is a new beginning.</summary>
    const int LongestHole = 2 * Frame.Rate;

    /// <summary>Alerts that last longer tell of so much of them, in frames.</summary>
    const int Remembered = 600 * Frame.Rate;

    readonly Queue<(TimeSpan At, long Analysed, long Skipped)> _counts = [];
    MotionSense _motion = new(senses.Any(sense => sense.AsksWays));
    (long Number, long Away, long Broken, TimeSpan At)? _last;

    public long Analysed { get; private set; }

    /// <summary>Frames that came and nobody looked at.</summary>
    public long Skipped { get; private set; }

    /// <summary>Those of them that nobody took in time: this machine could not keep up. The others a decoder broke over.</summary>
    public long Late { get; private set; }

    /// <summary>How often its senses judged so far, together.</summary>
    public long Judged => senses.Sum(sense => sense.Judged);

    public IReadOnlyList<Sighting> See(LiveFrame next)
    {
        var news = new List<Sighting>();
        var last = _last ?? (next.Number - 1, next.Away, next.Broken, next.Frame.At);
        _last = (next.Number, next.Away, next.Broken, next.Frame.At);
        var (missing, away, broken) = (next.Number - last.Number - 1, next.Away - last.Away, next.Broken - last.Broken);
        Late += Math.Max(0, missing - away - broken);
        var isSetBack = next.Frame.At < last.At - LiveFrame.Jitter;
        if (missing is < 0 or > LongestHole || isSetBack)
        {
            Skipped += Math.Max(0, missing - away);
            _motion = new(senses.Any(sense => sense.AsksWays));
            news.AddRange(Rest());
            missing = 0;
        }

        if (isSetBack)
        {
            // What was counted by the other time belongs to no alert that begins now.
            _counts.Clear();
            _counts.Enqueue((next.Frame.At, Analysed, Skipped));
        }

        for (var m = missing; m > 0; m--)
        {
            if (m > away) Skipped++;
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
