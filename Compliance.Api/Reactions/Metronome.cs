using System.Diagnostics;
using Compliance.Api.EventLog;
using Compliance.Api.Measures;

namespace Compliance.Api.Reactions;

/// <summary>A rule about time, asked again and again; asking twice changes nothing, and a missed tick is made up by the next.</summary>
sealed record Assessment(string Name, Func<CancellationToken, Task> Assess);

/// <summary>Assesses every rule about time once after the start and then on each tick. One that fails does not hold up the others.</summary>
sealed partial class Metronome(
    IEnumerable<Assessment> assessments, TimeProvider clock, IConfiguration settings, ILogger<Metronome> logger) : BackgroundService
{
    readonly Dictionary<string, Repeated> _troubles = assessments.ToDictionary(assessment => assessment.Name, _ => new Repeated(clock));

    /// <summary>The setting <c>Metronome:Tick</c>; five seconds by default.</summary>
    readonly TimeSpan _tick = settings.GetValue("Metronome:Tick", TimeSpan.FromSeconds(5));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_tick, clock);
        do
        {
            foreach (var (name, assess) in assessments)
            {
                var began = Stopwatch.GetTimestamp();
                try
                {
                    await assess(stoppingToken);
                }
                catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
                {
                    _troubles[name].Tell(times => Failed(logger, e, name, times));
                }
                finally
                {
                    ApiMeasures.AssessmentTime.Record(Stopwatch.GetElapsedTime(began).TotalSeconds, ApiMeasures.Tag("assessment", name));
                }
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(LogLevel.Error, "The assessment {Name} failed ({Times} times); the next tick tries again")]
    static partial void Failed(ILogger logger, Exception e, string name, int times);
}
