using Compliance.Domain.Probes;
using Compliance.Probe.Schedule;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Compliance.Probe.Tell;

/// <summary>Carries observations to the API: oldest first, a batch at a time, again and again until they are answered.</summary>
internal sealed partial class Courier(Outbox outbox, ApiConnection api, IAssignments assignments, TimeProvider clock, Random chance, ILogger<Courier> log) : BackgroundService
{
    const int Batch = 100;

    /// <summary>Another probe has taken the venue; the other one: it is not ours at all.</summary>
    static readonly string[] NotOurs = ["probe.lease-lost", "probe.not-assigned"];
    static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    readonly Mishaps _mishaps = new(log);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var failures = 0; !stoppingToken.IsCancellationRequested;)
        {
            try
            {
                await Deliver(stoppingToken);
                if (failures > 0) Back(log, failures);
                failures = 0;
                await outbox.Wait(TimeSpan.FromSeconds(1), stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                if (e is not (ApiAway or SqliteException)) _mishaps.Met(e, "Telling");
                if (failures++ == 0) Away(log, e.Message, outbox.Spool.Depth);
                var pause = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(failures - 1, 6)) * (0.5 + (chance.NextDouble() / 2)));
                await Task.Delay(pause < LongestPause ? pause : LongestPause, clock, stoppingToken);
            }
        }
    }

    /// <summary>All verdicts that wait, then the newest measurements, which nobody misses when they are lost.</summary>
    public async Task Deliver(CancellationToken ct)
    {
        while (outbox.Spool.Oldest(Batch) is { Count: > 0 } waiting)
        {
            var answers = await Settle(waiting, ct);
            if (answers.Count == 0) throw new ApiAway("the API answered none of the observations");
            outbox.Spool.Settle(answers);
            foreach (var answer in answers) ProbeMeasures.Told.Add(1, ProbeMeasures.Tag("outcome", answer.Refused ?? "taken"));
            if (answers.Any(a => NotOurs.Contains(a.Refused))) assignments.Doubt();
            if (answers.Count(a => a.Refused is not null) is > 0 and var refused) Refused(log, refused, answers.First(a => a.Refused is not null).Refused!);
        }

        while (outbox.TakeMeasurements(Batch) is { Count: > 0 } newest)
        {
            try
            {
                await api.Observe(newest, ct);
            }
            catch (ApiRefused refused)
            {
                Refused(log, newest.Count, refused.Code);
            }
        }
    }

    /// <summary>A batch refused as a whole is sent one by one, so that the one at fault stands alone.</summary>
    async Task<IReadOnlyList<ObservationAnswer>> Settle(IReadOnlyList<Observation> batch, CancellationToken ct)
    {
        try
        {
            var answers = await api.Observe(batch, ct);
            return [.. answers.Where(a => batch.Any(o => o.Id == a.Id))];
        }
        catch (ApiRefused refused)
        {
            if (batch.Count == 1) return [new(batch[0].Id, refused.Code)];
            return await Settle([batch[0]], ct);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Nothing can be told ({Why}); {Waiting} observations wait on disk")]
    static partial void Away(ILogger log, string why, int waiting);

    [LoggerMessage(LogLevel.Information, "Told again after {Attempts} attempts")]
    static partial void Back(ILogger log, int attempts);

    [LoggerMessage(LogLevel.Warning, "The API refused {Count} observations ({Code}); they are set aside")]
    static partial void Refused(ILogger log, int count, string code);
}
