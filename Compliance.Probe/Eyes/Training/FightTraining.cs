using Compliance.Domain.Models;

namespace Compliance.Probe.Eyes.Training;

/// <summary>Grows the trees, and measures what such trees make of sources they have not seen.</summary>
/// <param name="without">Features and lights that are withheld from the trees, to see what they are worth.</param>
internal sealed class FightTraining(IReadOnlyList<SeenClip> clips, BoostingSettings how, int seed, Without? without = null)
{
    readonly int[] _hidden = [.. Enumerable.Range(0, WindowFeatures.NamesWithPersons.Count).Where(f => without?.Feature(WindowFeatures.NamesWithPersons[f]) == true)];
    readonly IReadOnlyList<string> _lights = [.. ClubLight.Kinds.Where(light => without?.Light(light) != true)];

    /// <summary>What is learned of all clips; its threshold and hash are to be set.</summary>
    public FightModel Grow() => Grow(Examples(_ => true), seed);

    FightModel Grow(IReadOnlyList<Example> examples, int chance)
    {
        var (start, trees) = Boosting.Grow(examples, how, chance);
        return new("", 0, start, trees, [], without?.Likeness == true ? null : LikenessFit.Fit(examples, Likeness));
    }

    internal static readonly LikenessSettings Likeness = new();

    /// <summary>
    /// By light, the score of each clip in the order given, by trees that were grown without its source. Nothing about these trees is chosen by what they score here.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<(double Score, bool Fight)>> OutOfFold(int division)
    {
        var scores = ClubLight.Kinds.ToDictionary(light => light, _ => new (double, bool)[clips.Count]);
        foreach (var (model, unseen) in Parts(division))
            foreach (var i in unseen)
                foreach (var light in ClubLight.Kinds) scores[light][i] = (Score(model, clips[i].Windows[light]), clips[i].Clip.Fight);

        return scores.ToDictionary(one => one.Key, one => (IReadOnlyList<(double, bool)>)one.Value);
    }

    /// <summary>Trees grown on four parts of the sources, and the clips, by number, of the part they have not seen; five of these a division.</summary>
    public IEnumerable<(FightModel Model, IReadOnlyList<int> Unseen)> Parts(int division)
    {
        var parts = Folds.Of([.. clips.Select(one => one.Clip)], division);
        for (var part = 0; part < Folds.Count; part++)
        {
            yield return (Grow(Examples(clip => parts[clip.Source] != part), seed + part), [.. Enumerable.Range(0, clips.Count).Where(i => parts[clips[i].Clip.Source] == part)]);
        }
    }

    /// <summary>A clip in which nothing can be compared is taken for none with a fight.</summary>
    static double Score(FightModel model, IReadOnlyList<float[]> windows) =>
        model.Score([.. windows.Select(numbers => new Window(default, default, WindowMaker.Length, 0, numbers))]) ?? 0;

    /// <summary>Each clip counts the same, and so does each light.</summary>
    List<Example> Examples(Func<Clip, bool> of) =>
    [
        .. clips.Select((one, number) => (one, number)).Where(pair => of(pair.one.Clip)).SelectMany(pair => _lights.SelectMany(light =>
            pair.one.Windows[light].Select(numbers => new Example(
                Shown(numbers), pair.one.Clip.Fight, 1.0 / _lights.Count / pair.one.Windows[light].Count, pair.number, light == _lights[0])))),
    ];

    float[] Shown(float[] numbers)
    {
        if (_hidden.Length == 0) return numbers;
        var shown = (float[])numbers.Clone();
        foreach (var f in _hidden.Where(f => f < shown.Length)) shown[f] = 0;
        return shown;
    }
}
