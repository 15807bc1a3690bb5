using Compliance.Domain.Models;
using Compliance.Domain.WatchLists;

namespace Compliance.Probe.Eyes.Faces;

/// <summary>
/// What a list of so many persons is worth when mostly others pass (ISO/IEC 19795-1, open-set identification), counted as the program works: only pictures that pass the gates of <see cref="FaceQuality"/>,
/// the enrolled ones of a person as one template, those of a passer by their mean likeness. Persons and pictures are drawn anew in each trial, by a seed.
/// </summary>
internal static class OpenSet
{
    /// <summary>A second point beside the shipped one, where a folder of some hundred strangers can say what share of them is taken for somebody: one in 333.</summary>
    const double Loose = 0.003;

    /// <param name="good">Names of the pictures that pass the gates; of all others nothing is compared.</param>
    /// <param name="table">The measured thresholds, by which the shipped program would decide.</param>
    /// <param name="enrolled">Pictures of each listed person; <paramref name="compared"/>: of a passer.</param>
    /// <returns>Null where the folder holds too few persons with enough good pictures. Intervals of misses are Wilson's at 95 %, as if each person who can be listed had been sought once.</returns>
    public static object? Run(IReadOnlyDictionary<string, FaceTemplate> templates, IReadOnlySet<string> good, ThresholdTable table, int listed, int enrolled, int compared, int trials)
    {
        var persons = Persons(good);
        var able = persons.Where(pictures => pictures.Length >= enrolled + compared).ToList();
        var passing = persons.Where(pictures => pictures.Length >= compared).ToList();
        if (able.Count < listed || passing.Count < 2 * listed) return null;
        var shipped = table.For(listed);
        var (loose, strict, taken, strangers) = (0, 0, 0, 0);
        for (var trial = 0; trial < trials; trial++)
        {
            var chance = new Random(trial);
            var chosen = Drawn(able, chance).Take(listed).Select(pictures => Drawn(pictures, chance).ToArray()).ToList();
            var list = chosen.ConvertAll(pictures => Enrol(templates, pictures.Take(enrolled)));
            var on = chosen.Select(pictures => LfwPairs.PersonOf(pictures[0])).ToHashSet();
            var others = passing.Where(pictures => !on.Contains(LfwPairs.PersonOf(pictures[0]))).Select(pictures => Searched(list, pictures.Take(compared)).Max()).OrderDescending().ToList();
            var threshold = others[(int)(Loose * others.Count)];
            for (var person = 0; person < chosen.Count; person++)
            {
                var scores = Searched(list, chosen[person].Skip(enrolled).Take(compared));
                var isFirst = scores[person] >= scores.Max();
                if (!isFirst || scores[person] <= threshold) loose++;
                if (!isFirst || scores[person] < shipped) strict++;
            }

            strangers += others.Count;
            taken += others.Count(score => score >= shipped);
            list.ForEach(one => one.Dispose());
        }

        var searches = trials * listed;
        return new
        {
            listed, picturesEnrolled = enrolled, picturesCompared = compared, trials, persons = able.Count, searches,
            loose = new { fpir = Loose, missed = loose, fnir = Share.Of(loose, searches, able.Count) },
            shipped = shipped is null ? null : new { fpir = Math.Round(ThresholdTable.Fpir, 6), threshold = Math.Round(shipped.Value, 4), missed = strict, fnir = Share.Of(strict, searches, able.Count), strangers, taken, fpirSeen = Share.Of(taken, strangers, strangers) },
        };

        List<double> Searched(List<FaceTemplate> list, IEnumerable<string> pictures)
        {
            using var seen = FaceTemplate.Average([.. pictures.Select(name => templates[name])]);
            return list.ConvertAll(one => one.Likeness(seen));
        }
    }

    /// <summary>
    /// What thresholds are measured of: everybody with enough good pictures, enrolled as the program does it (as often as his pictures suffice, three to five at a time), against each good picture of everybody else. A template of
    /// several pictures looks more like strangers than one of a single picture, so rates of single pictures against each other would promise too much.
    /// </summary>
    public static Scores Strangers(IReadOnlyDictionary<string, FaceTemplate> templates, IReadOnlySet<string> good)
    {
        var (persons, all, gate) = (Persons(good), new Scores(), new Lock());
        Parallel.ForEach(persons.SelectMany(pictures => pictures.Chunk(MostEnrolled)).Where(some => some.Length >= FaceTracks.Good), some =>
        {
            var (own, of) = (new Scores(), LfwPairs.PersonOf(some[0]));
            using (var enrolled = Enrol(templates, some))
                foreach (var other in good)
                    if (LfwPairs.PersonOf(other) != of) own.Add(enrolled.Likeness(templates[other]));
            lock (gate) all.Add(own);
        });
        return all;
    }

    const int MostEnrolled = WatchEntry.MostPictures;

    static FaceTemplate Enrol(IReadOnlyDictionary<string, FaceTemplate> templates, IEnumerable<string> pictures) => FaceTemplate.Mean([.. pictures.Select(name => templates[name])]);

    static List<string[]> Persons(IEnumerable<string> good) =>
        [.. good.GroupBy(LfwPairs.PersonOf).Select(group => group.Order(StringComparer.Ordinal).ToArray()).OrderBy(pictures => pictures[0], StringComparer.Ordinal)];

    static IEnumerable<T> Drawn<T>(IEnumerable<T> all, Random chance) => all.Select(one => (one, draw: chance.NextDouble())).ToList().OrderBy(x => x.draw).Select(x => x.one);
}

/// <summary>A share with the interval in which it lies at 95 %, for so many independent trials; each to four figures behind the point, or as many as it takes.</summary>
internal sealed record Share(double Value, double From, double To)
{
    public static Share Of(int count, int all, int independent)
    {
        var share = all == 0 ? 0 : (double)count / all;
        var (from, to) = Wilson.Of(share, all == 0 ? 0 : independent);
        return new(Rounded(share), Rounded(from), Rounded(to));
    }

    static double Rounded(double value) => Math.Round(value, value < 0.01 ? 7 : 4);
}
