using Compliance.Domain.Probes;
using Compliance.Probe.Schedule;
using Compliance.Probe.Tell;
using Microsoft.Extensions.Logging.Abstractions;

namespace Compliance.Probe.Tests.Tell;

public sealed class MinuteSpoolTests : IDisposable
{
    static readonly DateTimeOffset Begin = new(2026, 11, 29, 20, 0, 0, TimeSpan.Zero);

    readonly Folder _folder = new();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Minutes_wait_over_a_restart_as_they_were_and_the_oldest_give_way()
    {
        MinuteMeasured[] all = [Minute(1), Minute(2) with { Fps = null, Kbps = null, KeyframeSeconds = null, ClockOffsetMs = null }, Minute(3)];
        using (var file = new ProbeFile(_folder["spool.db"])) new MinuteSpool(file, 3).Keep(all);
        using var again = new ProbeFile(_folder["spool.db"]);
        var spool = new MinuteSpool(again, 3);
        Assert.Equal((3, 3), (spool.Depth, spool.Oldest(10).Minutes.Count));
        Assert.Equal(all, spool.Oldest(10).Minutes);
        spool.Keep([Minute(4), Minute(5)]);
        Assert.Equal([Minute(3), Minute(4), Minute(5)], spool.Oldest(10).Minutes);
        spool.Forget(spool.Oldest(2).Upto);
        Assert.Equal([Minute(5)], spool.Oldest(10).Minutes);
        Assert.Equal(1, spool.Depth);
    }

    [Fact]
    public async Task After_a_time_without_the_api_all_of_them_arrive_but_never_before_what_turned()
    {
        await using var api = await FakeApi.Start();
        using var file = new ProbeFile(_folder["spool.db"]);
        using var outbox = new Outbox(new(file));
        using var http = new HttpClient { BaseAddress = api.Address };
        var spool = new MinuteSpool(file);
        var connection = new ApiConnection(http, new() { ClientId = $"probe-{Guid.Empty}", ClientSecret = "s" }, TimeProvider.System, NullLogger<ApiConnection>.Instance);
        var tellings = new MinuteTellings(spool, outbox, connection, TimeProvider.System, NullLogger<MinuteTellings>.Instance);
        spool.Keep([.. Enumerable.Range(0, 1_200).Select(Minute)]);

        api.Trouble = 503;
        await tellings.Tell(Ct);
        Assert.Equal(1_200, spool.Depth);
        api.Trouble = null;
        outbox.Tell([Some.Verdict(1)]);
        await tellings.Tell(Ct);
        Assert.Empty(api.Minutes);
        outbox.Spool.Settle([new(Some.Verdict(1).Id, null)]);
        await tellings.Tell(Ct);
        Assert.Equal([500, 500, 200], api.Minutes.Select(batch => batch.Length));
        Assert.Equal(Enumerable.Range(0, 1_200).Select(Minute), api.Minutes.SelectMany(batch => batch));
        Assert.Equal(0, spool.Depth);
    }

    public void Dispose() => _folder.Dispose();

    static MinuteMeasured Minute(int n) => new(new(n % 4, 0, 0, new byte[8]), Begin.AddMinutes(n), 50, 3, 24.9, 1987.5, n % 3, 2, -12.5);
}
