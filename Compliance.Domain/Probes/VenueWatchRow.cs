using Compliance.Domain.Kernel;

namespace Compliance.Domain.Probes;

/// <summary>How one venue is watched: by whom and since when, after whom, and how often each camera is looked at.</summary>
/// <param name="EverySeconds">null: its cameras are held open.</param>
public sealed record VenueWatchRow(Guid VenueId, Guid? ProbeId, Guid? From, TakenBecause? Because, DateTimeOffset? Since, int? EverySeconds)
{
    public static readonly View<VenueWatchRow> View = new(
        "venue-watch", 1, fact => (fact as VenueWatchEvent)?.VenueId, Apply, row => row.VenueId, row => $"{row.VenueId:N}");

    static VenueWatchRow? Apply(VenueWatchRow? row, object fact, Recorded recorded)
    {
        if (fact is not VenueWatchEvent { VenueId: var venue }) return row;
        row ??= new(venue, null, null, null, null, null);
        return fact switch
        {
            VenueWatchEvent.Taken f => row with { ProbeId = f.ProbeId, From = f.From, Because = f.Because, Since = f.At },
            VenueWatchEvent.IntervalSet f => row with { EverySeconds = f.EverySeconds },
            _ => row,
        };
    }
}

/// <summary>How a venue is watched, with the lease of its holder.</summary>
/// <param name="Until">The lease runs so long, unless a heartbeat prolongs it; past it another probe may take the venue.</param>
public sealed record VenueWatching(Guid VenueId, Guid? ProbeId, string? ProbeName, DateTimeOffset? Since, DateTimeOffset? Until, int? EverySeconds);
