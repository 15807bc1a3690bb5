using System.Text.Json;
using Compliance.Domain.WatchLists;
using Compliance.Probe.Eyes.Faces;
using Compliance.Probe.Tests.Tell;
using OpenCvSharp;

namespace Compliance.Probe.Tests.Eyes.Faces;

public sealed class EvaluateFacesTests
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_folder_of_heads_is_measured_by_the_protocol_of_LFW()
    {
        FaceModels.SharedOrSkip();
        using Folder folder = new(), images = new();
        for (var person = 0; person < 12; person++)
            for (var number = 1; number <= 2; number++)
            {
                using var picture = FaceModels.Head(person, 160, 160, 0.7, new(80, 80 + number));
                Cv2.ImWrite(images[$"P{person}_{number:0000}.png"], picture);
            }

        await File.WriteAllLinesAsync(folder["pairs.txt"], [
            "2\t3", .. Enumerable.Range(0, 2).SelectMany(fold => Enumerable.Range(fold * 3, 3).Select(p => $"P{p}\t1\t2").Concat(Enumerable.Range(fold * 3, 3).Select(p => $"P{p}\t1\tP{p + 6}\t2"))),
        ], Ct);
        var (slots, said) = (FaceModels.Slots(folder), new StringWriter());

        Assert.Equal(0, await EvaluateFaces.Run(images[""], folder["pairs.txt"], keep: true, slots, said, TextWriter.Null));

        var figures = JsonDocument.Parse(said.ToString()).RootElement;
        Assert.Equal((24, 24, 12), (figures.GetProperty("images").GetInt32(), figures.GetProperty("found").GetInt32(), figures.GetProperty("pairs").GetInt32()));
        Assert.InRange(figures.GetProperty("accuracy").GetDouble(), 0.8, 1);
        Assert.Equal((12, 12 * 11 * 2), (figures.GetProperty("genuine").GetInt32(), figures.GetProperty("impostor").GetInt32()));
        // 264 strangers: not even one in a hundred can be measured.
        Assert.Equal(0, figures.GetProperty("thresholds").GetArrayLength());
        Assert.False(slots.ThresholdsOf(slots[ModelSlots.Recogniser]!).IsMeasured);
    }

    [Theory]
    [InlineData("no head\nA\t1\t2", "first line")]
    [InlineData("1\t1\nA\t1", "line 2")]
    [InlineData("1\t1\nA\tB\tC", "line 2")]
    public async Task A_list_of_pairs_that_cannot_be_read_names_the_line(string text, string why)
    {
        using var folder = new Folder();
        await File.WriteAllTextAsync(folder["pairs.txt"], text, Ct);
        Assert.Contains(why, Assert.Throws<FormatException>(() => LfwPairs.Read(folder["pairs.txt"])).Message, StringComparison.Ordinal);
    }

    /// <summary>Forty persons around directions of their own, four pictures that pass the gates and one that is of somebody else and does not.</summary>
    [Fact]
    public void A_list_is_tried_with_good_pictures_only_as_many_together_as_the_program_takes()
    {
        var (chance, templates, good) = (new Random(1), new Dictionary<string, FaceTemplate>(), new HashSet<string>());
        float[] Near(float[] of, double by) => [.. of.Select(value => value + (float)(by * (chance.NextDouble() - 0.5)))];
        for (var person = 0; person < 40; person++)
        {
            var own = Near(new float[64], 2);
            for (var number = 1; number <= 4; number++) templates[$"P{person}_{number:0000}"] = new(Near(own, 0.5));
            good.UnionWith(Enumerable.Range(1, 4).Select(number => $"P{person}_{number:0000}"));
            templates[$"P{person}_0005"] = new(Near(new float[64], 2));
        }

        ThresholdTable table = new([new(1e-2, 0.3), new(1e-7, 0.6)]);
        var tried = JsonSerializer.SerializeToElement(OpenSet.Run(templates, good, table, listed: 10, enrolled: 2, compared: 2, trials: 3));
        var shipped = tried.GetProperty("shipped");
        Assert.Equal((40, 30, 0, 90), (tried.GetProperty("persons").GetInt32(), tried.GetProperty("searches").GetInt32(), shipped.GetProperty("missed").GetInt32(), shipped.GetProperty("strangers").GetInt32()));
        Assert.Equal(0, shipped.GetProperty("taken").GetInt32());
        good.UnionWith(templates.Keys);
        Assert.NotEqual(0, JsonSerializer.SerializeToElement(OpenSet.Run(templates, good, table, 10, 2, 1, 3)).GetProperty("shipped").GetProperty("missed").GetInt32());
        Assert.Null(OpenSet.Run(templates, good, table, 10, 5, 2, 3)); // nobody has seven
        Assert.Equal(40 * 39 * 5, OpenSet.Strangers(templates, good).Count); // each enrolled once by five, against five of each other
    }

    [Fact]
    public void A_share_comes_with_its_interval()
    {
        Assert.Equal(new Share(0.05, 0.0215, 0.1118), Share.Of(5, 100, 100));
        Assert.Equal((0, 0), (Share.Of(0, 100, 100).Value, Share.Of(0, 100, 100).From));
        Assert.Equal(0.037, Share.Of(0, 100, 100).To, 4);
    }

    [Fact]
    public void Scores_are_counted_from_above()
    {
        var scores = new Scores();
        for (var i = 0; i < 1000; i++) scores.Add(i / 1000.0);
        Assert.Equal(0.01, scores.Share(0.99), 6);
        Assert.InRange(scores.Above(0.01), 0.989, 0.99);
        Assert.Equal(1, scores.Share(-1));
    }
}
