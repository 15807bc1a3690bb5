using Compliance.Api.EventLog;

namespace Compliance.Api.Views;

/// <summary>Keeps the views up with the log for as long as the API runs, and tells who waits for them. After a trouble it goes on from what is stored.</summary>
sealed partial class Projector(
    Projection projection, ViewProgress progress, ViewChanges changes, TimeProvider clock, ILogger<Projector> logger) : BackgroundService
{
    readonly Repeated _trouble = new(clock);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var begun = false; !stoppingToken.IsCancellationRequested;)
        {
            try
            {
                await foreach (var step in projection.Run(stoppingToken))
                {
                    if (!begun) changes.Begin(step.Position);
                    begun = true;
                    changes.Publish(step.Position, step.Changes);
                    progress.Reached(step.Position, step.AtEnd, step.RecordedAt);
                }
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                progress.Stumbled();
                _trouble.Tell(times => Failed(logger, e, times));
                await Task.Delay(TimeSpan.FromSeconds(1), clock, stoppingToken);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "The views stand still ({Times} times); trying again from what is stored")]
    static partial void Failed(ILogger logger, Exception e, int times);
}
