using Compliance.Probe.Tell;

namespace Compliance.Probe.Tests.Tell;

public sealed class SightingsTests : IDisposable
{
    static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    static readonly Guid Camera = new(1, 0, 0, new byte[8]);
    readonly Folder _folder = new();

    [Fact]
    public void After_a_short_restart_the_last_picture_of_before_is_known()
    {
        Keep(synchronised: true);
        Assert.Equal([new(Camera, Noon.AddSeconds(-20))], Recall(Noon.AddSeconds(50)));
    }

    [Fact]
    public void After_a_long_one_nobody_knows_what_happened_meanwhile() => Nothing(synchronised: true, after: TimeSpan.FromSeconds(61));

    [Fact]
    public void A_clock_that_went_back_is_not_believed() => Nothing(synchronised: true, after: TimeSpan.FromSeconds(-1));

    [Fact]
    public void A_clock_that_was_not_in_order_is_not_believed() => Nothing(synchronised: false, after: TimeSpan.FromSeconds(5));

    [Theory]
    [InlineData("{\"at\":")]
    [InlineData("null")]
    [InlineData("{}")]
    public void What_was_damaged_is_not_believed(string body)
    {
        Keep(synchronised: true);
        using (var file = new ProbeFile(_folder["spool.db"])) file.Run("UPDATE sightings SET body = $body", ("$body", body));
        Assert.Empty(Recall(Noon));
    }

    public void Dispose() => _folder.Dispose();

    void Nothing(bool synchronised, TimeSpan after)
    {
        Keep(synchronised);
        Assert.Empty(Recall(Noon + after));
    }

    void Keep(bool synchronised)
    {
        using var file = new ProbeFile(_folder["spool.db"]);
        new Sightings(file).Keep(new Dictionary<Guid, DateTimeOffset> { [Camera] = Noon.AddSeconds(-20), [Guid.Empty] = Noon.AddSeconds(1) }, synchronised, Noon);
    }

    Dictionary<Guid, DateTimeOffset> Recall(DateTimeOffset now)
    {
        using var file = new ProbeFile(_folder["spool.db"]);
        return new Sightings(file).Recall(now);
    }
}
