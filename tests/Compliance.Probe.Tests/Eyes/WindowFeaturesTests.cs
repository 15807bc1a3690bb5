using Compliance.Probe.Eyes;

namespace Compliance.Probe.Tests.Eyes;

public sealed class WindowFeaturesTests
{
    static float Number(float[] numbers, string name) => numbers[WindowFeatures.Names.ToList().IndexOf(name)];

    [Fact]
    public void Each_number_has_a_name_of_its_own()
    {
        Assert.Equal(WindowFeatures.Names.Count, WindowFeatures.Of(Pictures.Moving(24, 2).Fields()).Length);
        Assert.Equal(WindowFeatures.Names.Count, WindowFeatures.Names.Distinct().Count());
    }

    [Theory]
    [InlineData("speed50-mean"), InlineData("speed90-mean"), InlineData("travel-mean"), InlineData("coherence-mean"), InlineData("area-mean"), InlineData("largest-mean"), InlineData("tallest-mean")]
    public void Twice_as_fast_at_twice_the_height_is_the_same(string name)
    {
        var small = WindowFeatures.Of(Pictures.Moving(24, 2).Fields(), 24.0 / Pictures.Height);
        var large = WindowFeatures.Of(Pictures.Moving(48, 4).Fields(), 48.0 / Pictures.Height);
        Assert.True(Number(small, name) > 0.01);
        Assert.InRange(Number(large, name) / Number(small, name), 0.7, 1.4);
    }

    [Fact]
    public void Twice_as_fast_at_the_same_height_is_not()
    {
        var slow = WindowFeatures.Of(Pictures.Moving(48, 2).Fields(), 48.0 / Pictures.Height);
        var quick = WindowFeatures.Of(Pictures.Moving(48, 4).Fields(), 48.0 / Pictures.Height);
        Assert.InRange(Number(quick, "speed90-mean") / Number(slow, "speed90-mean"), 1.6, 2.5);
    }

    [Fact]
    public void A_still_picture_gives_nothing_but_zeros_and_a_guess() =>
        Assert.All(WindowFeatures.Of(Pictures.Moving(24, 0).Fields()), number => Assert.True(float.IsFinite(number)));

    [Fact]
    public void Darkness_moves_nothing() => Assert.Equal(0, Number(WindowFeatures.Of(Pictures.Moving(24, 0, light: _ => 0.1, noise: 6).Fields()), "share-mean"), 0.02);

    [Fact]
    public void Where_no_frame_can_be_compared_nothing_is_invented() =>
        Assert.All(WindowFeatures.Of(new MotionField?[20]), number => Assert.Equal(0, number));
}
