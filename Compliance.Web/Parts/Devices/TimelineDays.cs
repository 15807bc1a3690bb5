using Compliance.Domain.Devices;
using Compliance.Domain.Venues;

namespace Compliance.Web.Parts.Devices;

/// <summary>One day of a device by the venue's wall clock; the last one is today and ends now.</summary>
public sealed record TimelineDay(DateOnly Day, AvailabilitySum Sum)
{
    public TimeSpan Length => Sum.Up + Sum.Down + Sum.Unknown + Sum.NotOwed;
}

/// <summary>Cuts a timeline into the ninety days a reader sees.</summary>
public static class TimelineDays
{
    public const int Shown = 90;

    /// <summary>Stretches stand in their order, so each is looked at by the days it touches and no other: a flapping camera has thousands.</summary>
    public static IReadOnlyList<TimelineDay> Days(this DeviceTimeline timeline, DateTimeOffset now)
    {
        Stretch[] stretches = [.. timeline.Stretches];
        var (today, first) = (VenueZone.Day(now), 0);
        return [.. Enumerable.Range(1 - Shown, Shown).Select(today.AddDays).Select(day =>
        {
            var (begin, end) = (VenueZone.Midnight(day), VenueZone.Midnight(day.AddDays(1)));
            while (first < stretches.Length && stretches[first].Until <= begin) first++;
            var behind = first;
            while (behind < stretches.Length && stretches[behind].From < end) behind++;
            return new TimelineDay(day, AvailabilitySum.Of(new ArraySegment<Stretch>(stretches, first, behind - first), begin, end < now ? end : now));
        })];
    }

    /// <summary>Over all days shown.</summary>
    public static AvailabilitySum Total(this IEnumerable<TimelineDay> days) =>
        days.Aggregate(new AvailabilitySum(default, default, default), (sum, day) => sum + day.Sum);
}
