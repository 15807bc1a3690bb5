using Compliance.Api.EventLog;
using Compliance.Domain.Footage;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Api.Footage;

/// <summary>
/// Makes the copies that officers asked for, one after the other in the order they were asked for. What a stop of the API breaks off is begun anew after it.
/// </summary>
sealed partial class CopyPress(MarkedCopies copies, FootageStore store, Watermark watermark, FootageRules rules, IEventLog log, TimeProvider clock, ILogger<CopyPress> logger) : BackgroundService
{
    /// <summary>After what nobody foresaw: a disk that fails is not asked again at once.</summary>
    static readonly TimeSpan Rest = TimeSpan.FromSeconds(15);

    readonly Repeated _trouble = new(clock);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Make(await copies.Next(stoppingToken), stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                _trouble.Tell(times => Failed(logger, e, times));
                await Task.Delay(Rest, clock, stoppingToken);
            }
        }
    }

    async Task Make(MarkedCopy copy, CancellationToken ct)
    {
        using var stop = copies.Take(copy, ct);
        if (stop is null) return;
        var booked = copy.Bytes;
        try
        {
            if ((await log.Load(FootageRequest.Decider, new(FootageRequest.Decider.Category, copy.RequestId), ct)).State is not FootageRequest.Known known || known.File(copy.FileId) is not { } file || store.Find(copy.FileId) is not { } stored)
            {
                copies.Drop(copy); // the file's time is over
                return;
            }

            // Since it was asked for the disk may have filled: the file in the clear, the copy, and the copy once more while it is sealed.
            if (!store.LeavesRoom(3 * stored.Bytes))
            {
                copies.Fail(copy, CopyFailure.NoRoom);
                return;
            }

            string[] lines = [$"{known.Card.CaseNumber} · {known.Card.Unit}", $"{copy.By} · {VenueZone.Local(copy.AskedAt):yyyy-MM-dd HH:mm zzz}", $"SHA-256 {file.Sha256}"];
            var (made, why) = await watermark.Make(stored, copy.CopyId, lines, GoesOn, stop.Token);
            if (why is { } no) copies.Fail(copy, no);
            if (made is null || copies.Ready(copy, made)) return;
            store.Erase(copy.CopyId);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            store.Erase(copy.CopyId); // somebody stopped it, perhaps while it was sealed
        }
        finally
        {
            copies.Leave(copy, asIfNeverBegun: ct.IsCancellationRequested);
        }

        CopyFailure? GoesOn(double? share, long bytes)
        {
            copies.Tell(copy, share);
            if (bytes > 2 * rules.Largest) return CopyFailure.TooLarge;
            if (!store.LeavesRoom(bytes) || (bytes > booked && !copies.Grow(copy, booked, bytes))) return CopyFailure.NoRoom; // it is sealed beside itself
            booked = Math.Max(booked, bytes);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Error, "A copy of a recording could not be made ({Times} times); it is tried again")]
    static partial void Failed(ILogger logger, Exception e, int times);
}
