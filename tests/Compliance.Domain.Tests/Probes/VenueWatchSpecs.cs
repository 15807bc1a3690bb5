using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;
using Compliance.Domain.Tests.Kernel;
using static Compliance.Domain.Probes.VenueWatch;
using static Compliance.Domain.Probes.VenueWatchCommand;
using static Compliance.Domain.Probes.VenueWatchEvent;
using static Compliance.Domain.Tests.Kernel.Story;

namespace Compliance.Domain.Tests.Probes;

public sealed class VenueWatchSpecs
{
    static readonly Guid Club = new("00000000-0000-0000-0000-00000000000a");
    static readonly Guid Box = new("00000000-0000-0000-0000-0000000000b1");
    static readonly Guid Central = new("00000000-0000-0000-0000-0000000000b2");
    static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    static readonly Taken First = new(Club, Box, null, TakenBecause.Free, Noon);

    [Fact] public void A_free_venue_goes_to_whoever_asks() => Decider.Given().When(Ask(Box, null)).Then(First);

    [Fact] public void Its_holder_asks_in_vain_for_more() => Decider.Given(First).When(Ask(Box, null, 3600)).ThenNothing();

    [Fact] public void While_the_lease_runs_nobody_else_gets_it() => Decider
        .Given(First).When(Ask(Central, Seen(Noon.AddSeconds(60)), 90)).ThenRefused("probe.lease-held");

    [Fact] public void Past_the_lease_another_takes_it() => Decider
        .Given(First).When(Ask(Central, Seen(Noon.AddSeconds(60)), 91)).Then(new Taken(Club, Central, Box, TakenBecause.HolderSilent, Noon.AddSeconds(91)));

    [Fact] public void A_lease_runs_from_when_it_was_taken_though_its_holder_was_never_heard() => Decider
        .Given(First).When(Ask(Central, Seen(DateTimeOffset.MinValue), 30)).ThenRefused("probe.lease-held");

    [Fact] public void Whose_venue_was_taken_away_loses_it_at_once() => Decider
        .Given(First).When(Ask(Central, Seen(Noon) with { MayWatch = false }, 1)).Then(new Taken(Club, Central, Box, TakenBecause.HolderNotAllowed, Noon.AddSeconds(1)));

    [Fact] public void Who_knows_of_another_holder_decides_nothing() => Decider
        .Given(First, new Taken(Club, Central, Box, TakenBecause.HolderSilent, Noon.AddSeconds(91)))
        .When(new Take(Club, new(7, 0, 0, new byte[8]), Seen(Noon), Noon.AddSeconds(92), Lease)).ThenRefused("probe.lease-held");

    [Fact] public void An_interval_is_set_once() => Decider.Given(First, new IntervalSet(Club, 60)).When(new SetInterval(Club, 60)).ThenNothing();

    [Fact] public void Held_open_again() => Decider.Given(new IntervalSet(Club, 60)).When(new SetInterval(Club, null)).Then(new IntervalSet(Club, null));

    [Theory]
    [InlineData(14)]
    [InlineData(3601)]
    public void Too_often_and_too_seldom_are_no_watch(int seconds) =>
        Decider.Given().When(new SetInterval(Club, seconds)).ThenRefused("watch.interval-out-of-range", "everySeconds");

    [Fact]
    public void The_word_of_the_first_holder_counts_from_its_assignment_and_that_of_the_next_from_the_move()
    {
        var moved = Noon.AddMinutes(5);
        var held = Decider.Fold([First, new Taken(Club, Central, Box, TakenBecause.HolderSilent, moved)]);
        Assert.Equal(Noon.AddHours(-1), Decider.Fold([First]).CountsFrom(Noon.AddHours(-1)));
        Assert.Equal(moved, held.CountsFrom(Noon.AddHours(-1)));
        Assert.Equal(moved.AddMinutes(1), held.CountsFrom(moved.AddMinutes(1)));
    }

    [Fact]
    public void The_row_keeps_who_had_it_before_and_how_often_it_is_looked_at()
    {
        var row = VenueWatchRow.View.Build(Of((Club, First), (Club, new IntervalSet(Club, 60)), (Club, new Taken(Club, Central, Box, TakenBecause.HolderSilent, Noon.AddSeconds(91)))))[Club];
        Assert.Equal(new(Club, Central, Box, TakenBecause.HolderSilent, Noon.AddSeconds(91), 60), row);
    }

    static HolderSeen Seen(DateTimeOffset at) => new(Box, at, true);

    static Take Ask(Guid probe, HolderSeen? holder, int after = 0) => new(Club, probe, holder, Noon.AddSeconds(after), Lease);
}
