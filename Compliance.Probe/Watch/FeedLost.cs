using Compliance.Domain.Devices;

namespace Compliance.Probe.Watch;

/// <summary>Why a feed could not be opened or went away. The message is for engineers and never holds a secret.</summary>
internal sealed class FeedLost(Verdict cause, string detail) : Exception(detail)
{
    public Verdict Cause { get; } = cause;

    /// <summary>The camera had described its stream by then, so it knew us; what it refused is one more session.</summary>
    public bool AfterDescribe { get; init; }

    /// <summary>Something nobody foresaw; its own message may hold anything, so only its kind is said.</summary>
    public static FeedLost By(Exception e) => new(Verdict.NoStream, $"the probe could not go on: {e.GetType().Name}");
}
