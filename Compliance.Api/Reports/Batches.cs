using System.IO.Compression;
using Compliance.Api.Entrance;
using Compliance.Api.Views;
using Compliance.Domain.Kernel;
using Compliance.Domain.Reports;
using Compliance.Domain.Venues;

namespace Compliance.Api.Reports;

/// <summary>The doors of batches: start one, see how far it is, stop it, let it go on, take home what is printed.</summary>
static class Batches
{
    public static async Task<Answer> Start(Guid batchId, BatchOrder body, Knock knock, IViewStore views, BatchPress press, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        Guid[] venues = [.. (await views.All(VenueCard.View, null, knock.Ct)).Where(venue => body.District is null || venue.Details.District == body.District).Select(venue => venue.VenueId)];
        return await Called(press, knock.Send(AuditBatch.Decider, batchId, new AuditBatchCommand.Start(batchId, body.From, body.To, body.Language, venues, now, VenueZone.Day(now))));
    }

    public static Task<Answer> Stop(Guid batchId, Knock knock) => knock.Send(AuditBatch.Decider, batchId, new AuditBatchCommand.Stop());

    public static Task<Answer> Resume(Guid batchId, Knock knock, BatchPress press) => Called(press, knock.Send(AuditBatch.Decider, batchId, new AuditBatchCommand.Resume()));

    public static Task<Page<AuditBatchRow>> List([AsParameters] Paging paging, IViewStore views, CancellationToken ct) => views.List(AuditBatchRow.View, null, paging.Size, paging.After, ct);

    /// <summary>What is printed so far, as one ZIP that lies on the disk while it is read and no longer.</summary>
    public static async Task<IResult> Take(Guid batchId, IEventLog log, IViewStore views, BatchPress press, CancellationToken ct)
    {
        var printed = await log.Read(new("auditbatch", batchId), ct).Select(EventCatalog.Decode).OfType<AuditBatchEvent.Printed>().ToListAsync(ct);
        if (printed.Count == 0) return Problems.Of(new Refusal("auditbatch.nothing-printed", "Nothing of this batch is printed yet."));
        var file = new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.Asynchronous | FileOptions.DeleteOnClose);
        await using (var zip = await ZipArchive.CreateAsync(file, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, ct))
        {
            foreach (var one in printed)
                if (press.Find(batchId, one.VenueId) is var (path, document))
                    await zip.CreateEntryFromFileAsync(path, $"audit-{await Slug(one.VenueId)}-{document}.pdf", CompressionLevel.NoCompression, ct);
        }

        file.Position = 0;
        return Results.Stream(file, "application/zip", $"audits-{batchId:N}.zip");

        async Task<string> Slug(Guid venue) => await views.Find(VenueCard.View, venue, ct) is { Details.NameRu: var name } && FileNames.Slug(name) is { Length: > 0 } slug ? slug : $"{venue:N}";
    }

    static async Task<Answer> Called(BatchPress press, Task<Answer> sent)
    {
        var answer = await sent;
        press.Call();
        return answer;
    }
}
