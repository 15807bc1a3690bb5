using Bunit;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;
using Compliance.Domain.Venues;
using Compliance.Web.Desks.Administrator;
using Compliance.Web.Shell;
using Compliance.Web.Tests.Fakes;
using MudBlazor;

namespace Compliance.Web.Tests.Pages;

public sealed class ProbesPageTests() : Desk(Roles.Administrator)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    readonly City city = City.Of(DateTimeOffset.UtcNow);

    ProbeCard Probe => city.Probes[0];

    (IRenderedComponent<ProbesPage> Page, IRenderedComponent<MudDialogProvider> Dialogs) Open()
    {
        Api.On("GET /probes", new Page<ProbeCard>(city.Probes, null)).On("GET /venues", new Page<VenueCard>(city.Venues, null))
            .OnAll($"POST /probes/{Probe.ProbeId}/", new CommandAnswer(2, new(1, 2)));
        var dialogs = Render<MudDialogProvider>();
        var page = Render<ProbesPage>();
        page.WaitForElement(".tile.probe", Patience);
        return (page, dialogs);
    }

    void Sent(string verb, string word) => Assert.Contains(Api.Asked, asked =>
        asked.Door == $"POST /probes/{Probe.ProbeId}/{verb}" && asked.Body.Contains(word, StringComparison.Ordinal));

    [Fact]
    public async Task A_venue_no_probe_watches_is_named_and_given_to_one()
    {
        var (page, _) = Open();
        Assert.Contains(city.Venues[^1].Details.NameRu, Assert.Single(page.FindAll(".unwatched .row")).TextContent, StringComparison.Ordinal);
        await page.InvokeAsync(() => page.Find(".unwatched button").Click());
        page.WaitForAssertion(() => Sent("assigned", city.Venues[^1].VenueId.ToString()));
    }

    [Fact]
    public async Task A_venue_is_taken_away_from_a_probe()
    {
        var (page, _) = Open();
        await page.InvokeAsync(() => page.Find(".unassign").Click());
        page.WaitForAssertion(() => Sent("unassigned", Probe.Venues[0].ToString()));
    }

    [Fact]
    public async Task A_probe_is_revoked_with_a_reason()
    {
        var (page, dialogs) = Open();
        await page.InvokeAsync(() => page.FindAll(".revoke")[0].Click());
        dialogs.WaitForElement("#reason", Patience);
        await dialogs.InvokeAsync(() => dialogs.Find("#reason").Input("stolen"));
        await dialogs.InvokeAsync(() => dialogs.Find(".mud-dialog-actions button:last-child").Click());
        dialogs.WaitForAssertion(() => Sent("revoked", "stolen"), Patience);
    }

    [Fact]
    public async Task A_code_for_a_box_is_shown_once()
    {
        Api.On($"POST /probes/{Probe.ProbeId}/code", new EnrolmentCode(Probe.ProbeId, "ABCD-EFGH-JKLM", DateTimeOffset.UtcNow.AddMinutes(15)));
        var (page, dialogs) = Open();
        await page.InvokeAsync(() => page.FindAll(".new-key")[0].Click());
        dialogs.WaitForElement(".mud-dialog-actions", Patience);
        Assert.DoesNotContain(Api.Asked, asked => asked.Door.EndsWith("/code", StringComparison.Ordinal));
        await dialogs.InvokeAsync(() => dialogs.Find(".mud-dialog-actions button:last-child").Click());
        Assert.Equal("ABCD-EFGH-JKLM", dialogs.WaitForElement("#probe-code", Patience).TextContent);
        await dialogs.InvokeAsync(() => dialogs.Find(".mud-dialog-actions button").Click());
        dialogs.WaitForAssertion(() => Assert.DoesNotContain("ABCD", dialogs.Markup, StringComparison.Ordinal), Patience);
    }
}
