using Compliance.Domain.Evidence;
using Compliance.Domain.Kernel;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Tests.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Tests.Venues;

/// <summary>Each instant is asked by the hours that held then.</summary>
public sealed class OpeningWeeksTests
{
    static readonly Guid Club = new("00000000-0000-0000-0000-00000000000a");

    /// <summary>The fifth of June 2026 is a Friday.</summary>
    static readonly DateOnly Friday = new(2026, 6, 5);

    static readonly DateTimeOffset Saturday = VenueZone.Midnight(Friday.AddDays(1));

    static readonly OpeningHours[] Long = [new(DayOfWeek.Friday, new(22, 0), new(6, 0)), new(DayOfWeek.Saturday, new(22, 0), new(6, 0))];
    static readonly OpeningHours[] Short = [new(DayOfWeek.Friday, new(22, 0), new(23, 0)), new(DayOfWeek.Saturday, new(22, 0), new(23, 0))];

    static readonly OpeningWeeks Shortened = OpeningWeeks.Always(Long).Set(Saturday, Short), Lengthened = OpeningWeeks.Always(Short).Set(Saturday, Long);

    static DateTimeOffset On(int days, int hour) => VenueZone.At(Friday.AddDays(days), new(hour, 30));

    [Fact] public void A_night_ends_as_it_was_when_it_began() =>
        Assert.Equal((true, true, false), (Shortened.IsOpen(On(0, 22)), Shortened.IsOpen(On(1, 4)), Shortened.IsOpen(On(2, 4))));

    [Fact] public void Longer_hours_reach_into_the_night_that_is_under_way() =>
        Assert.Equal((false, true, true), (Lengthened.IsOpen(On(0, 23)), Lengthened.IsOpen(On(1, 4)), Lengthened.IsOpen(On(2, 4))));

    [Fact] public void One_night_is_one_opening_though_other_hours_count_from_midnight()
    {
        var weeks = OpeningWeeks.Always(Long).Set(Saturday, [.. Long, new(DayOfWeek.Sunday, new(22, 0), new(6, 0))]);
        Assert.Equal([On(0, 22).AddMinutes(-30), On(1, 22).AddMinutes(-30), On(2, 22).AddMinutes(-30)], weeks.Openings(Saturday.AddDays(-1), Saturday.AddDays(3)).Select(o => o.Opens));
    }

    [Fact] public void What_was_to_count_later_is_replaced()
    {
        var weeks = OpeningWeeks.Always(Long).Set(Saturday, Short).Set(Saturday.AddHours(-3), []);
        Assert.Equal((2, true), (weeks.Weeks.Count, weeks.IsOpen(On(3, 12))));
    }

    [Fact] public void Weeks_that_are_long_over_are_not_kept() => Assert.Equal([Short], Shortened.Since(Saturday).Weeks.Select(w => w.Hours));

    [Theory]
    [InlineData(22, 6, 22, 6, true), InlineData(21, 7, 22, 6, true), InlineData(22, 5, 22, 6, false), InlineData(23, 6, 22, 6, false), InlineData(22, 23, 22, 6, false)]
    public void Hours_cover_others(int opens, int closes, int otherOpens, int otherCloses, bool covers) =>
        Assert.Equal(covers, new OpeningHours[] { new(DayOfWeek.Saturday, new(opens, 0), new(closes, 0)) }.Covers([new(DayOfWeek.Saturday, new(otherOpens, 0), new(otherCloses, 0))]));

    [Fact] public void Only_all_hours_cover_all_hours()
    {
        OpeningHours[] always = [.. Enum.GetValues<DayOfWeek>().Select(day => new OpeningHours(day, new(6, 0), new(6, 0)))];
        Assert.Equal((true, true, false, true), (always.Covers([]), Array.Empty<OpeningHours>().Covers(Long), Long.Covers([]), Array.Empty<OpeningHours>().Covers([])));
    }

    static readonly Recorded[] Facts = Story.Of(
        (Club, new VenueEvent.Registered(Club, new("Клуб", "Клуб", "240140012345", "Абай 1", "Алмалы", new(43.2, 76.9), true), 200, Long)),
        (Club, new VenueEvent.OpeningHoursSet(Club, Short, Saturday, null)));

    [Fact] public void Rules_are_asked_by_the_hours_of_their_instant()
    {
        Assert.Equal([On(1, 6).AddMinutes(-30), On(1, 23).AddMinutes(-30)], FactSheet.Of(Club, On(4, 12), Facts)!.OpeningHours.Openings(Saturday.AddDays(-1), Saturday.AddDays(2)).Select(o => o.Closes));
    }

    [Fact] public void The_card_knows_what_counts_now_and_what_will()
    {
        var card = VenueCard.View.Build(Facts)[Club];
        Assert.Equal([Short, Long, Short], [card.OpeningHours, card.Hours.At(Saturday.AddTicks(-1)), card.Hours.At(Saturday)]);
    }

    [Fact] public void An_audit_prints_hours_from_when_they_count()
    {
        var papers = VenueAudit.Of(Club, Period.Days(Friday.AddDays(-3), Friday.AddDays(3)), Facts)!.Papers;
        Assert.Equal([(Story.Noon, Saturday), (Saturday, null)], papers.OpeningHours.Select(h => (h.From, h.Until)));
    }

    [Fact] public void Hours_of_an_older_fact_count_from_when_it_was_recorded()
    {
        var old = Assert.IsType<VenueEvent.OpeningHoursSet>(EventCatalog.Decode("venue.opening-hours-set.v1", EventCatalog.Encode(new VenueEvent.OpeningHoursSetV1(Club, Short))));
        Assert.Equal((null, null), (old.From, old.Grounds));
        var facts = Facts[..1].Append(Facts[1] with { Name = "venue.opening-hours-set.v1", Data = EventCatalog.Encode(new VenueEvent.OpeningHoursSetV1(Club, Short)) });
        Assert.Equal(Short, VenueCard.View.Build(facts)[Club].Hours.At(Facts[1].RecordedAt));
    }
}
