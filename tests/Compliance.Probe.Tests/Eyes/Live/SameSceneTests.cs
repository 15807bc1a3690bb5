using Compliance.Probe.Eyes;
using Compliance.Probe.Eyes.Live;

namespace Compliance.Probe.Tests.Eyes.Live;

public sealed class SameSceneTests
{
    const int Count = 40;

    [Fact]
    public void The_same_place_at_the_same_time_in_another_size_and_a_little_later_is_the_same() =>
        Assert.True(SameScene.Judge(Scene.Of(place: 1, moving: 1, Count), Scene.Of(place: 1, moving: 1, Count, width: 160, height: 120, late: 3)));

    [Fact]
    public void Another_place_is_not() => Assert.False(SameScene.Judge(Scene.Of(place: 1, moving: 1, Count), Scene.Of(place: 2, moving: 1, Count)));

    [Fact]
    public void The_same_place_as_it_was_yesterday_is_not() => Assert.False(SameScene.Judge(Scene.Of(place: 1, moving: 1, Count), Scene.Of(place: 1, moving: 2, Count)));

    [Fact]
    public void A_picture_that_stands_while_the_place_moves_is_not() => Assert.False(SameScene.Judge(Scene.Of(place: 1, moving: 1, Count), Scene.Of(place: 1, moving: 0, Count)));

    /// <summary>The upper half of the picture is of now, the lower one of another evening.</summary>
    [Fact]
    public void One_half_that_lives_does_not_vouch_for_the_other()
    {
        var (live, film) = (Scene.Of(place: 1, moving: 1, Count), Scene.Of(place: 1, moving: 3, Count));
        var mixed = live.Zip(film, (now, then) => now with { Frame = now.Frame with { Luma = [.. now.Frame.Luma.Take(256 * 72), .. then.Frame.Luma.Skip(256 * 72)] } }).ToList();
        Assert.False(SameScene.Judge(live, mixed));
    }

    [Fact]
    public void An_empty_hall_is_known_by_its_walls() => Assert.True(SameScene.Judge(Scene.Of(place: 1, moving: 0, Count), Scene.Of(place: 1, moving: 0, Count, width: 160, height: 120)));

    [Fact]
    public void Too_little_of_both_says_nothing() => Assert.Null(SameScene.Judge(Scene.Of(place: 1, moving: 1, 20), Scene.Of(place: 1, moving: 1, Count)));
}

/// <summary>A place with walls of its own, and patches that go about in it: the same numbers are the same walls, and the same way of going about.</summary>
static class Scene
{
    /// <param name="moving">0: nothing moves.</param>
    /// <param name="late">Its frames arrive so many tenths of a second later.</param>
    public static IReadOnlyList<LiveFrame> Of(int place, int moving, int count, int width = 256, int height = 144, int late = 0) =>
        [.. Enumerable.Range(0, count).Select(n => new LiveFrame(n + late, At(place, moving, n, width, height)))];

    public static Frame At(int place, int moving, int n, int width = 256, int height = 144)
    {
        var (luma, walls) = (new byte[width * height], new Random(place));
        var bright = Enumerable.Range(0, 48).Select(_ => walls.Next(40, 200)).ToArray();
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++) luma[y * width + x] = (byte)bright[y * 6 / height * 8 + x * 8 / width];
        for (var one = 0; one < (moving == 0 ? 0 : 4); one++)
        {
            var ways = new Random(moving * 100 + one);
            var (speed, turn, side) = (0.02 + 0.05 * ways.NextDouble(), 6.28 * ways.NextDouble(), 0.15);
            var (left, top) = (0.4 + 0.4 * Math.Sin(turn + n * speed * 5), 0.4 + 0.4 * Math.Cos(2 * turn + n * speed * 3));
            for (var y = (int)(top * height); y < (int)((top + side) * height); y++)
                for (var x = (int)(left * width); x < (int)((left + side) * width); x++) luma[y * width + x] = (byte)(one % 2 == 0 ? 250 : 5);
        }

        return new(width, height, TimeSpan.FromSeconds(n / (double)Frame.Rate), luma);
    }
}
