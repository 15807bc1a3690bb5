using System.Collections.Concurrent;
using System.Globalization;
using Compliance.Api.Reports;
using Compliance.Api.Tests.Entrance;
using Compliance.Api.Tests.Licences;
using Compliance.Domain.Access;
using Compliance.Domain.Devices;
using Compliance.Domain.Duties;
using Compliance.Domain.Inspections;
using Compliance.Domain.Kernel;
using Compliance.Domain.Licences;
using Compliance.Domain.Reports;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Venues;
using Microsoft.Extensions.DependencyInjection;

namespace Compliance.Api.Tests.Reports;

/// <summary>A house in which a month was lived through, so that a document of every kind can be taken home from it.</summary>
public sealed class Archive : IAsyncLifetime
{
    readonly ConcurrentDictionary<string, Task<string>> _printed = [];
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("archive");

    internal House House { get; } = new(("Portal:Url", "https://compliance.example.kz"));
    internal Scene Scene { get; private set; } = null!;
    internal Guid Inspection { get; } = Guid.NewGuid();
    internal Guid Officer { get; } = Guid.NewGuid();
    internal Guid Order { get; private set; }
    internal DateOnly Month { get; private set; }

    /// <summary>The doors of all documents, by what is printed behind them.</summary>
    internal IReadOnlyDictionary<string, string> Doors => new Dictionary<string, string>
    {
        ["audit"] = $"/venues/{Scene.Venue}/audit.pdf?from={Day(Month)}&to={Day(Month.AddMonths(1).AddDays(-1))}&",
        ["liability"] = $"/venues/{Scene.Venue}/liability-record?", ["month"] = $"/venues/{Scene.Venue}/reports/{Month:yyyy-MM}?", ["certificate"] = $"/venues/{Scene.Venue}/licence/certificate.pdf?",
        ["act"] = $"/inspections/{Inspection}/act.pdf?", ["prescription"] = $"/duties/{Order}/prescription?", ["outage"] = $"/outages/{Scene.Outage}/report?",
        ["ledger"] = $"/venues/{Scene.Venue}/access-ledger?from={Day(Month)}&to={Day(Month.AddMonths(1).AddDays(-1))}&",
    };

    public async ValueTask InitializeAsync()
    {
        Scene = await Scene.In(House);
        Month = VenueZone.Month(House.Clock.GetUtcNow());
        await Scene.Tell(Scene.Saw(Verdict.Online, House.Clock.GetUtcNow()));
        using var changes = await Scene.AsOwner.Listen();
        await Scene.NoticeOfABlockedExit();
        var licence = new LicenceScene(House, Scene);
        await licence.Submit();
        await licence.Rule("inspection-ordered", new LicenceCommand.OrderInspection(LicenceScene.Why));
        await licence.Rule("granted", licence.Order with { Despite = "Shown to be free meanwhile." });
        await Inspect(changes);
        await Look();
        House.Clock.Advance(TimeSpan.FromMinutes(40));
        var now = House.Clock.GetUtcNow();
        await Scene.AsOwner.Do("POST", $"/devices/{Scene.Exit}/verdicts", new DeviceCommand.ReportVerdict(Verdict.Clear, now, now, Guid.NewGuid(), "", null));
        await Scene.OpenCase();
        House.Clock.Advance(VenueZone.At(Month.AddMonths(1), new(6, 0)) - House.Clock.GetUtcNow());
        await ActivatorUtilities.CreateInstance<MonthReports>(House.Services).MakeAll(TestContext.Current.CancellationToken);
    }

    /// <summary>An officer looks at a camera for two minutes and keeps a still, as the relay would tell it.</summary>
    async Task Look()
    {
        var (log, officer, session, now) = (House.Services.GetRequiredService<IEventLog>(), Guid.NewGuid(), Guid.NewGuid(), House.Clock.GetUtcNow());
        foreach (var command in (AccessCommand[])
        [
            new AccessCommand.Open(session, Scene.Venue, "ЦОУ-2", AccessPurpose.CallTo102, "102-4711", null, false, [Scene.Camera], null, officer, [Guid.NewGuid()], now),
            new AccessCommand.NoteView(Guid.NewGuid(), Scene.Camera, now.AddSeconds(10), now.AddSeconds(130)), new AccessCommand.TakeStill(Scene.Camera, new('c', 64), officer, now.AddSeconds(60)),
        ])
            Assert.Null((await log.Execute(AccessSession.Decider, session, command, new(Guid.NewGuid(), $"user:{officer}"), TestContext.Current.CancellationToken)).Refusal);
    }

    async Task Inspect(Listener changes)
    {
        var (officer, id) = (House.As(Officer, "inspector"), Inspection);
        await officer.Do("PUT", $"/venues/{Scene.Venue}/inspections/{id}", new InspectionCommand.Schedule(
            id, Scene.Venue, InspectionKind.Unscheduled, new(2026, 6, 1), "kz-nightclub-2025-2026", "Өрт қауіпсіздігі департаменті", "№ 12 бұйрық", [Officer]));
        await officer.Do("POST", $"/inspections/{id}/registered", new InspectionCommand.RegisterCheck("26-17"));
        await officer.Do("POST", $"/inspections/{id}/started");
        await officer.Do("POST", $"/inspections/{id}/items", new InspectionCommand.RecordItem(
            "KZ.EXIT.006", Found.NotMet, [new("venue", "v", "", "exitSignsLit", new Known.Flag(false))], [], "Табло над задним выходом не горит.", NoPhoto.NotAllowed));
        foreach (var rule in (await officer.Get<InspectionSheet>($"/inspections/{id}")).Unanswered)
            await officer.Do("POST", $"/inspections/{id}/items", new InspectionCommand.RecordItem(rule, Found.NotChecked, [], [], null, null));
        foreach (var rule in (await officer.Get<InspectionSheet>($"/inspections/{id}")).WithoutPhoto)
            await officer.Do("POST", $"/inspections/{id}/items", new InspectionCommand.RecordItem(rule, null, [], [], null, NoPhoto.NothingToSee));
        await officer.Do("POST", $"/inspections/{id}/signatures");
        await Scene.AsOwner.Do("POST", $"/inspections/{id}/signatures");
        await officer.Do("POST", $"/inspections/{id}/act");
        while (Order == default)
        {
            Order = (await Scene.AsOwner.Get<Page<DutyShown>>($"/venues/{Scene.Venue}/duties")).Items.FirstOrDefault(shown => shown.Duty is { Source: DutySource.OfFinding, Matter.RuleId: "KZ.EXIT.006" })?.Duty.DutyId ?? default;
            if (Order == default) await changes.Until("duty-list");
        }
    }

    internal async Task<byte[]> Take(string kind, string language, string form = "pdf")
    {
        using var answer = await Scene.AsOwner.Ask("GET", $"{Doors[kind]}language={language}&as={form}");
        var bytes = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        if ((int)answer.StatusCode == 503) Assert.Skip(System.Text.Encoding.UTF8.GetString(bytes));
        Assert.True(answer.IsSuccessStatusCode, $"{kind}: {System.Text.Encoding.UTF8.GetString(bytes)}");
        return bytes;
    }

    /// <summary>Where the printed document lies.</summary>
    internal Task<string> Printed(string kind, string language, string form = "pdf") => _printed.GetOrAdd($"{kind}-{language}-{form}", async name =>
    {
        var file = Path.Combine(_folder.FullName, $"{name}.pdf");
        await File.WriteAllBytesAsync(file, await Take(kind, language, form));
        if (Environment.GetEnvironmentVariable("KEEP_REPORTS") is { } kept) File.Copy(file, Path.Combine(kept, $"{name}.pdf"), true);
        return file;
    });

    public async ValueTask DisposeAsync()
    {
        await House.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
