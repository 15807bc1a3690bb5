using System.Net.Http.Json;
using Compliance.Api.Tests.Entrance;
using Compliance.Api.Tests.Guards;
using Compliance.Domain.Alerts;
using Compliance.Domain.Guards;
using Compliance.Domain.Kernel;

namespace Compliance.Api.Tests.Alerts;

/// <summary>Staff of a venue call for help: the desk hears, the record says who, and what came of it is told once it is over.</summary>
public sealed class PanicTests(SharedHouse shared) : IClassFixture<SharedHouse>
{
    House House => shared.House;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_manager_presses_the_desk_hears_and_what_it_was_is_told_when_it_is_over()
    {
        var scene = await AlertScene.In(House);
        var manager = House.As(scene.Venue.Manager, "manager");
        var press = new PanicForm(Guid.NewGuid(), PanicGesture.Held);
        var done = await manager.Do("POST", $"/venues/{scene.Venue.Venue}/panic", press);
        await manager.Do("POST", $"/venues/{scene.Venue.Venue}/panic", press); // the same press, told twice
        var line = await scene.IncidentOf(PanicButton.AlertOf(press.PressId));
        Assert.Equal((Urgency.Critical, AlertKind.PanicButton, PanicWay.Manager, 1), (line.Card.Urgency, line.Alerts[0].Row.Kind, line.Alerts[0].Panic, line.Alerts.Count));
        var cap = await (await scene.AsOfficer.GetAsync($"/incidents/{line.Card.IncidentId}/cap.xml", Ct)).Content.ReadAsStringAsync(Ct);
        Assert.Contains("Тревожная кнопка", cap, StringComparison.Ordinal);

        var id = line.Card.IncidentId;
        await scene.Do(id, "taken");
        await scene.Do(id, "rejected", new IncidentCommand.Reject(RejectReason.Test, null));
        var open = await manager.Get<PanicShown>($"/venues/{scene.Venue.Venue}/panic", done);
        Assert.Equal((1, 0, null), (open.Pressed, open.FoundNone, open.Presses.Single().Judgement)); // whoever rejected it may still take that back
        House.Clock.Advance(Incident.UndoWithin + TimeSpan.FromSeconds(1));
        await Until(async () => (await manager.Get<PanicShown>($"/venues/{scene.Venue.Venue}/panic")).FoundNone == 1);
        var over = await manager.Get<PanicShown>($"/venues/{scene.Venue.Venue}/panic");
        Assert.Equal((1, 0, 1, RejectReason.Test), (over.Pressed, over.Confirmed, over.FoundNone, over.Presses.Single().Judgement!.Reason));
    }

    [Fact]
    public async Task A_press_that_was_neither_held_nor_asked_for_twice_is_none()
    {
        var scene = await Scene.In(House);
        using var stray = await scene.AsOwner.Ask("POST", $"/venues/{scene.Venue}/panic", new { pressId = Guid.NewGuid() });
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, stray.StatusCode);
        Assert.Equal(0, (await scene.AsOwner.Get<PanicShown>($"/venues/{scene.Venue}/panic")).Pressed);
    }

    [Fact]
    public async Task A_guard_on_duty_calls_with_his_telephone_and_nobody_else_does()
    {
        var guards = await GuardScene.In(House);
        var (one, phone) = (await guards.Enter("Тест Бірінші"), Guid.NewGuid());
        await guards.Plan(one);
        using var came = await guards.Say(await guards.Ticket(phone), phone, one, one.Pin, "2580");
        var check = (await came.Content.ReadFromJsonAsync<GuardChecked>(EventCatalog.Json, Ct))!;
        Assert.Equal(one.GuardId, check.GuardId);
        GuardPanicForm press = new(check.PanicPass!, one.GuardId, phone, Guid.NewGuid(), PanicGesture.AskedTwice);

        var other = await Scene.In(House);
        foreach (var (venue, wrong) in ((Guid, GuardPanicForm)[])[(guards.Scene.Venue, press with { Handset = Guid.NewGuid() }), (guards.Scene.Venue, press with { GuardId = Guid.NewGuid() }), (guards.Scene.Venue, press with { Pass = "AAAA" }), (other.Venue, press)])
            Assert.Equal("409 panic.not-on-duty", await Refused(venue, wrong));
        using (var heard = await House.CreateClient().Ask("POST", $"/public/venues/{guards.Scene.Venue}/guard-panic", press)) Assert.True(heard.IsSuccessStatusCode);
        var desk = new AlertScene(House, guards.Scene);
        var id = (await desk.IncidentOf(PanicButton.AlertOf(press.PressId))).Card.IncidentId;
        Assert.Equal((1, null), (await House.As(Guid.NewGuid(), "operator").Get<PanicShown>($"{guards.Path}/panic")).Presses.Select(p => (p.Number, p.Name)).Single()); // a name is the venue's
        var open = await guards.AsOwner.Get<PanicShown>($"{guards.Path}/panic");
        Assert.Equal((0, 0), (open.Pressed, open.Presses.Count)); // he may call because of his own superior
        await desk.Do(id, "taken");
        await desk.Do(id, "rejected", new IncidentCommand.Reject(RejectReason.Staff, null));
        House.Clock.Advance(Incident.UndoWithin + TimeSpan.FromSeconds(1));
        Assert.True((await guards.AsOwner.Get<PanicShown>($"{guards.Path}/panic")).Presses is [{ Way: PanicWay.Guard, Number: 1, Name: "Тест Бірінші" }]);

        await GuardScene.Told(await guards.Say(await guards.Ticket(phone), phone, one, "2580", leaving: true));
        Assert.Equal("409 panic.not-on-duty", await Refused(guards.Scene.Venue, press with { PressId = Guid.NewGuid() }));
    }

    [Fact]
    public async Task A_call_that_cost_a_patrol_and_was_nothing_is_counted_as_nothing()
    {
        var scene = await AlertScene.In(House);
        var (manager, door) = (House.As(scene.Venue.Manager, "manager"), $"/venues/{scene.Venue.Venue}/panic");
        var id = (await scene.IncidentOf(await Press(scene))).Card.IncidentId;
        foreach (var step in (string[])["taken", "confirmed", "dispatched"]) await scene.Do(id, step);
        await scene.Do(id, "closed", new IncidentCommand.Close(IncidentOutcome.NothingFound, null));
        House.Clock.Advance(Incident.UndoWithin + TimeSpan.FromSeconds(1));
        await Until(async () => await manager.Get<PanicShown>(door) is { Confirmed: 0, FoundNone: 1, Presses: [{ Judgement: { IsConfirmed: false, Reason: null } }] });
    }

    [Fact]
    public async Task What_was_merged_is_over_when_that_is_into_which_it_was()
    {
        var scene = await AlertScene.In(House);
        var fight = scene.Fight();
        await scene.Tell(fight);
        var into = (await scene.IncidentOf(fight.AlertId)).Card.IncidentId;
        var id = (await scene.IncidentOf(await Press(scene))).Card.IncidentId; // more urgent: an incident of its own
        Assert.NotEqual(into, id);
        await scene.Do(id, "taken");
        await scene.Do(id, "merged", new IncidentCommand.Merge(into));
        House.Clock.Advance(Incident.UndoWithin + TimeSpan.FromSeconds(1));
        Assert.Empty((await scene.Venue.AsOwner.Get<PanicShown>($"/venues/{scene.Venue.Venue}/panic")).Presses);

        await Until(async () => (await scene.AsOfficer.Get<IncidentLine>($"/incidents/{into}")).Card.Alerts.Count == 2);
        await scene.Do(into, "taken");
        await scene.Do(into, "rejected", new IncidentCommand.Reject(RejectReason.Dance, null));
        House.Clock.Advance(Incident.UndoWithin + TimeSpan.FromSeconds(1));
        await Until(async () => (await scene.Venue.AsOwner.Get<PanicShown>($"/venues/{scene.Venue.Venue}/panic")).Presses is [{ Judgement: { IsConfirmed: false, Reason: RejectReason.Dance } }]);
    }

    /// <summary>The manager calls; the alert that follows.</summary>
    async Task<Guid> Press(AlertScene scene)
    {
        var press = new PanicForm(Guid.NewGuid(), PanicGesture.Held);
        await House.As(scene.Venue.Manager, "manager").Do("POST", $"/venues/{scene.Venue.Venue}/panic", press);
        return PanicButton.AlertOf(press.PressId);
    }

    async Task<string> Refused(Guid venue, GuardPanicForm press)
    {
        using var answer = await House.CreateClient().Ask("POST", $"/public/venues/{venue}/guard-panic", press);
        return await answer.Refusal();
    }

    static async Task Until(Func<Task<bool>> isSo)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await isSo()) await again.WaitForNextTickAsync(patience.Token);
    }
}
