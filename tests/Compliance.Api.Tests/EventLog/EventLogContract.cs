using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;
using static Compliance.Api.Tests.EventLog.Facts;

namespace Compliance.Api.Tests.EventLog;

/// <summary>
/// What every log adapter owes. A subclass says how to open its store; the store may hold the facts of others too, so
/// nothing here counts on being alone.
/// </summary>
public abstract partial class EventLogContract : IAsyncLifetime
{
    readonly CancellationTokenSource _patience =
        CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    protected IEventLog Log { get; private set; } = null!;

    /// <summary>Cancelled after two minutes, so that a follower that waits in vain fails its test instead of hanging it.</summary>
    protected CancellationToken Ct => _patience.Token;

    /// <summary>Where followers begin: where this test's facts do, if the store is full of other people's.</summary>
    protected virtual LogPosition Beginning => LogPosition.Start;

    protected abstract Task<IEventLog> Open();

    /// <summary>Closes the log as a stopped process would and opens the same store again; null when the store forgets.</summary>
    protected virtual Func<Task<IEventLog>>? Reopen => null;

    /// <summary>Takes the store away and brings it back while logs stay open; null when it lives inside this process.</summary>
    protected virtual Func<Task>? Restart => null;

    public virtual async ValueTask InitializeAsync()
    {
        _patience.CancelAfter(TimeSpan.FromMinutes(2));
        Log = await Open();
    }

    public virtual ValueTask DisposeAsync()
    {
        _patience.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Many_streams_are_read_at_once_each_whole_in_its_order_and_once()
    {
        StreamId[] venues = [.. Enumerable.Range(0, 40).Select(_ => NewVenue())];
        for (var i = 0; i < venues.Length; i++) await Append(venues[i], -1, i, i + 100);
        await Append(venues[3], 1, 203);

        var read = (await Log.ReadMany([.. venues, NewVenue(), venues[3]], Ct).ToListAsync(Ct)).ToLookup(r => r.Stream, Number);
        Assert.Equal(venues.ToHashSet(), read.Select(stream => stream.Key).ToHashSet());
        for (var i = 0; i < venues.Length; i++) Assert.Equal(i == 3 ? [i, i + 100, 203] : [i, i + 100], read[venues[i]]);
        Assert.Empty(await Log.ReadMany([], Ct).ToListAsync(Ct));
    }

    [Fact]
    public async Task A_stream_nobody_wrote_to_is_empty() => Assert.Empty(await History(NewVenue()));

    [Fact]
    public async Task Facts_come_back_in_the_order_they_were_written()
    {
        var venue = NewVenue();
        Assert.Equal(1, (await Append(venue, -1, 1, 2))!.Revision);
        Assert.Equal(2, (await Append(venue, 1, 3))!.Revision);

        var history = await History(venue);
        Assert.Equal([0L, 1, 2], history.Select(r => r.Revision));
        Assert.Equal([1, 2, 3], history.Select(Number));
    }

    [Fact]
    public async Task What_was_written_comes_back_byte_for_byte_with_its_origin()
    {
        var (venue, origin) = (NewVenue(), new Origin(Guid.NewGuid(), "user:Әйгерім \"ü\" \\ 💃"));
        object[] facts = [Registered(venue), Capacity(venue, 300)];
        await Log.Append(venue, -1, facts, origin, Ct);

        var history = await History(venue);
        Assert.Equal(["venue.registered.v1", "venue.capacity-set.v1"], history.Select(r => r.Name));
        Assert.Equal([EventIds.For(origin, venue, 0), EventIds.For(origin, venue, 1)], history.Select(r => r.EventId));
        Assert.All(history, (recorded, i) =>
        {
            Assert.Equal((venue, origin), (recorded.Stream, recorded.Origin));
            Assert.Equal(EventCatalog.Encode(facts[i]), recorded.Data.ToArray());
            Assert.Equal(TimeSpan.Zero, recorded.RecordedAt.Offset);
            Assert.InRange(recorded.RecordedAt, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddMinutes(5));
        });
    }

    [Fact]
    public async Task An_answer_a_reader_and_a_follower_give_a_fact_the_same_position()
    {
        var venue = NewVenue();
        Appended[] answers = [(await Append(venue, -1, 1))!, (await Append(venue, 0, 2, 3, 4))!, (await Append(venue, 3, 5))!];

        var history = await History(venue);
        Assert.Equal(answers.Select(a => a.Position), answers.Select(a => history[(int)a.Revision].Position));
        Assert.Equal(history.Select(r => r.Position), await Following(Beginning, venue).Take(5).Select(r => r.Position).ToArrayAsync(Ct));
        Assert.All(history.Zip(history.Skip(1)), pair => Assert.True(pair.First.Position < pair.Second.Position));
    }

    [Fact]
    public async Task A_large_batch_is_one_append()
    {
        var venue = NewVenue();
        var numbers = Enumerable.Range(1, 500).ToArray();
        Assert.Equal(499, (await Append(venue, -1, numbers))!.Revision);
        Assert.Equal(numbers, (await History(venue)).Select(Number));
    }

    [Fact]
    public async Task Facts_are_there_after_reopening()
    {
        Assert.SkipWhen(Reopen is null, "this log forgets when it is closed");
        var venue = NewVenue();
        var answer = await Append(venue, -1, 1, 2);

        Log = await Reopen();
        Assert.Equal([1, 2], (await History(venue)).Select(Number));
        Assert.Equal(2, (await Append(venue, 1, 3))!.Revision);
        Assert.True(answer!.Position < (await History(venue))[^1].Position);
    }

    static Origin Someone() => new(Guid.NewGuid(), "user:test");

    Task<Appended?> Append(StreamId venue, long expected, params int[] numbers) => Append(venue, expected, Someone(), numbers);

    Task<Appended?> Append(StreamId venue, long expected, Origin origin, params int[] numbers) =>
        Log.Append(venue, expected, [.. numbers.Select(n => Capacity(venue, n))], origin, Ct);

    async Task<Recorded[]> History(StreamId venue) => await Log.Read(venue, Ct).ToArrayAsync(Ct);

    IAsyncEnumerable<Recorded> Following(LogPosition after, params StreamId[] venues) =>
        Log.Follow(after, Ct).Where(r => venues.Contains(r.Stream));

    async Task<List<int>> Numbers(IAsyncEnumerable<Recorded> facts) => await facts.Select(Number).ToListAsync(Ct);
}
