using System.Collections.Concurrent;
using Compliance.Domain.Devices;
using Compliance.Domain.Probes;
using Compliance.Probe.Judge;
using Compliance.Probe.Look;
using Compliance.Probe.Watch;
using Compliance.Probe.Watch.Rtp;

namespace Compliance.Probe.Schedule;

/// <summary>One assigned camera with all that watches, looks and judges. The judge's state belongs to the rounds alone.</summary>
internal sealed class WatchedCamera(AssignedCamera assigned, CameraWatch watch, FeedOutlet outlet, PictureHistory pictures, CameraState state, CameraRecord record, Repetition repetition, DateTimeOffset nextProof)
{
    /// <summary>Its calibration may turn while it is watched; nothing else does.</summary>
    public AssignedCamera Assigned { get; set; } = assigned;
    public CameraWatch Watch { get; } = watch;
    public FeedOutlet Outlet { get; } = outlet;
    public PictureHistory Pictures { get; } = pictures;

    /// <summary>What looking at pictures found, for the rounds to take away.</summary>
    public ConcurrentQueue<Sign> Looks { get; } = [];

    /// <summary>What proving found, for the rounds to take away.</summary>
    public ConcurrentQueue<Sign.Proved> Proved { get; } = [];

    /// <summary>What was proven so far; kept over a restart. Belongs to the rounds of proving alone.</summary>
    public CameraRecord Record { get; set; } = record;

    public Repetition Repetition { get; } = repetition;

    public DateTimeOffset NextProof { get; set; } = nextProof;

    public CameraState State { get; set; } = state;

    /// <summary>The next keyframe, for which a look may wait longer than one round. Belongs to the rounds of looking alone.</summary>
    public Task<AccessUnit>? Awaited { get; set; }

    /// <summary>The window that is being filled.</summary>
    public SeenWindow Window { get; } = new();

    public DateTimeOffset NextMeasurement { get; set; }
}
