using Compliance.Api.Probes;
using Compliance.Domain.Probes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;

namespace Compliance.Api.Tests.Entrance;

public sealed class PresenceTests
{
    [Fact]
    public void The_time_the_api_was_away_counts_as_silence()
    {
        using var folder = new TempFolder();
        var (clock, probe, patience) = (new FakeTimeProvider(), Guid.NewGuid(), TimeSpan.FromSeconds(20));
        var data = new DataFolder(new ConfigurationBuilder().AddInMemoryCollection([new("Data", folder["data"])]).Build());
        var heard = clock.GetUtcNow();
        var before = new Presence(clock, data);
        before.Heard(new Heartbeat(probe, 0, 5, false, 0, 0, "1"));
        before.Keep();
        clock.Advance(TimeSpan.FromSeconds(140));
        var after = new Presence(clock, data);
        Assert.Equal(heard, after.Assess(probe, patience).LastHeard);
        Assert.Equal(clock.GetUtcNow(), after.Assess(Guid.NewGuid(), patience).LastHeard);
    }
}
