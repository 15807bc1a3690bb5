using System.Text.Json;
using Compliance.Domain.WatchLists;
using OpenCvSharp;

namespace Compliance.Probe.Eyes.Faces;

/// <summary>
/// <c>./run evaluate faces</c>: how well the networks in the slots tell faces apart, by the protocol of Labeled Faces in the Wild (Huang et al. 2007): ten folds, the
/// threshold of each chosen on the other nine. Beside it, over all pictures of the folder, the rate of true matches at rates of false ones, and what a watch list would be worth.
/// </summary>
internal static class EvaluateFaces
{
    static readonly double[] Rates = [1e-2, 1e-3, 1e-4, 1e-5, 1e-6];

    /// <summary>Between the last two: a table reaches as far as its folder does.</summary>
    static readonly double[] Fine = [5e-6, 3e-6, 2e-6, 1.5e-6];

    /// <summary>Pictures enrolled, and of a passer: as the program works (three and three), and with one of either.</summary>
    static readonly (int Enrolled, int Compared)[] Lists = [(FaceTracks.Good, FaceTracks.Good), (1, FaceTracks.Good), (FaceTracks.Good, 1), (1, 1)];

    /// <summary>Persons on the lists that are tried; fewer where the measured table reaches to fewer: a longer list could not be approved.</summary>
    const int Listed = 100;

    /// <summary>A rate counts as measured where at least so many false matches lie behind it.</summary>
    const int Least = 10;

    public static async Task<int> Run(string images, string pairsFile, bool keep, ModelSlots slots, TextWriter output, TextWriter progress)
    {
        var pairs = LfwPairs.Read(pairsFile);
        var files = Directory.EnumerateFiles(images, "*.*", SearchOption.AllDirectories).Where(path => Path.GetExtension(path).ToUpperInvariant() is ".JPG" or ".JPEG" or ".PNG")
            .GroupBy(path => Path.GetFileNameWithoutExtension(path)).ToDictionary(group => group.Key, group => group.First());
        if (files.Count == 0) throw new FormatException($"There is no picture (.jpg or .png) in {images}.");
        using var finder = FaceFinder.Open(slots);
        using var recogniser = FaceRecogniser.Open(slots);
        var (templates, good, done) = (new Dictionary<string, FaceTemplate>(), new HashSet<string>(), 0);
        Parallel.ForEach(files, new() { MaxDegreeOfParallelism = Environment.ProcessorCount }, file =>
        {
            var seen = TemplateOf(file.Value, finder, recogniser);
            lock (templates)
            {
                if (seen is { } one) templates[file.Key] = one.Template;
                if (seen is { Use: FaceUse.Match }) good.Add(file.Key);
                if (++done % 500 == 0) progress.WriteLine($"{done} of {files.Count} pictures");
            }
        });

        try
        {
            var (verified, missing) = Verify(pairs, templates);
            var (genuine, impostor) = Compare(templates);
            var strangers = OpenSet.Strangers(templates, good);
            ThresholdTable table = new([.. Rates.Concat(Fine).Where(rate => rate * strangers.Count >= Least).OrderDescending().Select(rate => new FmrPoint(rate, strangers.Above(rate)))]);
            await output.WriteLineAsync(JsonSerializer.Serialize(new
            {
                detector = finder.Slot.Sha256, recogniser = recogniser.Slot.Sha256, images = files.Count, found = templates.Count, good = good.Count, pairs = pairs.Count, pairsWithoutFace = missing,
                accuracy = Round(verified.Mean), accuracyStandardError = Round(verified.Error), genuine = genuine.Count, impostor = impostor.Count,
                tmr = Rates.Where(rate => rate * impostor.Count >= Least).ToDictionary(rate => rate.ToString("0e-0", System.Globalization.CultureInfo.InvariantCulture), rate => Round(genuine.Share(impostor.Above(rate)))),
                strangers = strangers.Count, singleRates = table.Points.Select(point => new { point.Fmr, ofSinglePictures = impostor.Share(point.Cosine) }),
                thresholds = table.Points.Select(point => new { fmr = point.Fmr, cosine = Round(point.Cosine) }), longestList = table.Longest(),
                watchList = (object[])[.. Lists.Select(list => OpenSet.Run(templates, good, table, table.Longest() is > 0 and < Listed and var longest ? longest : Listed, list.Enrolled, list.Compared, 20)).OfType<object>()],
                gates = GateTrial.Run([.. files.Values.Order(StringComparer.Ordinal).Where((_, at) => at % Math.Max(1, files.Count / 400) == 0)], finder),
            }));
            if (keep && table.IsMeasured) slots.Keep(recogniser.Slot, table);
        }
        finally
        {
            foreach (var template in templates.Values) template.Dispose();
        }

        return 0;
    }

    /// <summary>Of the face nearest to the middle, and what it is good for; null where none is found.</summary>
    static (FaceTemplate Template, FaceUse Use)? TemplateOf(string path, FaceFinder finder, FaceRecogniser recogniser)
    {
        using var picture = Cv2.ImRead(path, ImreadModes.Color);
        if (picture.Empty()) return null;
        var face = finder.Find(picture, 0.5f).MinBy(one => Math.Abs(one.Box.X + (one.Box.Width / 2) - (picture.Cols / 2f)) + Math.Abs(one.Box.Y + (one.Box.Height / 2) - (picture.Rows / 2f)));
        if (face is null) return null;
        using var crop = FaceCrop.Of(picture, face);
        return (recogniser.Template(crop), FaceQuality.Of(face, crop).Use);
    }

    /// <summary>A pair without two faces counts as not told.</summary>
    static ((double Mean, double Error) Accuracy, int Missing) Verify(IReadOnlyList<LfwPair> pairs, Dictionary<string, FaceTemplate> templates)
    {
        var scored = pairs.Select(pair => (pair, score: templates.TryGetValue(pair.First, out var a) && templates.TryGetValue(pair.Second, out var b) ? a.Likeness(b) : (double?)null)).ToList();
        var folds = pairs.Select(pair => pair.Fold).Distinct().ToList();
        var each = folds.ConvertAll(fold =>
        {
            var others = scored.Where(one => one.pair.Fold != fold && one.score is not null).OrderBy(one => one.score).ToList();
            var (best, at, right) = (0, double.PositiveInfinity, others.Count(one => !one.pair.Same));
            best = right;
            for (var i = others.Count - 1; i >= 0; i--)
            {
                right += others[i].pair.Same ? 1 : -1;
                if (right > best) (best, at) = (right, others[i].score!.Value);
            }

            var own = scored.Where(one => one.pair.Fold == fold).ToList();
            return (double)own.Count(one => one.score is { } score && score >= at == one.pair.Same) / own.Count;
        });
        var mean = each.Average();
        return ((mean, folds.Count < 2 ? 0 : Math.Sqrt(each.Sum(one => (one - mean) * (one - mean)) / (folds.Count - 1) / folds.Count)), scored.Count(one => one.score is null));
    }

    static (Scores Genuine, Scores Impostor) Compare(Dictionary<string, FaceTemplate> templates)
    {
        var all = templates.Select(one => (Person: LfwPairs.PersonOf(one.Key), one.Value)).ToArray();
        var (genuine, impostor, gate) = (new Scores(), new Scores(), new Lock());
        Parallel.For(0, all.Length, i =>
        {
            var (mine, others) = (new Scores(), new Scores());
            for (var j = i + 1; j < all.Length; j++) (all[i].Person == all[j].Person ? mine : others).Add(all[i].Value.Likeness(all[j].Value));
            lock (gate)
            {
                genuine.Add(mine);
                impostor.Add(others);
            }
        });
        return (genuine, impostor);
    }

    static double Round(double value) => Math.Round(value, 4);
}
