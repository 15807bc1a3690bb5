using Compliance.Domain.Devices;
using Compliance.Probe.Judge;
using Compliance.Probe.Look;
using Compliance.Probe.Tell;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Compliance.Probe.Tests.Tell;

public sealed class FeedTestsTests
{
    readonly FakeTimeProvider _clock = new(new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task A_camera_that_breaks_the_check_has_failed_it()
    {
        using var decoder = new Decoder(new(), _clock);
        var check = new FeedCheck((_, _, _, _) => throw new FormatException(), _ => null, decoder, _clock);
        var result = await check.Run(new(new("rtsp://10.0.0.1/"), null, null, FeedTransport.Tcp), TestContext.Current.CancellationToken);
        Assert.Equal((Verdict.NoStream, "ProbeFault FormatException"), (result.Verdict, result.Detail));
        Assert.False(Assert.Single(result.Steps).Ok);
    }

    [Fact(Timeout = 60_000)]
    public async Task Whatever_breaks_the_next_test_is_answered()
    {
        await using var api = await FakeApi.Start();
        var test = new Domain.Probes.FeedTest(Guid.NewGuid(), Guid.NewGuid(), new("rtsp://10.0.0.1/"), null, null);
        api.FeedTest = test;
        using var http = new HttpClient(new Breaking(times: 6)) { BaseAddress = api.Address };
        using var decoder = new Decoder(new(), _clock);
        var options = new ProbeOptions { ClientId = $"probe-{Guid.Empty}", ClientSecret = "s" };
        using var tests = new FeedTests(
            new(http, options, _clock, NullLogger<ApiConnection>.Instance), new((_, _, _, _) => throw new FormatException(), _ => null, decoder, _clock), _clock, NullLogger<FeedTests>.Instance);
        await tests.StartAsync(TestContext.Current.CancellationToken);
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!api.Results.ContainsKey(test.Id) && !tests.ExecuteTask!.IsCompleted && await beat.WaitForNextTickAsync(TestContext.Current.CancellationToken))
        {
            api.FeedTest ??= test; // one that was lost on its way is handed out again
            _clock.Advance(TimeSpan.FromSeconds(3));
        }

        Assert.Equal(Verdict.NoStream, api.Results[test.Id].Verdict);
        await tests.StopAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Fails as nobody foresaw, so many times.</summary>
    sealed class Breaking(int times) : DelegatingHandler(new SocketsHttpHandler())
    {
        int _left = times;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct) =>
            Interlocked.Decrement(ref _left) >= 0 ? throw new InvalidOperationException() : base.SendAsync(request, ct);
    }
}
