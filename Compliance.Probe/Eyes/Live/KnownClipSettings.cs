using Compliance.Domain.Detectors;

namespace Compliance.Probe.Eyes.Live;

/// <summary>When known clips are played into detectors: once a night. Section <c>Probe:KnownClips</c>.</summary>
internal sealed record KnownClipSettings
{
    /// <summary>Whether this box plays any; none is played either where the authority assigned none.</summary>
    public bool On { get; init; } = true;

    /// <summary>By the venues' clocks; an end before the beginning is on the next morning. At which instant between them is drawn by the box.</summary>
    public TimeOnly From { get; init; } = new(23, 0);

    public TimeOnly Until { get; init; } = new(4, 0);

    public HoursOfDay Hours => new(From, Until);
}
