using Compliance.Api.EventLog;
using Compliance.Api.Evidence;
using Compliance.Api.Reports;
using Compliance.Api.Tests.Entrance;
using Compliance.Api.Tests.Evidence;
using Compliance.Domain.Cases;
using Compliance.Domain.Duties;
using Compliance.Domain.Evidence;
using Compliance.Domain.Inspections;
using Compliance.Domain.Kernel;
using Compliance.Domain.Rulebooks;
using Microsoft.Extensions.DependencyInjection;

namespace Compliance.Api.Tests.Reports;

/// <summary>The liability record of a venue whose act made an order: each fact stands in it once.</summary>
public sealed class LiabilityRecordTests(SharedHouse shared) : IClassFixture<SharedHouse>
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_order_of_an_act_is_told_once()
    {
        var (scene, id, who) = (await Scene.In(shared.House), Guid.NewGuid(), Guid.NewGuid());
        var officer = shared.House.As(who, "inspector");
        await officer.Do("PUT", $"/venues/{scene.Venue}/inspections/{id}", new InspectionCommand.Schedule(
            id, scene.Venue, InspectionKind.Unscheduled, new(2026, 6, 1), "kz-nightclub-2025-2026", "Fire department", "Order 12", [who]));
        await officer.Do("POST", $"/inspections/{id}/registered", new InspectionCommand.RegisterCheck("26-17"));
        await officer.Do("POST", $"/inspections/{id}/started");
        await officer.Do("POST", $"/inspections/{id}/items", new InspectionCommand.RecordItem(
            "KZ.EXIT.006", Found.NotMet, [new("venue", "v", "", "exitSignsLit", new Known.Flag(false))], [], "The sign above the back door is dark.", NoPhoto.NotAllowed));
        foreach (var rule in (await officer.Get<InspectionSheet>($"/inspections/{id}")).Unanswered)
            await officer.Do("POST", $"/inspections/{id}/items", new InspectionCommand.RecordItem(rule, Found.NotChecked, [], [], null, null));
        foreach (var rule in (await officer.Get<InspectionSheet>($"/inspections/{id}")).WithoutPhoto)
            await officer.Do("POST", $"/inspections/{id}/items", new InspectionCommand.RecordItem(rule, null, [], [], null, NoPhoto.NothingToSee));
        await officer.Do("POST", $"/inspections/{id}/signatures");
        await scene.AsOwner.Do("POST", $"/inspections/{id}/signatures");
        using var changes = await scene.AsOwner.Listen();
        await officer.Do("POST", $"/inspections/{id}/act");
        while (!(await scene.AsOwner.Get<Page<DutyShown>>($"/venues/{scene.Venue}/duties")).Items.Any(IsOrder)) await changes.Until("duty-list");

        var sheet = (await shared.House.Services.GetRequiredService<LiabilityRecords>().Compose(scene.Venue, Words.All["en"], Ct))!;
        Assert.Equal(sheet.Record.Facts.Count, sheet.Record.Facts.Select(fact => fact.EventId).Distinct().Count());
        Assert.Single(sheet.Record.Duties, duty => duty.Source is DutySource.OfFinding && duty.Matter.RuleId == "KZ.EXIT.006");
        var html = await shared.House.Services.GetRequiredService<PageHtml>().Render<LiabilityPage>(nameof(LiabilityPage.Sheet), sheet);
        Assert.Contains("KZ.EXIT.006", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_of_our_own_is_called_so_once()
    {
        var scene = await Scene.In(shared.House);
        using var changes = await scene.AsOwner.Listen();
        await scene.NoticeOfABlockedExit();
        while ((await scene.AsOwner.Get<Page<DutyShown>>($"/venues/{scene.Venue}/duties")).Items.Count == 0) await changes.Until("duty-list");
        var sheet = (await shared.House.Services.GetRequiredService<LiabilityRecords>().Compose(scene.Venue, Words.All["en"], Ct))!;
        var html = System.Net.WebUtility.HtmlDecode(await shared.House.Services.GetRequiredService<PageHtml>().Render<LiabilityPage>(nameof(LiabilityPage.Sheet), sheet));
        Assert.Contains("stands on: this project's own number.", html, StringComparison.Ordinal);
        Assert.DoesNotContain("own number (this", html, StringComparison.Ordinal);
    }

    /// <summary>Its minutes run on while nothing happens: two papers that say different things are two documents.</summary>
    [Fact]
    public async Task Told_later_it_is_another_document()
    {
        var scene = await Scene.In(shared.House);
        var records = shared.House.Services.GetRequiredService<LiabilityRecords>();
        var earlier = (await records.Compose(scene.Venue, Words.All["en"], Ct))!;
        shared.House.Clock.Advance(TimeSpan.FromMinutes(10));
        var later = (await records.Compose(scene.Venue, Words.All["en"], Ct))!;
        Assert.NotEqual(earlier.Attached.Figures, later.Attached.Figures);
        Assert.NotEqual(earlier.DocumentId, later.DocumentId);
    }

    /// <summary>What it tells follows from rows, and a view may be behind what was written.</summary>
    [Fact]
    public async Task No_paper_is_begun_before_the_views_show_what_was_written()
    {
        var (scene, services, begun) = (await Scene.In(shared.House), shared.House.Services, false);
        var written = services.GetRequiredService<Written>();
        written.Reached(written.Position with { Commit = written.Position.Commit + 1, Prepare = written.Position.Commit + 1 }); // of what is only now on its way to the views
        var answer = services.GetRequiredService<Papers>().Answer(
            new("en", "html"), async words =>
            {
                begun = true;
                return await services.GetRequiredService<LiabilityRecords>().Compose(scene.Venue, words, Ct);
            }, _ => new("none", "None."), Ct);
        Assert.False(begun);
        await scene.OpenCase();
        await answer;
        Assert.True(begun);
    }

    [Fact]
    public async Task The_printed_record_of_an_outage_its_duty_and_its_case_is_verified_without_the_server()
    {
        var scene = await Scene.In(shared.House);
        using var changes = await scene.AsOwner.Listen();
        await scene.NoticeOfABlockedExit();
        while ((await scene.AsOwner.Get<Page<DutyShown>>($"/venues/{scene.Venue}/duties")).Items.Count == 0) await changes.Until("duty-list");
        await scene.OpenCase();
        while ((await scene.AsOwner.Get<Page<CaseRow>>("/cases")).Items.Count == 0) await changes.Until("case-list");
        using var answer = await scene.AsOwner.Ask("GET", $"/venues/{scene.Venue}/liability-record?language=en");
        if ((int)answer.StatusCode == 503) Assert.Skip(await answer.Content.ReadAsStringAsync(Ct));
        var pdf = await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(Ct);
        if (Environment.GetEnvironmentVariable("KEEP_REPORTS") is { } kept) await File.WriteAllBytesAsync(Path.Combine(kept, "liability-issued.pdf"), pdf, Ct);
        var verification = Verifier.Check("x.pdf", pdf, new(), TestContext.Current.CancellationToken);
        Assert.True(verification.Holds, string.Join('\n', verification.Steps));
        Assert.Contains(verification.Steps, step => step is { Step: "proof", Holds: Holds.Yes });
        Assert.Contains(verification.Steps, step => step is { Step: "figures", Holds: Holds.Yes });
        var figures = FactsFile.Parse(Issued.Attached(pdf)[FactsFile.Name]).Figures;
        Assert.Equal((1, 1, 1), (figures["outages.count"], figures["duties.count"], figures["cases.count"]));
        Assert.Contains($"duty.{scene.Duty}.due", figures.Keys);
    }

    static bool IsOrder(DutyShown shown) => shown.Duty is { Source: DutySource.OfFinding, Matter.RuleId: "KZ.EXIT.006" };
}
