using Compliance.Domain.Detectors;
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

    static ViewCalibration Marked(double far, double near) => new([Person(.4, far), Person(.9, near)], [], null, []);

    static PersonMark Person(double foot, double height) => new(new(.5, foot), new(.5, foot - height));

    [Fact]
    public void Persons_of_one_height_all_over_the_picture_are_the_same_as_one_height()
    {
        var fields = Pictures.Moving(24, 2).Fields();
        Assert.Equal(WindowFeatures.Of(fields, .3), WindowFeatures.Of(fields, view: Marked(.3, .3)));
        Assert.NotEqual(WindowFeatures.Of(fields), WindowFeatures.Of(fields, view: Marked(.3, .3)));
    }

    [Fact]
    public void Where_people_look_half_as_tall_the_same_motion_is_twice_as_fast()
    {
        var fields = Pictures.Moving(24, 2).Fields();
        var (tall, small) = (WindowFeatures.Of(fields, view: Marked(.4, .6)), WindowFeatures.Of(fields, view: Marked(.2, .3)));
        Assert.InRange(Number(small, "speed90-mean") / Number(tall, "speed90-mean"), 1.7, 2.3);
    }

    [Theory]
    [InlineData(.25, .25), InlineData(.75, .5)]
    public void The_height_expected_is_that_of_where_it_moves(double middle, double height)
    {
        // At a foot of 0.375 somebody is 0.25 tall, at 1 he is 0.5: his middle is at 0.25, or at 0.75.
        var view = new ViewCalibration([Person(.375, .25), Person(1, .5)], [], null, []);
        var (field, rows) = (Pictures.Moving(24, 2).Fields().OfType<MotionField>().First(), Pictures.Height / MotionField.Cell);
        var blob = new Blob(20, 4, 5, 10, middle * rows - 0.5, 0, 0, 0);
        Assert.Equal(height * rows, PersonHeight.Expected(view, [field], [[blob]]), 3);
        Assert.Equal(.375 * rows, PersonHeight.Expected(view, [field], [[]]), 3); // nothing moves: the mean of the marks
    }

    [Fact]
    public void Darkness_moves_nothing() => Assert.Equal(0, Number(WindowFeatures.Of(Pictures.Moving(24, 0, light: _ => 0.1, noise: 6).Fields()), "share-mean"), 0.02);

    [Fact]
    public void Where_no_frame_can_be_compared_nothing_is_invented() =>
        Assert.All(WindowFeatures.Of(new MotionField?[20]), number => Assert.Equal(0, number));
}
