using Compliance.Probe.Eyes.Live;

namespace Compliance.Probe.Tests.Eyes.Live;

public sealed class SheddingTests
{
    static readonly Guid[] Cameras = [.. Enumerable.Range(1, 4).Select(n => new Guid(n, 0, 0, new byte[8]))];
    readonly Shedding _shedding = new();
    TimeSpan _now = TimeSpan.FromDays(3);

    /// <summary>A machine that looks at so many frames a second, however many come.</summary>
    void Pass(int seconds, long able, IReadOnlyCollection<Guid>? may = null)
    {
        for (var second = 0; second < seconds; second++)
        {
            var watched = (may ?? Cameras).Except(_shedding.LeftOut).ToList();
            var each = Math.Min(10, able / Math.Max(1, watched.Count));
            _shedding.Pass([.. watched.Select(camera => (camera, each, 10 - each))], may ?? Cameras, _now += TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public void Nobody_is_left_out_where_all_can_be_looked_at()
    {
        Pass(300, 40);
        Assert.Empty(_shedding.LeftOut);
    }

    [Fact]
    public void So_many_are_left_out_that_the_others_are_seen_whole()
    {
        Pass(30, 20);
        Assert.Equal(2, _shedding.LeftOut.Count);
    }

    [Fact]
    public void The_last_one_is_never_left_out()
    {
        Pass(120, 3);
        Assert.Equal(3, _shedding.LeftOut.Count);
    }

    [Fact]
    public void They_take_turns()
    {
        var leftOut = new HashSet<Guid>();
        for (var minute = 0; minute < 20; minute++)
        {
            Pass(60, 30);
            leftOut.UnionWith(_shedding.LeftOut);
        }

        Assert.Equal(4, leftOut.Count);
    }

    [Fact]
    public void When_the_machine_has_time_again_all_come_back_and_who_may_not_is_forgotten()
    {
        Pass(30, 20);
        Pass(200, 40);
        Assert.Empty(_shedding.LeftOut);
        Pass(30, 20);
        var gone = _shedding.LeftOut.First();
        Pass(1, 20, [.. Cameras.Where(camera => camera != gone)]);
        Assert.DoesNotContain(gone, _shedding.LeftOut);
    }
}
