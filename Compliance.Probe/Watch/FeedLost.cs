using Compliance.Domain.Devices;

namespace Compliance.Probe.Watch;

/// <summary>Why a feed could not be opened or went away. The message is a <see cref="Detail"/> and never holds a secret.</summary>
internal sealed class FeedLost(Verdict cause, string detail) : Exception(detail)
{
    public FeedLost(Verdict cause, Reason reason, params object[] figures) : this(cause, Detail.Of(reason, figures)) { }

    public Verdict Cause { get; } = cause;

    /// <summary>The camera had described its stream by then, so it knew us; what it refused is one more session.</summary>
    public bool AfterDescribe { get; init; }

    /// <summary>What the camera itself answered, as evidence: a <see cref="Rtsp.Transcript"/>; null where it said nothing.</summary>
    public string? Answer { get; init; }

    /// <summary>Something nobody foresaw; its own message may hold anything, so only its kind is said.</summary>
    public static FeedLost By(Exception e) => new(Verdict.NoStream, Reason.ProbeFault, e.GetType().Name);
}
