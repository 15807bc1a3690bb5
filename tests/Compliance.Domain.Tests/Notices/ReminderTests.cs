using Compliance.Domain.Notices;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Tests.Rulebooks;
using Compliance.Domain.Venues;
using static Compliance.Domain.Tests.Rulebooks.VenueFactsBuilder;

namespace Compliance.Domain.Tests.Notices;

/// <summary>Of everything that ends, people hear 30, 7 and 1 days before, each time once.</summary>
public sealed class ReminderTests
{
    static readonly Guid Club = new("00000000-0000-0000-0000-00000000000a"), Paper = new("00000000-0000-0000-0000-0000000000b0");
    static readonly DateOnly Last = new(2026, 7, 31);

    static NoticeCommand.Tell? On(DateOnly day, DateOnly? since = null) =>
        new Ending(Club, NoticeKind.BasisEndsSoon, Paper, since ?? new(2026, 1, 1), Last).Reminder(VenueZone.At(day, new(9, 0)));

    [Fact]
    public void Each_day_of_a_whole_term_asks_for_three_reminders_in_all()
    {
        var told = Enumerable.Range(0, 60).Select(day => On(Last.AddDays(day - 55))).OfType<NoticeCommand.Tell>().ToArray();
        Assert.Equal([30, 7, 1], told.DistinctBy(t => t.NoticeId).Select(t => Last.DayNumber - VenueZone.Day(t.At).DayNumber));
        Assert.All(told, t => Assert.Equal((Club, Paper, Last), (t.VenueId, t.AboutId, t.Day!.Value)));
    }

    [Fact]
    public void A_morning_that_was_missed_is_made_up_by_the_nearest_reminder() => Assert.Equal(On(Last.AddDays(-7))!.NoticeId, On(Last.AddDays(-3))!.NoticeId);

    [Fact]
    public void Of_what_began_later_than_its_day_nobody_is_reminded()
    {
        Assert.Null(On(Last.AddDays(-20), since: Last.AddDays(-25)));
        Assert.NotNull(On(Last.AddDays(-7), since: Last.AddDays(-25)));
        Assert.Null(On(Last, since: Last));
    }

    [Fact]
    public void A_term_that_is_set_anew_reminds_anew() =>
        Assert.NotEqual(On(Last.AddDays(-7))!.NoticeId, (new Ending(Club, NoticeKind.BasisEndsSoon, Paper, new(2026, 1, 1), Last.AddDays(1)).Reminder(VenueZone.At(Last.AddDays(-6), new(9, 0))))!.NoticeId);

    [Fact]
    public void What_a_rulebook_asks_to_be_done_again_ends_when_it_says()
    {
        var book = RulebookShelf.All[RulebookShelf.Usual];
        var ends = Reminders.Of(Exemplary().Facts, book).ToArray();
        var drill = Assert.Single(ends, e => e.RuleId == "KZ.FIRE.006");
        Assert.Equal((NoticeKind.TestDueSoon, VenueZone.Day(VenueFactsBuilder.Night.AddDays(-3)).AddMonths(6)), (drill.Kind, drill.LastDay));
        Assert.Contains(ends, e => e.Kind == NoticeKind.PaperEndsSoon && e.RuleId == "KZ.OWN.007");
        Assert.Distinct(ends.Select(e => e.AboutId));
        Assert.DoesNotContain(Reminders.Of(Exemplary().Venue(("drillAt", VenueFactsBuilder.Night.AddYears(-1))).Facts, book), e => e.RuleId == "KZ.FIRE.006");
        Assert.DoesNotContain(Reminders.Of(Exemplary().Venue(("capacity", 50)).Facts, book), e => e.RuleId == "KZ.FIRE.006");
    }
}
