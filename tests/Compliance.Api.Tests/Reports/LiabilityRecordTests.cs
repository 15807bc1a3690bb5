using Compliance.Api.Reports;
using Compliance.Api.Tests.Entrance;
using Compliance.Domain.Duties;
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

    static bool IsOrder(DutyShown shown) => shown.Duty is { Source: DutySource.OfFinding, Matter.RuleId: "KZ.EXIT.006" };
}
