using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;
using static Compliance.Api.Tests.EventLog.Facts;

namespace Compliance.Api.Tests.EventLog;

/// <summary>Who wins, what is refused, and what a retry gets.</summary>
public abstract partial class EventLogContract
{
    [Fact]
    public async Task An_append_at_another_revision_than_the_streams_is_a_lost_race()
    {
        var venue = NewVenue();
        Assert.Null(await Append(venue, 0, 1));
        Assert.Empty(await History(venue));

        await Append(venue, -1, 1, 2);
        Assert.Null(await Append(venue, -1, 8));
        Assert.Null(await Append(venue, 0, 8, 9));
        Assert.Null(await Append(venue, 2, 8));
        Assert.Equal([1, 2], (await History(venue)).Select(Number));
    }

    [Fact]
    public async Task Only_the_first_of_many_writers_wins()
    {
        var venue = NewVenue();
        var answers = await Task.WhenAll(Enumerable.Range(1, 16).Select(n => Append(venue, -1, n, n)));

        var winner = Assert.Single(Enumerable.Range(1, 16), n => answers[n - 1] is not null);
        Assert.Equal([winner, winner], (await History(venue)).Select(Number));
    }

    [Fact]
    public async Task A_batch_with_a_fact_nobody_knows_leaves_nothing_behind()
    {
        var venue = NewVenue();
        await Append(venue, -1, 1);
        await Assert.ThrowsAnyAsync<Exception>(() => Log.Append(venue, 0, [Capacity(venue, 2), "no fact"], Someone(), Ct));

        Assert.Equal([1], (await History(venue)).Select(Number));
        Assert.Equal(1, (await Append(venue, 0, 3))!.Revision);
        Assert.Equal([1, 3], await Numbers(Following(Beginning, venue).Take(2)));
    }

    [Fact]
    public async Task The_same_append_sent_again_is_stored_once_and_answers_as_the_first_time()
    {
        var (venue, origin) = (NewVenue(), Someone());
        var first = await Append(venue, -1, origin, 1, 2);

        Assert.NotNull(first);
        Assert.Equal(first, await Append(venue, -1, origin, 1, 2));
        Assert.Equal([1, 2], (await History(venue)).Select(Number));
    }

    [Fact]
    public async Task The_same_append_sent_again_answers_as_the_first_time_even_when_others_wrote_since()
    {
        var (venue, origin) = (NewVenue(), Someone());
        await Append(venue, -1, 1);
        var first = await Append(venue, 0, origin, 2, 3);
        await Append(venue, 2, 4);

        Assert.NotNull(first);
        Assert.Equal(first, await Append(venue, 0, origin, 2, 3));
        Assert.Equal([1, 2, 3, 4], (await History(venue)).Select(Number));
    }

    [Fact]
    public async Task The_same_append_sent_many_times_at_once_is_stored_once()
    {
        var (venue, origin) = (NewVenue(), Someone());
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Append(venue, -1, origin, 1, 2)));

        Assert.NotNull(Assert.Single(answers.Distinct()));
        Assert.Equal([1, 2], (await History(venue)).Select(Number));
    }

    [Fact]
    public async Task A_command_that_decides_anew_at_a_later_revision_is_written_again()
    {
        var (venue, origin) = (NewVenue(), Someone());
        await Append(venue, -1, origin, 1);

        // The decider makes commands idempotent; the log only recognises the same append.
        Assert.Equal(1, (await Append(venue, 0, origin, 2))!.Revision);
        Assert.Equal([1, 2], (await History(venue)).Select(Number));
    }

    [Fact]
    public async Task Many_hands_register_one_thing_once()
    {
        var venue = NewVenue();
        var done = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ =>
            Log.Execute(Venue.Decider, venue.Id, Registration(venue), Someone(), Ct)));

        var only = Assert.Single(await History(venue));
        Assert.All(done, executed => Assert.Equal(new Executed(null, false, 0, only.Position), executed));
    }
}
