using System.Net;
using System.Net.Http.Json;
using Compliance.Api.Tests.Entrance;
using Compliance.Domain.Guards;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Api.Tests.Guards;

/// <summary>A venue that is open, with a firm, and guards who come by its code.</summary>
sealed class GuardScene(House house, Scene scene)
{
    public static readonly Guid Contract = Guid.NewGuid();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public Scene Scene => scene;
    public HttpClient AsOwner => scene.AsOwner;
    public DateTimeOffset Now => house.Clock.GetUtcNow();
    public string Path => $"/venues/{scene.Venue}";

    public static async Task<GuardScene> In(House house) => await At(house, await Scene.In(house));

    /// <summary>Beside another scene at the same venue.</summary>
    public static async Task<GuardScene> At(House house, Scene scene)
    {
        var guards = new GuardScene(house, scene);
        await guards.Scene.AsAuthority.Do("PUT", $"{guards.Path}/opening-hours", new HoursForm([.. Enum.GetValues<DayOfWeek>().Select(day => new OpeningHours(day, new(6, 0), new(6, 0)))], "№ 7"));
        var today = VenueZone.Day(guards.Now);
        await guards.AsOwner.Do("PUT", $"{guards.Path}/guards/contract", new GuardingCommand.SignContract(
            new(Contract, "Күзет", "050140000011", "№ 12", new("KZ 17", "1", today.AddYears(1)), today.AddDays(-30), today.AddYears(1))));
        return guards;
    }

    public async Task<GuardPin> Enter(string name, Guid? id = null)
    {
        using var answer = await AsOwner.Ask("PUT", $"{Path}/guards/{id ?? Guid.NewGuid()}", new GuardForm(name, "АБ 100200", VenueZone.Day(Now).AddYears(1)));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<GuardPin>(EventCatalog.Json, Ct))!;
    }

    public Task<CommandAnswer> Plan(GuardPin guard, double hours = 8) =>
        AsOwner.Do("POST", $"{Path}/shifts", new ShiftCommand.Plan(Guid.NewGuid(), guard.GuardId, Now.AddMinutes(-1), Now.AddHours(hours)));

    public async Task<string> CodeOnTheScreen() => (await AsOwner.Get<GuardCode>($"{Path}/guards/code")).Link.Split('/')[^1];

    public async Task<HttpResponseMessage> Open(string code, Guid handset, Guid? venue = null) =>
        await house.CreateClient().Ask("POST", $"/public/venues/{venue ?? scene.Venue}/guard-code", new CodeOpened(code, handset));

    public async Task<string> Ticket(Guid handset)
    {
        using var opened = await Open(await CodeOnTheScreen(), handset);
        Assert.True(opened.IsSuccessStatusCode);
        return (await opened.Content.ReadFromJsonAsync<CheckInTicket>(EventCatalog.Json, Ct))!.Ticket;
    }

    public Task<HttpResponseMessage> Say(string ticket, Guid handset, GuardPin guard, string pin, string? newPin = null, bool leaving = false) =>
        house.CreateClient().Ask("POST", $"/public/venues/{scene.Venue}/guard-check", new GuardCheck(ticket, guard.Number, pin, newPin, handset, leaving));

    /// <summary>A guard's first coming: he chooses his own PIN.</summary>
    public async Task<CommandAnswer> Come(GuardPin guard, Guid handset, string own = "2580") =>
        await Told(await Say(await Ticket(handset), handset, guard, guard.Pin, own));

    /// <summary>Where the log stands after a guard came or left.</summary>
    public static async Task<CommandAnswer> Told(HttpResponseMessage said)
    {
        using var _ = said;
        Assert.True(said.IsSuccessStatusCode, await said.Content.ReadAsStringAsync(Ct));
        return new(0, (await said.Content.ReadFromJsonAsync<GuardChecked>(EventCatalog.Json, Ct))!.Position);
    }

    public Task<GuardsShown> Shown(CommandAnswer after, HttpClient? reader = null) => (reader ?? AsOwner).Get<GuardsShown>($"{Path}/guards", after);
}
