using Compliance.Probe.Tell;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Compliance.Probe.Schedule;

/// <summary>
/// Work that comes again after so many seconds, for as long as the probe runs. A round that breaks is a bug that is counted and said, and the next
/// one comes all the same; a round that takes longer than its time leaves out the ones it missed.
/// </summary>
internal abstract class Rounds(string name, TimeSpan every, TimeProvider clock, ILogger log) : BackgroundService
{
    protected Mishaps Mishaps { get; } = new(log);

    protected TimeProvider Clock { get; } = clock;

    /// <summary>There is something to go round for.</summary>
    protected virtual bool IsOn => true;

    /// <summary>The first round comes with the start and not after the first wait.</summary>
    protected virtual bool BeginsAtOnce => false;

    protected abstract Task Round(DateTimeOffset now, CancellationToken ct);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!IsOn) return;
        using var timer = new PeriodicTimer(every, Clock);
        if (BeginsAtOnce) await Try(stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await Try(stoppingToken);
    }

    async Task Try(CancellationToken ct)
    {
        var began = Clock.GetTimestamp();
        try
        {
            await Round(Clock.GetUtcNow(), ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            Mishaps.Met(e, name);
        }
        finally
        {
            ProbeMeasures.RoundTime.Record(Clock.GetElapsedTime(began).TotalSeconds, ProbeMeasures.Tag("round", GetType().Name));
        }
    }
}
