using System.Net;
using Compliance.Domain.Probes;
using Compliance.Probe.Schedule;
using Compliance.Probe.Tell;
using Microsoft.Extensions.Logging.Abstractions;

namespace Compliance.Probe.Tests.Tell;

public sealed class CourierTests : IDisposable
{
    readonly Folder _folder = new();
    readonly List<IDisposable> _used = [];
    readonly Doubts _doubts = new();

    [Fact]
    public async Task Everything_that_waits_arrives_in_order_and_nothing_waits_any_longer()
    {
        await using var api = await FakeApi.Start();
        var (courier, outbox) = Courier(api);
        outbox.Tell(Some.Verdicts(250));
        await courier.Deliver(TestContext.Current.CancellationToken);
        Assert.Equal(Some.Verdicts(250), api.Verdicts);
        Assert.Equal([100, 100, 50], api.Posts.Select(p => p.Length));
        Assert.Equal(0, outbox.Spool.Depth);
    }

    [Fact]
    public async Task A_lost_answer_means_a_second_telling_under_the_same_ids()
    {
        await using var api = await FakeApi.Start();
        api.AnswersLost = 2;
        var (courier, outbox) = Courier(api);
        outbox.Tell(Some.Verdicts(3));
        await Assert.ThrowsAsync<ApiAway>(() => courier.Deliver(TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<ApiAway>(() => courier.Deliver(TestContext.Current.CancellationToken));
        Assert.Equal(3, outbox.Spool.Depth);
        await courier.Deliver(TestContext.Current.CancellationToken);
        Assert.Equal(3, api.Posts.Count);
        Assert.Equal(Some.Verdicts(3), api.Verdicts);
    }

    [Fact]
    public async Task What_the_api_refuses_is_set_aside_and_the_rest_goes_on()
    {
        await using var api = await FakeApi.Start();
        api.Refuse = o => o.Id == Some.Verdict(2).Id ? "device.retired" : null;
        var (courier, outbox) = Courier(api);
        outbox.Tell(Some.Verdicts(3));
        await courier.Deliver(TestContext.Current.CancellationToken);
        Assert.Equal((0, 1), (outbox.Spool.Depth, outbox.Spool.Refused));
    }

    [Fact]
    public async Task A_batch_refused_as_a_whole_is_told_one_by_one_and_blocks_nothing()
    {
        await using var api = await FakeApi.Start();
        var (courier, outbox) = Courier(api, new Saying(() => new(HttpStatusCode.BadRequest)));
        outbox.Tell(Some.Verdicts(3));
        await courier.Deliver(TestContext.Current.CancellationToken);
        Assert.Equal((0, 3), (outbox.Spool.Depth, outbox.Spool.Refused));
    }

    [Theory]
    [InlineData(302)]
    [InlineData(405)]
    [InlineData(407)]
    [InlineData(410)]
    public async Task What_something_in_between_says_is_no_refusal_of_the_api(int status)
    {
        await using var api = await FakeApi.Start();
        var (courier, outbox) = Courier(api, new Saying(() => new((HttpStatusCode)status)));
        outbox.Tell(Some.Verdicts(3));
        await Assert.ThrowsAsync<ApiAway>(() => courier.Deliver(TestContext.Current.CancellationToken));
        Assert.Equal((3, 0), (outbox.Spool.Depth, outbox.Spool.Refused));
    }

    [Fact]
    public async Task A_page_in_between_is_no_answer_in_whatever_letters_it_says_it_is()
    {
        await using var api = await FakeApi.Start();
        var (courier, outbox) = Courier(api, new Saying(() =>
        {
            var page = new StringContent("<html>Please sign in to this network</html>");
            page.Headers.ContentType = new("text/html") { CharSet = "klingon" };
            return new(HttpStatusCode.OK) { Content = page };
        }));
        outbox.Tell(Some.Verdicts(3));
        await Assert.ThrowsAsync<ApiAway>(() => courier.Deliver(TestContext.Current.CancellationToken));
        Assert.Equal(3, outbox.Spool.Depth);
    }

    [Fact]
    public async Task A_bug_met_on_the_way_ends_neither_the_courier_nor_the_probe()
    {
        await using var api = await FakeApi.Start();
        var bugs = 1;
        var (courier, outbox) = Courier(api, new Saying(() => bugs-- > 0 ? throw new InvalidOperationException("a bug") : null));
        outbox.Tell(Some.Verdicts(3));
        await courier.StartAsync(TestContext.Current.CancellationToken);
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (outbox.Spool.Depth > 0 && !courier.ExecuteTask!.IsCompleted) await again.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Some.Verdicts(3), api.Verdicts);
        await courier.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_token_that_no_longer_counts_is_fetched_anew()
    {
        await using var api = await FakeApi.Start();
        var (courier, outbox) = Courier(api);
        outbox.Tell([Some.Verdict(1)]);
        await courier.Deliver(TestContext.Current.CancellationToken);
        api.Tokens = 7;
        outbox.Tell([Some.Verdict(2)]);
        await Assert.ThrowsAsync<ApiAway>(() => courier.Deliver(TestContext.Current.CancellationToken));
        await courier.Deliver(TestContext.Current.CancellationToken);
        Assert.Equal(Some.Verdicts(2), api.Verdicts);
    }

    [Fact]
    public async Task Of_measurements_only_the_newest_is_told_and_none_waits_on_disk()
    {
        await using var api = await FakeApi.Start();
        var (courier, outbox) = Courier(api);
        foreach (var fps in new[] { 24.0, 25.0 })
            outbox.Show(new MeasurementObserved(Guid.NewGuid(), Guid.Empty, DateTimeOffset.UnixEpoch, new(true, 0), new(10, fps, 4000, 2, VideoCodec.H264, "High", "4.1", 1920, 1080, 0, 0, null)));
        Assert.Equal(0, outbox.Spool.Depth);
        await courier.Deliver(TestContext.Current.CancellationToken);
        Assert.Equal(25, Assert.IsType<MeasurementObserved>(Assert.Single(Assert.Single(api.Posts))).Measurement.Fps);
    }

    [Fact]
    public async Task Who_is_told_that_another_has_taken_the_venue_asks_anew_whom_to_watch()
    {
        await using var api = await FakeApi.Start();
        var (courier, outbox) = Courier(api);
        api.Refuse = _ => "probe.lease-lost";
        outbox.Tell([Some.Verdict(1)]);
        await courier.Deliver(TestContext.Current.CancellationToken);
        Assert.Equal((1, 0, 1), (_doubts.Count, outbox.Spool.Depth, outbox.Spool.Refused));
    }

    public void Dispose()
    {
        foreach (var used in _used.AsEnumerable().Reverse()) used.Dispose();
        _folder.Dispose();
    }

    (Courier Courier, Outbox Outbox) Courier(FakeApi api, HttpMessageHandler? through = null)
    {
        var options = new ProbeOptions { ClientId = $"probe-{Guid.Empty}", ClientSecret = "s" };
        var http = new HttpClient(through ?? new SocketsHttpHandler()) { BaseAddress = api.Address };
        var outbox = new Outbox(new Spool(new(_folder["spool.db"])));
        var courier = new Courier(outbox, new(http, options, TimeProvider.System, NullLogger<ApiConnection>.Instance), _doubts, TimeProvider.System, new Random(1), NullLogger<Courier>.Instance);
        _used.AddRange([outbox.Spool, outbox, http, courier]);
        return (courier, outbox);
    }

    /// <summary>Nobody says whom to watch; how often that was doubted is counted.</summary>
    sealed class Doubts : IAssignments
    {
        public int Count { get; private set; }

        public IAsyncEnumerable<Assignments> Changes(CancellationToken ct) => AsyncEnumerable.Empty<Assignments>();

        public TimeSpan Unconfirmed => TimeSpan.Zero;

        public void Doubt() => Count++;
    }

    /// <summary>Says so to whatever brings observations; with null the API is asked.</summary>
    sealed class Saying(Func<HttpResponseMessage?> answer) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct) =>
            (request.RequestUri!.AbsolutePath == "/probe/observations" ? answer() : null) ?? await base.SendAsync(request, ct);
    }
}
