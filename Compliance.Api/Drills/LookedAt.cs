using System.Collections.Concurrent;
using Compliance.Api.Changes;
using Compliance.Domain.Venues;

namespace Compliance.Api.Drills;

/// <summary>At which desks somebody is now: an officer's page asks every other second how its desk stands, and listens. Kept in memory.</summary>
sealed class LookedAt(Listeners listeners, TimeProvider clock)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    readonly ConcurrentDictionary<string, DateTimeOffset> _last = new(StringComparer.Ordinal);

    /// <param name="district">Whose desk; all of them where none is named. What is no district of the city has no desk of its own.</param>
    public void Note(string? district)
    {
        if (district is null || District.OfAlmaty.Any(known => known.Kk == district)) _last[district ?? ""] = clock.GetUtcNow();
    }

    public bool Is(string district) => listeners.Officers > 0 && (IsFresh(district) || IsAll);

    /// <summary>Somebody looks at all desks at once: what is real at any of them stands beside what is shown of each.</summary>
    public bool IsAll => IsFresh("");

    bool IsFresh(string district) => _last.TryGetValue(district, out var last) && clock.GetUtcNow() - last <= Patience;
}
