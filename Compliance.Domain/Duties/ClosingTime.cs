using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Duties;

/// <summary>
/// An exit may be locked while its venue is closed. Closing time ends nothing that was owed before: the term stands still until the next
/// opening and then goes on, so a door that is locked night after night has one term and not one each night.
/// </summary>
public static class ClosingTime
{
    /// <summary>So far ahead an opening is looked for.</summary>
    const int Days = 8;

    /// <summary>That the term stands still from closing to opening; null where the exit is asked for now, or nobody knows when it will be.</summary>
    public static DutyCommand.StayTerm? Of(Guid dutyId, DeviceCard exit, OpeningWeeks hours) =>
        exit is { Verdict: Verdict.OutOfHours, Since: { } closed } && NextOpening(hours, closed) is { } opening
            ? new(EventIds.From(dutyId, $"closing/{closed.UtcTicks}"), closed, opening) : null;

    /// <summary>Null where no opening is known.</summary>
    public static DateTimeOffset? NextOpening(OpeningWeeks hours, DateTimeOffset after) => hours.Openings(after, after.AddDays(Days))
        .Select(opening => (DateTimeOffset?)opening.Opens).FirstOrDefault(opens => opens > after);

    /// <summary>The venue is closed and the exit was locked or shut then: what its contact says next decides, not the end of the term.</summary>
    public static bool IsAwaited(DeviceCard exit, OpeningWeeks hours, DateTimeOffset now) =>
        exit.Verdict == Verdict.OutOfHours || exit.Verdict == Verdict.Locked && !hours.IsOpen(now);
}
