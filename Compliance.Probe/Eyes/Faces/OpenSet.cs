namespace Compliance.Probe.Eyes.Faces;

/// <summary>
/// What a list of so many persons is worth when mostly others pass (ISO/IEC 19795-1, open-set identification): at a threshold that a share of the others reaches, how many
/// of those who are listed are missed. Persons and pictures are drawn anew in each trial, by a seed.
/// </summary>
internal static class OpenSet
{
    /// <summary>Null where the folder holds too few persons with enough pictures.</summary>
    public static object? Run(Dictionary<string, FaceTemplate> templates, int listed, int enrolled, double fpir, int trials)
    {
        var persons = templates.Keys.GroupBy(LfwPairs.PersonOf).Select(group => group.Order(StringComparer.Ordinal).ToArray()).OrderBy(pictures => pictures[0], StringComparer.Ordinal).ToList();
        var able = persons.Where(pictures => pictures.Length > enrolled).ToList();
        if (able.Count < listed || persons.Count < 2 * listed) return null;
        var misses = new List<double>();
        for (var trial = 0; trial < trials; trial++)
        {
            var chance = new Random(trial);
            var chosen = able.Select(pictures => (pictures, draw: chance.NextDouble())).OrderBy(one => one.draw).Take(listed).Select(one => one.pictures.Select(name => (name, draw: chance.NextDouble())).OrderBy(x => x.draw).Select(x => x.name).ToArray()).ToList();
            var list = chosen.ConvertAll(pictures => FaceTemplate.Mean([.. pictures.Take(enrolled).Select(name => templates[name])]));
            var on = chosen.Select(pictures => LfwPairs.PersonOf(pictures[0])).ToHashSet();
            var strangers = persons.Where(pictures => !on.Contains(LfwPairs.PersonOf(pictures[0]))).Select(pictures => list.Max(one => one.Likeness(templates[pictures[0]]))).OrderDescending().ToList();
            var threshold = strangers[(int)(fpir * strangers.Count)];
            var (seen, missed) = (0, 0);
            for (var person = 0; person < chosen.Count; person++)
                foreach (var probe in chosen[person].Skip(enrolled).Take(5))
                {
                    seen++;
                    var scores = list.ConvertAll(one => one.Likeness(templates[probe]));
                    if (scores[person] <= threshold || scores[person] < scores.Max()) missed++;
                }

            misses.Add((double)missed / seen);
            list.ForEach(one => one.Dispose());
        }

        misses.Sort();
        return new { listed, picturesEnrolled = enrolled, fpir, trials, fnir = Math.Round(misses.Average(), 4), from = Math.Round(misses[0], 4), to = Math.Round(misses[^1], 4) };
    }
}
