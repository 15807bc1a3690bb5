namespace Compliance.Probe.Judge;

/// <summary>One watched camera as the guard sees it.</summary>
/// <param name="SilentSince">Its last picture, when it was seen before and is suspect now; null while pictures come.</param>
/// <param name="HealthySince">Since when pictures have come without a break; null while none come.</param>
internal readonly record struct Sight(Guid VenueId, DateTimeOffset? SilentSince, DateTimeOffset? HealthySince = null);

/// <summary>The newest look at a camera that is not held open.</summary>
/// <param name="InDoubt">It was well, and this look failed.</param>
internal readonly record struct SweptSight(Guid VenueId, bool Good, bool InDoubt);

/// <summary>What the canaries say of our own way to the cameras: nothing where there are none.</summary>
internal enum Canaries { None, Alive, Dead }

/// <summary>The systemic guard: when much falls silent together, the fault is more likely ours than everybody's. Pure.</summary>
internal static class Blindness
{
    /// <summary>
    /// A canary on our own way decides where there is one: while it lives the cameras are away themselves, and when it dies
    /// with every camera silent, we are blind, with one camera as with a thousand. Without it numbers decide.
    /// </summary>
    /// <param name="delivers">A camera delivers, so that a dead canary is only a dead canary.</param>
    public static bool IsBlind(IReadOnlyCollection<Sight> sights, Canaries canaries, bool delivers, TimeSpan late, JudgeSettings settings) => canaries switch
    {
        _ when late > settings.LoopLate => true,
        Canaries.Alive => false,
        Canaries.Dead when !delivers => true,
        _ => IsBlind(sights, late, settings),
    };

    /// <param name="sights">All cameras that were online before this moment; those long offline do not count.</param>
    /// <param name="late">How late the probe's own loop was.</param>
    public static bool IsBlind(IReadOnlyCollection<Sight> sights, TimeSpan late, JudgeSettings settings)
    {
        if (late > settings.LoopLate) return true;
        if (sights.Count < settings.BlindFrom) return false;
        var silent = sights.Where(s => s.SilentSince is not null).OrderBy(s => s.SilentSince).ToArray();
        var together = silent.Select(s => silent.Count(o => o.SilentSince >= s.SilentSince && o.SilentSince - s.SilentSince <= settings.BlindWithin)).DefaultIfEmpty().Max();
        return together > sights.Count * settings.BlindShare || DarkVenues(sights, settings) >= settings.BlindVenues;
    }

    /// <summary>The same of looks now and then: those of as long as it takes to agree on something bad, each camera's newest.</summary>
    public static bool IsBlind(IReadOnlyCollection<SweptSight> sights, JudgeSettings settings)
    {
        var counted = sights.Where(g => g.Good || g.InDoubt).ToArray();
        if (counted.Length < settings.BlindFrom) return false;
        return counted.Count(g => g.InDoubt) > counted.Length * settings.BlindShare
            || counted.GroupBy(g => g.VenueId).Count(venue => venue.All(g => g.InDoubt)) >= settings.BlindVenues;
    }

    /// <summary>
    /// The sights that still count: when enough others have delivered for long, with our loop in time, whoever fell silent
    /// before that is away himself. A share of them, so that one camera next to the probe vouches for nobody.
    /// </summary>
    /// <param name="inTimeSince">Since when the probe's own loop has not been late.</param>
    public static Sight[] InDoubt(IReadOnlyCollection<Sight> sights, DateTimeOffset inTimeSince, DateTimeOffset now, JudgeSettings settings)
    {
        var begin = now - settings.BlindAtMost;
        var sees = inTimeSince <= begin && sights.Count(s => s.HealthySince <= begin) > sights.Count * settings.BlindShare;
        return [.. sights.Where(s => !(sees && s.SilentSince < begin))];
    }

    static int DarkVenues(IReadOnlyCollection<Sight> sights, JudgeSettings settings)
    {
        var dark = sights.GroupBy(s => s.VenueId).Where(v => v.All(s => s.SilentSince is not null))
            .Select(v => (First: v.Min(s => s.SilentSince!.Value), Last: v.Max(s => s.SilentSince!.Value))).ToArray();
        return dark.Select(v => dark.Count(o => o.First >= v.First && o.Last - v.First <= settings.BlindWithin)).DefaultIfEmpty().Max();
    }
}
