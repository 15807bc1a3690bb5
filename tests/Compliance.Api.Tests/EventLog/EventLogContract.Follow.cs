using Compliance.Domain.Kernel;
using static Compliance.Api.Tests.EventLog.Facts;

namespace Compliance.Api.Tests.EventLog;

/// <summary>What a follower may count on: every fact once, in log order, for as long as it likes.</summary>
public abstract partial class EventLogContract
{
    [Fact]
    public async Task A_follower_sees_what_was_and_what_comes_in_order()
    {
        var venue = NewVenue();
        await Append(venue, -1, 1, 2);

        List<int> seen = [];
        await foreach (var recorded in Following(Beginning, venue))
        {
            seen.Add(Number(recorded));
            if (seen.Count is >= 2 and < 6) await Append(venue, recorded.Revision, seen.Count + 1);
            if (seen.Count == 6) break;
        }

        Assert.Equal([1, 2, 3, 4, 5, 6], seen);
    }

    [Fact]
    public async Task A_follower_resumes_after_any_position_with_no_gap_and_no_repeat()
    {
        var venue = NewVenue();
        await Append(venue, -1, 1, 2, 3);
        await Append(venue, 2, 4);
        await Append(venue, 3, 5, 6);

        foreach (var (seen, i) in (await History(venue)).Take(5).Select((r, i) => (r, i)))
            Assert.Equal(Enumerable.Range(i + 2, 5 - i), await Numbers(Following(seen.Position, venue).Take(5 - i)));
    }

    [Fact]
    public async Task A_follower_reads_the_same_facts_as_a_reader()
    {
        var (venue, origin) = (NewVenue(), Someone());
        await Append(venue, -1, origin, 1, 2);

        var followed = await Following(Beginning, venue).Take(2).ToArrayAsync(Ct);
        Assert.All((await History(venue)).Zip(followed), pair =>
        {
            Assert.Equal(pair.First with { Data = default }, pair.Second with { Data = default });
            Assert.Equal(pair.First.Data.ToArray(), pair.Second.Data.ToArray());
        });
    }

    [Fact]
    public async Task Many_followers_see_many_writers_in_one_order()
    {
        StreamId[] venues = [.. Enumerable.Range(0, 6).Select(_ => NewVenue())];
        var followers = Enumerable.Range(0, 6)
            .Select(_ => Task.Run(async () => await Following(Beginning, venues).Take(60).ToArrayAsync(Ct))).ToArray();
        await Task.WhenAll(venues.Select(async venue =>
        {
            for (var n = 0; n < 10; n++) Assert.NotNull(await Append(venue, n - 1, n));
        }));

        var all = await Task.WhenAll(followers);
        Assert.All(all, seen => Assert.Equal(all[0].Select(r => (r.Stream, r.Revision)), seen.Select(r => (r.Stream, r.Revision))));
        Assert.All(all[0].Zip(all[0].Skip(1)), pair => Assert.True(pair.First.Position < pair.Second.Position));
        Assert.All(venues, venue => Assert.Equal(Enumerable.Range(0, 10), all[0].Where(r => r.Stream == venue).Select(Number)));
    }

    [Fact]
    public async Task A_follower_stops_when_it_is_told()
    {
        var venue = NewVenue();
        await Append(venue, -1, 1);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Ct);

        var following = Task.Run(async () =>
        {
            await foreach (var recorded in Log.Follow(Beginning, enough.Token))
                if (recorded.Stream == venue) await enough.CancelAsync();
        }, Ct);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => following);
        Ct.ThrowIfCancellationRequested();
    }

    [Fact]
    public async Task Followers_and_writers_outlive_a_restart_of_the_store()
    {
        Assert.SkipWhen(Restart is null, "nothing restarts this log's store");
        var venue = NewVenue();
        await Append(venue, -1, 0);
        var seenSome = new TaskCompletionSource();
        var following = Task.Run(async () => await Following(Beginning, venue).Take(200).Select(r =>
        {
            if (r.Revision == 50) seenSome.SetResult();
            return Number(r);
        }).ToArrayAsync(Ct), Ct);
        var writing = Task.Run(async () =>
        {
            for (var n = 1; n < 200; n++) Assert.NotNull(await Append(venue, n - 1, n));
        }, Ct);

        await seenSome.Task.WaitAsync(Ct);
        await Restart();
        await writing;
        Assert.Equal(Enumerable.Range(0, 200), await following);
        Assert.Equal(Enumerable.Range(0, 200), (await History(venue)).Select(Number));
    }
}
