using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Compliance.Domain.Models;
using Compliance.Probe.Eyes;
using Compliance.Probe.Eyes.Training;
using Compliance.Probe.Tests.Tell;

namespace Compliance.Probe.Tests.Eyes;

public sealed class FightModelTests
{
    static string Place => Path.Combine(AppContext.BaseDirectory, "models");

    /// <summary>The shipped text changed, with a list that names its new hash or the old one.</summary>
    static ModelRefused Refused(Func<string, string> change, bool listed)
    {
        using var folder = new Folder();
        Directory.CreateDirectory(folder["."]);
        var text = change(File.ReadAllText(Path.Combine(Place, FightModel.FileName)));
        File.WriteAllText(folder[FightModel.FileName], text);
        if (listed) File.WriteAllText(folder[FightModel.SumsName], $"{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(folder[FightModel.FileName])))}  {FightModel.FileName}\n");
        else File.Copy(Path.Combine(Place, FightModel.SumsName), folder[FightModel.SumsName]);
        return Assert.Throws<ModelRefused>(() => FightModel.Read(folder["."]));
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public void The_shipped_file_is_the_one_that_is_listed_and_scores_as_its_trainer_said(bool persons)
    {
        var model = FightModel.Shipped(persons);
        Assert.NotNull(model.Likeness);
        Assert.InRange(model.AlertThreshold, model.Threshold, 0.95);
        Assert.NotEmpty(model.Trees);
        Assert.InRange(model.Threshold, 0.2, 0.9);
        Assert.Equal(model.Points.OrderBy(point => point.Threshold), model.Points);
    }

    [Fact]
    public void Trees_that_want_boxes_do_not_pass_for_trees_without()
    {
        var with = File.ReadAllBytes(Path.Combine(Place, FightModel.WithPersonsName));
        Assert.True(FightModel.Of(with, "here", persons: true).WithPersons);
        Assert.Contains("features", Assert.Throws<ModelRefused>(() => FightModel.Of(with, "here")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_with_another_hash_is_refused_by_name_and_hash()
    {
        var refused = Refused(text => text.Replace("\"threshold\": 0.", "\"threshold\": 0.0", StringComparison.Ordinal), listed: false);
        Assert.Contains(FightModel.FileName, refused.Message, StringComparison.Ordinal);
        Assert.Contains(FightModel.Shipped().Hash, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_cut_short_is_refused_even_when_it_is_listed()
    {
        Refused(text => text[..(text.Length / 2)], listed: false);
        Refused(text => text[..(text.Length / 2)], listed: true);
        Refused(_ => "", listed: true);
    }

    [Fact]
    public void A_file_that_scores_otherwise_than_its_trainer_said_is_refused() =>
        Assert.Contains("scores", Refused(text => Regex.Replace(text, "\"start\": [^,]+", "\"start\": 1.5"), listed: true).Message, StringComparison.Ordinal);

    [Fact]
    public void A_file_of_another_format_or_other_features_is_refused()
    {
        Refused(text => text.Replace(FightModel.Format, "compliance.fights.v0", StringComparison.Ordinal), listed: true);
        Refused(text => text.Replace("area-mean", "area-median", StringComparison.Ordinal), listed: true);
    }

    [Theory]
    [InlineData("[[0,0.5,1],[0.1],[0.2]]"), InlineData("[[0,0.5,9],[0.1],[0.2]]"), InlineData("[[9000,0.5,2],[0.1],[0.2]]"), InlineData("[[0,0.5,2],[0.1]]"), InlineData("[]")]
    public void A_tree_that_would_lead_astray_is_refused(string tree) =>
        Assert.Throws<System.Text.Json.JsonException>(() => TreeText.Read(System.Text.Json.JsonElement.Parse(tree), 10));

    [Fact]
    public void A_tree_reads_as_it_was_written()
    {
        var (start, trees) = Grown(1);
        Assert.Equal(Grown(1).Start, start);
        foreach (var tree in trees)
            Assert.Equal(tree.Nodes, TreeText.Read(System.Text.Json.JsonSerializer.SerializeToElement(TreeText.Of(tree)), 3).Nodes.Select((node, i) => tree.Nodes[i].Feature < 0 ? node : node with { Left = tree.Nodes[i].Left }));
    }

    [Fact]
    public void The_same_seed_grows_the_same_trees_and_another_others()
    {
        string Text(int seed) => string.Join('\n', Grown(seed).Trees.Select(tree => string.Join(' ', tree.Nodes)));
        Assert.Equal(Text(1), Text(1));
        Assert.NotEqual(Text(1), Text(2));
    }

    [Fact]
    public void Trees_learn_what_can_be_learned()
    {
        var (start, trees) = Grown(1);
        var model = new FightModel("", 0.5, start, trees, []);
        Assert.True(model.Score([0.9f, 0.1f, 0.5f]) > 0.8);
        Assert.True(model.Score([0.1f, 0.1f, 0.5f]) < 0.2);
        Assert.True(model.Score([0.1f, 0.9f, 0.5f]) > 0.8);
    }

    /// <summary>A fight is where one of two numbers is large and the other small; the third is noise.</summary>
    static (double Start, IReadOnlyList<Tree> Trees) Grown(int seed)
    {
        var chance = new Random(7);
        List<Example> examples = [];
        for (var i = 0; i < 400; i++)
        {
            float[] numbers = [chance.NextSingle(), chance.NextSingle(), chance.NextSingle()];
            examples.Add(new(numbers, numbers[0] > 0.5 != numbers[1] > 0.5, 1, i));
        }

        return Boosting.Grow(examples, new() { Columns = 1 }, seed);
    }
}
