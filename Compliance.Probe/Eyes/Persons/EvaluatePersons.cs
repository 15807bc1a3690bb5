using System.Diagnostics;
using System.Text.Json;

namespace Compliance.Probe.Eyes.Persons;

/// <summary>
/// <c>./run evaluate persons</c>: how many of the persons that are found in a large picture in colour are found again in smaller ones, with and without colour. Nobody marked them by hand: the
/// large picture is taken for right, so this tells what smallness costs and not how good the network is.
/// </summary>
internal static class EvaluatePersons
{
    const double Rate = 2;

    /// <summary>Boxes that overlap by so much are of one person.</summary>
    const float Same = 0.5f;

    const string Reference = "416 rows, colour";

    static readonly (string Name, string Size, bool Colour)[] Sizes =
        [(Reference, "-2:416", true), ("416 columns, colour", "416:-2", true), ("256 columns, colour", "256:-2", true), ("416 columns, grey", "416:-2", false), ("256 columns, grey", "256:-2", false)];

    sealed class Sum
    {
        public int Pictures, Persons, Again, Missing, Others, SameCount;
        public double Off, Milliseconds, CountOff;
    }

    public static async Task<int> Folder(string folder, PersonFinder finder, TextWriter output, CancellationToken ct = default)
    {
        if (!Directory.Exists(folder)) throw new FormatException($"There is no folder {folder}.");
        var sums = Sizes.ToDictionary(size => size.Name, _ => new Sum());
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            List<IReadOnlyList<PersonBox>>? right = null;
            foreach (var (name, size, colour) in Sizes)
            {
                try
                {
                    var found = await Find(path, size, colour, finder, sums[name], ct);
                    if (right is null) right = found;
                    foreach (var (mine, theirs) in found.Zip(right)) Compare(mine, theirs, sums[name]);
                }
                catch (FootageUnreadable)
                {
                    break; // no video: labels lie beside clips
                }
            }
        }

        foreach (var (name, _, _) in Sizes)
            if (sums[name] is { Pictures: > 0 } sum)
                await output.WriteLineAsync(JsonSerializer.Serialize(new
                {
                    picture = name, pictures = sum.Pictures, personsAPicture = Round((double)sum.Persons / sum.Pictures), foundAgain = Share(sum.Again, sum.Missing), ofThemRight = Share(sum.Again, sum.Others),
                    heightOff = Round(sum.Off / Math.Max(1, sum.Again)), sameCount = Share(sum.SameCount, sum.Pictures - sum.SameCount), countOff = Round(sum.CountOff / sum.Pictures), milliseconds = Math.Round(sum.Milliseconds / sum.Pictures, 1),
                }));
        return 0;
    }

    /// <summary>Boxes in shares of the picture.</summary>
    static async Task<List<IReadOnlyList<PersonBox>>> Find(string path, string size, bool colour, PersonFinder finder, Sum sum, CancellationToken ct)
    {
        var all = new List<IReadOnlyList<PersonBox>>();
        await foreach (var frame in colour ? Footage.FramesInColour(path, Rate, size, ct: ct) : Footage.Frames(path, Rate, size, ct))
        {
            var began = Stopwatch.GetTimestamp();
            var found = finder.Find(frame);
            sum.Milliseconds += Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            all.Add([.. found.Select(box => new PersonBox(box.X / frame.Width, box.Y / frame.Height, box.Width / frame.Width, box.Height / frame.Height, box.Score))]);
        }

        (sum.Pictures, sum.Persons) = (sum.Pictures + all.Count, sum.Persons + all.Sum(some => some.Count));
        return all;
    }

    static void Compare(IReadOnlyList<PersonBox> mine, IReadOnlyList<PersonBox> right, Sum sum)
    {
        var left = mine.ToList();
        foreach (var box in right)
        {
            var best = left.Count == 0 ? default : left.MaxBy(other => other.Overlap(box));
            if (left.Count == 0 || best.Overlap(box) < Same)
            {
                sum.Missing++;
                continue;
            }

            left.Remove(best);
            sum.Again++;
            sum.Off += Math.Abs(Math.Log(best.Height / box.Height));
        }

        sum.Others += left.Count;
        sum.CountOff += Math.Abs(mine.Count - right.Count);
        if (mine.Count == right.Count) sum.SameCount++;
    }

    static double Share(int some, int others) => some + others == 0 ? 0 : Round((double)some / (some + others));

    static double Round(double value) => Math.Round(value, 3);
}
