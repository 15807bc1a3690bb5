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
        await scene.Do(id, "rejected", new IncidentRejection(RejectReason.Test, null));
        var open = await manager.Get<PanicShown>($"/venues/{scene.Venue.Venue}/panic", done);
        Assert.Equal((1, 0, null), (open.Pressed, open.FoundNone, open.Presses.Single().Judgement)); // whoever rejected it may still take that back
        House.Clock.Advance(Incident.UndoWithin + TimeSpan.FromSeconds(1));
        await Asking.Until(async () => (await manager.Get<PanicShown>($"/venues/{scene.Venue.Venue}/panic")).FoundNone == 1);
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
        await desk.Do(id, "rejected", new IncidentRejection(RejectReason.Staff, null));
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
        await scene.Do(id, "closed", new IncidentEnd(IncidentOutcome.NothingFound, null));
        House.Clock.Advance(Incident.UndoWithin + TimeSpan.FromSeconds(1));
        await Asking.Until(async () => await manager.Get<PanicShown>(door) is { Confirmed: 0, FoundNone: 1, Presses: [{ Judgement: { IsConfirmed: false, Reason: null } }] });
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

        await Asking.Until(async () => (await scene.AsOfficer.Get<IncidentLine>($"/incidents/{into}")).Card.Alerts.Count == 2);
        await scene.Do(into, "taken");
        await scene.Do(into, "rejected", new IncidentRejection(RejectReason.Dance, null));
        House.Clock.Advance(Incident.UndoWithin + TimeSpan.FromSeconds(1));
        await Asking.Until(async () => (await scene.Venue.AsOwner.Get<PanicShown>($"/venues/{scene.Venue.Venue}/panic")).Presses is [{ Judgement: { IsConfirmed: false, Reason: RejectReason.Dance } }]);
    }

    [Fact]
    public async Task Only_those_who_may_read_of_a_call_hear_of_it()
    {
        var scene = await AlertScene.In(House);
        using Listener owner = await scene.Venue.AsOwner.Listen(), own = await House.As(scene.Venue.Manager, "manager").Listen(), inspector = await House.As(Guid.NewGuid(), "inspector").Listen(), police = await scene.AsOfficer.Listen();
        var alert = await Press(scene);
        await police.Until("panic-list");
        Assert.Contains(alert.ToString(), (await own.Until("panic-list")).Data, StringComparison.Ordinal);
        var id = (await scene.IncidentOf(alert)).Card.IncidentId;
        await scene.Do(id, "taken");
        await scene.Do(id, "rejected", new IncidentRejection(RejectReason.Test, null));
        await Asking.Until(async () => (await scene.AsOfficer.Get<IncidentLine>($"/incidents/{id}")).Alerts.Single().Row.Judgement is not null);
        await scene.Venue.AsOwner.Do("PUT", $"/venues/{scene.Venue.Venue}/capacity", new Domain.Venues.VenueCommand.SetCapacity(251));
        foreach (var listener in (Listener[])[owner, inspector])
            for (var heard = await listener.Next(); !heard.Data.Contains("venue-card", StringComparison.Ordinal); heard = await listener.Next())
                Assert.DoesNotContain("panic-list", heard.Data, StringComparison.Ordinal);
    }

    /// <summary>A browser takes a stream that says nothing for forty seconds for a dead one.</summary>
    [Fact]
    public async Task Who_hears_of_nothing_hears_that_the_stream_lives_however_much_changes()
    {
        var scene = await AlertScene.In(House);
        using var answer = await House.As(Guid.NewGuid(), "inspector").Ask("GET", "/changes");
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(Ct));
        await Heard(": here");
        using var police = await scene.AsOfficer.Listen();
        House.Clock.Advance(TimeSpan.FromSeconds(10));
        await Press(scene);
        await police.Until("panic-list");
        House.Clock.Advance(TimeSpan.FromSeconds(10));
        await Heard(": still here");

        async Task Heard(string wanted)
        {
            while (await lines.ReadLineAsync(Ct).AsTask().WaitAsync(Listener.Patience, Ct) is { } line && line != wanted) Assert.DoesNotContain("panic-list", line, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task No_crowd_of_visitors_keeps_a_guard_from_calling()
    {
        await using var house = new House(("RateLimits:Burst", "100"), ("RateLimits:PerSecond", "1"));
        var guards = await GuardScene.In(house);
        var (one, phone, visitor) = (await guards.Enter("Тест Бірінші"), Guid.NewGuid(), house.CreateClient());
        await guards.Plan(one);
        using var came = await guards.Say(await guards.Ticket(phone), phone, one, one.Pin, "2580");
        var pass = (await came.Content.ReadFromJsonAsync<GuardChecked>(EventCatalog.Json, Ct))!.PanicPass!;
        GuardPanicForm press = new(pass, one.GuardId, phone, Guid.NewGuid(), PanicGesture.AskedTwice);
        var door = $"/public/venues/{guards.Scene.Venue}/guard-panic";

        await UntilTooMany(() => visitor.Ask("POST", $"/public/venues/{guards.Scene.Venue}/guard-code", new CodeOpened("abc", Guid.NewGuid())));
        await UntilTooMany(() => visitor.Ask("POST", door, press with { Pass = "AAAA" }));
        using (var heard = await visitor.Ask("POST", door, press)) Assert.True(heard.IsSuccessStatusCode);
        await UntilTooMany(() => visitor.Ask("POST", door, press)); // he is no exception to the house's own limit
    }

    static async Task UntilTooMany(Func<Task<HttpResponseMessage>> ask)
    {
        for (var asked = 0; asked < 1000; asked++)
        {
            using var answer = await ask();
            if (answer.StatusCode == System.Net.HttpStatusCode.TooManyRequests) return;
        }

        Assert.Fail("a thousand requests were let through");
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
}
