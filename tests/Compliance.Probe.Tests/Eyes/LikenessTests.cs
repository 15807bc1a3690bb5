using System.Text;
using System.Text.Json;
using Compliance.Domain.Models;
using Compliance.Probe.Eyes.Training;

namespace Compliance.Probe.Tests.Eyes;

public sealed class LikenessTests
{
    /// <summary>A fight is where one of two numbers is large and the other small; the third is noise.</summary>
    static readonly IReadOnlyList<Example> Examples = Make();

    static List<Example> Make()
    {
        var chance = new Random(7);
        return [.. Enumerable.Range(0, 300).Select(i => (float[])[chance.NextSingle(), chance.NextSingle(), chance.NextSingle()]).Select((numbers, i) => new Example(numbers, numbers[0] > 0.5 != numbers[1] > 0.5, 1, i, i < 200))];
    }

    static readonly Likeness Fitted = LikenessFit.Fit(Examples, new());

    [Fact]
    public void Known_windows_tell_what_can_be_learned_and_only_those_under_plain_light_are_kept()
    {
        Assert.Equal(200, Fitted.Known.Count);
        Assert.True(Fitted.Odds([0.9f, 0.1f, 0.5f]) > 1);
        Assert.True(Fitted.Odds([0.1f, 0.9f, 0.5f]) > 1);
        Assert.True(Fitted.Odds([0.1f, 0.1f, 0.5f]) < -1);
        Assert.True(Fitted.Odds([0.9f, 0.9f, 0.5f]) < -1);
        Assert.Equal(Fitted.Weights, LikenessFit.Fit(Examples, new()).Weights);
    }

    [Fact]
    public void A_number_counts_by_its_rank_and_one_that_is_always_the_same_not_at_all()
    {
        var fit = LikenessFit.Fit([.. Examples.Select(one => one with { Numbers = [one.Numbers[0] * 1000, MathF.Exp(one.Numbers[1]), 5] })], new());
        Assert.All(fit.Known, known => Assert.Equal(0, known[2]));
        Assert.All(fit.Known.Zip(Fitted.Known), pair => Assert.InRange(Math.Abs(pair.First[0] - pair.Second[0]), 0, 1));
        var ranks = Enumerable.Range(-1, 12).Select(k => (int)Fitted.Ranked([k / 10f, 0.5f, 0.5f])[0]).ToList();
        Assert.Equal(ranks.Order(), ranks);
        Assert.Equal((ranks[0], 0), (-ranks[^1], Fitted.Ranked([float.NaN, 0, 0])[0]));
        Assert.True(ranks[^1] > 2 / Likeness.Step);
    }

    [Fact]
    public void What_was_written_is_read_as_the_same_and_what_does_not_fit_is_refused()
    {
        var text = JsonSerializer.SerializeToElement(LikenessText.Of(Fitted), JsonSerializerOptions.Web);
        var read = LikenessText.Read(text, 3);
        Assert.All(Examples, one => Assert.Equal(Fitted.Odds(one.Numbers), read.Odds(one.Numbers)));
        Assert.Throws<JsonException>(() => LikenessText.Read(text, 4));
        foreach (var broken in (Likeness[])[Fitted with { Weights = [.. Fitted.Weights.Skip(1)] }, Fitted with { Known = [[1, 2], .. Fitted.Known.Skip(1)] }, Fitted with { Ranks = [[3, 2, 1], .. Fitted.Ranks.Skip(1)] }, Fitted with { Width = 0 }])
            Assert.Throws<JsonException>(() => LikenessText.Read(JsonSerializer.SerializeToElement(LikenessText.Of(broken), JsonSerializerOptions.Web), 3));
    }

    [Theory]
    [InlineData("compliance.fights.v1", "", null)]
    [InlineData("compliance.fights.v2", "", TreeFault.Unreadable)]
    [InlineData("compliance.fights.v2", ",\"likeness\":{}", TreeFault.Unreadable)]
    [InlineData("compliance.fights.v2", ",\"likeness\":{\"width\":1,\"start\":0,\"ranks\":[[1]],\"known\":[\"%%\"],\"weights\":[1]}", TreeFault.Unreadable)]
    public void A_file_of_the_earlier_format_is_judged_by_trees_alone_and_one_of_this_needs_likeness(string format, string likeness, TreeFault? fault)
    {
        var read = TreeFile.Read(Encoding.UTF8.GetBytes(
            $$"""{"format":"{{format}}","threshold":0.5,"start":0,"features":["a"],"trees":[[[0.5]]],"operatingPoints":[],"checks":[{"numbers":[1],"score":0.6224593312}]{{likeness}}}"""), ["a"]);
        Assert.Equal(fault, read.Fault);
        Assert.Equal(fault is null, read.File is { Likeness: null });
    }
}
