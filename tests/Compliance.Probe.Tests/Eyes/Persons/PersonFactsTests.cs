using Compliance.Probe.Eyes;
using Compliance.Probe.Eyes.Persons;

namespace Compliance.Probe.Tests.Eyes.Persons;

public sealed class PersonFactsTests
{
    static readonly IReadOnlyList<MotionField?> Fields = Pictures.Moving(24, 2).Fields();

    static PersonBox Box(float x, float height = 40, float score = 0.8f) => new(x, 60, height / 2, height, score);

    static double Fact(string name, IReadOnlyList<IReadOnlyList<PersonBox>?> boxes) =>
        WindowFeatures.OfPersons(Fields, boxes)[WindowFeatures.NamesWithPersons.ToList().IndexOf(name)];

    static IReadOnlyList<IReadOnlyList<PersonBox>?> Each(Func<int, PersonBox[]> of) => [.. Enumerable.Range(0, 20).Select(t => t % 2 == 0 ? of(t) : null)];

    [Fact]
    public void Closeness_is_counted_in_body_heights()
    {
        Assert.Equal(2, Fact("person-nearest-mean", Each(_ => [Box(20), Box(100)])), 3);
        Assert.Equal(1, Fact("person-nearest-mean", Each(_ => [Box(20, 80), Box(100, 80)])), 3);
        Assert.Equal(1, Fact("person-nearest-most", Each(t => [Box(20), Box(100 - (t > 8 ? 40 : 0))])), 3);
        Assert.Equal(4, Fact("person-nearest-mean", Each(_ => [Box(20)])), 3);
    }

    [Fact]
    public void Who_is_over_whom_who_moves_and_how_many_there_are_is_told()
    {
        Assert.Equal(0, Fact("person-overlap-most", Each(_ => [Box(20), Box(100)])));
        Assert.Equal(1 / 3.0, Fact("person-overlap-most", Each(_ => [Box(20), Box(30)])), 3);
        Assert.Equal(2, Fact("person-count-mean", Each(_ => [Box(20), Box(100), Box(150, 40, 0.2f)]))); // one of three nobody is sure of
        Assert.Equal(0.05, Fact("person-moved-mean", Each(t => [Box(20 + t)])) * 10 / 9, 3); // two pixels of forty in each pair of looks
        Assert.Equal((0.0, 0.0), (Fact("person-count-mean", Each(_ => [])), Fact("person-any", Each(_ => []))));
    }

    [Fact]
    public void Motion_inside_boxes_is_told_from_motion_beside_them()
    {
        // The patch moves at 60 to 100 from the left in the middle of 144 rows.
        PersonBox there = new(56, 50, 60, 50, 0.9f), elsewhere = new(180, 50, 60, 50, 0.9f);
        Assert.InRange(Fact("person-inside-mean", Each(_ => [there])), 0.5, 1); // it stands still in some frames
        Assert.True(Fact("person-inside-mean", Each(_ => [elsewhere])) < 0.1);
        Assert.True(Fact("person-speed-mean", Each(_ => [there])) > 5 * Fact("person-speed-mean", Each(_ => [elsewhere])));
    }

    [Fact]
    public void Lengths_are_counted_in_the_boxes_height_and_in_a_set_one_before_that()
    {
        Assert.Equal(0.5, Fact("person-height", Each(_ => [Box(20, 72)])), 3);
        Assert.Equal(Fact("person-height-guessed", Each(_ => [])), Fact("person-height", Each(_ => [])), 3);
        var set = WindowFeatures.OfPersons(Fields, Each(_ => [Box(20, 72)]), 0.25);
        Assert.Equal(0.25, set[WindowFeatures.NamesWithPersons.ToList().IndexOf("person-height")], 3);
        Assert.Equal(WindowFeatures.Of(Fields, 0.25), set.Take(WindowFeatures.Names.Count));
    }

    [Fact]
    public void Persons_are_looked_for_five_times_a_second_and_never_where_there_is_no_frame()
    {
        var (frames, looked) = (Pictures.Moving(24, 2, 40), new List<TimeSpan>());
        var (maker, windows) = (new WindowMaker(find: frame => { looked.Add(frame.At); return []; }), new List<Window>());
        for (var t = 0; t < frames.Count; t++)
            if (maker.See(new(frames[t].At, t == 4 ? null : frames[t], null)) is { } window) windows.Add(window);
        Assert.Equal(Enumerable.Range(0, 20).Where(k => k != 2).Select(k => frames[2 * k].At), looked);
        Assert.All(windows, window => Assert.Equal(WindowFeatures.NamesWithPersons.Count, window.Numbers.Length));
        Assert.All(windows, window => Assert.Null(window.Pictures));
    }
}
