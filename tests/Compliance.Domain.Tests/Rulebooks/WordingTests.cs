using Compliance.Domain.Rulebooks;

namespace Compliance.Domain.Tests.Rulebooks;

/// <summary>Only law is a violation.</summary>
public sealed class WordingTests
{
    [Fact]
    public void Only_law_that_was_read_or_confirmed_is_a_violation() => Assert.All(
        from basis in Enum.GetValues<Basis>() from confidence in Enum.GetValues<Confidence>() select new Standing(basis, confidence),
        standing => Assert.Equal(
            standing.Basis is not (Basis.Law or Basis.LawUto) ? Wording.Recommended
            : standing.Confidence is Confidence.Read or Confidence.Secondary ? Wording.Violation : Wording.ToBeConfirmed,
            standing.Wording));

    [Fact]
    public void What_has_not_failed_has_no_word() => Assert.All(
        RulebookShelf.All["kz-nightclub-2025-2026"].Evaluate(VenueFactsBuilder.Exemplary().Facts), result => Assert.Null(result.Wording));

    [Theory]
    [InlineData("uto", true, Wording.ToBeConfirmed)]
    [InlineData("uto", false, Wording.Recommended)]
    public void The_archive_is_law_only_where_the_venue_is_vulnerable(string flag, bool holds, Wording wording) =>
        Assert.Equal(wording, Of("KZ.CAM.008", VenueFactsBuilder.Exemplary().Venue((flag, holds)).Set("camera", ("archiveDays", 7))));

    [Theory]
    [InlineData(350, 1, Wording.ToBeConfirmed)]
    [InlineData(600, 2, Wording.Recommended)]
    [InlineData(600, 1, Wording.ToBeConfirmed)]
    public void A_third_exit_is_only_recommended_a_second_is_law(int capacity, int exits, Wording wording)
    {
        var club = VenueFactsBuilder.Exemplary().Venue(("capacity", capacity)).None("exit");
        for (var i = 0; i < exits; i++) club.Add("exit");
        Assert.Equal(wording, Of("KZ.EXIT.001", club));
    }

    [Fact]
    public void A_warning_system_that_fails_breaks_the_law_a_late_test_does_not()
    {
        Assert.Equal(Wording.Violation, Of("KZ.FIRE.002", VenueFactsBuilder.Exemplary().Venue(("warningTestPassed", false))));
        Assert.Equal(Wording.Recommended, Of("KZ.FIRE.002", VenueFactsBuilder.Exemplary().Venue(("warningTestedAt", VenueFactsBuilder.Night.AddDays(-40)))));
    }

    static Wording? Of(string rule, VenueFactsBuilder club) =>
        RulebookShelf.All["kz-nightclub-2025-2026"].Evaluate(club.Facts).Single(r => r.Rule.Id == rule).Wording;
}
