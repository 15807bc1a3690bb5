using Compliance.Domain.WatchLists;

namespace Compliance.Domain.Tests.WatchLists;

public sealed class ThresholdTableTests
{
    static readonly ThresholdTable Table = new([new(1e-2, 0.26), new(1e-3, 0.34), new(1e-4, 0.41), new(1e-5, 0.47), new(1e-6, 0.54)]);

    [Fact]
    public void The_longer_the_list_the_more_alike_a_face_has_to_be()
    {
        double[] thresholds = [.. ((int[])[1, 10, 50, 100, 166]).Select(listed => Table.For(listed)!.Value)];
        Assert.Equal(thresholds.Order(), thresholds);
        Assert.Equal(thresholds.Distinct().Count(), thresholds.Length);
        Assert.Equal(ThresholdTable.Fpir, 1 - Math.Pow(1 - ThresholdTable.FmrFor(100), 100), 9);
    }

    [Fact]
    public void Nothing_is_read_off_it_that_was_not_measured()
    {
        Assert.Equal(166, Table.Longest());
        Assert.Null(Table.For(167));
        Assert.Null(Table.At(0.5));
        Assert.Null(ThresholdTable.None.For(1));
        Assert.Equal(0, ThresholdTable.None.Longest());
        Assert.Equal(0.54, Table.At(1e-6)!.Value, 6);
        Assert.Equal(0.505, Table.At(Math.Pow(10, -5.5))!.Value, 3);
    }

    [Fact]
    public void A_night_of_three_thousand_brings_half_a_false_candidate() => Assert.Equal(0.5, ThresholdTable.FalseCandidates(3000), 6);
}
