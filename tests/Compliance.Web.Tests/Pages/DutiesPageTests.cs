using Bunit;
using Compliance.Domain.Devices;
using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Venues;
using Compliance.Web.Desks;
using Compliance.Web.Shell;
using Compliance.Web.Tests.Fakes;
using Microsoft.AspNetCore.Components.Forms;
using MudBlazor;

namespace Compliance.Web.Tests.Pages;

/// <summary>The pages of duties with their answers.</summary>
public abstract class DutyDesk(string role) : Desk(role)
{
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    readonly City city = City.Of(DateTimeOffset.UtcNow);

    protected DutyShown Owed(TimeSpan left, DutyState state = DutyState.Owed) => new City(DateTimeOffset.UtcNow).Exit(city, left, state);

    private protected IRenderedComponent<DutyPage> Open(DutyShown shown)
    {
        Answering($"GET /duties/{shown.Duty.DutyId}", shown).OnAll($"POST /duties/{shown.Duty.DutyId}/", new CommandAnswer(3, new(1, 3)));
        var page = Render<DutyPage>(p => p.Add(d => d.Id, shown.Duty.DutyId));
        page.WaitForElement(".instants", Patience);
        return page;
    }

    private protected CannedApi Answering(string door, object row) =>
        Api.On(door, row).OnAll("GET /venues/", city.Venues[0]).OnAll("GET /devices/", city.Devices.First(d => d.Spec is ExitSpec));
}

/// <summary>What an owner owes, and what may be done about it.</summary>
public sealed class DutiesPageTests() : DutyDesk(Roles.Owner)
{
    IRenderedComponent<DutiesPage> List(params DutyShown[] rows)
    {
        Answering("GET /duties", new Page<DutyShown>(rows, null));
        var page = Render<DutiesPage>();
        page.WaitForElement(".mood-sentence", Patience);
        return page;
    }

    [Fact]
    public void One_sentence_says_what_to_do_and_by_when()
    {
        Assert.Equal("1 duty to meet; the nearest term ends in 5 h 59 min.", List(Owed(TimeSpan.FromHours(6))).Find(".mood-sentence").TextContent);
        Assert.Equal("2 duties are unmet and the term of one has passed: begin with that.", List(Owed(TimeSpan.FromHours(-1)), Owed(TimeSpan.FromHours(6))).Find(".mood-sentence").TextContent);
        Assert.Equal("Nothing is owed now.", List().Find(".mood-sentence").TextContent);
        Assert.Equal("Nothing is owed now.", List(Owed(TimeSpan.FromHours(6), DutyState.Mended)).Find(".mood-sentence").TextContent);
    }

    [Fact]
    public void A_row_says_what_where_and_for_how_long_it_is_overdue()
    {
        var row = List(Owed(TimeSpan.FromHours(-1.01))).Find(".duties .row").TextContent;
        Assert.Contains("Запасной выход", row, StringComparison.Ordinal);
        Assert.Contains("Ночной город", row, StringComparison.Ordinal);
        Assert.Contains("overdue for 1 h 0 min", row, StringComparison.Ordinal);
        Assert.Contains("violation", row, StringComparison.Ordinal);
    }

    [Fact]
    public void All_eight_instants_stand_in_one_place()
    {
        var page = Open(Owed(TimeSpan.FromHours(-1)));
        Assert.Equal(["happened", "detected", "notified", "delivered", "read", "due", "fixed", "verified"], page.FindAll(".instants li").Select(i => i.GetAttribute("data-instant")));
        Assert.Contains("bad", page.Find("[data-instant=due]").ClassList);
        Assert.Contains("not yet", page.Find("[data-instant=verified]").TextContent, StringComparison.Ordinal);
        Assert.Contains("own number", page.Find(".facts").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Having_it_before_him_marks_it_read()
    {
        var page = Open(Owed(TimeSpan.FromHours(6)));
        page.WaitForAssertion(() => Assert.Single(Api.Asked, a => a.Door.EndsWith("/read", StringComparison.Ordinal)), Patience);
    }

    [Fact]
    public void Midnight_is_the_end_of_the_day_before()
    {
        var owed = Owed(TimeSpan.FromHours(6));
        var due = VenueZone.Midnight(new(2026, 11, 15));
        var page = Open(owed with { Duty = owed.Duty with { Clock = owed.Duty.Clock with { Due = due }, StayedUntil = due } });
        Assert.Contains("14 Nov, 24:00", page.Find("[data-instant=due]").TextContent, StringComparison.Ordinal);
        Assert.Contains("14 November 2026, 24:00", page.Find(".stayed").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_owner_asks_for_more_time_in_time()
    {
        var dialogs = Render<MudDialogProvider>();
        var page = Open(Owed(TimeSpan.FromHours(6)));
        await page.InvokeAsync(() => page.Find(".ask-extension").Click());
        await dialogs.InvokeAsync(() => dialogs.WaitForElement("#extension-why", Patience).Input("the welder comes"));
        await dialogs.InvokeAsync(() => dialogs.Find(".mud-dialog-actions button:last-child").Click());
        dialogs.WaitForAssertion(() => Assert.Contains(Api.Asked, a => a.Door.EndsWith("/extension-asked", StringComparison.Ordinal) && a.Body.Contains("the welder comes", StringComparison.Ordinal)), Patience);
    }

    [Fact]
    public void After_the_term_there_is_no_asking()
    {
        var page = Open(Owed(TimeSpan.FromHours(-1)));
        Assert.Empty(page.FindAll(".ask-extension, .found, .grant"));
        Assert.Single(page.FindAll(".show-repair"));
    }

    [Fact]
    public async Task A_repair_is_shown_by_the_fingerprint_of_its_picture()
    {
        var dialogs = Render<MudDialogProvider>();
        var page = Open(Owed(TimeSpan.FromHours(6)));
        await page.InvokeAsync(() => page.Find(".show-repair").Click());
        dialogs.WaitForElement("#repair-photo", Patience);
        dialogs.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText("abc", "door.jpg"));
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", dialogs.WaitForElement(".hash", Patience).TextContent);
        await dialogs.InvokeAsync(() => dialogs.WaitForElement(".mud-dialog-actions button:last-child:not([disabled])", Patience).Click());
        dialogs.WaitForAssertion(() => Assert.Contains(Api.Asked, a => a.Door.EndsWith("/repair-shown", StringComparison.Ordinal)
            && a.Body == "abc"), Patience);
    }

    [Fact]
    public void What_a_probe_sees_nobody_shows()
    {
        var owed = Owed(TimeSpan.FromHours(6));
        var camera = owed with { Duty = owed.Duty with { Source = new DutySource.OfOutage(Guid.NewGuid(), Guid.NewGuid(), DeviceKind.Camera, Verdict.Covered) } };
        Assert.Empty(Open(camera).FindAll(".show-repair"));
    }
}

/// <summary>What an inspector finds of a repair.</summary>
public sealed class DutyInspectionTests() : DutyDesk(Roles.Inspector)
{
    [Fact]
    public async Task An_inspector_finds_it_mended_on_grounds()
    {
        var dialogs = Render<MudDialogProvider>();
        var page = Open(Owed(TimeSpan.FromHours(6), DutyState.Mended));
        await page.InvokeAsync(() => page.Find(".not-found").Click());
        await dialogs.InvokeAsync(() => dialogs.WaitForElement("#reason", Patience).Input("boxes are back"));
        await dialogs.InvokeAsync(() => dialogs.Find(".mud-dialog-actions button:last-child").Click());
        dialogs.WaitForAssertion(() => Assert.Contains(Api.Asked, a => a.Door.EndsWith("/repair-found", StringComparison.Ordinal) && a.Body.Contains("\"mended\":false", StringComparison.Ordinal)), Patience);
    }

    [Fact]
    public void What_was_asked_for_is_decided()
    {
        var owed = Owed(TimeSpan.FromHours(6));
        var why = new Writing(Guid.NewGuid(), City.Person, new('a', 64));
        var page = Open(owed with { Why = "the welder comes", Duty = owed.Duty with { Extension = new(DateTimeOffset.UtcNow.AddDays(2), why, DateTimeOffset.UtcNow, null, null) } });
        Assert.Contains("the welder comes", page.Find(".extension").TextContent, StringComparison.Ordinal);
        Assert.Single(page.FindAll(".grant"));
        Assert.Empty(page.FindAll(".show-repair, .ask-extension"));
    }
}
