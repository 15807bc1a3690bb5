using Compliance.Domain.Probes;
using Compliance.Probe.Tell;

namespace Compliance.Probe.Tests.Tell;

public sealed class HeartbeatTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_api_may_ask_to_hear_every_verdict_again(bool anew)
    {
        await using var fake = await FakeApi.Start();
        fake.TellAnew = anew;
        using var http = new HttpClient { BaseAddress = fake.Address };
        var api = new ApiConnection(http, new() { ClientId = $"probe-{Guid.Empty}", ClientSecret = "s" }, TimeProvider.System);
        Assert.Equal(anew, await api.Beat(new(Guid.Empty, 0, 1, false, 0, 0, "1.0"), TestContext.Current.CancellationToken));
        Assert.Single(fake.Heartbeats);
    }
}
