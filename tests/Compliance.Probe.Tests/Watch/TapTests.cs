using Compliance.Domain.Probes;
using Compliance.Probe.Watch.Rtp;

namespace Compliance.Probe.Tests.Watch;

public sealed class TapTests
{
    readonly Fanout _fanout = new();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static AccessUnit Unit(uint number, bool keyframe = false, int bytes = 100) => new(VideoCodec.H264, keyframe, number, default, new byte[bytes]);

    void Publish(uint first, int count, int keyframeEvery)
    {
        for (var n = 0u; n < count; n++) _fanout.Publish(Unit(first + n, n % keyframeEvery == 0));
    }

    static async Task<IReadOnlyList<uint>> Rest(Tap tap) => await tap.Units(Ct).Select(unit => unit.Timestamp).ToListAsync(Ct);

    [Fact]
    public async Task The_first_begins_with_a_keyframe_and_gets_everything_after_it()
    {
        using var tap = _fanout.Tap("test");
        _fanout.Publish(Unit(1));
        Publish(2, 5, 3);
        _fanout.End();
        Assert.Equal([2, 3, 4, 5, 6], await Rest(tap));
        Assert.Equal(0, tap.Dropped);
    }

    [Fact]
    public void Only_for_somebody_who_waits_for_it_is_the_camera_read_for_each_picture()
    {
        using var movement = _fanout.Tap("test");
        Assert.False(_fanout.IsAwaited);
        using (_fanout.Tap("test", atOnce: true)) Assert.True(_fanout.IsAwaited);
        Assert.False(_fanout.IsAwaited);
    }

    [Fact]
    public async Task In_a_box_with_few_cameras_the_first_too_has_a_picture_at_once()
    {
        Publish(1, 4, 2);
        Assert.Equal(Wanted.None, _fanout.Wanted);
        _fanout.KeepsGroup = true;
        Assert.Equal(Wanted.All, _fanout.Wanted);
        Publish(5, 5, 3);
        using (var tap = _fanout.Tap("test")) Assert.Equal([8, 9], await tap.Units(Ct).Take(2).Select(unit => unit.Timestamp).ToListAsync(Ct));
        using (var next = _fanout.Tap("test")) Assert.Equal(8u, (await next.Units(Ct).FirstAsync(Ct)).Timestamp); // kept though nobody follows
        _fanout.KeepsGroup = false;
        using var late = _fanout.Tap("test");
        _fanout.End();
        Assert.Empty(await Rest(late));
    }

    [Fact]
    public async Task The_next_is_handed_what_came_since_the_newest_keyframe_at_once()
    {
        using var first = _fanout.Tap("test");
        Publish(1, 8, 5);
        using var second = _fanout.Tap("test");
        _fanout.Publish(Unit(9));
        _fanout.End();
        Assert.Equal([6, 7, 8, 9], await Rest(second));
    }

    [Fact]
    public async Task What_was_not_gathered_for_a_while_is_no_group_to_hand_out()
    {
        _fanout.Tap("test").Dispose();
        Publish(1, 3, 5);
        using (var before = _fanout.Tap("test")) Publish(10, 3, 5);
        Assert.Equal(Wanted.None, _fanout.Wanted);
        using var tap = _fanout.Tap("test");
        _fanout.Publish(Unit(20));
        Publish(21, 2, 5);
        _fanout.End();
        Assert.Equal([21, 22], await Rest(tap));
    }

    [Fact]
    public async Task Whoever_falls_behind_loses_the_oldest_goes_on_at_a_keyframe_and_it_is_counted()
    {
        using var tap = _fanout.Tap("test");
        Publish(1, 1000, 50);
        _fanout.End();
        var came = await Rest(tap);
        Assert.True(came.Count <= 300);
        Assert.Equal(1000 - came.Count, tap.Dropped);
        Assert.Equal(1u, came[0] % 50); // a keyframe
        Assert.Equal(1000u, came[^1]);
        Assert.Equal(came.Count - 1, (int)(came[^1] - came[0]));
    }

    [Fact]
    public async Task Bytes_are_bounded_too()
    {
        using var tap = _fanout.Tap("test");
        for (var n = 0u; n < 36; n++) _fanout.Publish(Unit(n, n % 10 == 0, 1 << 20));
        _fanout.End();
        var came = await Rest(tap);
        Assert.InRange(came.Count, 1, 16);
        Assert.Equal(36 - came.Count, tap.Dropped);
    }

    [Fact]
    public async Task When_the_camera_is_let_go_it_ends_for_those_who_follow_and_for_those_who_come_later()
    {
        using var tap = _fanout.Tap("test");
        Publish(1, 2, 5);
        _fanout.End();
        Assert.Equal([1, 2], await Rest(tap));
        using var late = _fanout.Tap("test");
        Assert.Empty(await Rest(late));
    }
}
