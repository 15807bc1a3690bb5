using System.Text;
using Compliance.Api.Guards;
using Compliance.Api.Subjects;
using Compliance.Api.Tests.Entrance;
using Compliance.Domain.Guards;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;
using Microsoft.Extensions.DependencyInjection;

namespace Compliance.Api.Tests.Guards;

/// <summary>Guards come by the code on the screen; whoever sits at home with a photo of it does not.</summary>
public sealed class CheckInTests(SharedHouse shared) : IClassFixture<SharedHouse>
{
    House House => shared.House;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_guard_comes_chooses_a_pin_stands_on_duty_and_leaves()
    {
        var house = House;
        var guards = await GuardScene.In(house);
        var (one, phone) = (await guards.Enter("Тест Бірінші"), Guid.NewGuid());
        await guards.Plan(one);
        Assert.Equal("409 guard.pin-first", await (await guards.Say(await guards.Ticket(phone), phone, one, one.Pin)).Refusal());
        Assert.Equal("400 guard.pin-weak newPin", await (await guards.Say(await guards.Ticket(phone), phone, one, one.Pin, "1234")).Refusal());
        var shown = await guards.Shown(await guards.Come(one, phone));
        Assert.Equal((1, null, 250), (shown.Duty.OnDuty, shown.Duty.Persons, shown.Duty.Capacity));
        Assert.Equal(("Тест Бірінші", "АБ 100200"), (shown.Persons[one.GuardId].Name, shown.Persons[one.GuardId].Certificate));
        Assert.True(shown.Card.Guards.Single().HasOwnPin);
        var left = await GuardScene.Told(await guards.Say(await guards.Ticket(phone), phone, one, "2580", leaving: true));
        Assert.Equal(0, (await guards.Shown(left)).Duty.OnDuty);
    }

    [Fact]
    public async Task A_photo_of_the_code_is_worth_nothing_a_minute_later_nor_elsewhere()
    {
        var house = House;
        var guards = await GuardScene.In(house);
        var other = await Scene.In(house);
        var (code, phone) = (await guards.CodeOnTheScreen(), Guid.NewGuid());
        Assert.Equal("409 guard.code-stale", await (await guards.Open(code, phone, other.Venue)).Refusal());
        Assert.Equal("409 guard.code-stale", await (await guards.Open(code, phone, Guid.NewGuid())).Refusal());
        Assert.Equal("409 guard.code-stale", await (await guards.Open("AAAA", phone)).Refusal());
        Assert.True((await guards.Open(code, phone)).IsSuccessStatusCode);
        house.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("409 guard.code-stale", await (await guards.Open(code, phone)).Refusal());
    }

    [Fact]
    public async Task A_ticket_is_for_one_telephone_and_three_minutes()
    {
        var house = House;
        var guards = await GuardScene.In(house);
        var (one, phone) = (await guards.Enter("Тест"), Guid.NewGuid());
        await guards.Plan(one);
        var ticket = await guards.Ticket(phone);
        Assert.Equal("409 guard.code-stale", await (await guards.Say(ticket, Guid.NewGuid(), one, one.Pin, "2580")).Refusal());
        Assert.Equal("409 guard.code-stale", await (await guards.Say(await guards.CodeOnTheScreen(), phone, one, one.Pin, "2580")).Refusal());
        house.Clock.Advance(VenueCode.Ticket + TimeSpan.FromSeconds(2));
        Assert.Equal("409 guard.code-stale", await (await guards.Say(ticket, phone, one, one.Pin, "2580")).Refusal());
    }

    [Fact]
    public async Task A_pin_is_not_tried_out()
    {
        var house = House;
        var guards = await GuardScene.In(house);
        var (one, phone) = (await guards.Enter("Тест"), Guid.NewGuid());
        await guards.Plan(one);
        var ticket = await guards.Ticket(phone);
        Assert.Equal("409 guard.not-recognised", await (await guards.Say(ticket, phone, one with { Number = 9 }, one.Pin, "2580")).Refusal());
        for (var i = 1; i < CheckInLimit.Tries; i++) Assert.Equal("409 guard.not-recognised", await (await guards.Say(ticket, phone, one, "000000")).Refusal());
        Assert.Equal("429 request.too-many", await (await guards.Say(ticket, phone, one, one.Pin, "2580")).Refusal());
        // Another ticket for the same telephone gives no more tries, and whoever spent his locked nobody out, until many did.
        Assert.Equal("429 request.too-many", await (await guards.Say(await guards.Ticket(phone), phone, one, one.Pin, "2580")).Refusal());
        var other = Guid.NewGuid();
        for (var i = CheckInLimit.Tries; i <= CheckInLimit.TriesOfNumber; i++)
        {
            other = Guid.NewGuid();
            Assert.Equal("409 guard.not-recognised", await (await guards.Say(await guards.Ticket(other), other, one, "000000")).Refusal());
        }

        Assert.Equal("429 request.too-many", await (await guards.Say(await guards.Ticket(other), other, one, one.Pin, "2580")).Refusal());
    }

    [Fact]
    public void A_right_pin_uses_up_no_tries_of_its_number()
    {
        using var limit = new CheckInLimit();
        var venue = Guid.NewGuid();
        for (var i = 0; i < CheckInLimit.TriesOfNumber * 2; i++) Assert.True(limit.Passes(venue, 1, Guid.NewGuid()));
        for (var i = 0; i < CheckInLimit.TriesOfNumber; i++) limit.Missed(venue, 1);
        Assert.False(limit.Passes(venue, 1, Guid.NewGuid()));
        Assert.True(limit.Passes(venue, 2, Guid.NewGuid()));
    }

    [Fact]
    public async Task Who_makes_up_a_ticket_fills_no_vault()
    {
        var house = House;
        var guards = await GuardScene.In(house);
        var (one, nowhere, phone) = (await guards.Enter("Тест"), Guid.NewGuid(), Guid.NewGuid());
        var codes = house.Services.GetRequiredService<VenueCode>();
        var ticket = codes.Open(guards.Scene.Venue, codes.Now(guards.Scene.Venue).Code, phone)!;
        using var said = await house.CreateClient().Ask("POST", $"/public/venues/{nowhere}/guard-check", new GuardCheck(ticket, one.Number, one.Pin, null, phone, false));
        Assert.Equal("409 guard.code-stale", await said.Refusal());
        Assert.Null(house.Services.GetRequiredService<Compliance.Api.Vault.SecretVault>().Get($"guard-code/{nowhere:N}"));
        Assert.NotNull(house.Services.GetRequiredService<Compliance.Api.Vault.SecretVault>().Get($"guard-code/{guards.Scene.Venue:N}"));
    }

    [Fact]
    public async Task A_new_pin_told_again_takes_over_nobodys_own()
    {
        var house = House;
        var guards = await GuardScene.In(house);
        var (one, phone, key) = (await guards.Enter("Тест"), Guid.NewGuid(), $"{Guid.NewGuid()}");
        await guards.Plan(one);
        await guards.Come(one, phone);
        GuardPin given;
        using (var answer = await guards.AsOwner.Ask("POST", $"{guards.Path}/guards/{one.GuardId}/pin", null, ("Idempotency-Key", key)))
            given = (await System.Net.Http.Json.HttpContentJsonExtensions.ReadFromJsonAsync<GuardPin>(answer.Content, EventCatalog.Json, Ct))!;
        await guards.Come(given, phone, "8520");
        using var again = await guards.AsOwner.Ask("POST", $"{guards.Path}/guards/{one.GuardId}/pin", null, ("Idempotency-Key", key));
        Assert.Equal("409 guard.pin-own", await again.Refusal());
        Assert.True(house.Services.GetRequiredService<GuardPins>().IsRight(one.GuardId, "8520"));
    }

    [Fact]
    public async Task A_guard_is_not_made_another_person()
    {
        var house = House;
        var guards = await GuardScene.In(house);
        var one = await guards.Enter("Тест Бірінші");
        var until = VenueZone.Day(guards.Now).AddYears(1);
        foreach (var form in (GuardForm[])[new("Тест Екінші", "АБ 100200", until), new("Тест Екінші", "АБ 100200", until.AddYears(1)), new("Тест Бірінші", "АБ 999999", until)])
        {
            using var another = await guards.AsOwner.Ask("PUT", $"{guards.Path}/guards/{one.GuardId}", form);
            Assert.Equal("409 guard.another-person", await another.Refusal());
        }

        var renewed = await guards.AsOwner.Do("PUT", $"{guards.Path}/guards/{one.GuardId}", new GuardForm("Тест Бірінші", "АБ 999999", until.AddYears(1)));
        var shown = await guards.Shown(renewed);
        Assert.Equal(("Тест Бірінші", "АБ 999999", until.AddYears(1)), (shown.Persons[one.GuardId].Name, shown.Persons[one.GuardId].Certificate, shown.Card.Guards.Single().CertificateUntil));
    }

    [Fact]
    public async Task The_mark_of_a_telephone_is_not_the_telephones()
    {
        var house = House;
        var guards = await GuardScene.In(house);
        var (one, phone) = (await guards.Enter("Тест"), Guid.NewGuid());
        await guards.Plan(one);
        var mark = (await guards.Shown(await guards.Come(one, phone))).Sheets.SelectMany(s => s.Shifts).Single().Handset;
        var codes = house.Services.GetRequiredService<VenueCode>();
        var night = Night.Of(guards.Now.AddMinutes(-1));
        Assert.Equal(codes.Mark(guards.Scene.Venue, night, phone), mark);
        Assert.Equal(4, new[] { phone, mark!.Value, codes.Mark(guards.Scene.Venue, night.AddDays(1), phone), codes.Mark(Guid.NewGuid(), night, phone) }.Distinct().Count());
    }

    [Fact]
    public async Task Who_has_no_shift_or_has_left_the_roster_does_not_come()
    {
        var house = House;
        var guards = await GuardScene.In(house);
        var (one, two, phone) = (await guards.Enter("Тест А"), await guards.Enter("Тест Б"), Guid.NewGuid());
        Assert.Equal("409 shift.none-now", await (await guards.Say(await guards.Ticket(phone), phone, one, one.Pin, "2580")).Refusal());
        await guards.AsOwner.Do("POST", $"{guards.Path}/guards/{two.GuardId}/removed");
        Assert.Equal("409 guard.not-recognised", await (await guards.Say(await guards.Ticket(phone), phone, two, two.Pin, "2580")).Refusal());
        using var planned = await guards.AsOwner.Ask("POST", $"{guards.Path}/shifts", new ShiftCommand.Plan(Guid.NewGuid(), two.GuardId, guards.Now, guards.Now.AddHours(1)));
        Assert.Equal("400 shift.guard-foreign guardId", await planned.Refusal());
    }

    [Fact]
    public async Task One_telephone_for_two_guards_is_seen()
    {
        var house = House;
        var guards = await GuardScene.In(house);
        var (one, two, phone) = (await guards.Enter("Тест А"), await guards.Enter("Тест Б"), Guid.NewGuid());
        await guards.Plan(one);
        await guards.Plan(two);
        Assert.Equal(0, (await guards.Shown(await guards.Come(one, phone))).Duty.Shared);
        var duty = (await guards.Shown(await guards.Come(two, phone), house.As(Guid.NewGuid(), "inspector"))).Duty;
        Assert.Equal((2, 2), (duty.OnDuty, duty.Shared));
    }

    [Fact]
    public async Task Police_read_the_number_and_no_name()
    {
        var house = House;
        var guards = await GuardScene.In(house);
        var one = await guards.Enter("Тест Бірінші");
        await guards.Plan(one);
        var came = await guards.Come(one, Guid.NewGuid());
        using var answer = await house.As(Guid.NewGuid(), "operator").Ask("GET", $"{guards.Path}/guards/on-duty", null, ("Compliance-After", came.Position.ToString()));
        var text = await answer.Content.ReadAsStringAsync(Ct);
        Assert.Contains("\"onDuty\":1", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Тест", text, StringComparison.Ordinal);
        Assert.DoesNotContain($"{one.GuardId}", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_fact_names_a_guard_and_nobody_is_written_over()
    {
        var house = House;
        var guards = await GuardScene.In(house);
        var one = await guards.Enter("Тест Бірінші");
        var log = house.Services.GetRequiredService<IEventLog>();
        foreach (var stream in (StreamId[])[new("guarding", guards.Scene.Venue), new("subject", one.GuardId)])
        {
            await foreach (var fact in log.Read(stream, Ct))
            {
                var text = Encoding.UTF8.GetString(fact.Data.Span);
                Assert.DoesNotContain("Тест", text, StringComparison.Ordinal);
                Assert.DoesNotContain("100200", text, StringComparison.Ordinal);
                Assert.DoesNotContain(one.Pin, text, StringComparison.Ordinal);
            }
        }

        var known = Guid.NewGuid();
        await house.Services.GetRequiredService<Persons>().Enrol(new(known, "Офицер", null), new(Guid.NewGuid(), "user:test"), Ct);
        using var foreign = await guards.AsOwner.Ask("PUT", $"{guards.Path}/guards/{known}", new GuardForm("Басқа", "1", new(2027, 1, 1)));
        Assert.Equal("409 guarding.guard-foreign", await foreign.Refusal());
        Assert.Equal("Офицер", house.Services.GetRequiredService<Persons>().Find(known)!.Name);
    }

    [Fact]
    public async Task Late_and_missed_are_said_once_and_told_to_the_owner()
    {
        var house = House;
        var guards = await GuardScene.In(house);
        var one = await guards.Enter("Тест");
        var planned = await guards.Plan(one, 2);
        using var changes = await guards.AsOwner.Listen();
        house.Clock.Advance(TimeSpan.FromHours(3));
        var watch = house.Services.GetRequiredService<GuardWatch>();
        await guards.AsOwner.Get<Page<ShiftSheet>>($"{guards.Path}/shifts", planned);
        await watch.Tick(Ct);
        await changes.Until("notice-list");
        await watch.Tick(Ct);
        var sheet = (await guards.AsOwner.Get<Page<ShiftSheet>>($"{guards.Path}/shifts")).Items.Single();
        Assert.Equal(ShiftState.Missed, sheet.Shifts.Single().StateAt(guards.Now));
        var facts = await house.Services.GetRequiredService<IEventLog>().Read(new("shift", ShiftSheet.IdOf(guards.Scene.Venue, sheet.Night)), Ct).ToListAsync(Ct);
        Assert.Equal(["shift.planned.v1", "shift.late.v1", "shift.missed.v1"], facts.Select(f => f.Name));
    }
}
