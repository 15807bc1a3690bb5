using Compliance.Domain.Probes;
using Compliance.Domain.Venues;
using Compliance.Probe.Judge;
using Compliance.Probe.Tell;
using Microsoft.Extensions.Logging;

namespace Compliance.Probe.Schedule;

/// <summary>Counts the day of this box, minute by minute: what it watched, and what it could not.</summary>
internal sealed class DayRounds(DayBook days, WatchedCameras watched, JudgeRounds judge, CanaryRounds canaries, Spool spool, TimeProvider clock, ILogger<DayRounds> log)
    : Rounds("Counting the day", clock, log)
{
    Answered _before = new(0, 0, 0);
    bool _begun;

    protected override Task Round(DateTimeOffset now, CancellationToken ct)
    {
        Count(now);
        return Task.CompletedTask;
    }

    internal void Count(DateTimeOffset now)
    {
        var (answered, start) = (spool.Answered, _begun ? 0 : 1);
        days.Count(VenueZone.Day(now), day => day.RanMinutes >= DayStatement.WholeDay ? day : day with
        {
            RanMinutes = day.RanMinutes + 1,
            BlindMinutes = day.BlindMinutes + (judge.IsBlind ? 1 : 0),
            CanarySilentMinutes = day.CanarySilentMinutes + (canaries.State == Canaries.Dead ? 1 : 0),
            Starts = day.Starts + start,
            MostCameras = Math.Max(day.MostCameras, watched.Count),
            MostWaiting = Math.Max(day.MostWaiting, spool.Depth),
            Taken = day.Taken + answered.Taken - _before.Taken,
            Refused = day.Refused + answered.Refused - _before.Refused,
            LeasesLost = day.LeasesLost + answered.LeasesLost - _before.LeasesLost,
        });
        (_before, _begun) = (answered, true);
    }
}
