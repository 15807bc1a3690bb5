using System.Diagnostics;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Probes;

/// <summary>Facts about how one venue is watched: by which probe, and whether its cameras are held open or looked at now and then.</summary>
public abstract record VenueWatchEvent(Guid VenueId)
{
    /// <param name="From">Who watched it before; null the first time.</param>
    [EventName("watch.taken.v1")]
    public sealed record Taken(Guid VenueId, Guid ProbeId, Guid? From, TakenBecause Because, DateTimeOffset At) : VenueWatchEvent(VenueId);

    /// <param name="EverySeconds">Each camera is looked at so often; null: it is held open.</param>
    [EventName("watch.interval-set.v1")]
    public sealed record IntervalSet(Guid VenueId, int? EverySeconds) : VenueWatchEvent(VenueId);
}

/// <summary>Why a probe took a venue: nobody had it, its holder fell silent past the lease, or its holder may not watch it any more.</summary>
public enum TakenBecause { Free, HolderSilent, HolderNotAllowed }

public abstract record VenueWatchCommand
{
    /// <summary>A probe that may watch the venue asks for it.</summary>
    /// <param name="Holder">Who holds it, as the caller knows; null for nobody.</param>
    public sealed record Take(Guid VenueId, Guid ProbeId, HolderSeen? Holder, DateTimeOffset Now, TimeSpan Lease) : VenueWatchCommand;

    public sealed record SetInterval(Guid VenueId, int? EverySeconds) : VenueWatchCommand;
}

/// <summary>How the holder of a venue stands when another asks for it.</summary>
/// <param name="LastSign">Its newest heartbeat: the lease runs from there.</param>
/// <param name="MayWatch">The venue is still assigned to it, and it is not revoked.</param>
public sealed record HolderSeen(Guid ProbeId, DateTimeOffset LastSign, bool MayWatch);

/// <summary>
/// A venue has one holder at a time, whose word on its cameras counts. A lease that is prolonged is no fact; that a venue went from
/// one holder to another is.
/// </summary>
/// <param name="ProbeId">Who holds it; null before anybody did.</param>
/// <param name="From">Who did before.</param>
/// <param name="EverySeconds">null: its cameras are held open.</param>
public sealed record VenueWatch(Guid? ProbeId, Guid? From, DateTimeOffset Since, int? EverySeconds)
{
    /// <summary>Seconds between two looks: a camera needs time to forget a session, and more than an hour is no watch.</summary>
    public const int Shortest = 15, Longest = 3_600;

    public static readonly Decider<VenueWatch, VenueWatchCommand, VenueWatchEvent> Decider = new("watch", new(null, null, default, null), Decide, Evolve);

    /// <summary>From when the holder's word counts, given since when the venue is assigned to it.</summary>
    public DateTimeOffset CountsFrom(DateTimeOffset assigned) => From is null || From == ProbeId || Since < assigned ? assigned : Since;

    static Decision<VenueWatchEvent> Decide(VenueWatch state, VenueWatchCommand command) => command switch
    {
        VenueWatchCommand.Take take => Take(state, take),
        VenueWatchCommand.SetInterval({ } venue, var every) => every is < Shortest or > Longest
            ? new Refusal("watch.interval-out-of-range", $"Between two looks lie {Shortest} to {Longest} seconds.", "everySeconds")
            : state.EverySeconds == every ? [] : [new VenueWatchEvent.IntervalSet(venue, every)],
        _ => throw new UnreachableException(),
    };

    static Decision<VenueWatchEvent> Take(VenueWatch state, VenueWatchCommand.Take take)
    {
        if (state.ProbeId == take.ProbeId) return [];
        if (state.ProbeId is null) return [Taken(TakenBecause.Free)];
        if (take.Holder is not { } holder || holder.ProbeId != state.ProbeId) return Held;
        if (!holder.MayWatch) return [Taken(TakenBecause.HolderNotAllowed)];
        return take.Now - (holder.LastSign > state.Since ? holder.LastSign : state.Since) > take.Lease ? [Taken(TakenBecause.HolderSilent)] : Held;

        VenueWatchEvent Taken(TakenBecause because) => new VenueWatchEvent.Taken(take.VenueId, take.ProbeId, state.ProbeId, because, take.Now);
    }

    static Refusal Held => new("probe.lease-held", "Another probe watches this venue.");

    static VenueWatch Evolve(VenueWatch state, VenueWatchEvent fact) => fact switch
    {
        VenueWatchEvent.Taken f => state with { ProbeId = f.ProbeId, From = f.From, Since = f.At },
        VenueWatchEvent.IntervalSet f => state with { EverySeconds = f.EverySeconds },
        _ => throw new UnreachableException(),
    };
}
