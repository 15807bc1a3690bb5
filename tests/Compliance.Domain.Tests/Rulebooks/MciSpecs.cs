using Compliance.Domain.Rulebooks;
using Compliance.Domain.Tests.Kernel;
using static Compliance.Domain.Tests.Kernel.Story;

namespace Compliance.Domain.Tests.Rulebooks;

/// <summary>The index is entered by the authority as a fact with its source, and put right by another that says why.</summary>
public sealed class MciSpecs
{
    const string Law = "Law on the national budget for 2027-2029, art. 9";

    static readonly Guid Officer = new("00000000-0000-0000-0000-0000000000f1");
    static readonly DateOnly January = new(2027, 1, 1), April = new(2027, 4, 1);

    static MciCommand.Set Entering(DateOnly from, decimal tenge = 4_700, string source = Law) => new(from, tenge, source, Officer, Noon);

    static MciCommand.Correct Correcting(DateOnly from, decimal tenge, string grounds = "a figure was mistyped") => new(from, tenge, Law, grounds, Officer, Noon.AddDays(1));

    static readonly MciEvent.Set Entered = new(Mci.Id, January, 4_700, Law, Officer, Noon);

    static MciLine Line(params MciEvent[] facts) => Mci.Decider.Fold(facts);

    [Fact] public void It_is_entered_once_with_the_act_that_sets_it()
    {
        Mci.Decider.Given().When(Entering(January)).Then(Entered);
        Mci.Decider.Given(Entered).When(Entering(January)).ThenNothing();
        Mci.Decider.Given().When(Entering(January, source: " ")).ThenRefused("mci.source-missing", "source");
        Mci.Decider.Given().When(Entering(January, tenge: 0)).ThenRefused("mci.amount", "tenge");
        Mci.Decider.Given().When(Entering(January, tenge: 4_700_000)).ThenRefused("mci.amount", "tenge");
        Mci.Decider.Given().When(Entering(new(2028, 1, 1))).ThenRefused("mci.too-early", "from");
    }

    [Fact] public void Another_value_for_a_known_day_is_a_correction_and_says_why()
    {
        Mci.Decider.Given(Entered).When(Entering(January, 4_600)).ThenRefused("mci.known", "from");
        Mci.Decider.Given().When(Entering(new(2026, 1, 1), 4_300)).ThenRefused("mci.known", "from");
        var corrected = new MciEvent.Corrected(Mci.Id, January, 4_700, 4_600, Law, "a figure was mistyped", Officer, Noon.AddDays(1));
        Mci.Decider.Given(Entered).When(Correcting(January, 4_600)).Then(corrected);
        Mci.Decider.Given(Entered).When(Correcting(January, 4_700)).ThenNothing();
        Mci.Decider.Given(Entered).When(Correcting(January, 4_600, " ")).ThenRefused("mci.grounds-missing", "grounds");
        Mci.Decider.Given().When(Correcting(April, 4_600)).ThenRefused("mci.unknown", "from");
        Assert.Equal((4_600m, 4_700m), Line(Entered, corrected).On(January) is { } now ? (now.Tenge, now.Was!.Value) : default);
    }

    [Fact] public void What_held_on_a_day_that_has_passed_is_changed_only_with_grounds()
    {
        DateOnly before = new(2026, 4, 1), today = new(2026, 6, 1);
        Mci.Decider.Given().When(Entering(before)).ThenRefused("mci.day-passed", "from");
        Mci.Decider.Given().When(Entering(today)).Then(Entered with { From = today });
        Mci.Decider.Given().When(Entering(new(2024, 1, 1), 3_692)).Then(Entered with { From = new(2024, 1, 1), Tenge = 3_692 }); // nothing was known of that year
        var amended = new MciEvent.Corrected(Mci.Id, before, 4_325, 4_400, Law, "raised by a law of May", Officer, Noon.AddDays(1));
        Mci.Decider.Given().When(Correcting(before, 4_400, "raised by a law of May")).Then(amended);
        Mci.Decider.Given().When(Correcting(before, 4_400, "")).ThenRefused("mci.grounds-missing", "grounds");
        Assert.Equal((4_325m, 4_400m), (Line(amended).On(before.AddDays(-1))!.Tenge, Line(amended).On(today)!.Tenge));
    }

    [Fact] public void What_the_house_was_delivered_with_can_be_corrected_too()
    {
        var corrected = new MciEvent.Corrected(Mci.Id, new(2026, 1, 1), 4_325, 4_400, Law, "the law was amended", Officer, Noon.AddDays(1));
        Mci.Decider.Given().When(Correcting(new(2026, 1, 1), 4_400, "the law was amended")).Then(corrected);
        Assert.Equal([3_932, 4_400], Line(corrected).All().Select(entry => entry.Tenge));
    }

    [Fact] public void It_holds_from_its_day_until_the_next_one_and_never_beyond_its_year()
    {
        var line = Line(Entered, new MciEvent.Set(Mci.Id, April, 4_900, Law, Officer, Noon));
        Assert.Equal((4_325m, 4_700m, 4_900m, 4_900m), (line.On(new(2026, 12, 31))!.Tenge, line.On(January)!.Tenge, line.On(April)!.Tenge, line.On(new(2027, 12, 31))!.Tenge));
        Assert.Equal(4_700, line.On(April.AddDays(-1))!.Tenge);
        Assert.Null(line.On(new(2028, 1, 1)));
        Assert.Null(line.On(new(2024, 12, 31)));
    }

    [Fact] public void From_december_on_the_next_year_is_missed_until_it_is_entered()
    {
        Assert.Null(Line().MissingOn(new(2026, 11, 30)));
        Assert.Equal(2027, Line().MissingOn(new(2026, 12, 1)));
        Assert.Equal(2027, Line().MissingOn(new(2027, 2, 1)));
        Assert.Null(Line(Entered).MissingOn(new(2026, 12, 1)));
    }
}
