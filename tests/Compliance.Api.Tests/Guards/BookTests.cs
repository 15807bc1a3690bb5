using System.Text;
using Compliance.Api.Guards;
using Compliance.Api.Subjects;
using Compliance.Api.Tests.Entrance;
using Compliance.Domain.Guards;
using Compliance.Domain.Kernel;
using Compliance.Domain.Rulebooks;
using Microsoft.Extensions.DependencyInjection;

namespace Compliance.Api.Tests.Guards;

/// <summary>The incident book: written up within a day, corrected by adding, forgotten after a year; and what the rules make of it all.</summary>
public sealed class BookTests(SharedHouse shared) : IClassFixture<SharedHouse>
{
    House House => shared.House;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_entry_is_opened_written_up_and_corrected_and_its_words_stand_in_no_fact()
    {
        var house = House;
        var guards = await GuardScene.In(house);
        var (id, path) = (Guid.NewGuid(), "");
        path = $"{guards.Path}/incidents/{id}";
        await guards.AsOwner.Do("PUT", path, new EntryForm(IncidentKind.Ejection, guards.Now.AddMinutes(-5), null, null));
        await guards.AsOwner.Do("POST", $"{path}/written-up", new EntryWords("Қонақ шығарылды"));
        using (var again = await guards.AsOwner.Ask("POST", $"{path}/written-up", new EntryWords("басқа"))) Assert.Equal("409 incident.written-up", await again.Refusal());
        var done = await guards.AsOwner.Do("POST", $"{path}/corrected", new EntryWords("Екі қонақ"));
        var entry = (await house.As(Guid.NewGuid(), "inspector").Get<Page<EntryShown>>($"{guards.Path}/incidents", done)).Items.Single();
        Assert.Equal(["Қонақ шығарылды", "Екі қонақ"], entry.Words);
        await foreach (var fact in house.Services.GetRequiredService<IEventLog>().Read(new("incident", id), Ct))
            Assert.DoesNotContain("онақ", Encoding.UTF8.GetString(fact.Data.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_and_footage_may_come_at_once()
    {
        var house = House;
        var guards = await GuardScene.In(house);
        var done = await guards.AsOwner.Do("PUT", $"{guards.Path}/incidents/{Guid.NewGuid()}", new EntryForm(IncidentKind.Seizure, guards.Now, "Пышақ алынды", new(2028, 1, 1)));
        var entry = (await guards.AsOwner.Get<Page<EntryShown>>($"{guards.Path}/incidents", done)).Items.Single();
        Assert.Equal(("Пышақ алынды", new DateOnly(2028, 1, 1)), (entry.Words.Single(), entry.Row.HeldUntil));
    }

    [Fact]
    public async Task An_entry_belongs_to_its_venue()
    {
        var house = House;
        var guards = await GuardScene.In(house);
        var other = await Scene.In(house);
        var id = Guid.NewGuid();
        await guards.AsOwner.Do("PUT", $"{guards.Path}/incidents/{id}", new EntryForm(IncidentKind.Other, guards.Now, null, null));
        using var foreign = await other.AsOwner.Ask("POST", $"/venues/{other.Venue}/incidents/{id}/written-up", new EntryWords("x"));
        Assert.Equal("404 incident.unknown", await foreign.Refusal());
    }

    [Fact]
    public async Task After_a_day_it_is_overdue_and_after_a_year_the_words_are_gone_and_the_fact_stays()
    {
        var house = House;
        var guards = await GuardScene.In(house);
        var (waiting, written) = (Guid.NewGuid(), Guid.NewGuid());
        var one = await guards.Enter("Тест");
        await guards.AsOwner.Do("PUT", $"{guards.Path}/incidents/{waiting}", new EntryForm(IncidentKind.Refusal, guards.Now, null, null));
        var done = await guards.AsOwner.Do("PUT", $"{guards.Path}/incidents/{written}", new EntryForm(IncidentKind.Ejection, guards.Now, "Сөз", null));
        await guards.AsOwner.Do("POST", $"{guards.Path}/guards/{one.GuardId}/removed");
        var watch = house.Services.GetRequiredService<GuardWatch>();
        house.Clock.Advance(TimeSpan.FromHours(25));
        Assert.Equal(2, (await guards.AsOwner.Get<Page<EntryShown>>($"{guards.Path}/incidents", done)).Items.Count);
        await watch.Tick(Ct);
        await watch.Tick(Ct);
        await watch.Forget(Ct);
        Assert.Single((await guards.AsOwner.Get<Page<EntryShown>>($"{guards.Path}/incidents")).Items.SelectMany(e => e.Words.OfType<string>()));
        house.Clock.Advance(TimeSpan.FromDays(367));
        await watch.Forget(Ct);
        await watch.Forget(Ct);
        var log = house.Services.GetRequiredService<IEventLog>();
        Assert.Equal(["incident.opened.v1", "incident.overdue.v1"], await log.Read(new("incident", waiting), Ct).Select(f => f.Name).ToListAsync(Ct));
        Assert.Equal(["incident.opened.v1", "incident.written-up.v1", "incident.words-destroyed.v1"], await log.Read(new("incident", written), Ct).Select(f => f.Name).ToListAsync(Ct));
        Assert.Empty((await guards.AsOwner.Get<Page<EntryShown>>($"{guards.Path}/incidents")).Items.SelectMany(e => e.Words.OfType<string>()));
        Assert.Null(house.Services.GetRequiredService<Persons>().Find(one.GuardId));
    }

    [Fact]
    public async Task Footage_that_is_held_is_not_let_go_earlier()
    {
        var house = House;
        var guards = await GuardScene.In(house);
        var path = $"{guards.Path}/incidents/{Guid.NewGuid()}";
        var until = Domain.Venues.VenueZone.Day(guards.Now).AddYears(2);
        await guards.AsOwner.Do("PUT", path, new EntryForm(IncidentKind.Seizure, guards.Now, "Пышақ алынды", until));
        using (var shorter = await guards.AsOwner.Ask("POST", $"{path}/held", new BookCommand.HoldFootage(until.AddDays(-1)))) Assert.Equal("400 incident.hold-shorter until", await shorter.Refusal());
        using var forEver = await guards.AsOwner.Ask("POST", $"{path}/held", new BookCommand.HoldFootage(DateOnly.MaxValue));
        Assert.Equal("400 incident.hold-far until", await forEver.Refusal());
    }

    [Fact]
    public async Task A_date_without_end_is_refused_and_a_shift_far_ahead_hides_nothing()
    {
        var house = House;
        var guards = await GuardScene.In(house);
        using (var licence = await guards.AsOwner.Ask("POST", $"{guards.Path}/guards/contract/licence", new GuardingCommand.RecordLicence(GuardScene.Contract, new("KZ 17", "1", DateOnly.MaxValue))))
            Assert.Equal("400 guarding.date-far licence.until", await licence.Refusal());
        var one = await guards.Enter("Тест");
        foreach (var from in (DateTimeOffset[])[DateTimeOffset.MinValue, guards.Now.AddDays(61), DateTimeOffset.MaxValue.AddHours(-9)])
        {
            using var far = await guards.AsOwner.Ask("POST", $"{guards.Path}/shifts", new ShiftCommand.Plan(Guid.NewGuid(), one.GuardId, from, from.AddHours(8)));
            Assert.Equal("400 shift.far from", await far.Refusal());
        }
    }

    [Fact]
    public async Task The_rules_on_guards_are_decided_by_what_is_kept_here()
    {
        var house = House;
        var guards = await GuardScene.In(house);
        async Task<Outcome> Of(string rule) => (await guards.AsOwner.Get<VenueCompliance>($"{guards.Path}/compliance")).Rules.Single(r => r.RuleId == rule).Outcome;
        Assert.Equal((Outcome.Pass, Outcome.Pass, Outcome.Unknown), (await Of("KZ.GRD.001"), await Of("KZ.GRD.002"), await Of("KZ.GRD.004")));
        var one = await guards.Enter("Тест");
        house.Clock.Advance(TimeSpan.FromMinutes(1)); // asked by the second, and registered within it
        var before = guards.Now;
        house.Clock.Advance(TimeSpan.FromMinutes(1));
        await guards.Plan(one);
        await guards.Shown(await guards.Come(one, Guid.NewGuid()));
        // Unknown no longer: the log is a day old, and half a year is asked.
        Assert.Equal(Outcome.Fail, await Of("KZ.GRD.004"));
        var then = (await guards.AsOwner.Get<VenueCompliance>($"{guards.Path}/compliance?asOf={before:yyyy-MM-dd'T'HH:mm:ss'Z'}")).Rules.Single(r => r.RuleId == "KZ.GRD.004");
        Assert.Equal(Outcome.Unknown, then.Outcome);
    }
}
