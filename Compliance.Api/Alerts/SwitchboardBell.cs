using Compliance.Api.EventLog;
using Compliance.Api.Views;
using Compliance.Domain.Alerts;

namespace Compliance.Api.Alerts;

/// <summary>Rings the switchboard as soon as an alert waits: nobody waits for the next tick of the metronome, which takes up what this one misses.</summary>
sealed partial class SwitchboardBell(Switchboard switchboard, ViewChanges changes, TimeProvider clock, ILogger<SwitchboardBell> logger) : BackgroundService
{
    readonly Repeated _trouble = new(clock);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var change in changes.Since(null, stoppingToken))
        {
            if (change.View != WaitingAlert.View.Name) continue;
            try
            {
                await switchboard.PlaceAll(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                _trouble.Tell(times => Failed(logger, e, times));
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "An alert could not be placed ({Times} times); the next tick tries again")]
    static partial void Failed(ILogger logger, Exception e, int times);
}
