using Compliance.Domain.Detectors;
using Compliance.Domain.Tests.Kernel;
using Compliance.Domain.Venues;
using static Compliance.Domain.Detectors.DetectorBasis;
using static Compliance.Domain.Detectors.DetectorBasisCommand;
using static Compliance.Domain.Tests.Kernel.Story;

namespace Compliance.Domain.Tests.Detectors;

public sealed class DetectorBasisSpecs
{
    static readonly Guid Id = new("00000000-0000-0000-0000-0000000000b1"), Venue = new("00000000-0000-0000-0000-00000000000a"), Camera = new("00000000-0000-0000-0000-00000000000c");
    static readonly HoursOfDay Night = new(new(22, 0), new(5, 0));
    static readonly ImpactAssessment Assessment = new("Оценка воздействия", "1.2", new('a', 64));
    static readonly DetectorBasisEvent.Granted Given = new(
        Id, Venue, Detector.Fight, "ст. 17", "Драки на танцполе", [Camera], Night, Noon.AddHours(1), Noon.AddDays(90), Assessment, "AI-77", RiskDegree.High);
    static readonly DetectorBasisEvent.Withdrawn Taken = new(Id, Venue, "Жалоба", Noon.AddDays(2));
    static readonly DetectorBasisEvent.Expired Ended = new(Id, Venue, Noon.AddDays(90));

    static readonly Grant Asked = new(
        Id, Venue, Detector.Fight, " ст. 17 ", "Драки на танцполе", [Camera, Camera], Night, Noon.AddHours(1), Noon.AddDays(90), Assessment with { Sha256 = new('A', 64) }, "AI-77", RiskDegree.High, Noon);

    [Fact] public void It_names_each_camera_once_and_keeps_the_officers_words() => Decider.Given().When(Asked).Then(Given);
    [Fact] public void A_second_knock_adds_nothing_even_later() => Decider.Given(Given).When(Asked with { At = Noon.AddDays(3) }).ThenNothing();
    [Fact] public void Another_basis_has_another_id() => Decider.Given(Given).When(Asked with { Purpose = "Другое" }).ThenRefused("detectorbasis.already-granted");
    [Fact] public void No_camera_no_basis() => Decider.Given().When(Asked with { Cameras = [] }).ThenRefused("detectorbasis.cameras-missing", "cameras");
    [Fact] public void No_article_no_basis() => Decider.Given().When(Asked with { Article = " " }).ThenRefused("detectorbasis.article-missing", "article");
    [Fact] public void No_purpose_no_basis() => Decider.Given().When(Asked with { Purpose = "" }).ThenRefused("detectorbasis.purpose-missing", "purpose");
    [Fact] public void No_number_in_the_register_no_basis() => Decider.Given().When(Asked with { RegisterNumber = "" }).ThenRefused("detectorbasis.register-missing", "registerNumber");

    [Theory, InlineData("", "1", 64), InlineData("t", "", 64), InlineData("t", "1", 63), InlineData("t", "1", 0)]
    public void No_assessment_no_basis(string title, string version, int digits) =>
        Decider.Given().When(Asked with { Assessment = new(title, version, new('a', digits)) }).ThenRefused("detectorbasis.assessment-missing", "assessment");

    [Fact] public void It_ends_after_it_begins() => Decider.Given().When(Asked with { Until = Asked.From }).ThenRefused("detectorbasis.dates-backward", "until");
    [Fact] public void It_is_not_for_what_has_passed() => Decider.Given().When(Asked with { At = Asked.Until }).ThenRefused("detectorbasis.past", "until");
    [Fact] public void It_holds_a_year_at_most() => Decider.Given().When(Asked with { Until = Asked.From.AddDays(367) }).ThenRefused("detectorbasis.too-long", "until");
    [Fact] public void A_whole_leap_year_is_a_year() => Decider.Given().When(Asked with { Until = Asked.From.AddDays(366) }).Then(Given with { Until = Asked.From.AddDays(366) });

    [Fact] public void It_is_withdrawn_with_grounds() => Decider.Given(Given).When(new Withdraw(" Жалоба ", Noon.AddDays(2))).Then(Taken);
    [Fact] public void Not_without() => Decider.Given(Given).When(new Withdraw(" ", Noon)).ThenRefused("detectorbasis.grounds-missing", "grounds");
    [Fact] public void It_is_withdrawn_once() => Decider.Given(Given, Taken).When(new Withdraw("again", Noon.AddDays(3))).ThenNothing();
    [Fact] public void What_ended_by_itself_is_not_withdrawn() => Decider.Given(Given, Ended).When(new Withdraw("late", Noon.AddDays(91))).ThenRefused("detectorbasis.over");
    [Fact] public void Nobody_withdraws_what_nobody_granted() => Decider.Given().When(new Withdraw("x", Noon)).ThenRefused("detectorbasis.unknown");
    [Fact] public void What_is_over_is_not_granted_again_under_its_id() => Decider.Given(Given, Taken).When(Asked with { Until = Noon.AddDays(200) }).ThenRefused("detectorbasis.already-granted");

    [Fact] public void It_ends_by_itself_at_its_hour() => Decider.Given(Given).When(new Expire(Noon.AddDays(90).AddSeconds(4))).Then(Ended);
    [Fact] public void Not_before() => Decider.Given(Given).When(new Expire(Noon.AddDays(90).AddTicks(-1))).ThenNothing();
    [Fact] public void Once() => Decider.Given(Given, Ended).When(new Expire(Noon.AddDays(91))).ThenNothing();
    [Fact] public void A_withdrawn_one_does_not_expire() => Decider.Given(Given, Taken).When(new Expire(Noon.AddDays(91))).ThenNothing();

    [Theory]
    [InlineData("2026-06-01T22:00+05:00", true)]
    [InlineData("2026-06-02T04:59+05:00", true)]
    [InlineData("2026-06-02T05:00+05:00", false)]
    [InlineData("2026-06-01T21:59+05:00", false)]
    [InlineData("2026-06-01T19:30Z", true)]
    public void Hours_may_pass_midnight_and_are_the_venues(string at, bool covered) =>
        Assert.Equal(covered, Night.Covers(DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void Hours_within_a_day_and_all_hours()
    {
        var day = new HoursOfDay(new(9, 0), new(18, 0));
        Assert.True(day.Covers(VenueZone.At(new(2026, 6, 1), new(9, 0))));
        Assert.False(day.Covers(VenueZone.At(new(2026, 6, 1), new(18, 0))));
        Assert.True(HoursOfDay.All.Covers(VenueZone.At(new(2026, 6, 1), new(0, 0))));
    }

    [Fact]
    public void A_row_says_who_ended_it_and_why_and_what_ends_soonest_stands_on_top()
    {
        var other = Venue;
        var rows = DetectorBasisRow.View.Build(Of((Id, Given), (other, Given with { BasisId = other, Until = Noon.AddDays(30) }), (Camera, Given with { BasisId = Camera }), (Camera, Taken with { BasisId = Camera })));
        Assert.Equal([other, Id, Camera], rows.Values.OrderBy(DetectorBasisRow.View.SortOf, StringComparer.Ordinal).Select(row => row.Card.BasisId));
        Assert.Equal("Жалоба", rows[Camera].End?.Grounds);
        Assert.False(rows[Camera].HoldsAt(Noon.AddDays(1)));
        Assert.True(rows[Id].HoldsAt(Noon.AddDays(1)));
        Assert.False(rows[Id].HoldsAt(Noon));
        Assert.False(rows[Id].HoldsAt(Noon.AddDays(90)));
    }
}
