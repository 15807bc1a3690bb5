using Compliance.Domain.Alerts;
using Compliance.Domain.Probes;
using Compliance.Probe.Schedule;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Compliance.Probe.Tell;

/// <summary>Carries alerts to the API at once, and after each its clip; again and again until they are answered. It waits for no verdict, and no verdict for it.</summary>
internal sealed partial class AlertCourier(AlertSpool spool, ApiConnection api, IAssignments assignments, TimeProvider clock, Random chance, ILogger<AlertCourier> log) : BackgroundService
{
    const int Batch = 20;
    static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);
    readonly Mishaps _mishaps = new(log);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var failures = 0; !stoppingToken.IsCancellationRequested;)
        {
            try
            {
                await Deliver(stoppingToken);
                failures = 0;
                await spool.Wait(TimeSpan.FromSeconds(5), stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                if (e is not (ApiAway or SqliteException or IOException)) _mishaps.Met(e, "Telling alerts");
                if (e is ApiAway { IsRevoked: true }) spool.DropAllClips();
                if (failures++ == 0) Away(log, e.Message);
                var pause = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(failures - 1, 5)) * (0.5 + (chance.NextDouble() / 2)));
                await Task.Delay(pause < LongestPause ? pause : LongestPause, clock, stoppingToken);
            }
        }
    }

    /// <summary>All alerts that wait, then the clips of those that were taken, one between two looks at the alerts.</summary>
    public async Task Deliver(CancellationToken ct)
    {
        spool.DropOldClips();
        do
        {
            while (spool.Waiting(Batch) is { Count: > 0 } waiting)
            {
                var answers = await Tell(waiting, ct);
                if (answers.Count == 0) throw new ApiAway("the API answered none of the alerts");
                foreach (var told in waiting)
                {
                    if (answers.FirstOrDefault(answer => answer.Id == told.AlertId) is not { } answer) continue;
                    spool.Settle(told, answer.Refused);
                    if (answer.Refused is not { } code) continue;
                    Refused(log, told.AlertId, code);
                    if (code.StartsWith("probe.", StringComparison.Ordinal)) assignments.Doubt();
                }
            }
        }
        while (await SendClip(ct));
    }

    /// <summary>A batch refused as a whole is sent one by one, so that the one at fault stands alone.</summary>
    async Task<IReadOnlyList<ObservationAnswer>> Tell(IReadOnlyList<AlertTold> batch, CancellationToken ct)
    {
        try
        {
            return await api.TellAlerts(batch, ct);
        }
        catch (ApiRefused refused)
        {
            return batch.Count == 1 ? [new(batch[0].AlertId, refused.Said ?? refused.Code)] : await Tell([batch[0]], ct);
        }
    }

    /// <summary>One that cannot be sent lets the others go before it, or it would hold them up for ever.</summary>
    async Task<bool> SendClip(CancellationToken ct)
    {
        if (spool.NextClip() is not var (id, isBlurred, mp4)) return false;
        try
        {
            await api.KeepClip(id, isBlurred, mp4, ct);
        }
        catch (ApiRefused refused)
        {
            Refused(log, id, refused.Code);
        }
        catch (ApiAway away) when (away.Status == System.Net.HttpStatusCode.NotFound)
        {
            Refused(log, id, "http.404"); // it knows nothing of that alert any more: its clip holds no other up
        }
        catch (ApiAway)
        {
            spool.SendLater(id, isBlurred);
            throw;
        }

        spool.DropClip(id, isBlurred);
        return true;
    }

    [LoggerMessage(LogLevel.Warning, "No alert can be told: {Why}")]
    static partial void Away(ILogger log, string why);

    [LoggerMessage(LogLevel.Warning, "The API refused alert {AlertId} or its clip ({Code})")]
    static partial void Refused(ILogger log, Guid alertId, string code);
}
