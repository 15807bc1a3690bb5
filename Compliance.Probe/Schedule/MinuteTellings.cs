using Compliance.Probe.Tell;
using Microsoft.Extensions.Logging;

namespace Compliance.Probe.Schedule;

/// <summary>Tells the API the minutes that are over. After a time without it what waited goes a batch at a time, and never before what turned.</summary>
internal sealed class MinuteTellings(MinuteSpool spool, Outbox outbox, ApiConnection api, TimeProvider clock, ILogger<MinuteTellings> log)
    : Rounds("Telling minutes", clock, log)
{
    const int Batch = 500;

    /// <summary>In one round, so that a box that was away for a week does not fill the door of all.</summary>
    const int Batches = 20;

    protected override Task Round(DateTimeOffset now, CancellationToken ct) => Tell(ct);

    internal async Task Tell(CancellationToken ct)
    {
        try
        {
            for (var n = 0; n < Batches && outbox.Spool.Depth == 0 && spool.Oldest(Batch) is ({ Count: > 0 } minutes, var upto); n++)
            {
                try
                {
                    await api.TellMinutes(minutes, ct);
                }
                catch (ApiRefused)
                {
                    // It will never take them: they are telemetry, and let go.
                }

                spool.Forget(upto);
            }
        }
        catch (ApiAway)
        {
            // They wait for the next round.
        }
    }
}
