using System.Net;
using Compliance.Api.Cases;
using Compliance.Api.Duties;
using Compliance.Api.Tests.Entrance;
using Compliance.Domain.Cases;
using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;
using Compliance.Domain.Notices;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Venues;
using Microsoft.Extensions.DependencyInjection;

namespace Compliance.Api.Tests.Cases;

/// <summary>From a blocked exit that nobody clears to the appeal that somebody else decides, through the doors.</summary>
public sealed class CaseDoorTests(SharedHouse shared) : IClassFixture<SharedHouse>
{
    House House => shared.House;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A venue with one case: its exit stayed blocked beyond the term.</summary>
    static async Task<(Scene Scene, Guid Case)> Overstayed(House house)
    {
        var scene = await Scene.In(house);
        await scene.NoticeOfABlockedExit();
        using var changes = await scene.AsOwner.Listen();
        house.Clock.Advance(TimeSpan.FromHours(2.1));
        await house.Services.GetRequiredService<Deadlines>().Tick(Ct);
        while ((await scene.AsOwner.Get<DutyShown>($"/duties/{scene.Duty}")).Duty.OverstayedBy is null) await changes.Until("duty-list");
        for (var tick = 0; tick < 2; tick++) await Tick(house);
        while ((await scene.AsOwner.Get<Page<CaseRow>>("/cases")).Items.Count == 0) await changes.Until("case-list");
        return (scene, Assert.Single((await scene.AsOwner.Get<Page<CaseRow>>("/cases")).Items).CaseId);
    }

    static Task Tick(House house) => house.Services.GetRequiredService<CaseWatch>().Tick(Ct);

    static Task<CaseShown> Shown(HttpClient client, Guid of, CommandAnswer? after = null) => client.Get<CaseShown>($"/cases/{of}", after);

    [Fact]
    public async Task A_case_is_opened_sized_pleaded_referred_penalised_appealed_and_decided_by_somebody_else()
    {
        var (scene, id) = await Overstayed(House);
        var (officer, other) = (House.As(Guid.NewGuid(), "authority"), House.As(Guid.NewGuid(), "authority"));
        var opened = (await Shown(officer, id)).Case;
        Assert.Equal((Route.Warning, "410", Stage.First, Confidence.Secondary, scene.Owner, Post.Owner),
            (opened.Charge.Route, opened.Charge.Article, opened.Charge.Stage, opened.Charge.Confidence!.Value, opened.Responsible!.SubjectId, opened.Responsible.Post));

        if ((await officer.Get<MciShown>("/mci")).Missing is { } year) await officer.Do("POST", "/mci", new MciWord(new(year, 1, 1), 4_700, "a law on the budget"));
        var sized = await officer.Do("POST", $"/cases/{id}/size-set", new CaseSize(SizeClass.Small));
        Assert.Equal((15m, House.Clock.GetUtcNow().Year), (await Shown(officer, id, sized)).Case.Charge.Fine is { } fine ? (fine.FromMci, fine.MciYear) : default);
        var pleaded = await scene.AsOwner.Do("POST", $"/cases/{id}/pleaded", new CasePlea(Plea.ForceMajeure, "the street was flooded"));
        var read = await Shown(officer, id, pleaded);
        Assert.Equal("the street was flooded", read.Texts[Assert.Single(read.Case.Pleadings).Said.WritingId]);

        using (var stale = await officer.Ask("POST", $"/cases/{id}/decided", new CaseRuling(CaseOutcome.Referred, "x"), ("If-Match", "\"0\""))) Assert.Equal("412 request.stale", await stale.Refusal());
        await officer.Do("POST", $"/cases/{id}/decided", new CaseRuling(CaseOutcome.Referred, "second warning of the year"));
        await officer.Do("POST", $"/cases/{id}/penalty-set", new CasePenalty(15, "№ 7"));
        var appealed = await scene.AsOwner.Do("POST", $"/cases/{id}/appealed", new CaseAppeal("the exit was clear at noon"));
        var frozen = await Shown(other, id, appealed);
        Assert.Equal((CaseState.Appealed, true), (frozen.Case.State, frozen.EvidenceHolds!.Value));
        Assert.True(frozen.Case.Appeal!.Evidence.EventIds.Count > 6);

        using (var refused = await officer.Ask("POST", $"/cases/{id}/appeal-decided", new AppealRuling(AppealOutcome.Upheld, "read again")))
            Assert.Equal("409 case.same-officer", await refused.Refusal());
        var decided = await other.Do("POST", $"/cases/{id}/appeal-decided", new AppealRuling(AppealOutcome.Upheld, "read again"));
        Assert.Equal((CaseState.Decided, true), ((await Shown(other, id, decided)).Case.State, (await Shown(other, id)).EvidenceHolds!.Value));
        var settled = await officer.Do("POST", $"/cases/{id}/settled", new CaseSettlement("payment № 9"));
        Assert.Equal("payment № 9", (await Shown(scene.AsOwner, id, settled)).Case.SettledBy);
    }

    [Fact]
    public async Task Other_words_under_the_same_key_neither_replace_nor_erase_what_was_said()
    {
        var (scene, id) = await Overstayed(House);
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());
        async Task<HttpStatusCode> Plead(string said, params (string, string)[] headers)
        {
            using var answer = await scene.AsOwner.Ask("POST", $"/cases/{id}/pleaded", new CasePlea(Plea.Explanation, said), headers);
            return answer.StatusCode;
        }

        async Task<string> Read()
        {
            var shown = await Shown(scene.AsAuthority, id, await scene.AsAuthority.Do("POST", $"/cases/{id}/size-set", new CaseSize(SizeClass.Small)));
            return shown.Texts[Assert.Single(shown.Case.Pleadings).Said.WritingId];
        }

        Assert.Equal(HttpStatusCode.OK, await Plead("it was flooded", key));
        await Plead("it was locked", key);
        Assert.Equal("it was flooded", await Read());
        await Plead("it was flooded", key, ("If-Match", "\"0\""));
        Assert.Equal("it was flooded", await Read());
    }

    [Fact]
    public async Task Its_opening_is_told_to_who_answers_for_the_venue()
    {
        var (scene, id) = await Overstayed(House);
        using var changes = await scene.AsOwner.Listen();
        NoticeRow? told;
        while ((told = (await scene.AsOwner.Get<Page<NoticeRow>>("/notices")).Items.SingleOrDefault(n => n.Kind == NoticeKind.CaseOpened)) is null) await changes.Until("notice-list");
        Assert.Equal((id, scene.Venue), (told.AboutId, told.VenueId));
    }

    [Fact]
    public async Task On_day_45_it_is_warned_of_and_after_two_months_barred()
    {
        await using var house = new House();
        var (scene, id) = await Overstayed(house);
        using var changes = await scene.AsOwner.Listen();
        house.Clock.Advance(TimeSpan.FromDays(45));
        for (var tick = 0; tick < 2; tick++) await Tick(house);
        while ((await Shown(scene.AsAuthority, id)).Case.WarnedAt is null) await changes.Until("case-list");
        house.Clock.Advance(TimeSpan.FromDays(18));
        using (var late = await scene.AsAuthority.Ask("POST", $"/cases/{id}/decided", new CaseRuling(CaseOutcome.Warning, "x"))) Assert.Equal("409 case.time-barred", await late.Refusal());
        for (var tick = 0; tick < 2; tick++) await Tick(house);
        while ((await Shown(scene.AsAuthority, id)).Case.State != CaseState.TimeBarred) await changes.Until("case-list");
        var log = house.Services.GetRequiredService<IEventLog>();
        Assert.Equal(["case.opened.v1", "case.warned-of-limitation.v1", "case.time-barred.v1"], await log.Read(new("case", id), Ct).Select(r => r.Name).ToListAsync(Ct));
    }

    [Fact]
    public async Task Another_owner_sees_nothing_and_states_are_listed_apart()
    {
        await using var house = new House();
        var (scene, id) = await Overstayed(house);
        var stranger = await Scene.In(house);
        using (var answer = await stranger.AsOwner.Ask("GET", $"/cases/{id}")) Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Empty((await stranger.AsOwner.Get<Page<CaseRow>>("/cases")).Items);
        Assert.Single((await scene.AsAuthority.Get<Page<CaseRow>>("/cases?state=Open")).Items);
        Assert.Empty((await scene.AsAuthority.Get<Page<CaseRow>>("/cases?state=Decided")).Items);
        using var silent = await scene.AsOwner.Ask("POST", $"/cases/{id}/pleaded", new CasePlea(Plea.Explanation, " "));
        Assert.Equal("400 case.words-missing said", await silent.Refusal());
    }
}
