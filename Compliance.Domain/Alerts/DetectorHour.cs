using System.Globalization;
using Compliance.Domain.Detectors;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Alerts;

/// <summary>How many alerts one detector told of one camera.</summary>
public sealed record DetectorTally(Guid DeviceId, Detector Detector, int Told);

/// <summary>How many alerts of what one detector sees called no desk, and were not fetched since. By its kind: which camera it was the fact does not say.</summary>
public sealed record HeldBackTally(Detector Detector, int HeldBack);

/// <summary>What detectors told of one venue in one hour, and how much of it no desk was called for.</summary>
/// <param name="Hour">When it began, UTC: the hour in which it was seen.</param>
public sealed record DetectorHour(Guid VenueId, DateTimeOffset Hour, IReadOnlyList<DetectorTally> Tallies, IReadOnlyList<HeldBackTally> HeldBack)
{
    public static readonly View<DetectorHour> View = new(
        "detector-hours", 1, fact => fact switch
        {
            AlertEvent.Raised { Seen: not null, DeviceId: not null } f => KeyOf(f.VenueId, f.SeenFrom),
            AlertEvent.Suppressed f when f.Kind.SeenBy() is not null => KeyOf(f.VenueId, f.SeenFrom),
            AlertEvent.Placed { By: not null } f when f.Kind.SeenBy() is not null => KeyOf(f.VenueId, f.SeenFrom),
            _ => null,
        }, Apply, row => row.VenueId, row => ViewOrder.NewestFirst(row.Hour));

    public static Guid KeyOf(Guid venue, DateTimeOffset at) => EventIds.From(venue, string.Create(CultureInfo.InvariantCulture, $"detector-hour/{HourOf(at):yyyyMMddHH}"));

    static DateTimeOffset HourOf(DateTimeOffset at) => new(at.UtcDateTime.Date.AddHours(at.UtcDateTime.Hour), TimeSpan.Zero);

    static DetectorHour? Apply(DetectorHour? row, object fact, Recorded recorded) => fact switch
    {
        AlertEvent.Raised { DeviceId: { } device } f when f.Kind.SeenBy() is { } detector => Of(row, f.VenueId, f.SeenFrom) is var hour ? hour with { Tallies = Told(hour.Tallies, device, detector) } : row,
        AlertEvent.Suppressed f when f.Kind.SeenBy() is { } detector => Of(row, f.VenueId, f.SeenFrom) is var hour ? hour with { HeldBack = Held(hour.HeldBack, detector, 1) } : row,
        AlertEvent.Placed f when row is not null && f.Kind.SeenBy() is { } detector => row with { HeldBack = Held(row.HeldBack, detector, -1) },
        _ => row,
    };

    static DetectorHour Of(DetectorHour? row, Guid venue, DateTimeOffset at) => row ?? new(venue, HourOf(at), [], []);

    static IReadOnlyList<DetectorTally> Told(IReadOnlyList<DetectorTally> all, Guid device, Detector detector) =>
        [.. all.Where(one => (one.DeviceId, one.Detector) != (device, detector)), new(device, detector, 1 + (all.FirstOrDefault(one => (one.DeviceId, one.Detector) == (device, detector))?.Told ?? 0))];

    static IReadOnlyList<HeldBackTally> Held(IReadOnlyList<HeldBackTally> all, Detector detector, int by) =>
        [.. all.Where(one => one.Detector != detector), new(detector, Math.Max(0, by + (all.FirstOrDefault(one => one.Detector == detector)?.HeldBack ?? 0)))];
}

/// <summary>What a venue's detectors told lately, for those who are told of alerts while they stand.</summary>
/// <param name="Hour">Of this hour; null where nothing was told in it.</param>
/// <param name="Opened">Incidents that the desk of its district was given in this hour, of <paramref name="Budget"/> that it may be given.</param>
/// <param name="Last">The newest alert of each detector and camera that a desk was shown.</param>
public sealed record DetectorsTold(DetectorHour? Hour, int Opened, int Budget, IReadOnlyList<LastTold> Last);

public sealed record LastTold(Guid DeviceId, Detector Detector, DateTimeOffset SeenFrom);
