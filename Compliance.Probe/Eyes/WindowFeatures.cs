using Compliance.Domain.Detectors;
using Compliance.Probe.Eyes.Persons;

namespace Compliance.Probe.Eyes;

/// <summary>The numbers by which a window of two seconds is judged; how people move, never who they are.</summary>
internal static class WindowFeatures
{
    static readonly string[] Rhythm = ["slow", "middle", "quick", "repeats"];

    public static readonly IReadOnlyList<string> Names =
    [
        .. from fact in PairFacts.Names from over in new[] { "mean", "deviation", "most", "jumps" } select $"{fact}-{over}",
        .. from of in new[] { "change", "speed90" } from rhythm in Rhythm select $"{of}-{rhythm}",
        .. ActionCrop.Names, .. WholeMotion.Names,
    ];

    /// <summary>The same, and how persons stand and move by their boxes.</summary>
    public static readonly IReadOnlyList<string> NamesWithPersons = [.. Names, .. PersonFacts.Names];

    /// <param name="boxes">Of each frame in pixels; null where nobody was looked for.</param>
    /// <param name="person">Where it is known, or the camera was calibrated, that stands before the boxes' height.</param>
    public static float[] OfPersons(IReadOnlyList<MotionField?> fields, IReadOnlyList<IReadOnlyList<PersonBox>?> boxes, double? person = null, ViewCalibration? view = null)
    {
        var seen = fields.OfType<MotionField>().ToList();
        if (seen.Count == 0) return new float[NamesWithPersons.Count];
        var (rows, blobs, measured) = (seen[0].Rows, seen.ConvertAll(Blob.Of), PersonFacts.Body(fields, boxes));
        var guessed = PersonHeight.Guess(seen, blobs);
        var body = PersonHeight.Within(person * rows ?? (view is { Persons.Count: > 0 } ? (double?)PersonHeight.Expected(view, seen, blobs) : null) ?? measured ?? guessed, rows);
        // To the last bit as in the training: there a height is a share of the picture's.
        return [.. Of(seen, blobs, body / rows * rows), .. PersonFacts.Of(fields, boxes, body, measured is not null, guessed, rows).Select(value => (float)value)];
    }

    /// <param name="fields">Of consecutive frames; a field that a flash left out is null.</param>
    /// <param name="person">A person's height as a share of the picture's, where it is the same all over the picture.</param>
    /// <param name="view">The camera's calibration; null where nobody drew one.</param>
    public static float[] Of(IReadOnlyList<MotionField?> fields, double? person = null, ViewCalibration? view = null)
    {
        var seen = fields.OfType<MotionField>().ToList();
        var blobs = seen.ConvertAll(Blob.Of);
        return Of(seen, blobs, seen.Count > 0 && person is { } share ? share * seen[0].Rows : view is { Persons.Count: > 0 } ? PersonHeight.Expected(view, seen, blobs) : PersonHeight.Guess(seen, blobs));
    }

    /// <param name="body">A person's height, in cells.</param>
    static float[] Of(List<MotionField> seen, List<IReadOnlyList<Blob>> blobs, double body)
    {
        var facts = seen.Select((field, i) => PairFacts.Of(field, blobs[i], i > 0 ? seen[i - 1] : null, body)).ToList();
        var result = new List<double>(Names.Count);
        for (var k = 0; k < PairFacts.Names.Count; k++) result.AddRange(Over(facts.ConvertAll(one => one[k])));
        foreach (var of in new[] { 2, 5 }) result.AddRange(RhythmOf(facts.ConvertAll(one => one[of])));
        result.AddRange(ActionCrop.Of(seen, body));
        result.AddRange(WholeMotion.Of(seen, body));
        return [.. result.Select(value => (float)value)];
    }

    static double[] Over(List<double> series)
    {
        if (series.Count == 0) return new double[4];
        var mean = series.Average();
        var sorted = series.Order().ToList();
        return
        [
            mean, Math.Sqrt(series.Average(value => (value - mean) * (value - mean))), sorted[(int)(0.9 * (sorted.Count - 1))],
            series.Zip(series.Skip(1), (a, b) => Math.Abs(b - a)).DefaultIfEmpty(0).Average(),
        ];
    }

    /// <summary>Shares of slow, middle and quick change in a series, and how well it repeats itself: dancing keeps time.</summary>
    static double[] RhythmOf(List<double> series)
    {
        var n = series.Count;
        if (n < 4) return new double[4];
        var mean = series.Average();
        var bands = new double[3];
        for (var k = 1; k <= n / 2; k++)
        {
            double re = 0, im = 0;
            for (var t = 0; t < n; t++) (re, im) = (re + (series[t] - mean) * Math.Cos(Math.Tau * k * t / n), im + (series[t] - mean) * Math.Sin(Math.Tau * k * t / n));
            var hertz = (double)k * Frame.Rate / n;
            bands[hertz <= 1 ? 0 : hertz <= 2.5 ? 1 : 2] += re * re + im * im;
        }

        var (all, power, best) = (bands.Sum() + 1e-9, series.Sum(value => (value - mean) * (value - mean)) + 1e-9, 0.0);
        for (var lag = 3; lag <= n / 2; lag++)
            best = Math.Max(best, Enumerable.Range(0, n - lag).Sum(t => (series[t] - mean) * (series[t + lag] - mean)) / power);
        return [bands[0] / all, bands[1] / all, bands[2] / all, best];
    }
}
