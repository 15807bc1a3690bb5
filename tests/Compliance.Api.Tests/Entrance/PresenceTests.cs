using Compliance.Api.Probes;
using Compliance.Domain.Probes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
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
        var before = new Presence(clock, data, NullLogger<Presence>.Instance);
        before.Heard(new Heartbeat(probe, 0, 5, false, 0, 0, "1"));
        before.Keep();
        clock.Advance(TimeSpan.FromSeconds(140));
        var after = new Presence(clock, data, NullLogger<Presence>.Instance);
        Assert.Equal(heard, after.Assess(probe, patience).LastHeard);
        Assert.Equal(clock.GetUtcNow(), after.Assess(Guid.NewGuid(), patience).LastHeard);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"0")]
    [InlineData("[]")]
    public void A_damaged_file_is_set_aside_and_stops_no_start(string damaged)
    {
        using var folder = new TempFolder();
        var (clock, data) = (new FakeTimeProvider(), new DataFolder(new ConfigurationBuilder().AddInMemoryCollection([new("Data", folder["data"])]).Build()));
        File.WriteAllText(data.File("presence.json"), damaged);
        var presence = new Presence(clock, data, NullLogger<Presence>.Instance);
        Assert.Equal(clock.GetUtcNow(), presence.Assess(Guid.NewGuid(), TimeSpan.FromSeconds(20)).LastHeard);
        Assert.Equal(damaged, File.ReadAllText(data.File("presence.json.damaged")));
        presence.Keep();
        _ = new Presence(clock, data, NullLogger<Presence>.Instance);
    }
}
