using Compliance.Probe.Tell;
using Microsoft.Extensions.Logging;

namespace Compliance.Probe.Schedule;

/// <summary>
/// Work that comes again for as long as the probe runs; when, stands in the <see cref="Timetable"/>. A round that breaks is a bug that is counted and
/// said, and the next one comes all the same.
/// </summary>
internal abstract class Rounds(string name, TimeProvider clock, ILogger log)
{
    protected Mishaps Mishaps { get; } = new(log);

    protected TimeProvider Clock { get; } = clock;

    public async Task GoRound(CancellationToken ct)
    {
        if (ct.IsCancellationRequested) return;
        var began = Clock.GetTimestamp();
        try
        {
            await Round(Clock.GetUtcNow(), ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The probe is being stopped.
        }
        catch (Exception e)
        {
            Mishaps.Met(e, name);
        }
        finally
        {
            ProbeMeasures.RoundTime.Record(Clock.GetElapsedTime(began).TotalSeconds, ProbeMeasures.Tag("round", GetType().Name));
        }
    }

    protected abstract Task Round(DateTimeOffset now, CancellationToken ct);
}
