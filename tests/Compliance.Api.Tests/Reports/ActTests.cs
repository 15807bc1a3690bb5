using System.Text.Json;
using Compliance.Api.Evidence;
using Compliance.Api.Reports;
using Compliance.Api.Tests.Entrance;
using Compliance.Domain.Devices;
using Compliance.Domain.Evidence;
using Compliance.Domain.Inspections;
using Compliance.Domain.Kernel;
using Compliance.Domain.Rulebooks;
using Microsoft.Extensions.DependencyInjection;

namespace Compliance.Api.Tests.Reports;

/// <summary>The act of an inspection on paper: what article 152 asks for, in three languages, with the facts attached.</summary>
public sealed class ActTests(SharedHouse shared) : IClassFixture<SharedHouse>
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>An inspection that found a recorder open and a camera too slow, refused by the venue.</summary>
    async Task<(Guid Id, HttpClient Officer, Scene Scene)> Issued(bool issue = true)
    {
        var scene = await Scene.In(shared.House);
        var (officer, id) = (Guid.NewGuid(), Guid.NewGuid());
        var client = shared.House.As(officer, "inspector");
        var now = shared.House.Clock.GetUtcNow();
        Assert.Equal([null], await scene.Tell(scene.Saw(Verdict.Online, now) with { Measured = new("H264", 1280, 720, 12, 900, 2, 40) }));
        await client.Do("PUT", $"/venues/{scene.Venue}/inspections/{id}", new InspectionCommand.Schedule(
            id, scene.Venue, InspectionKind.Unscheduled, new(2026, 6, 1), "kz-nightclub-2025-2026", "Өрт қауіпсіздігі департаменті", "№ 12 бұйрық", [officer]));
        await client.Do("POST", $"/inspections/{id}/registered", new InspectionCommand.RegisterCheck("26-17"));
        await client.Do("POST", $"/inspections/{id}/started");
        await client.Do("POST", $"/inspections/{id}/items", new InspectionCommand.RecordItem("KZ.CAM.017", Found.NotMet,
            [new("venue", "v", "", "recorderLocked", new Known.Flag(false))], [], "Регистратор открыт за баром.", NoPhoto.NotAllowed));
        foreach (var rule in (await client.Get<InspectionSheet>($"/inspections/{id}")).Unanswered)
            await client.Do("POST", $"/inspections/{id}/items", new InspectionCommand.RecordItem(rule, Found.NotChecked, [], [], null, null));
        foreach (var rule in (await client.Get<InspectionSheet>($"/inspections/{id}")).WithoutPhoto)
            await client.Do("POST", $"/inspections/{id}/items", new InspectionCommand.RecordItem(rule, null, [], [], null, NoPhoto.NothingToSee));
        await client.Do("POST", $"/inspections/{id}/signatures");
        await client.Do("POST", $"/inspections/{id}/signature-refused", new Unsigned(WhyUnsigned.Disagrees));
        if (issue) await client.Do("POST", $"/inspections/{id}/act");
        return (id, client, scene);
    }

    /// <summary>Signed days ago and not issued in time: whoever signs again signs what is known today, and the act reads back the same.</summary>
    [Fact]
    public async Task What_is_signed_anew_after_its_days_knows_what_was_learned_since()
    {
        var (id, officer, scene) = await Issued(issue: false);
        shared.House.Clock.Advance(TimeSpan.FromDays(SignedContent.DaysToIssue + 2));
        var day = shared.House.Clock.GetUtcNow();
        var exit = Guid.NewGuid();
        await scene.AsOwner.Do("PUT", $"/devices/{exit}", new DeviceCommand.Register(exit, scene.Venue, new ExitSpec("Артқы есік", "Чёрный ход", 1_400, 2_100, OpeningDirection.Outward, LockType.PanicBar)));

        await officer.Do("POST", $"/inspections/{id}/signatures");
        await officer.Do("POST", $"/inspections/{id}/signature-refused", new Unsigned(WhyUnsigned.Disagrees));
        var sheet = await officer.Get<InspectionSheet>($"/inspections/{id}");
        Assert.True(sheet.ContentHolds);
        Assert.True(sheet.Content!.MeasuredAt >= day);
        Assert.Contains(sheet.List!.Items.SelectMany(i => i.Rule.Grounds), ground => ground.ThingId == $"{exit}");

        await officer.Do("POST", $"/inspections/{id}/act");
        Assert.True((await shared.House.Services.GetRequiredService<Acts>().Compose(id, Words.All["en"], Ct))!.Inspection.ContentHolds);
    }

    async Task<(ActSheet Act, string Html)> Page(string language)
    {
        var (id, _, _) = await Issued();
        var act = (await shared.House.Services.GetRequiredService<Acts>().Compose(id, Words.All[language], Ct))!;
        return (act, System.Net.WebUtility.HtmlDecode(await PrintedAudit.Page(act)));
    }

    [Theory]
    [InlineData("kk", "Қол қоюдан бас тартты", "өлшенген")]
    [InlineData("ru", "отказ от подписи (не согласен)", "измерено")]
    [InlineData("en", "refused to sign (disagrees)", "measured")]
    public async Task It_says_who_checked_what_why_and_until_when(string language, string refused, string measured)
    {
        var (act, html) = await Page(language);
        foreach (var said in (string[])["26-17", "Өрт қауіпсіздігі департаменті", "№ 12 бұйрық", Scene.Details.Address, act.List.Hash, "Регистратор открыт за баром."])
            Assert.Contains(said, html, StringComparison.Ordinal);
        Assert.Contains(refused, html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(measured, html, StringComparison.OrdinalIgnoreCase);
        Assert.All(act.Findings, finding => Assert.Contains(Words.All[language].Day(finding.Due), html, StringComparison.Ordinal));
        Assert.DoesNotContain(Scene.Feed.Main.Host, html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_law_that_was_read_is_called_a_violation()
    {
        var (act, html) = await Page("en");
        var violations = act.Findings.Count(f => f.Wording == Wording.Violation);
        Assert.Equal(violations, html.Split("<b>Violation</b>").Length - 1);
        Assert.Equal(Wording.Recommended, act.Findings.Single(f => f.RuleId == "KZ.CAM.006").Wording);
    }

    [Fact]
    public async Task Its_facts_are_attached_and_no_camera_address_is_among_them()
    {
        var (act, _) = await Page("kk");
        using var json = JsonDocument.Parse(act.Attached.ToJson());
        var facts = json.RootElement.GetProperty("facts").EnumerateArray().ToArray();
        Assert.Contains(facts, f => f.GetProperty("name").GetString() == "inspection.act-issued.v1");
        Assert.Contains(facts, f => f.GetProperty("name").GetString() == "device.verdict-changed.v2");
        Assert.DoesNotContain(Scene.Feed.Main.Host, json.RootElement.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_counts_follow_from_the_attached_facts()
    {
        var (act, html) = await Page("en");
        var attached = FactsFile.Parse(act.Attached.ToJson());
        Assert.Equal(act.List.Items.Count(), attached.Figures["items.count"]);
        Assert.Equal(act.Findings.Count, attached.Figures["findings.count"]);
        Assert.Equal(attached.Figures["items.count"], Enum.GetNames<InspectionAct.ItemCount>().Sum(count => attached.Figures[$"items.{count.ToLowerInvariant()}"]));
        Assert.Equal(act.Findings.Count, attached.Figures["items.failed"]);
        Assert.Contains(Words.All["en"]["Act_Count_Measured"], html, StringComparison.Ordinal);
        Assert.Equal(attached.Figures, Figures.Again(attached)!);
        var without = attached with { Facts = [.. attached.Facts.Where(f => !f.Name.StartsWith("inspection.item-recorded", StringComparison.Ordinal))] };
        Assert.NotEqual(attached.Figures, Figures.Again(without)!);
    }

    [Fact]
    public async Task It_says_the_same_each_time_and_proves_itself()
    {
        var (id, officer, _) = await Issued();
        using var printed = await officer.Ask("GET", $"/inspections/{id}/act.pdf?language=ru");
        if (printed.StatusCode == System.Net.HttpStatusCode.ServiceUnavailable) Assert.Skip("WeasyPrint is not installed here.");
        var bytes = await printed.Content.ReadAsByteArrayAsync(Ct);
        Assert.Equal("%PDF"u8, bytes.AsSpan(0, 4));
        if (Environment.GetEnvironmentVariable("KEEP_REPORTS") is { } kept) await File.WriteAllBytesAsync(Path.Combine(kept, "act-ru.pdf"), bytes, Ct);
        using var again = await officer.Ask("GET", $"/inspections/{id}/act.pdf?language=ru");
        Assert.Equal(Said(bytes), Said(await again.Content.ReadAsByteArrayAsync(Ct)));
        var verification = Verifier.Check("act.pdf", bytes, new(), TestContext.Current.CancellationToken);
        Assert.True(verification.Holds, string.Join('\n', verification.Steps));
        Assert.Contains(verification.Steps, step => step is { Step: "figures", Holds: Holds.Yes });

        static byte[] Said(byte[] pdf) => (FactsFile.Parse(Evidence.Issued.Attached(pdf)[FactsFile.Name]) with { Proof = null }).ToJson();
    }

    [Fact]
    public async Task Before_it_is_issued_there_is_none()
    {
        var (id, officer, _) = await Issued(issue: false);
        Assert.Equal("409 inspection.no-act", await (await officer.Ask("GET", $"/inspections/{id}/act.pdf")).Refusal());
        Assert.Equal("400 report.language-unknown language", await (await officer.Ask("GET", $"/inspections/{id}/act.pdf?language=de")).Refusal());
    }
}
