using System.Diagnostics;
using System.Globalization;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.TransparentLog;

namespace Compliance.Domain.Recordings;

/// <summary>Facts about what a recorder in the venue kept of one camera in one hour. The footage stays there; by what stands here anybody can tell later whether it is still the same.</summary>
/// <param name="Hour">When it began; whole hours, UTC, by the recorder's clock.</param>
public abstract record RecordingEvent(Guid DeviceId, Guid VenueId, DateTimeOffset Hour)
{
    /// <param name="Root">Head of the tree over the list of its files (<see cref="RecordingList"/>).</param>
    /// <param name="Unread">Files that were there and could not be read: of them nothing is proven.</param>
    /// <param name="ClockOffMs">How far the box's clock was ahead where it could not be trusted, milliseconds; null where it could.</param>
    [EventName("recording.hour-hashed.v1")]
    public sealed record HourHashed(
        Guid DeviceId, Guid VenueId, DateTimeOffset Hour, string Root, int Files, long Bytes, int Unread, DateTimeOffset ObservedAt, double? ClockOffMs = null) : RecordingEvent(DeviceId, VenueId, Hour);

    /// <summary>The recordings could be looked at, and there was none of this hour.</summary>
    [EventName("recording.hour-missing.v1")]
    public sealed record HourMissing(Guid DeviceId, Guid VenueId, DateTimeOffset Hour, DateTimeOffset ObservedAt, double? ClockOffMs = null) : RecordingEvent(DeviceId, VenueId, Hour);

    /// <summary>An hour that was told before was told again, and is not what it was: recordings were changed, taken away or put in meanwhile. What was told first counts.</summary>
    /// <param name="Root">Null: there is none any more.</param>
    [EventName("recording.hour-differed.v1")]
    public sealed record HourDiffered(Guid DeviceId, Guid VenueId, DateTimeOffset Hour, string? Root, int Files, long Bytes, DateTimeOffset ObservedAt) : RecordingEvent(DeviceId, VenueId, Hour);
}

public abstract record RecordingCommand
{
    /// <param name="Root">Null: there is no recording of that hour.</param>
    /// <param name="Receipt">What the door knows of the report.</param>
    public sealed record TellHour(
        Guid DeviceId, Guid VenueId, DateTimeOffset Hour, string? Root, int Files, long Bytes, int Unread, DateTimeOffset ObservedAt, Receipt Receipt) : RecordingCommand;
}

/// <summary>One day (UTC) of what was recorded of one camera. Each hour is told once; told again and not the same, that is said once more. An hour of which files could not be read stays as it was told first.</summary>
public sealed record RecordedDay(IReadOnlyList<RecordingEvent> Told)
{
    public static readonly Decider<RecordedDay, RecordingCommand, RecordingEvent> Decider = new("recording", new([]), Decide, (day, fact) => new([.. day.Told, fact]));

    /// <summary>A stream of its own for each camera and day, so that a camera's thousandth day costs what its first did.</summary>
    public static Guid IdOf(Guid deviceId, DateTimeOffset hour) => EventIds.From(deviceId, $"recording {hour.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}");

    static Decision<RecordingEvent> Decide(RecordedDay day, RecordingCommand command) => command switch
    {
        RecordingCommand.TellHour { Hour: var hour } when hour.UtcTicks % TimeSpan.TicksPerHour != 0 => new Refusal("recording.hour-odd", "An hour begins with its first second.", "hour"),
        RecordingCommand.TellHour told when told.Hour.AddHours(1) > told.Receipt.At + Receipt.Allowance => new Refusal("recording.hour-ahead", "This hour is not over.", "hour"),
        RecordingCommand.TellHour told when !IsSound(told) => new Refusal("recording.unsound", "A recorded hour has files and the head of their list, a missing one has neither.", "root"),
        RecordingCommand.TellHour told => day.Told.Where(fact => fact.Hour == told.Hour).ToList() switch
        {
            [] => [First(told)],
            [var before] when IsOther(before, told) => [new RecordingEvent.HourDiffered(told.DeviceId, told.VenueId, told.Hour, told.Root, told.Files, told.Bytes, told.ObservedAt)],
            _ => [],
        },
        _ => throw new UnreachableException(),
    };

    static bool IsSound(RecordingCommand.TellHour told) => told is { Files: >= 0, Bytes: >= 0, Unread: >= 0 }
        && (told.Root is null ? told is { Files: 0, Bytes: 0, Unread: 0 } : told.Files + told.Unread > 0 && TreeHash.Parse(told.Root) is not null);

    static RecordingEvent First(RecordingCommand.TellHour told)
    {
        var off = told.Receipt.Doubt(told.ObservedAt)?.OffsetMs;
        return told.Root is { } root
            ? new RecordingEvent.HourHashed(told.DeviceId, told.VenueId, told.Hour, root, told.Files, told.Bytes, told.Unread, told.ObservedAt, off)
            : new RecordingEvent.HourMissing(told.DeviceId, told.VenueId, told.Hour, told.ObservedAt, off);
    }

    /// <summary>Where files could not be read, one time or the other, the heads differ though nobody touched anything: that accuses nobody.</summary>
    static bool IsOther(RecordingEvent before, RecordingCommand.TellHour told) => before switch
    {
        _ when told.Unread > 0 => false,
        RecordingEvent.HourHashed { Unread: > 0 } => false,
        RecordingEvent.HourHashed hashed => hashed.Root != told.Root,
        _ => told.Root is not null,
    };
}
