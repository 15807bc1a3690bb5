using Bunit;
using Compliance.Domain.Kernel;
using Compliance.Domain.Licences;
using Compliance.Web.Desks;
using Compliance.Web.Desks.Authority;
using Compliance.Web.Shell;
using Compliance.Web.Tests.Fakes;
using MudBlazor;

namespace Compliance.Web.Tests.Pages;

public abstract class LicenceDesk(string role) : Desk(role)
{
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private protected City City { get; } = City.Of(DateTimeOffset.UtcNow);

    private protected (IRenderedComponent<LicencePage> Page, IRenderedComponent<MudDialogProvider> Dialogs, Guid Venue) Open(int venue, params LicenceCommand[] more)
    {
        var (facts, card) = Certificates.Of(City, venue, more);
        var id = City.Venues[venue].VenueId;
        Api.On($"GET /venues/{id}", City.Venues[venue])
            .On($"GET /venues/{id}/licence/history", new Page<StoredFact>(facts, null)).On($"GET /venues/{id}/compliance", Certificates.Rules(City, id))
            .On($"GET /public/venues/{id}", Certificates.Door(City, venue)).OnAll("POST /venues/", new CommandAnswer(9, new(1, 2))).OnAll("PUT /venues/", new CommandAnswer(9, new(1, 2)));
        if (card is null) Api.On($"GET /venues/{id}/licence", new { code = "request.unknown" }, System.Net.HttpStatusCode.NotFound);
        else Api.On($"GET /venues/{id}/licence", card);
        var dialogs = Render<MudDialogProvider>();
        var page = Render<LicencePage>(p => p.Add(v => v.Id, id));
        page.WaitForElement("[data-licence]", Patience);
        return (page, dialogs, id);
    }

    private protected void Sent(string door, params string[] words) => Assert.Contains(Api.Asked, asked =>
        asked.Door.EndsWith(door, StringComparison.Ordinal) && words.All(word => asked.Body.Contains(word, StringComparison.Ordinal)));
}

public sealed class OwnerLicenceTests() : LicenceDesk(Roles.Owner)
{
    [Fact]
    public async Task An_owner_applies_and_sees_what_is_broken_and_what_nobody_knows()
    {
        var (page, _, _) = Open(3);
        Assert.Equal("None", page.Find("[data-licence]").GetAttribute("data-licence"));
        Assert.Single(page.FindAll(".rules-to-meet [data-outcome=Fail]"));
        Assert.Equal(2, page.FindAll(".rules-to-meet [data-outcome=Unknown]").Count);
        Assert.True(page.Find(".papers-form .send").HasAttribute("disabled"));
        await page.InvokeAsync(() => page.Find("#paper-0").Input("№ 5, 2026-11-01"));
        await page.InvokeAsync(() => page.Find(".papers-form .send").Click());
        page.WaitForAssertion(() => Sent("/licence/submitted", "TitleToPremises", " 5, 2026-11-01"), Patience);
    }

    [Fact]
    public void What_is_returned_says_why_and_is_corrected_under_its_own_id()
    {
        var (page, _, _) = Open(1, new LicenceCommand.Return("the evacuation plan is missing"));
        Assert.Contains("the evacuation plan is missing", page.Find(".note.bad").TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(page.FindAll(".papers-form .send"));
        Assert.Empty(page.FindAll(".papers-form .keep"));
        Assert.Empty(page.FindAll(".decisions"));
    }

    [Fact]
    public async Task An_owner_replies_in_public_and_takes_it_back()
    {
        var (page, _, _) = Open(2);
        Assert.Contains("Дверь заменена", page.Find(".reply-card .document").TextContent, StringComparison.Ordinal);
        await page.InvokeAsync(() => page.Find("#reply").Input("Мы всё исправили."));
        await page.InvokeAsync(() => page.Find(".publish-reply").Click());
        page.WaitForAssertion(() => Sent("/licence/reply", "text"), Patience);
        await page.InvokeAsync(() => page.Find(".withdraw-reply").Click());
        page.WaitForAssertion(() => Sent("/licence/reply/withdrawn"), Patience);
    }

    [Theory, InlineData(0, 1), InlineData(2, 0)]
    public void A_sheet_is_printed_only_while_the_certificate_is_in_force(int venue, int sheets) =>
        Assert.Equal(sheets, Open(venue).Page.FindAll("a.print").Count);
}

public sealed class AuthorityLicenceTests() : LicenceDesk(Roles.Authority)
{
    [Fact]
    public async Task An_officer_decides_on_a_proposal_with_grounds_and_on_what_he_saw()
    {
        var (page, dialogs, _) = Open(0);
        Assert.Contains("KZ.EXIT.002", page.Find(".decisions .note").TextContent, StringComparison.Ordinal);
        await page.InvokeAsync(() => page.Find(".suspend-proposed").Click());
        dialogs.WaitForElement("#grounds", Patience);
        Assert.True(dialogs.Find(".mud-dialog-actions button:last-child").HasAttribute("disabled"));
        await dialogs.InvokeAsync(() => dialogs.Find("#grounds").Input("the exit is locked"));
        await dialogs.InvokeAsync(() => dialogs.Find(".mud-dialog-actions button:last-child").Click());
        page.WaitForAssertion(() => Sent("/licence/suspended", "the exit is locked", "0196f000-0000-7000-8000-00000000b001"), Patience);
        Assert.Contains(Api.Asked, asked => asked.Door.EndsWith("/licence/suspended", StringComparison.Ordinal) && asked.IfMatch == "\"3\"");
    }

    [Fact]
    public async Task A_certificate_is_granted_with_days_and_conditions()
    {
        var (page, dialogs, _) = Open(1, new LicenceCommand.OrderInspection(Certificates.Why));
        await page.InvokeAsync(() => page.Find(".decide-grant").Click());
        dialogs.WaitForElement("#grounds", Patience);
        await dialogs.InvokeAsync(() => dialogs.Find(".add-condition").Click());
        await dialogs.InvokeAsync(() => dialogs.Find("#condition-kk-0").Input("Есік жабық"));
        await dialogs.InvokeAsync(() => dialogs.Find("#condition-ru-0").Input("Дверь закрыта"));
        await dialogs.InvokeAsync(() => dialogs.Find("#grounds").Input("inspected"));
        await dialogs.InvokeAsync(() => dialogs.Find("#without-act").Input("seen by the commission"));
        await dialogs.InvokeAsync(() => dialogs.Find(".mud-dialog-actions button:last-child").Click());
        page.WaitForAssertion(() => Sent("/licence/granted", "inspected", "seen by the commission", "conditions", "until"), Patience);
    }

    [Theory]
    [InlineData(0, "decide-attach decide-suspend decide-revoke"), InlineData(1, "decide-order decide-return decide-refuse"), InlineData(2, "decide-reinstate decide-attach decide-revoke")]
    public void Only_what_can_be_decided_is_offered(int venue, string offered) => Assert.Equal(
        offered.Split(' '), Open(venue).Page.FindAll(".decisions button").SelectMany(b => b.ClassList).Where(c => c.StartsWith("decide-", StringComparison.Ordinal)));

    [Fact]
    public void The_history_tells_who_decided_and_why()
    {
        var steps = Open(2).Page.Find(".licence-steps").TextContent;
        Assert.Contains(Certificates.Why, steps, StringComparison.Ordinal);
        Assert.Contains("Certificate granted", steps, StringComparison.Ordinal);
        Assert.Contains("Suspended", steps, StringComparison.Ordinal);
    }

    [Fact]
    public void The_queue_says_what_is_due_and_what_is_overdue()
    {
        Api.On("GET /licences", new Page<LicenceCard>([.. Enumerable.Range(0, 3).Select(i => Certificates.Of(City, i).Card!)], null));
        foreach (var venue in City.Venues) Api.On($"GET /venues/{venue.VenueId}", venue);
        var page = Render<LicencesPage>();
        page.WaitForElement(".licence-rows .row", Patience);
        Assert.Equal(3, page.FindAll(".licence-rows .row").Count);
        Assert.Contains("overdue", page.FindAll(".licence-rows .row")[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("suspension proposed", page.FindAll(".licence-rows .row")[0].TextContent, StringComparison.Ordinal);
    }
}
