using Compliance.Domain.Devices;
using Compliance.Domain.Probes;

namespace Compliance.Probe.Tests.Tell;

/// <summary>Observations to tell.</summary>
static class Some
{
    public static VerdictObserved Verdict(int number) => new(
        new Guid(number, 0, 0, new byte[8]), new Guid(1, 0, 0, new byte[8]), DateTimeOffset.UnixEpoch.AddSeconds(number), new(true, 3),
        Domain.Devices.Verdict.Unreachable, DateTimeOffset.UnixEpoch, new Measured("H264", 1920, 1080, 25, 4000, 2, 7), "in vain");

    public static VerdictObserved[] Verdicts(int count) => [.. Enumerable.Range(1, count).Select(Verdict)];
}
