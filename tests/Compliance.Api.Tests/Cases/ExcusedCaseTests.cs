using System.Text;
using Compliance.Api.Cases;
using Compliance.Api.Duties;
using Compliance.Api.Reports;
using Compliance.Api.Tests.Entrance;
using Compliance.Domain.Cases;
using Compliance.Domain.Duties;
using Compliance.Domain.Evidence;
using Compliance.Domain.Kernel;
using Compliance.Domain.Notices;
using Compliance.Domain.Outages;
using Compliance.Domain.Rulebooks;
using Microsoft.Extensions.DependencyInjection;
using Route = Compliance.Domain.Cases.Route;

namespace Compliance.Api.Tests.Cases;

/// <summary>What becomes of a case when its minutes turn out to lie in other hands, what an appeal freezes, and the record on paper.</summary>
public sealed class ExcusedCaseTests
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static Task<CaseShown> Shown(HttpClient client, Guid of, CommandAnswer? after = null) => client.Get<CaseShown>($"/cases/{of}", after);

    /// <summary>An exit that stayed blocked past its term, and the case that this opened.</summary>
    static async Task<(Scene Scene, Guid Case)> Overstayed(House house)
    {
        var scene = await Scene.In(house);
        await scene.NoticeOfABlockedExit();
        using var changes = await scene.AsOwner.Listen();
        house.Clock.Advance(TimeSpan.FromHours(2.1));
        await house.Services.GetRequiredService<Deadlines>().Tick(Ct);
        while ((await scene.AsOwner.Get<DutyShown>($"/duties/{scene.Duty}")).Duty.OverstayedBy is null) await changes.Until("duty-list");
        await house.Services.GetRequiredService<CaseWatch>().Tick(Ct);
        while ((await scene.AsOwner.Get<Page<CaseRow>>("/cases")).Items.Count == 0) await changes.Until("case-list");
        return (scene, Assert.Single((await scene.AsOwner.Get<Page<CaseRow>>("/cases")).Items).CaseId);
    }

    [Fact]
    public async Task A_contest_accepted_later_puts_the_case_before_an_officer_to_dismiss_and_its_owner_is_told()
    {
        await using var house = new House();
        var (scene, id) = await Overstayed(house);
        var outage = (await scene.AsOwner.Get<Page<OutageRow>>($"/venues/{scene.Venue}/outages")).Items.Single();
        await scene.AsOwner.Do("POST", $"/devices/{scene.Exit}/verdicts", new Domain.Devices.DeviceCommand.ReportVerdict(
            Domain.Devices.Verdict.Clear, house.Clock.GetUtcNow(), house.Clock.GetUtcNow(), Guid.Empty, "", null));
        using var changes = await scene.AsOwner.Listen();
        while ((outage = (await scene.AsOwner.Get<Page<OutageRow>>($"/venues/{scene.Venue}/outages")).Items.Single()).EndedAt is null) await changes.Until("outage-list");
        var excused = house.Services.GetRequiredService<ExcusedCases>();
        await excused.Tick(Ct);
        Assert.Null((await Shown(scene.AsAuthority, id)).Case.ExcusedAt);

        var plea = Guid.NewGuid();
        await scene.AsOwner.Do("POST", $"/outages/{outage.OutageId}/contests", new OutageCommand.Contest(plea, outage.StartedAt, outage.EndedAt!.Value, Cause.Authority, new("raid 12")));
        var decided = await scene.AsAuthority.Do("POST", $"/outages/{outage.OutageId}/contests/decided", new OutageCommand.DecideContest(plea, true, "protocol seen"));
        await scene.AsOwner.Get<Page<OutageRow>>($"/venues/{scene.Venue}/outages", decided);
        for (var twice = 0; twice < 2; twice++) await excused.Tick(Ct);
        while ((await Shown(scene.AsAuthority, id)).Case.ExcusedAt is null) await changes.Until("case-list");
        using (var warned = await scene.AsAuthority.Ask("POST", $"/cases/{id}/decided", new CaseRuling(CaseOutcome.Warning, "all the same"))) Assert.Equal("409 case.excused", await warned.Refusal());

        async Task Name(Cause cause, bool excuses)
        {
            var named = await scene.AsAuthority.Do("POST", $"/outages/{outage.OutageId}/causes", new OutageCommand.AttributeCause(cause, outage.StartedAt, null, "the protocol, read again"));
            await scene.AsOwner.Get<Page<OutageRow>>($"/venues/{scene.Venue}/outages", named);
            for (var twice = 0; twice < 2; twice++) await excused.Tick(Ct);
            while ((await Shown(scene.AsAuthority, id)).Case.ExcusedAt is not null != excuses) await changes.Until("case-list");
        }

        await Name(Cause.Owner, excuses: false);
        await Name(Cause.Authority, excuses: true);
        var dismissed = await scene.AsAuthority.Do("POST", $"/cases/{id}/decided", new CaseRuling(CaseOutcome.Dismissed, "it lay in other hands"));
        Assert.Equal(CaseOutcome.Dismissed, (await Shown(scene.AsAuthority, id, dismissed)).Case.Ruling!.Outcome);
        var names = await house.Services.GetRequiredService<IEventLog>().Read(new("case", id), Ct).Select(f => f.Name).Where(name => name.StartsWith("case.dismissal", StringComparison.Ordinal)).ToListAsync(Ct);
        Assert.Equal(["case.dismissal-proposed.v1", "case.dismissal-withdrawn.v1", "case.dismissal-proposed.v1"], names);
        while ((await scene.AsOwner.Get<Page<NoticeRow>>("/notices")).Items.All(n => n.Kind != NoticeKind.ContestAccepted)) await changes.Until("notice-list");
    }

    [Fact]
    public async Task A_contest_accepted_after_the_ruling_tells_officer_and_owner_and_the_ruling_is_taken_back()
    {
        await using var house = new House();
        var (scene, id) = await Overstayed(house);
        using var changes = await scene.AsOwner.Listen();
        await scene.AsOwner.Do("POST", $"/devices/{scene.Exit}/verdicts", new Domain.Devices.DeviceCommand.ReportVerdict(
            Domain.Devices.Verdict.Clear, house.Clock.GetUtcNow(), house.Clock.GetUtcNow(), Guid.Empty, "", null));
        OutageRow outage;
        while ((outage = (await scene.AsOwner.Get<Page<OutageRow>>($"/venues/{scene.Venue}/outages")).Items.Single()).EndedAt is null) await changes.Until("outage-list");
        var excused = house.Services.GetRequiredService<ExcusedCases>();
        await excused.Tick(Ct);
        var warned = await scene.AsAuthority.Do("POST", $"/cases/{id}/decided", new CaseRuling(CaseOutcome.Warning, "two hours are two hours"));
        await scene.AsAuthority.Do("POST", $"/cases/{id}/settled", new CaseSettlement("№ 9"));
        Assert.Empty((await scene.AsAuthority.Get<Page<CaseRow>>("/waiting/cases", warned)).Items);

        var plea = Guid.NewGuid();
        await scene.AsOwner.Do("POST", $"/outages/{outage.OutageId}/contests", new OutageCommand.Contest(plea, outage.StartedAt, outage.EndedAt!.Value, Cause.Authority, new("raid 12")));
        var accepted = await scene.AsAuthority.Do("POST", $"/outages/{outage.OutageId}/contests/decided", new OutageCommand.DecideContest(plea, true, "protocol seen"));
        await scene.AsOwner.Get<Page<OutageRow>>($"/venues/{scene.Venue}/outages", accepted);
        for (var twice = 0; twice < 2; twice++) await excused.Tick(Ct);
        while ((await Shown(scene.AsAuthority, id)).Case.ExcusedAt is null) await changes.Until("case-list");
        Assert.Equal(id, Assert.Single((await scene.AsAuthority.Get<Page<CaseRow>>("/waiting/cases")).Items).CaseId);
        while ((await scene.AsOwner.Get<Page<NoticeRow>>("/notices")).Items.All(n => n.Kind != NoticeKind.CaseExcused)) await changes.Until("notice-list");

        var dismissed = await scene.AsAuthority.Do("POST", $"/cases/{id}/decided", new CaseRuling(CaseOutcome.Dismissed, "it lay in other hands"));
        Assert.Equal((CaseOutcome.Dismissed, null), (await Shown(scene.AsAuthority, id, dismissed)).Case is var row ? (row.Ruling!.Outcome, row.PenalisedAt) : default);
        for (var twice = 0; twice < 2; twice++) await excused.Tick(Ct);
        Assert.Empty((await scene.AsAuthority.Get<Page<CaseRow>>("/waiting/cases", dismissed)).Items);
        Assert.Single(await house.Services.GetRequiredService<IEventLog>().Read(new("case", id), Ct).Where(f => f.Name == "case.dismissal-proposed.v1").ToListAsync(Ct));
    }

    [Fact]
    public async Task Another_outage_that_asks_for_the_same_duty_later_excuses_nothing()
    {
        await using var house = new House();
        var (scene, id) = await Overstayed(house);
        var (log, now) = (house.Services.GetRequiredService<IEventLog>(), house.Clock.GetUtcNow());
        await house.Services.GetRequiredService<ExcusedCases>().Tick(Ct);
        async Task<CommandAnswer> Happens(Guid outage, OutageCommand command) =>
            await log.Execute(Outage.Decider, outage, command, new(Guid.NewGuid(), "reaction:test"), Ct) is var done ? new(done.Revision, done.Position) : null!;
        Task Owes(DutyCommand command) => log.Execute(Duty.Decider, scene.Duty, command, new(Guid.NewGuid(), "reaction:test"), Ct);
        var later = Guid.NewGuid();
        await Owes(new DutyCommand.Lapse(LapsedBecause.NoLegalBasis, now.AddMinutes(1)));
        await Owes(new DutyCommand.Arise(scene.Duty, scene.Venue, new DutySource.OfOutage(later, scene.Exit, Domain.Devices.DeviceKind.Exit, Domain.Devices.Verdict.Blocked),
            DutyTerms.Of(Domain.Devices.DeviceKind.Exit).Matter, now.AddMinutes(2), now.AddMinutes(2), now.AddHours(4), DutyTerms.Of(Domain.Devices.DeviceKind.Exit).Term));
        await Happens(later, new OutageCommand.Open(later, scene.Exit, scene.Venue, Domain.Devices.DeviceKind.Exit, Domain.Devices.Verdict.Blocked, now.AddMinutes(2), ""));
        var named = await Happens(later, new OutageCommand.AttributeCause(Cause.Authority, now.AddMinutes(2), null, "a raid"));
        Assert.Equal(later, ((DutySource.OfOutage)(await scene.AsAuthority.Get<DutyShown>($"/duties/{scene.Duty}", named)).Duty.Source).OutageId);
        await house.Services.GetRequiredService<ExcusedCases>().Tick(Ct);
        Assert.DoesNotContain(await log.Read(new("case", id), Ct).ToListAsync(Ct), f => f.Name == "case.dismissal-proposed.v1");
        var first = (await scene.AsOwner.Get<Page<OutageRow>>($"/venues/{scene.Venue}/outages")).Items.Single(row => row.OutageId == scene.Outage);
        var before = await Happens(scene.Outage, new OutageCommand.AttributeCause(Cause.Authority, first.StartedAt, null, "the raid of before"));
        await scene.AsAuthority.Get<DutyShown>($"/duties/{scene.Duty}", before);
        await house.Services.GetRequiredService<ExcusedCases>().Tick(Ct);
        Assert.Contains(await log.Read(new("case", id), Ct).ToListAsync(Ct), f => f.Name == "case.dismissal-proposed.v1");
    }

    [Fact]
    public async Task A_case_of_an_order_is_put_before_an_officer_when_the_ruling_that_gave_it_is_cancelled()
    {
        await using var house = new House();
        var (scene, id) = await Overstayed(house);
        using var changes = await scene.AsOwner.Listen();
        var order = OrderWhenCaseEndsInPrescription.OrderOf(scene.Duty);
        await scene.AsAuthority.Do("POST", $"/cases/{id}/decided", new CaseRuling(CaseOutcome.Prescription, "clear it"));
        async Task<DutyRow?> Order() => (await scene.AsOwner.Get<Page<DutyShown>>($"/venues/{scene.Venue}/duties")).Items.Select(shown => shown.Duty).SingleOrDefault(duty => duty.DutyId == order);
        while (await Order() is null) await changes.Until("duty-list");
        house.Clock.Advance(TimeSpan.FromDays(20));
        await house.Services.GetRequiredService<Deadlines>().Tick(Ct);
        while ((await Order())!.OverstayedBy is null) await changes.Until("duty-list");
        await house.Services.GetRequiredService<CaseWatch>().Tick(Ct);
        CaseRow? unexecuted;
        while ((unexecuted = (await scene.AsOwner.Get<Page<CaseRow>>("/cases")).Items.SingleOrDefault(row => row.DutyId == order)) is null) await changes.Until("case-list");
        Assert.Equal(Route.Article462Part3, unexecuted.Charge.Route);
        await house.Services.GetRequiredService<ExcusedCases>().Tick(Ct);
        Assert.Null((await Shown(scene.AsAuthority, unexecuted.CaseId)).Case.ExcusedAt);

        await scene.AsOwner.Do("POST", $"/cases/{id}/appealed", new CaseAppeal("it could be opened"));
        var cancelled = await house.As(Guid.NewGuid(), "authority").Do("POST", $"/cases/{id}/appeal-decided", new AppealRuling(AppealOutcome.Cancelled, "it could"));
        Assert.Equal(CaseState.Cancelled, (await Shown(scene.AsAuthority, id, cancelled)).Case.State);
        for (var twice = 0; twice < 2; twice++) await house.Services.GetRequiredService<ExcusedCases>().Tick(Ct);
        while ((await Shown(scene.AsAuthority, unexecuted.CaseId)).Case.ExcusedAt is null) await changes.Until("case-list");
        Assert.Equal(unexecuted.CaseId, Assert.Single((await scene.AsAuthority.Get<Page<CaseRow>>("/waiting/cases")).Items).CaseId);
        Assert.Single(await house.Services.GetRequiredService<IEventLog>().Read(new("case", unexecuted.CaseId), Ct).Where(f => f.Name == "case.dismissal-proposed.v1").ToListAsync(Ct));
        while ((await scene.AsOwner.Get<Page<NoticeRow>>("/notices")).Items.All(n => n.Kind != NoticeKind.CaseExcused)) await changes.Until("notice-list");
        while ((await Order())!.State != DutyState.Lapsed) await changes.Until("duty-list");
    }

    [Fact]
    public async Task An_appeal_freezes_the_outage_too_and_the_record_tells_the_whole_way_with_its_facts()
    {
        await using var house = new House();
        var (scene, id) = await Overstayed(house);
        await scene.AsOwner.Do("POST", $"/cases/{id}/pleaded", new CasePlea(Plea.Explanation, "the street was flooded"));
        await scene.AsAuthority.Do("POST", $"/cases/{id}/decided", new CaseRuling(CaseOutcome.Warning, "two hours are two hours"));
        var appealed = await scene.AsOwner.Do("POST", $"/cases/{id}/appealed", new CaseAppeal("it could be opened"));
        var shown = await Shown(scene.AsAuthority, id, appealed);
        Assert.True(shown.EvidenceHolds);
        var log = house.Services.GetRequiredService<IEventLog>();
        var outage = await log.Read(new("outage", scene.Outage), Ct).ToListAsync(Ct);
        var verdict = await log.Read(new("device", scene.Exit), Ct).SingleAsync(f => f.Name == "device.verdict-changed.v2", Ct);
        Assert.Superset(outage.Append(verdict).Select(f => f.EventId).ToHashSet(), shown.Case.Appeal!.Evidence.EventIds.ToHashSet());

        foreach (var (language, said) in ((string, string[])[])[("en", ["Violations of law", "under appeal", "waits for a second officer"]), ("ru", ["Нарушения закона", "на обжаловании", "ожидает второго"]), ("kk", ["Заң бұзушылықтары", "шағым қаралуда", "екінші лауазымды"])])
            await Tells(house, scene, language, said);
    }

    static async Task Tells(House house, Scene scene, string language, string[] said)
    {
        var sheet = (await house.Services.GetRequiredService<LiabilityRecords>().Compose(scene.Venue, Words.All[language], Ct))!;
        var html = System.Net.WebUtility.HtmlDecode(await house.Services.GetRequiredService<PageHtml>().Render<LiabilityPage>(nameof(LiabilityPage.Sheet), sheet));
        Assert.All([.. said, "the street was flooded", "it could be opened", "two hours are two hours", AvailabilityFormula.Current, sheet.Record.Cases[0].Appeal!.Evidence.Hash],
            text => Assert.Contains(text, html, StringComparison.Ordinal));
        Assert.Equal(8, html.Split("class=\"instants\"")[1].Split("</tr>")[0].Split("<th>").Length - 1);
        Assert.Equal([.. sheet.Record.History.OrderBy(f => f.Position)], sheet.Record.History);
        Assert.Superset(sheet.Record.History.Select(f => f.EventId).ToHashSet(), sheet.Record.Facts.Select(f => f.EventId).ToHashSet());
        var json = Encoding.UTF8.GetString(sheet.Attached.ToJson());
        Assert.Contains("case.appealed.v1", json, StringComparison.Ordinal);
        Assert.DoesNotContain(Scene.Feed.Main.Host, json + html, StringComparison.Ordinal);
        Assert.DoesNotContain("complaint.", json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repeat_is_told_again_as_a_first_one_when_the_earlier_ruling_is_cancelled()
    {
        await using var house = new House();
        var (scene, earlier) = await Overstayed(house);
        var log = house.Services.GetRequiredService<IEventLog>();
        var (repeat, now) = (Guid.NewGuid(), house.Clock.GetUtcNow());
        await log.Execute(Case.Decider, repeat, new CaseCommand.Open(repeat, scene.Venue, scene.Duty, DutyTerms.Of(Domain.Devices.DeviceKind.Exit).Matter,
            new(Route.Article410, "KOAP-410", "410", Stage.Repeat, earlier, null, null, null), null, now, now.AddDays(60), now), new(Guid.NewGuid(), "reaction:test"), Ct);
        await scene.AsAuthority.Do("POST", $"/cases/{earlier}/decided", new CaseRuling(CaseOutcome.Warning, "two hours are two hours"));
        await scene.AsOwner.Do("POST", $"/cases/{earlier}/appealed", new CaseAppeal("it could be opened"));
        var cancelled = await scene.AsAuthority.Do("POST", $"/cases/{earlier}/appeal-decided", new AppealRuling(AppealOutcome.Cancelled, "it could"));
        Assert.Equal(Stage.Repeat, (await Shown(scene.AsAuthority, repeat, cancelled)).Case.Charge.Stage);
        using var changes = await scene.AsOwner.Listen();
        for (var twice = 0; twice < 2; twice++) await house.Services.GetRequiredService<CaseWatch>().Tick(Ct);
        while ((await Shown(scene.AsAuthority, repeat)).Case.Charge is not { Stage: Stage.First, Route: Route.Warning, Earlier: null }) await changes.Until("case-list");
        Assert.Single(await log.Read(new("case", repeat), Ct).Where(f => f.Name == "case.charged-anew.v1").ToListAsync(Ct));
        var sheet = (await house.Services.GetRequiredService<LiabilityRecords>().Compose(scene.Venue, Words.All["en"], Ct))!;
        Assert.Contains("was cancelled; charged anew: first", System.Net.WebUtility.HtmlDecode(await house.Services.GetRequiredService<PageHtml>().Render<LiabilityPage>(nameof(LiabilityPage.Sheet), sheet)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_reads_a_duty_has_read_its_notice()
    {
        await using var house = new House();
        var scene = await Scene.In(house);
        var notice = await scene.NoticeOfABlockedExit();
        using var changes = await scene.AsOwner.Listen();
        while ((await scene.AsOwner.Get<DutyShown>($"/duties/{scene.Duty}")).Duty.Clock.Notified is null) await changes.Until("duty-list");
        await scene.AsOwner.Do("POST", $"/duties/{scene.Duty}/read");
        while ((await scene.AsOwner.Get<DutyShown>($"/duties/{scene.Duty}")).Duty.Clock.Read is null) await changes.Until("duty-list");
        Assert.True((await scene.AsOwner.Get<Page<NoticeRow>>("/notices")).Items.Single(n => n.NoticeId == notice).IsReadBy(scene.Owner));
    }
}
