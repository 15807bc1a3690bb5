using System.Security.Cryptography;
using Compliance.Api.EventLog;
using Compliance.Api.Views;
using Compliance.Domain.Evidence;
using Compliance.Domain.Kernel;
using Compliance.Domain.Reports;

namespace Compliance.Api.Reports;

/// <summary>
/// Prints the batches that run, one audit after another. A file is written whole before the fact that says so; after a restart it goes on
/// with what no fact speaks of, and a file that lies there already is not printed again.
/// </summary>
sealed partial class BatchPress(
    IEventLog log, IViewStore views, ViewProgress progress, Audits audits, Papers papers, DataFolder data, TimeProvider clock, ILogger<BatchPress> logger) : BackgroundService
{
    const string Actor = "reaction:print-batch";

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    readonly SemaphoreSlim _called = new(0, 1);
    readonly Lock _calling = new();
    readonly Repeated _trouble = new(clock);

    /// <summary>A batch was started or goes on.</summary>
    public void Call()
    {
        lock (_calling)
            if (_called.CurrentCount == 0) _called.Release();
    }

    /// <summary>The audit of a venue as it was printed, with its id; null where it is not there.</summary>
    public (string File, Guid DocumentId)? Find(Guid batch, Guid venue) =>
        Directory.EnumerateFiles(FolderOf(batch), $"{venue:N}-*.pdf").FirstOrDefault() is { } file && Guid.TryParseExact(Path.GetFileNameWithoutExtension(file)[33..], "N", out var document) ? (file, document) : null;

    string FolderOf(Guid batch) => data.Folder(Path.Combine("batches", $"{batch:N}"));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Tried(async () =>
            {
                if (await progress.WaitUntilCaughtUp(Patience, stoppingToken)) await PrintAll(stoppingToken);
            }, stoppingToken);
            await _called.WaitAsync(Patience, stoppingToken);
        }
    }

    /// <summary>One that fails holds up none behind it.</summary>
    public async Task PrintAll(CancellationToken ct)
    {
        foreach (var row in (await views.All(AuditBatchRow.View, null, ct)).Where(row => row.Stage == BatchStage.Running)) await Tried(() => Print(row.BatchId, ct), ct);
    }

    async Task Tried(Func<Task> work, CancellationToken ct)
    {
        try
        {
            await work();
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            _trouble.Tell(times => Failed(logger, e, times));
        }
    }

    /// <summary>Until it is over or somebody stops it: that is asked before each venue.</summary>
    public async Task Print(Guid batch, CancellationToken ct)
    {
        while ((await log.Load(AuditBatch.Decider, new("auditbatch", batch), ct)).State is AuditBatch.Begun { IsStopped: false, Card: var card, Left: [var venue, ..] })
        {
            var said = await Print(card, venue, ct);
            await log.Execute(AuditBatch.Decider, batch, said, new(EventIds.From(batch, $"printed/{venue:N}"), Actor), ct);
        }
    }

    async Task<AuditBatchCommand> Print(AuditBatchEvent.Started card, Guid venue, CancellationToken ct)
    {
        if (Find(card.BatchId, venue) is null)
        {
            if (await audits.Compose(venue, Period.Days(card.From, card.To), Words.All[card.Language], _ => true, ct) is not { } audit) return new AuditBatchCommand.LeaveOut(venue, "report.before-registration");
            try
            {
                var file = Path.Combine(FolderOf(card.BatchId), $"{venue:N}-{audit.DocumentId:N}.pdf");
                await File.WriteAllBytesAsync(file + ".part", await papers.Print(audit, ct), ct);
                File.Move(file + ".part", file, overwrite: true);
            }
            catch (PrinterOutOfOrder broken) when (broken.Code is "report.printer-failed" or "report.printer-slow")
            {
                return new AuditBatchCommand.LeaveOut(venue, broken.Code);
            }
        }

        var (path, document) = Find(card.BatchId, venue)!.Value;
        await using var printed = File.OpenRead(path);
        return new AuditBatchCommand.NotePrinted(venue, document, Convert.ToHexStringLower(await SHA256.HashDataAsync(printed, ct)));
    }

    public override void Dispose()
    {
        _called.Dispose();
        base.Dispose();
    }

    [LoggerMessage(LogLevel.Error, "A batch of audits could not be printed ({Times} times); it goes on by itself")]
    static partial void Failed(ILogger logger, Exception e, int times);
}
