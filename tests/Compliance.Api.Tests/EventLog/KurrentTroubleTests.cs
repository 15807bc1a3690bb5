using Compliance.Api.EventLog;
using Compliance.Api.Tests.EventLog.KurrentDouble;
using Compliance.Domain.Kernel;
using Microsoft.Extensions.Logging.Abstractions;
using static Compliance.Api.Tests.EventLog.Facts;

namespace Compliance.Api.Tests.EventLog;

/// <summary>What goes wrong between a writer and a KurrentDB, and what becomes of it.</summary>
public sealed class KurrentTroubleTests
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Fault.LoseRequest)]
    [InlineData(Fault.LoseAnswer)]
    [InlineData(Fault.NotReady)]
    [InlineData(Fault.Timeout)]
    [InlineData(Fault.NotReady, Fault.LoseAnswer, Fault.LoseAnswer)]
    [InlineData(Fault.LoseAnswer, Fault.Conflict)]
    public Task An_append_in_trouble_is_stored_once_and_answered(params object[] faults) => WithDouble(async (pretended, log) =>
    {
        var (venue, origin) = (NewVenue(), new Origin(Guid.NewGuid(), "user:test"));
        pretended.Befall([.. faults.Cast<Fault>()]);
        var answer = await log.Append(venue, -1, [Capacity(venue, 1), Capacity(venue, 2)], origin, Ct);

        var history = await log.Read(venue, Ct).ToArrayAsync(Ct);
        Assert.Equal([1, 2], history.Select(Number));
        Assert.Equal(new(1, history[1].Position), answer);
    });

    [Fact]
    public Task A_lost_answer_is_still_a_lost_race_when_the_winner_is_another() => WithDouble(async (pretended, log) =>
    {
        var venue = NewVenue();
        await log.Append(venue, -1, [Capacity(venue, 1)], new(Guid.NewGuid(), "user:first"), Ct);
        pretended.Befall(Fault.LoseAnswer);

        Assert.Null(await log.Append(venue, -1, [Capacity(venue, 2)], new(Guid.NewGuid(), "user:second"), Ct));
    });

    [Fact]
    public Task An_append_over_a_mebibyte_is_refused_with_a_clear_word() => WithDouble(async (_, log) =>
    {
        var venue = NewVenue();
        object[] facts = [.. Enumerable.Range(0, 12_000).Select(n => Capacity(venue, n))];
        var refusal = await Assert.ThrowsAsync<EventLogException>(() => log.Append(venue, -1, facts, new(Guid.NewGuid(), "user:test"), Ct));

        Assert.Contains("1048576", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(await log.Read(venue, Ct).ToArrayAsync(Ct));
    });

    [Fact]
    public Task A_follower_goes_on_from_the_last_checkpoint_not_from_the_last_fact() => WithDouble(async (pretended, log) =>
    {
        var (venue, foreign) = (NewVenue(), DoubleCluster.Name("$stats"));
        await log.Append(venue, -1, [Capacity(venue, 1)], new(Guid.NewGuid(), "user:test"), Ct);
        for (var i = 0; i < 1200; i++)
            pretended.Store.Append(new() { StreamIdentifier = foreign, Any = new() }, [new() { Id = new() { String = $"{Guid.NewGuid()}" }, Metadata = { ["type"] = "$stats" } }]);
        await log.Append(venue, 0, [Capacity(venue, 2)], new(Guid.NewGuid(), "user:test"), Ct);
        pretended.LeavesAtCheckpoint = true;

        Assert.Equal([1, 2], await log.Follow(LogPosition.Start, Ct).Take(2).Select(Number).ToListAsync(Ct));
        var all = pretended.Store.All();
        Assert.Equal([0, all[499].CommitPosition, all[999].CommitPosition], pretended.Followed);
    });

    [Fact]
    public Task A_fact_written_past_us_is_a_strangers() => WithDouble(async (pretended, log) =>
    {
        var venue = NewVenue();
        pretended.Store.Append(
            new() { StreamIdentifier = DoubleCluster.Name($"{venue}"), NoStream = new() },
            [new() { Id = new() { String = $"{Guid.NewGuid()}" }, Metadata = { ["type"] = "venue.closed.v1" } }]);

        Assert.Equal(new(Guid.Empty, "unknown"), Assert.Single(await log.Read(venue, Ct).ToArrayAsync(Ct)).Origin);
    });

    [Fact]
    public async Task A_follower_that_is_asked_names_the_leader_and_is_obeyed()
    {
        await using var pretended = await DoubleCluster.Start(nodes: 3);
        using var log = Open($"esdb://{DoubleNode.Host}:{pretended.Nodes[2].Port}?tls=false");
        var venue = NewVenue();

        Assert.NotNull(await log.Append(venue, -1, [Capacity(venue, 1)], new(Guid.NewGuid(), "user:test"), Ct));
        Assert.Equal(1, Number(await log.Follow(LogPosition.Start, Ct).FirstAsync(Ct)));
    }

    [Fact]
    public async Task Discovery_asks_on_where_a_host_is_dead()
    {
        await using var pretended = await DoubleCluster.Start(nodes: 3);
        await pretended.KillLeader();
        await pretended.Nodes[0].Stop();
        using var log = Open(pretended.Address);
        var venue = NewVenue();

        Assert.NotNull(await log.Append(venue, -1, [Capacity(venue, 1)], new(Guid.NewGuid(), "user:test"), Ct));
    }

    [Fact]
    public async Task A_log_that_stays_away_throws_in_the_end()
    {
        using var log = Open("esdb://127.0.0.1:1?tls=false", new Hurried());
        var venue = NewVenue();

        var unsaid = await Assert.ThrowsAsync<EventLogException>(() => log.Append(venue, -1, [Capacity(venue, 1)], new(Guid.NewGuid(), "user:test"), Ct));
        Assert.StartsWith("KurrentDB at 127.0.0.1:1: nobody who leads has answered in time (Unavailable", unsaid.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<EventLogException>(async () => await log.Read(venue, Ct).ToArrayAsync(Ct));
    }

    static async Task WithDouble(Func<DoubleCluster, KurrentEventLog, Task> test)
    {
        await using var pretended = await DoubleCluster.Start();
        using var log = Open(pretended.Address);
        await test(pretended, log);
    }

    static KurrentEventLog Open(string address, TimeProvider? clock = null) =>
        new(KurrentConnectionString.Parse(address), clock ?? TimeProvider.System, NullLogger<KurrentEventLog>.Instance);
}
