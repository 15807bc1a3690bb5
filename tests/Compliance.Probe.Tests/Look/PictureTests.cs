using Compliance.Domain.Devices;
using Compliance.Probe.Look;

namespace Compliance.Probe.Tests.Look;

public sealed class PictureTests
{
    readonly PictureHistory _history = new(new());
    readonly Random _chance = new(1);

    [Fact]
    public void A_scene_is_a_picture_also_at_night()
    {
        for (var i = 0; i < 10; i++) Assert.Null(_history.Look(Scene(contrast: 120)));
        Assert.Null(_history.Look(Scene(contrast: 60)));
    }

    [Fact]
    public void Black_is_black_from_the_first_picture_on() => Assert.Equal(Verdict.Black, _history.Look(Flat(3, noise: 3)));

    [Fact]
    public void A_covered_lens_is_known_by_what_the_camera_used_to_see()
    {
        Assert.Null(_history.Look(Flat(40, noise: 4)));
        for (var i = 0; i < 10; i++) _history.Look(Scene(contrast: 120));
        Assert.Equal(Verdict.Covered, _history.Look(Flat(40, noise: 4)));
        Assert.Null(_history.Look(Scene(contrast: 120)));
    }

    [Fact]
    public void A_camera_that_looks_at_a_plain_wall_is_not_covered()
    {
        for (var i = 0; i < 20; i++) Assert.Null(_history.Look(Flat(90, noise: 6)));
    }

    [Fact]
    public void The_very_same_picture_again_is_frozen()
    {
        var picture = Scene(contrast: 120);
        Assert.Null(_history.Look(picture));
        Assert.Equal(Verdict.FrozenPicture, _history.Look(picture));
        Assert.Null(_history.Look(Scene(contrast: 120)));
    }

    GrayPicture Scene(int contrast) => Picture(i => 40 + (contrast * ((i / 12 % 2) ^ (i / GrayPicture.Width / 9 % 2))) + _chance.Next(4));

    GrayPicture Flat(int brightness, int noise) => Picture(_ => brightness + _chance.Next(noise));

    static GrayPicture Picture(Func<int, int> luma) => new(Enumerable.Range(0, GrayPicture.Bytes).Select(i => (byte)Math.Clamp(luma(i), 0, 255)).ToArray());
}
