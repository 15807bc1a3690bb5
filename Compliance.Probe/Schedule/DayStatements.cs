using Compliance.Domain.Venues;
using Compliance.Probe.Tell;
using Microsoft.Extensions.Logging;

namespace Compliance.Probe.Schedule;

/// <summary>Tells the API what each day of this box was, when it is over. It compares what is over with what was told, so a round too many tells nothing.</summary>
internal sealed class DayStatements(DayBook days, ApiConnection api, ProbeOptions options, TimeProvider clock, ILogger<DayStatements> log) : Rounds("Stating the day", clock, log)
{
    protected override Task Round(DateTimeOffset now, CancellationToken ct) => Tell(ct);

    internal async Task Tell(CancellationToken ct)
    {
        foreach (var over in days.Before(VenueZone.Day(Clock.GetUtcNow())))
        {
            try
            {
                await api.State(over with { ProbeId = options.ProbeId }, ct);
            }
            catch (ApiAway)
            {
                return;
            }
            catch (ApiRefused)
            {
                // It will never take it.
            }

            days.Forget(over.Day);
        }
    }
}
