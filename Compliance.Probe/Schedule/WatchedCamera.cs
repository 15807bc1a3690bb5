using System.Collections.Concurrent;
using Compliance.Domain.Devices;
using Compliance.Domain.Probes;
using Compliance.Probe.Judge;
using Compliance.Probe.Look;
using Compliance.Probe.Watch;

namespace Compliance.Probe.Schedule;

/// <summary>One assigned camera with all that watches, looks and judges. The judge's state belongs to the rounds alone.</summary>
internal sealed class WatchedCamera(AssignedCamera assigned, CameraWatch watch, FeedOutlet outlet, PictureHistory pictures, CameraState state)
{
    public AssignedCamera Assigned { get; } = assigned;
    public CameraWatch Watch { get; } = watch;
    public FeedOutlet Outlet { get; } = outlet;
    public PictureHistory Pictures { get; } = pictures;

    /// <summary>What looking at pictures found, for the rounds to take away.</summary>
    public ConcurrentQueue<Sign.Looked> Looks { get; } = [];

    /// <summary>What the newest picture showed, blurred; null before the first was looked at.</summary>
    public volatile Glimpse? Glimpse;

    public CameraState State { get; set; } = state;

    public DateTimeOffset NextWindow { get; set; }

    public DateTimeOffset NextMeasurement { get; set; }
}
