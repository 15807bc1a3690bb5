using System.Net;
using System.Net.Sockets;
using Compliance.Probe.Judge;
using Compliance.Probe.Schedule;
using Compliance.Probe.Tests.EndToEnd;
using Compliance.Probe.Tests.Tell;
using Compliance.Probe.Watch;
using Microsoft.Extensions.Logging.Abstractions;
using VenueSimulator.Load;

namespace Compliance.Probe.Tests.Watch;

public sealed class CanaryTests : IDisposable
{
    readonly HttpClient _http = new();
    readonly TcpListener _gateway = new(IPAddress.Loopback, 0);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_port_sings_while_it_is_open()
    {
        _gateway.Start();
        var canary = Canary($"tcp://{_gateway.LocalEndpoint}");
        Assert.True(await canary.Sings(Ct));
        _gateway.Stop();
        Assert.False(await canary.Sings(Ct));
    }

    [Fact]
    public async Task A_web_server_sings_whatever_it_answers()
    {
        await using var api = await FakeApi.Start();
        var canary = Canary(api.Address.ToString());
        api.Trouble = 503;
        Assert.True(await canary.Sings(Ct));
        await api.DisposeAsync();
        Assert.False(await canary.Sings(Ct));
    }

    [Fact]
    public async Task A_stream_sings_while_it_shows_a_picture()
    {
        using var cameras = await Cameras.Serve(AuthSchemes.None);
        var canary = Canary(cameras.Server.Url("h264/1").ToString(), cameras.Open);
        Assert.True(await canary.Sings(Ct));
        await cameras.Server.Inject("h264/1", new() { Stalled = true });
        Assert.False(await canary.Sings(Ct));
    }

    [Theory]
    [InlineData(60)]
    [InlineData(-60)]
    public async Task A_song_counts_as_long_whatever_the_clock_on_the_wall_is_set_to(int minutesBack)
    {
        _gateway.Start();
        var clock = new SettableClock(new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero));
        var options = new ProbeOptions();
        var rounds = new CanaryRounds([Canary($"tcp://{_gateway.LocalEndpoint}")], options, clock, NullLogger<CanaryRounds>.Instance);
        await rounds.Listen(Ct);
        clock.SetBack(TimeSpan.FromMinutes(minutesBack));
        Assert.Equal(Canaries.Alive, rounds.State);
        clock.Advance((3 * options.CanariesEvery) + options.Watch.Patience);
        Assert.Equal(Canaries.Dead, rounds.State);
    }

    [Theory]
    [InlineData("ftp://gateway")]
    [InlineData("tcp://gateway")]
    [InlineData("rtsp://user:secret@canary/1")]
    public void What_cannot_be_heard_is_refused_at_the_start_and_a_secret_is_not_repeated(string address) =>
        Assert.DoesNotContain("secret", Assert.Throws<InvalidOperationException>(() => Canary(address)).Message, StringComparison.Ordinal);

    public void Dispose()
    {
        _http.Dispose();
        _gateway.Dispose();
    }

    Canary Canary(string address, OpenFeed? open = null) =>
        new(new(address), open ?? ((_, _, _, _) => throw new FeedLost(Domain.Devices.Verdict.Unreachable, "")), _http, TimeSpan.FromSeconds(4), TimeProvider.System);
}
