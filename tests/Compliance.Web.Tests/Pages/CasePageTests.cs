using Bunit;
using Compliance.Domain.Cases;
using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Subjects;
using Compliance.Web.Desks;
using Compliance.Web.Parts.Cases;
using Compliance.Web.Shell;
using Compliance.Web.Tests.Fakes;
using MudBlazor;

namespace Compliance.Web.Tests.Pages;

/// <summary>The page of a case with its answers.</summary>
public abstract class CaseDesk(string role) : Desk(role)
{
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    readonly City city = City.Of(DateTimeOffset.UtcNow);

    protected CaseShown Exit(CaseState state = CaseState.Open, Guid? officer = null) => new City(DateTimeOffset.UtcNow).Case(city, state, officer ?? Guid.NewGuid());

    private protected CannedApi Answering(string door, object row) =>
        Api.On(door, row).OnAll("GET /venues/", city.Venues[0]).OnAll("GET /subjects/", new Subject(City.Person, "Айгүл Сейітқызы", null)).OnAll("POST /cases/", new CommandAnswer(3, new(1, 3)));

    private protected IRenderedComponent<CasePage> Open(CaseShown shown)
    {
        Answering($"GET /cases/{shown.Case.CaseId}", shown);
        var page = Render<CasePage>(p => p.Add(c => c.Id, shown.Case.CaseId));
        page.WaitForElement(".charge", Patience);
        return page;
    }

    private protected async Task Press(IRenderedComponent<CasePage> page, string button, string field, string text)
    {
        var dialogs = Render<MudDialogProvider>();
        await page.InvokeAsync(() => page.Find(button).Click());
        await dialogs.InvokeAsync(() => dialogs.WaitForElement(field, Patience).Input(text));
        await dialogs.InvokeAsync(() => dialogs.Find(".mud-dialog-actions button:last-child").Click());
    }

    private protected void Asks(IRenderedComponent<CasePage> page, string door, string body) => page.WaitForAssertion(
        () => Assert.Contains(Api.Asked, a => a.Door.EndsWith(door, StringComparison.Ordinal) && a.Body.Contains(body, StringComparison.Ordinal)), Patience);
}

/// <summary>What the authority sees of a case, and decides.</summary>
public sealed class CaseDecisionTests() : CaseDesk(Roles.Authority)
{
    [Fact]
    public void The_amount_is_shown_in_indices_and_tenge_with_year_and_confidence()
    {
        var charge = Open(Exit()).Find(".charge").TextContent;
        Assert.Contains("15 MCI = 64,875 tenge (MCI of the day of the offence, 2026)", charge, StringComparison.Ordinal);
        Assert.Contains("by a second source", charge, StringComparison.Ordinal);
        Assert.Contains("Айгүл Сейітқызы · owner", charge, StringComparison.Ordinal);
    }

    [Fact]
    public void An_earlier_case_stands_apart_from_what_it_makes_of_this_one()
    {
        var shown = Exit();
        var charge = Open(shown with { Case = shown.Case with { Charge = shown.Case.Charge with { Stage = Stage.Repeat, Earlier = Guid.NewGuid() } } }).Find(".charge").TextContent;
        Assert.Contains("repeated within a year · the earlier case", string.Join(' ', charge.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_excused_can_only_be_dismissed()
    {
        var shown = Exit();
        var page = Open(shown with { Case = shown.Case with { ExcusedAt = DateTimeOffset.UtcNow } });
        Assert.Contains("Dismiss the case", page.Find(".excused").TextContent, StringComparison.Ordinal);
        var dialogs = Render<MudDialogProvider>();
        await page.InvokeAsync(() => page.Find(".decide").Click());
        Assert.Equal(["Dismissed"], dialogs.WaitForElement("#outcome", Patience).QuerySelectorAll("option").Select(o => o.GetAttribute("value")));
    }

    [Fact]
    public void What_turns_out_excused_after_the_ruling_is_offered_to_be_taken_back_and_nothing_else()
    {
        var shown = Exit(CaseState.Decided);
        var page = Open(shown with { Case = shown.Case with { ExcusedAt = DateTimeOffset.UtcNow, Ruling = shown.Case.Ruling! with { Outcome = CaseOutcome.Referred } } });
        Assert.Contains("penalty and order then hold no more", page.Find(".excused").TextContent, StringComparison.Ordinal);
        Assert.Single(page.FindAll(".decide"));
        Assert.Empty(page.FindAll(".penalise, .settle"));
        Assert.Equal([CaseOutcome.Dismissed], RuleDialog.OutcomesOf(shown.Case with { ExcusedAt = DateTimeOffset.UtcNow }));
        Assert.Empty(RuleDialog.OutcomesOf(shown.Case));
    }

    [Fact]
    public void What_a_warning_left_to_be_done_is_a_link_with_its_term()
    {
        var shown = Exit(CaseState.Decided);
        var follows = Open(shown).Find(".follows");
        Assert.Equal($"/duties/{shown.Follows!.DutyId}", follows.QuerySelector("a")!.GetAttribute("href"));
        Assert.Contains("unmet in its term it is a repeat", follows.TextContent, StringComparison.Ordinal);
        Assert.Empty(Open(shown with { Follows = null }).FindAll(".follows"));
    }

    [Fact]
    public void An_amount_whose_index_is_not_entered_is_shown_in_indices_and_says_what_is_missing()
    {
        var shown = Exit();
        var offence = new DateTimeOffset(2027, 2, 1, 12, 0, 0, TimeSpan.Zero);
        var row = shown.Case with { OffenceAt = offence, Charge = shown.Case.Charge.For(SizeClass.Small, offence, new([])) };
        Assert.Contains("15 MCI; not known in tenge yet: the MCI of 2027 has not been entered", Open(shown with { Case = row }).Find(".charge").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_general_knowledge_is_to_be_confirmed()
    {
        var shown = Exit();
        Assert.Contains("to be confirmed", Open(shown with { Case = shown.Case with { Charge = shown.Case.Charge with { Confidence = Confidence.General } } }).Find(".charge").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void The_days_left_are_counted_and_of_a_barred_case_only_an_order_is_left()
    {
        Assert.Contains("days left to decide", Open(Exit()).Find(".limitation").TextContent, StringComparison.Ordinal);
        var barred = Open(Exit(CaseState.TimeBarred));
        Assert.Empty(barred.FindAll(".limitation, .appeal"));
        Assert.Single(barred.FindAll(".decide"));
        Assert.Equal([CaseOutcome.Prescription], RuleDialog.OutcomesOf(Exit(CaseState.TimeBarred).Case));
        Assert.Contains("the two months have passed", barred.Find(".ruling").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_officer_decides_on_the_revision_read()
    {
        var page = Open(Exit());
        Assert.Empty(page.FindAll(".explain, .force-majeure, .appeal"));
        await Press(page, ".decide", "#grounds", "first time");
        Asks(page, "/decided", "first time");
        Assert.Equal("\"4\"", Api.Asked.Single(a => a.Door.EndsWith("/decided", StringComparison.Ordinal)).IfMatch);
    }

    [Fact]
    public void Whoever_decided_is_not_offered_the_appeal()
    {
        Assert.Empty(Open(Exit(CaseState.Appealed, City.Person)).FindAll(".uphold, .cancel-ruling"));
        Assert.Single(Open(Exit(CaseState.Appealed)).FindAll(".uphold"));
    }

    [Fact]
    public async Task Somebody_else_decides_the_appeal()
    {
        var page = Open(Exit(CaseState.Appealed));
        Assert.Contains("the ones that were frozen", page.Find(".appealed").TextContent, StringComparison.Ordinal);
        await Press(page, ".cancel-ruling", "#reason", "the exit was clear");
        Asks(page, "/appeal-decided", "\"outcome\":\"Cancelled\"");
    }

    [Fact]
    public void Cases_are_listed_by_state()
    {
        Answering("GET /cases", new Page<CaseRow>([Exit().Case], null));
        var page = Render<CasesPage>();
        page.WaitForElement(".cases .row", Patience);
        Assert.Contains("Ночной город", page.Find(".cases .row").TextContent, StringComparison.Ordinal);
        page.Find("[data-state=Decided]").Click();
        page.WaitForAssertion(() => Assert.Equal("true", page.Find("[data-state=Decided]").GetAttribute("aria-pressed")));
    }
}

/// <summary>What an owner may say to a case.</summary>
public sealed class CasePleadingTests() : CaseDesk(Roles.Owner)
{
    [Fact]
    public async Task An_owner_explains_before_the_decision()
    {
        var page = Open(Exit());
        Assert.Empty(page.FindAll(".decide, .appeal, #size"));
        await Press(page, ".force-majeure", "#said", "the street was flooded");
        Asks(page, "/pleaded", "\"plea\":\"ForceMajeure\"");
    }

    [Fact]
    public async Task An_owner_appeals_after_it()
    {
        var page = Open(Exit(CaseState.Decided));
        Assert.Empty(page.FindAll(".explain, .settle"));
        await Press(page, ".appeal", "#said", "it was clear");
        Asks(page, "/appealed", "it was clear");
    }
}
