using Compliance.Domain.Devices;

namespace Compliance.Probe.Watch;

/// <summary>Why a feed could not be opened or went away. The message is for engineers and never holds a secret.</summary>
internal sealed class FeedLost(Verdict cause, string detail) : Exception(detail)
{
    public Verdict Cause { get; } = cause;
}
