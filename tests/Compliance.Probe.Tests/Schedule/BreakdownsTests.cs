using Compliance.Probe.Schedule;
using Microsoft.Extensions.Time.Testing;

namespace Compliance.Probe.Tests.Schedule;

public sealed class BreakdownsTests
{
    static readonly Guid Device = new(1, 0, 0, new byte[8]);

    readonly FakeTimeProvider _clock = new();

    [Fact]
    public void What_breaks_again_and_again_rests_for_longer_each_time()
    {
        var broken = new Breakdowns(_clock);
        Assert.False(broken.Rests(Device));
        foreach (var pause in (int[])[10, 20, 40])
        {
            broken.Broke(Device);
            _clock.Advance(TimeSpan.FromSeconds(pause - 1));
            Assert.True(broken.Rests(Device));
            _clock.Advance(TimeSpan.FromSeconds(1));
            Assert.False(broken.Rests(Device));
        }

        _clock.Advance(TimeSpan.FromMinutes(11));
        broken.Broke(Device);
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.False(broken.Rests(Device));
    }
}
