using System.Net;
using Compliance.Api.Evidence;
using Compliance.Api.Reactions;
using Compliance.Api.Reports;
using Compliance.Api.Tests.Entrance;
using Compliance.Api.Tests.Evidence;
using Compliance.Domain.Devices;
using Compliance.Domain.Duties;
using Compliance.Domain.Evidence;
using Compliance.Domain.Kernel;
using Compliance.Domain.Notices;
using Compliance.Domain.Reports;
using Compliance.Domain.Venues;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Compliance.Api.Tests.Reports;

/// <summary>The report of a month: made once whatever happens to the machine, and the same whoever prints it later.</summary>
public sealed class MonthReportTests : IDisposable
{
    readonly TempFolder _folder = new();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    /// <summary>Venues of one house, and the clock set to the morning after their first month.</summary>
    static async Task<(Scene[] Scenes, DateOnly Month)> MonthLater(House house, int venues)
    {
        var scenes = new Scene[venues];
        for (var i = 0; i < venues; i++) scenes[i] = await Scene.In(house);
        await scenes[0].AsAdministrator.Get<Page<VenueCard>>("/venues", scenes[^1].Ready);
        var month = VenueZone.Month(house.Clock.GetUtcNow());
        house.Clock.Advance(VenueZone.At(month.AddMonths(1), new(6, 0)) - house.Clock.GetUtcNow());
        return (scenes, month);
    }

    static MonthReports Another(House house, IEventLog? log = null) =>
        log is null ? ActivatorUtilities.CreateInstance<MonthReports>(house.Services) : ActivatorUtilities.CreateInstance<MonthReports>(house.Services, log);

    static async Task<string> Facts(House house, Scene[] scenes, DateOnly month)
    {
        var log = house.Services.GetRequiredService<IEventLog>();
        return string.Join(' ', await Task.WhenAll(scenes.Select(scene => log.Read(new("report", MonthReport.IdOf(scene.Venue, month)), Ct).CountAsync(Ct).AsTask())));
    }

    [Fact]
    public async Task Two_machines_at_once_make_one_and_the_owner_hears_of_it_once()
    {
        await using var house = new House();
        var (scenes, month) = await MonthLater(house, 1);
        using var changes = await scenes[0].AsOwner.Listen();
        await Task.WhenAll(Another(house).MakeAll(Ct), Another(house).MakeAll(Ct));
        await Another(house).MakeAll(Ct);
        Assert.Equal("1", await Facts(house, scenes, month));
        while (!(await scenes[0].AsOwner.Get<Page<NoticeRow>>("/notices")).Items.Any(n => n.Kind == NoticeKind.MonthReportMade)) await changes.Until("notice-list");
        Assert.Single((await scenes[0].AsOwner.Get<Page<NoticeRow>>("/notices")).Items, n => n.Kind == NoticeKind.MonthReportMade && n.Day == month);
        Assert.Equal([month], (await scenes[0].AsOwner.Get<Page<MonthReportRow>>($"/venues/{scenes[0].Venue}/reports")).Items.Select(row => row.Month));
    }

    [Fact]
    public async Task A_run_that_dies_in_the_middle_is_completed_by_the_next_and_nothing_is_made_twice()
    {
        await using var house = new House();
        var (scenes, month) = await MonthLater(house, 3);
        using var death = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Another(house, new DyingLog(house.Services.GetRequiredService<IEventLog>(), death)).MakeAll(death.Token));
        Assert.Single(await Facts(house, scenes, month), made => made == '1');
        house.Clock.Advance(TimeSpan.FromDays(1));
        await Another(house).MakeAll(Ct);
        Assert.Equal("1 1 1", await Facts(house, scenes, month));
    }

    [Fact]
    public async Task A_first_of_the_month_that_passed_while_nobody_was_there_is_made_up_after_the_start()
    {
        await using var house = new House();
        var (scenes, month) = await MonthLater(house, 1);
        house.Clock.Advance(-TimeSpan.FromDays(1));
        await using (var before = Calendar()) await before.StartAsync(Ct);
        Assert.Equal("0", await Facts(house, scenes, month));
        house.Clock.Advance(TimeSpan.FromDays(2));
        using var changes = await scenes[0].AsOwner.Listen();
        await using (var after = Calendar())
        {
            await after.StartAsync(Ct);
            await changes.Until("month-report-list");
        }

        await using (var again = Calendar()) await again.StartAsync(Ct);
        Assert.Equal("1", await Facts(house, scenes, month));

        Timetable Calendar() => new(
            [AllSchedules.Of.Single(s => s.Name == "make-month-reports")], _folder["schedules.db"], house.Services, house.Clock, NullLoggerFactory.Instance);
    }

    [Theory, InlineData("kk", "Мекеменің айлық есебі"), InlineData("ru", "Отчёт заведения за месяц"), InlineData("en", "Monthly report of a venue")]
    public async Task It_says_the_same_however_late_it_is_printed(string language, string title)
    {
        await using var house = new House();
        var scene = await Scene.In(house);
        Assert.Equal([null], await scene.Tell(scene.Saw(Verdict.Online, house.Clock.GetUtcNow())));
        await scene.NoticeOfABlockedExit();
        var month = VenueZone.Month(house.Clock.GetUtcNow());
        var reports = Another(house);
        Assert.Null(await reports.Compose(scene.Venue, month, Words.All[language], Ct));
        house.Clock.Advance(VenueZone.At(month.AddMonths(1), new(6, 0)) - house.Clock.GetUtcNow());
        await reports.MakeAll(Ct);
        async Task<string> Page() => WebUtility.HtmlDecode(await PrintedAudit.Page((await reports.Compose(scene.Venue, month, Words.All[language], Ct))!));
        var first = await Page();
        Assert.Contains(title, first, StringComparison.Ordinal);
        Assert.Contains("KZ.EXIT.003", first, StringComparison.Ordinal);
        // The share in the headline is of cameras; that an exit was blocked meanwhile stands beside it.
        Assert.Contains(Words.All[language]["Month_OfCameras"], first, StringComparison.Ordinal);
        Assert.Contains($"{Words.All[language]["Month_Of_Exit"]}:", first, StringComparison.Ordinal);
        house.Clock.Advance(TimeSpan.FromMinutes(1));
        await scene.AsOwner.Do("POST", $"/devices/{scene.Exit}/verdicts", new DeviceCommand.ReportVerdict(Verdict.Clear, house.Clock.GetUtcNow(), house.Clock.GetUtcNow(), Guid.NewGuid(), "", null));
        Assert.Equal(first, await Page());
    }

    [Fact]
    public async Task Its_figures_follow_from_the_attached_facts_and_a_stranger_can_check_it()
    {
        await using var house = new House();
        var scene = await Scene.In(house);
        Assert.Equal([null], await scene.Tell(scene.Saw(Verdict.Online, house.Clock.GetUtcNow())));
        using var changes = await scene.AsOwner.Listen();
        await scene.NoticeOfABlockedExit();
        while ((await scene.AsOwner.Get<Page<DutyShown>>($"/venues/{scene.Venue}/duties")).Items.Count == 0) await changes.Until("duty-list");
        var month = VenueZone.Month(house.Clock.GetUtcNow());
        house.Clock.Advance(VenueZone.At(month.AddMonths(1), new(6, 0)) - house.Clock.GetUtcNow());
        var reports = Another(house);
        await reports.MakeAll(Ct);
        var attached = FactsFile.Parse((await reports.Compose(scene.Venue, month, Words.All["ru"], Ct))!.Attached.ToJson());
        Assert.Equal((1, 1), (attached.Figures["outages.count"], attached.Figures["duties.count"]));
        Assert.Equal(attached.Figures, Figures.Again(attached)!);
        Assert.NotEqual(attached.Figures, Figures.Again(attached with { Facts = [.. attached.Facts.Where(f => f.Stream.Category != "duty")] })!);
        using var answer = await scene.AsOwner.Ask("GET", $"/venues/{scene.Venue}/reports/{month:yyyy-MM}?language=ru");
        if (answer.StatusCode == HttpStatusCode.ServiceUnavailable) Assert.Skip(await answer.Content.ReadAsStringAsync(Ct));
        var pdf = await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(Ct);
        var verification = Verifier.Check("month.pdf", pdf, new(), TestContext.Current.CancellationToken);
        Assert.True(verification.Holds, string.Join('\n', verification.Steps));
        Assert.Contains(verification.Steps, step => step is { Step: "figures", Holds: Holds.Yes });
        Assert.DoesNotContain(Scene.Feed.Main.Host, System.Text.Encoding.UTF8.GetString(Issued.Attached(pdf)[FactsFile.Name]), StringComparison.Ordinal);
    }

    [Theory, InlineData("2026-13"), InlineData("zebra"), InlineData("2020-01")]
    public async Task A_month_without_a_report_is_not_found(string month)
    {
        await using var house = new House();
        var scene = await Scene.In(house);
        using var answer = await scene.AsOwner.Ask("GET", $"/venues/{scene.Venue}/reports/{month}");
        Assert.Equal("404 report.unknown", await answer.Refusal());
    }

    /// <summary>Takes one append and dies at the next.</summary>
    sealed class DyingLog(IEventLog inner, CancellationTokenSource death) : IEventLog
    {
        int _taken;

        public IAsyncEnumerable<Recorded> Read(StreamId stream, CancellationToken ct) => inner.Read(stream, ct);

        public IAsyncEnumerable<Recorded> Follow(LogPosition after, CancellationToken ct) => inner.Follow(after, ct);

        public async Task<Appended?> Append(StreamId stream, long expectedRevision, IReadOnlyList<object> facts, Origin origin, CancellationToken ct)
        {
            if (_taken++ > 0) await death.CancelAsync();
            ct.ThrowIfCancellationRequested();
            return await inner.Append(stream, expectedRevision, facts, origin, ct);
        }
    }
}
