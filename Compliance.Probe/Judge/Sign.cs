using Compliance.Domain.Devices;
using Compliance.Domain.Probes;

namespace Compliance.Probe.Judge;

/// <summary>What the judge hears of one camera, in order of time.</summary>
internal abstract record Sign(DateTimeOffset At)
{
    /// <summary>The clock ticked: this is the newest picture there is, and whether the probe can trust its own eyes.</summary>
    public sealed record Glanced(DateTimeOffset At, DateTimeOffset? LastAccessUnitAt, bool Blind = false) : Sign(At);

    /// <summary>A connection was lost or never came about; doubted when the cause may be another than it looks.</summary>
    public sealed record Failed(DateTimeOffset At, Verdict Cause, string Detail, bool Doubted = false, string? Answer = null) : Sign(At);

    /// <summary>A full window of media was measured, over as many connections as it took.</summary>
    /// <param name="Unreadable">The media brought a description of its format that makes no sense.</param>
    /// <param name="From">Where the window began; null: its length before <paramref name="At"/>.</param>
    public sealed record Windowed(DateTimeOffset At, Measurement Measurement, bool Unreadable = false, DateTimeOffset? From = null) : Sign(At);

    /// <summary>Something was proven of the camera, or disproven; null when nothing is wrong.</summary>
    public sealed record Proved(DateTimeOffset At, ProofOf Of, Verdict? Fault, string Evidence = "") : Sign(At);

    /// <summary>A decoded picture was looked at; null when nothing is wrong with it.</summary>
    /// <param name="Evidence">The values that say so, as a <see cref="Detail"/>.</param>
    public sealed record Looked(DateTimeOffset At, Verdict? Fault, string Evidence = "") : Sign(At);

    /// <summary>Media came, and no picture could be had from it.</summary>
    /// <param name="Evidence">What came instead, as a <see cref="Detail"/>.</param>
    public sealed record LookedInVain(DateTimeOffset At, string Evidence) : Sign(At);
}
