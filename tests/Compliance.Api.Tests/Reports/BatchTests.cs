using System.IO.Compression;
using Compliance.Api.Exports;
using Compliance.Api.Reports;
using Compliance.Api.Tests.Entrance;
using Compliance.Domain.Kernel;
using Compliance.Domain.Reports;
using Compliance.Domain.Venues;
using Microsoft.Extensions.DependencyInjection;

namespace Compliance.Api.Tests.Reports;

/// <summary>Audits of many venues at one go: told as they are printed, stopped and resumed, and none printed twice.</summary>
public sealed class BatchTests : IAsyncDisposable
{
    readonly House _house = new();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    BatchOrder Order => new(VenueZone.Day(_house.Clock.GetUtcNow()), VenueZone.Day(_house.Clock.GetUtcNow()), "ru", null);

    static async Task<AuditBatchRow> Until(HttpClient officer, Listener changes, Func<AuditBatchRow, bool> so)
    {
        while (true)
        {
            if ((await officer.Get<Page<AuditBatchRow>>("/batches")).Items.SingleOrDefault() is { } row && so(row)) return row;
            await changes.Until("audit-batch-list");
        }
    }

    [Fact]
    public async Task It_is_stopped_and_resumed_and_each_venue_is_printed_once()
    {
        var scenes = new[] { await Scene.In(_house), await Scene.In(_house), await Scene.In(_house) };
        var (officer, id) = (scenes[0].AsAuthority, Guid.NewGuid());
        using var changes = await officer.Listen();
        await officer.Get<Page<VenueCard>>("/venues", scenes[^1].Ready);
        await officer.Do("PUT", $"/batches/{id}", Order);
        await officer.Do("POST", $"/batches/{id}/stopped");
        await officer.Do("POST", $"/batches/{id}/resumed");
        var row = await Until(officer, changes, row => row.Stage == BatchStage.Over);
        Assert.Equal(3, row.Printed + row.LeftOut.Count);
        if (row.Printed == 0) Assert.Skip("WeasyPrint is not installed here.");
        var log = _house.Services.GetRequiredService<IEventLog>();
        var printed = await log.Read(new("auditbatch", id), Ct).Select(EventCatalog.Decode).OfType<AuditBatchEvent.Printed>().ToListAsync(Ct);
        Assert.Equal(scenes.Select(s => s.Venue).Order(), printed.Select(p => p.VenueId).Order());
        using var answer = await officer.Ask("GET", $"/batches/{id}/audits.zip");
        var bytes = new MemoryStream(await answer.Content.ReadAsByteArrayAsync(Ct));
        var verification = new FileCheck(new()).Check("batch", bytes, null, Ct);
        Assert.True(verification.Holds, string.Join('\n', verification.Steps.Select(step => step.Sentence)));
        Assert.Contains(verification.Steps, step => step.Sentence.StartsWith("3 of 3 documents hold", StringComparison.Ordinal));
        await using var zip = new ZipArchive(bytes);
        var slug = FileNames.Slug(Scene.Details.NameRu);
        Assert.Equal(printed.Select(p => $"audit-{slug}-{p.DocumentId}.pdf").Order(), zip.Entries.Select(e => e.FullName).Order());
        using var file = await zip.Entries[0].OpenAsync(Ct);
        Assert.Equal(printed.Single(p => $"audit-{slug}-{p.DocumentId}.pdf" == zip.Entries[0].FullName).Sha256, Convert.ToHexStringLower(await System.Security.Cryptography.SHA256.HashDataAsync(file, Ct)));
    }

    /// <summary>The machine went down between the file and the fact: the file that lies there is the one that counts.</summary>
    [Fact]
    public async Task What_lies_printed_is_not_printed_again_after_a_restart()
    {
        var scene = await Scene.In(_house);
        var (id, document) = (Guid.NewGuid(), Guid.NewGuid());
        var press = _house.Services.GetRequiredService<BatchPress>();
        var folder = Directory.CreateDirectory(_house.Services.GetRequiredService<DataFolder>().Folder(Path.Combine("batches", $"{id:N}"))).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, $"{scene.Venue:N}-{document:N}.pdf"), "printed before", Ct);
        await _house.Services.GetRequiredService<IEventLog>().Execute(AuditBatch.Decider, id,
            new AuditBatchCommand.Start(id, Order.From, Order.To, "kk", [scene.Venue], _house.Clock.GetUtcNow(), Order.To), new(Guid.NewGuid(), "user:test"), Ct);
        await press.Print(id, Ct);
        var printed = await _house.Services.GetRequiredService<IEventLog>().Read(new("auditbatch", id), Ct).Select(EventCatalog.Decode).OfType<AuditBatchEvent.Printed>().SingleAsync(Ct);
        Assert.Equal(document, printed.DocumentId);
        Assert.Equal("printed before", await File.ReadAllTextAsync(press.Find(id, scene.Venue)!.Value.File, Ct));
    }

    [Fact]
    public async Task A_batch_that_fails_holds_up_none_before_or_behind_it()
    {
        var scene = await Scene.In(_house);
        var (data, log) = (_house.Services.GetRequiredService<DataFolder>(), _house.Services.GetRequiredService<IEventLog>());
        var (first, good, last) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        var batches = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(data.File("x"))!, "batches")).FullName;
        foreach (var bad in (Guid[])[first, last]) await File.WriteAllTextAsync(Path.Combine(batches, $"{bad:N}"), "no folder", Ct);
        await File.WriteAllTextAsync(Path.Combine(Directory.CreateDirectory(Path.Combine(batches, $"{good:N}")).FullName, $"{scene.Venue:N}-{Guid.NewGuid():N}.pdf"), "printed before", Ct);
        CommandAnswer? started = null;
        foreach (var id in (Guid[])[first, good, last]) started = await scene.AsAuthority.Do("PUT", $"/batches/{id}", Order);
        await scene.AsAuthority.Get<Page<AuditBatchRow>>("/batches", started!);
        await _house.Services.GetRequiredService<BatchPress>().PrintAll(Ct);
        Assert.IsType<AuditBatchEvent.Printed>(EventCatalog.Decode(await log.Read(new("auditbatch", good), Ct).Skip(1).FirstAsync(Ct)));
    }

    [Fact]
    public void It_may_be_called_from_many_sides_at_once()
    {
        var press = _house.Services.GetRequiredService<BatchPress>();
        Parallel.For(0, 20_000, _ => press.Call());
    }

    [Fact]
    public async Task Only_the_authority_prints_batches()
    {
        var scene = await Scene.In(_house);
        using var refused = await scene.AsOwner.Ask("PUT", $"/batches/{Guid.NewGuid()}", Order);
        Assert.Equal(403, (int)refused.StatusCode);
        Assert.Equal("400 auditbatch.period-backward to", await (await scene.AsAuthority.Ask("PUT", $"/batches/{Guid.NewGuid()}", Order with { From = Order.To.AddDays(1) })).Refusal());
    }
}
