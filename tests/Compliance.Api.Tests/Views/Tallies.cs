using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;
using static Compliance.Api.Tests.EventLog.Facts;

namespace Compliance.Api.Tests.Views;

/// <summary>The smallest view: how often and to what the capacity of a venue was set. Even capacities form one group, odd ones another.</summary>
sealed record Tally(Guid VenueId, int Times, int Latest)
{
    public static readonly Guid Even = new("00000000-0000-0000-0000-00000000000e"), Odd = new("00000000-0000-0000-0000-00000000000f");

    /// <summary>Setting the capacity to 0 removes the row.</summary>
    public static View<Tally> View(int version = 1) => new(
        "tally", version, fact => (fact as VenueEvent.CapacitySet)?.VenueId,
        (row, fact, _) => ((VenueEvent.CapacitySet)fact).Capacity is > 0 and var capacity
            ? new(((VenueEvent.CapacitySet)fact).VenueId, (row?.Times ?? 0) + version, capacity) : null,
        row => row.Latest % 2 == 0 ? Even : Odd, row => $"{row.Latest:D6}");
}

/// <summary>A log to project and what it takes to do so.</summary>
static class Tallies
{
    public static Task<Appended?> Set(this IEventLog log, StreamId venue, long expected, params int[] capacities) =>
        log.Append(venue, expected, [.. capacities.Select(n => Capacity(venue, n))], new Origin(Guid.NewGuid(), "user:test"), default);

    /// <summary>Projects until the end of the log and stops, as a process would that is told to.</summary>
    public static async Task ToTheEnd(this Api.Views.Projection projection, CancellationToken ct)
    {
        await foreach (var step in projection.Run(ct))
            if (step.AtEnd) return;
    }
}
