using Compliance.Domain.Kernel;
using Compliance.Domain.WatchLists;

namespace Compliance.Domain.Tests.WatchLists;

public sealed class WatchEntrySpecs
{
    static readonly Guid Entry = Guid.NewGuid(), Author = Guid.NewGuid(), Lead = Guid.NewGuid(), Picture = Guid.NewGuid();
    static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    static readonly WatchEntryCommand.Propose Asked = new(Entry, WatchCategory.Wanted, "Police of Almaty", "26-1/77", false, Now.AddDays(30), Author, new('a', 64), Now);

    [Fact]
    public void One_officer_proposes_another_approves_and_then_it_holds_until_its_day()
    {
        var known = Assert.IsType<WatchEntry.Known>(After(Asked, new WatchEntryCommand.AddPicture(Picture, "m", Author)));
        Assert.False(known.HoldsAt(Now));
        known = Assert.IsType<WatchEntry.Known>(After(known, ReadBy(Lead), new WatchEntryCommand.Approve(Lead, Now)));
        Assert.True(known.HoldsAt(Now.AddDays(30).AddTicks(-1)));
        Assert.False(known.HoldsAt(Now.AddDays(30)));
        Assert.Empty(Events(known, new WatchEntryCommand.Expire(Now.AddDays(29))));
        Assert.IsType<WatchEntryEvent.Expired>(Assert.Single(Events(known, new WatchEntryCommand.Expire(Now.AddDays(31)))));
    }

    [Fact]
    public void Nobody_approves_an_entry_of_his_own_nor_one_without_a_picture()
    {
        Assert.Equal("watchentry.no-picture", Refused(After(Asked), new WatchEntryCommand.Approve(Lead, Now)));
        Assert.Equal("watchentry.own", Refused(After(Asked), new WatchEntryCommand.Approve(Author, Now)));
        Assert.Equal("watchentry.own", Refused(After(Asked), new WatchEntryCommand.Decline(WatchDecline.Duplicate, Author, Now)));
    }

    [Fact]
    public void Nobody_approves_what_he_has_not_read_as_it_stands()
    {
        var proposed = After(Asked, new WatchEntryCommand.AddPicture(Picture, "m", Author));
        Assert.Equal("watchentry.unread", Refused(proposed, new WatchEntryCommand.Approve(Lead, Now)));
        var added = After(proposed, ReadBy(Lead), new WatchEntryCommand.AddPicture(Guid.NewGuid(), "m", Author));
        Assert.Equal("watchentry.unread", Refused(added, new WatchEntryCommand.Approve(Lead, Now)));
        Assert.Single(Events(added, ReadBy(Lead))); // the same day, and yet something new was read
        Assert.Single(Events(After(added, ReadBy(Lead)), new WatchEntryCommand.Approve(Lead, Now)));
    }

    [Fact]
    public void A_picture_of_an_approved_entry_is_named_again_by_its_author_alone()
    {
        var holds = After(Asked, new WatchEntryCommand.AddPicture(Picture, "m", Author), ReadBy(Lead), new WatchEntryCommand.Approve(Lead, Now));
        Assert.Equal("watchentry.not-yours", Refused(holds, new WatchEntryCommand.AddPicture(Picture, "m", Lead)));
        Assert.Empty(Events(holds, new WatchEntryCommand.AddPicture(Picture, "m", Author)));
        Assert.Equal("watchentry.past", Refused(After(After(holds, new WatchEntryCommand.AskRenewal(Now.AddDays(60), Author, "b", Now.AddDays(20))), ReadBy(Lead)), new WatchEntryCommand.Approve(Lead, Now.AddDays(31))));
    }

    [Theory]
    [InlineData("category", "watchentry.category-unknown")]
    [InlineData("authority", "watchentry.authority-missing")]
    [InlineData("case", "watchentry.case-malformed")]
    [InlineData("name in the case", "watchentry.case-malformed")]
    [InlineData("child", "watchentry.minor")]
    [InlineData("past", "watchentry.past")]
    [InlineData("long", "watchentry.too-long")]
    public void What_has_no_ground_in_law_or_no_end_is_refused(string what, string code) => Assert.Equal(code, Refused(new WatchEntry.Unknown(), what switch
    {
        "category" => Asked with { Category = (WatchCategory)17 },
        "authority" => Asked with { Authority = " " },
        "case" => Asked with { CaseNumber = "" },
        "name in the case" => Asked with { CaseNumber = "Иванов-1" },
        "child" => Asked with { IsMinor = true },
        "past" => Asked with { Until = Now },
        _ => Asked with { Until = Now.AddDays(90).AddTicks(1) },
    }));

    [Fact]
    public void A_missing_child_may_be_looked_for() => Assert.Single(Events(new WatchEntry.Unknown(), Asked with { IsMinor = true, Category = WatchCategory.Missing }));

    [Fact]
    public void The_categories_are_a_closed_list() => Assert.Equal(["Wanted", "Missing", "CourtBan", "Escaped"], Enum.GetNames<WatchCategory>());

    [Fact]
    public void It_is_renewed_by_two_with_the_grounds_of_that_time()
    {
        var holds = After(Asked, new WatchEntryCommand.AddPicture(Picture, "m", Author), ReadBy(Lead), new WatchEntryCommand.Approve(Lead, Now));
        var late = Now.AddDays(20);
        Assert.Equal("watchentry.renewal-early", Refused(holds, new WatchEntryCommand.AskRenewal(Now.AddDays(60), Author, "b", Now.AddDays(1))));
        Assert.Equal("watchentry.too-long", Refused(holds, new WatchEntryCommand.AskRenewal(late.AddDays(91), Author, "b", late)));
        var asked = After(holds, new WatchEntryCommand.AskRenewal(Now.AddDays(60), Lead, "b", late));
        Assert.Equal("watchentry.own", Refused(asked, new WatchEntryCommand.Decline(WatchDecline.GroundsTooWeak, Lead, late)));
        var renewed = Assert.IsType<WatchEntry.Known>(After(asked, ReadBy(Author), new WatchEntryCommand.Approve(Author, late)));
        Assert.Equal(Now.AddDays(60), renewed.Until);
    }

    [Fact]
    public void What_is_over_is_looked_for_by_nobody_and_changed_by_nobody()
    {
        var over = After(Asked, new WatchEntryCommand.AddPicture(Picture, "m", Author), ReadBy(Lead), new WatchEntryCommand.Approve(Lead, Now), new WatchEntryCommand.Remove(WatchRemoval.EnteredByMistake, Author, Now));
        Assert.False(Assert.IsType<WatchEntry.Known>(over).HoldsAt(Now));
        Assert.Equal("watchentry.over", Refused(over, new WatchEntryCommand.Approve(Lead, Now)));
        Assert.Equal("watchentry.over", Refused(over, new WatchEntryCommand.Read(Lead, new(2026, 6, 1))));
        Assert.Empty(Events(over, new WatchEntryCommand.Remove(WatchRemoval.EnteredByMistake, Author, Now)));
    }

    [Fact]
    public void Pictures_are_five_at_most_of_one_network_and_added_by_the_author_before_the_approval()
    {
        var five = After([Asked, .. Enumerable.Range(0, 5).Select(_ => new WatchEntryCommand.AddPicture(Guid.NewGuid(), "m", Author))]);
        Assert.Equal("watchentry.pictures-many", Refused(five, new WatchEntryCommand.AddPicture(Guid.NewGuid(), "m", Author)));
        Assert.Equal("watchentry.not-yours", Refused(After(Asked), new WatchEntryCommand.AddPicture(Picture, "m", Lead)));
        Assert.Equal("watchentry.model-changed", Refused(After(Asked, new WatchEntryCommand.AddPicture(Picture, "m", Author)), new WatchEntryCommand.AddPicture(Guid.NewGuid(), "n", Author)));
        Assert.Equal("watchentry.approved", Refused(After(five, ReadBy(Lead), new WatchEntryCommand.Approve(Lead, Now)), new WatchEntryCommand.AddPicture(Guid.NewGuid(), "m", Author)));
    }

    [Fact]
    public void That_somebody_read_who_it_is_is_told_once_a_day()
    {
        var read = After(Asked, new WatchEntryCommand.Read(Lead, new(2026, 6, 1)));
        Assert.Empty(Events(read, new WatchEntryCommand.Read(Lead, new(2026, 6, 1))));
        Assert.Single(Events(read, new WatchEntryCommand.Read(Lead, new(2026, 6, 2))));
    }

    static WatchEntryCommand.Read ReadBy(Guid officer) => new(officer, new(2026, 6, 1));

    static WatchEntry After(params WatchEntryCommand[] commands) => commands.Aggregate((WatchEntry)new WatchEntry.Unknown(), Next);

    static WatchEntry After(WatchEntry state, params WatchEntryCommand[] commands) => commands.Aggregate(state, Next);

    static WatchEntry Next(WatchEntry state, WatchEntryCommand command) => Events(state, command).Aggregate(state, WatchEntry.Decider.Evolve);

    static IReadOnlyList<WatchEntryEvent> Events(WatchEntry state, WatchEntryCommand command)
    {
        var decision = WatchEntry.Decider.Decide(state, command);
        Assert.Null(decision.Refusal);
        return decision.Events;
    }

    static string? Refused(WatchEntry state, WatchEntryCommand command) => WatchEntry.Decider.Decide(state, command).Refusal?.Code;
}
