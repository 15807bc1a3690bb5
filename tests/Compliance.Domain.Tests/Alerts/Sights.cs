using Compliance.Domain.Alerts;
using Compliance.Domain.Detectors;
using Compliance.Domain.Devices;
using Compliance.Domain.Probes;
using static Compliance.Domain.Tests.Kernel.Story;

namespace Compliance.Domain.Tests.Alerts;

/// <summary>What the specs of alerts and incidents begin with.</summary>
static class Sights
{
    public static readonly Guid Id = new("00000000-0000-0000-0000-0000000000a1");
    public static readonly Guid Other = new("00000000-0000-0000-0000-0000000000a2");
    public static readonly Guid Venue = new("00000000-0000-0000-0000-00000000000a");
    public static readonly Guid Camera = new("00000000-0000-0000-0000-00000000000c");
    public static readonly Guid Inc = new("00000000-0000-0000-0000-0000000000b1");
    public static readonly Guid Inc2 = new("00000000-0000-0000-0000-0000000000b2");
    public const string District = "Бостандық";

    public static readonly string Hash = new('a', 64);
    public static readonly DetectorModel Model = new("fights-2026", Hash, 0.6, new('b', 64));
    public static readonly ClockState Clock = new(true, 3);
    public static readonly Sighting Seen = new(0.8, Model, 64, 2, Clock);
    public static readonly AlertClip Clip = new(Hash, 30);
    public static readonly BlurredClip Blurred = new(new('d', 64), 30, ClipBlur.Faces, new('e', 64));
    public static readonly AlertTold Told = new(Id, Camera, AlertKind.Fight, Noon, null, Noon.AddSeconds(4), Clock, 0.8, Model, 64, 2, null);
    public static readonly AlertEvent.Raised Raised = new(Id, Venue, Camera, AlertKind.Fight, Noon, Seen, null);
    public static readonly GatheredAlert Fight = new(Id, AlertKind.Fight, Camera, Noon);
    public static readonly GatheredAlert Fire = new(Other, AlertKind.Fire, null, Noon.AddSeconds(20));

    public static Receipt Receipt(double seconds = 5, ClockState? clock = null) => new(Noon.AddSeconds(seconds), Noon.AddDays(-1), clock ?? Clock);
}
