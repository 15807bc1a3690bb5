using Compliance.Domain.Venues;

namespace Compliance.Probe.Eyes;

/// <summary>
/// How much one camera's windows look like a fight when there is none: a full dance floor raises its own bar. It is the higher one of the last half hour and of the same
/// hour of earlier nights; these are kept over a restart.
/// </summary>
/// <param name="earlier">What was kept; null: nothing was, or the time of the windows is no time of day.</param>
/// <param name="keep">Called when an hour has passed.</param>
internal sealed class UsualScores(EarlierNights? earlier = null, Action<EarlierNights>? keep = null)
{
    /// <summary>Half an hour of windows is remembered; five minutes are needed before they say anything.</summary>
    const int Remembered = 1800, Needed = 300;

    /// <summary>The bar is the score that this share of windows stays below, and it never rises so high that nothing could pass.</summary>
    const double Quantile = 0.95, Highest = 0.9;

    public static string Configuration => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"bar {Quantile} of {Remembered}, from {Needed}, at most {Highest}");

    readonly Lock _gate = new();
    readonly Queue<double> _scores = new();
    readonly int[] _tonight = new int[EarlierNights.Steps];
    EarlierNights? _earlier = earlier;
    (DateOnly Day, int Hour)? _hour;

    /// <summary>What a score must reach here; 0 until enough was seen.</summary>
    /// <param name="at">Since 1970, where hours are kept.</param>
    public double BarAt(TimeSpan at)
    {
        lock (_gate) return Math.Min(Highest, Math.Max(Lately, _earlier?.Bar(HourOf(at).Hour, Quantile, Needed) ?? 0));
    }

    /// <summary>The same as it is now, for a sight beside: what that adds is kept nowhere.</summary>
    public UsualScores Copy()
    {
        lock (_gate)
        {
            var copy = new UsualScores(_earlier);
            foreach (var score in _scores) copy._scores.Enqueue(score);
            return copy;
        }
    }

    public void Add(TimeSpan at, double score)
    {
        lock (_gate) AddIn(at, score);
    }

    void AddIn(TimeSpan at, double score)
    {
        _scores.Enqueue(score);
        if (_scores.Count > Remembered) _scores.Dequeue();
        if (_earlier is null) return;
        var hour = HourOf(at);
        if (_hour is { } before && before != hour) Close(before.Hour);
        _hour = hour;
        _tonight[Math.Clamp((int)(score * EarlierNights.Steps), 0, EarlierNights.Steps - 1)]++;
    }

    double Lately => _scores.Count < Needed ? 0 : _scores.Order().ElementAt((int)(Quantile * (_scores.Count - 1)));

    void Close(int hour)
    {
        _earlier = _earlier!.With(hour, _tonight);
        Array.Clear(_tonight);
        keep?.Invoke(_earlier);
    }

    static (DateOnly Day, int Hour) HourOf(TimeSpan at) => VenueZone.Local(DateTimeOffset.UnixEpoch + at) is var local ? (DateOnly.FromDateTime(local.DateTime), local.Hour) : default;
}

/// <summary>How many windows scored how much in each hour of the day, earlier nights counting less and less.</summary>
/// <param name="Hours">For each hour of the venues' clocks the counts by score, in steps of a hundredth.</param>
internal sealed record EarlierNights(IReadOnlyList<float[]> Hours)
{
    public const int Steps = 100;

    /// <summary>What is left of a night after another one.</summary>
    const float Fades = 0.7f;

    public static readonly EarlierNights None = new([.. Enumerable.Range(0, 24).Select(_ => new float[Steps])]);

    public bool IsWhole => Hours.Count == 24 && Hours.All(hour => hour.Length == Steps && hour.All(count => float.IsFinite(count) && count >= 0));

    /// <summary>The score that this share of the hour's windows stays below; 0 where too few were seen.</summary>
    public double Bar(int hour, double share, int needed)
    {
        var counts = Hours[hour];
        var wanted = share * counts.Sum();
        if (counts.Sum() < needed) return 0;
        var (at, seen) = (0, 0f);
        while (at < Steps - 1 && (seen += counts[at]) < wanted) at++;
        return (at + 1.0) / Steps;
    }

    public EarlierNights With(int hour, int[] tonight) => new([.. Hours.Select((counts, h) => h == hour ? [.. counts.Zip(tonight, (old, now) => old * Fades + now)] : counts)]);
}
