using Compliance.Probe.Look;

namespace Compliance.Probe.Judge;

/// <summary>How often and how a camera is asked to prove itself. The defaults are for a city; a demo, whose cameras are loops, proves nothing.</summary>
internal sealed record ProofSettings
{
    public bool On { get; init; } = true;

    /// <summary>Each camera at its own moment, a fifth earlier or later each time.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromHours(1);

    /// <summary>What was found in doubt is looked at again so soon.</summary>
    public TimeSpan AgainAfter { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>Cameras asked at once; most of their time they wait for pictures.</summary>
    public int Together { get; init; } = 16;

    /// <summary>In so many of the rounds, drawn by chance, a text is written into the picture.</summary>
    public double OverlayShare { get; init; } = 0.25;

    /// <summary>A text has to be seen this long after it was written, and read this long after the next.</summary>
    public TimeSpan OverlayWithin { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>So many challenges in a row have to fail, of a camera that once passed one.</summary>
    public int Unseen { get; init; } = 2;

    /// <summary>So many times a text that could not be given back is tried again soon; then at the usual pace.</summary>
    public int GiveBackSoon { get; init; } = 5;

    /// <summary>So many rounds in a row another device has to answer.</summary>
    public int Strangers { get; init; } = 2;

    public ArchiveSettings Archive { get; init; } = new();

    public ClockSettings Clock { get; init; } = new();

    public RepetitionSettings Repetition { get; init; } = new();
}
