using System.Collections.Concurrent;
using System.Numerics;
using Compliance.Probe.Tell;
using Microsoft.Extensions.Logging;

namespace Compliance.Probe.Schedule;

/// <summary>
/// Bugs met in a round. None of them may end the rounds, for the host would stop the whole probe over it; all are counted, and
/// said the first, second, fourth, eighth time, so that one which comes every second does not fill the disk.
/// </summary>
internal sealed partial class Mishaps(ILogger log)
{
    readonly ConcurrentDictionary<(string Where, Type Kind), int> _counts = [];

    public void Met(Exception e, string where)
    {
        ProbeMeasures.Mishaps.Add(1, ProbeMeasures.Tag("error.type", e.GetType().Name));
        var count = _counts.AddOrUpdate((where, e.GetType()), 1, (_, n) => n + 1);
        if (BitOperations.IsPow2(count)) Broke(log, e, where, count);
    }

    [LoggerMessage(LogLevel.Critical, "{Where} broke, {Count} times so far; this is a bug")]
    static partial void Broke(ILogger log, Exception e, string where, int count);
}
