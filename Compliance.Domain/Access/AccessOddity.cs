using Compliance.Domain.Venues;

namespace Compliance.Domain.Access;

/// <summary>Why a session is shown to oversight: nothing is wrong with it yet, and a person decides.</summary>
public enum OddityKind { ReviewMissing, FoundUnjustified, NoIncidentBehind, NoCallBehind, ManyVenues, NothingViewed, UnusualHour }

/// <summary>What else is known of the venues that were looked at.</summary>
/// <param name="Calls">By venue, when somebody complained, when what he complained of was, and when incidents began.</param>
/// <param name="Hours">Of venues; for one that names none a club's usual hours stand.</param>
public sealed record LookScene(DateTimeOffset Now, ILookup<Guid, DateTimeOffset> Calls, IReadOnlyDictionary<Guid, OpeningWeeks> Hours);

/// <param name="Figure">Venues in the hour, for <see cref="OddityKind.ManyVenues"/>; else null.</param>
public sealed record AccessOddity(OddityKind Kind, AccessRow Row, int? Figure = null)
{
    /// <summary>So many venues within an hour look like a stroll.</summary>
    const int Many = 5;

    /// <summary>Whoever looks because of a call to 102 looks about when it came.</summary>
    static readonly TimeSpan Behind = TimeSpan.FromHours(2);

    /// <summary>By the venues' clocks, where a venue names no hours of its own: clubs are shut, and watching them needs explaining.</summary>
    static readonly TimeOnly Shut = new(8, 0), Opens = new(18, 0);

    /// <summary>What is unusual, the gravest first; each stands once.</summary>
    /// <param name="scene">Without it nothing is said of calls, and all venues are taken for clubs.</param>
    public static IReadOnlyList<AccessOddity> Among(IReadOnlyList<AccessRow> rows, LookScene? scene = null) =>
        [.. rows.Select(row => Of(row, rows, scene)).OfType<AccessOddity>().OrderBy(o => o.Kind).ThenByDescending(o => o.Row.OpenedAt)];

    static AccessOddity? Of(AccessRow row, IReadOnlyList<AccessRow> rows, LookScene? scene)
    {
        if (row.ReviewOverdue && row.Review is null) return new(OddityKind.ReviewMissing, row);
        if (row.Review is { Justified: false }) return new(OddityKind.FoundUnjustified, row);
        if (row.Purpose == AccessPurpose.AlertUnderWay && row.IncidentId is null) return new(OddityKind.NoIncidentBehind, row);
        if (scene is not null && IsWithoutCall(row, scene)) return new(OddityKind.NoCallBehind, row);
        var venues = rows.Where(other => other.OfficerId == row.OfficerId && (other.OpenedAt - row.OpenedAt).Duration() < TimeSpan.FromHours(1)).Select(other => other.VenueId).Distinct().Count();
        if (venues >= Many) return new(OddityKind.ManyVenues, row, venues);
        if (row is { ClosedAt: not null, Views.Count: 0 }) return new(OddityKind.NothingViewed, row);
        return IsShut(row, scene) && row.Purpose is not (AccessPurpose.CrimeUnderInvestigation or AccessPurpose.FeedCheck) ? new(OddityKind.UnusualHour, row) : null;
    }

    /// <summary>A call may still be written down for a while after the look.</summary>
    static bool IsWithoutCall(AccessRow row, LookScene scene) => row is { Purpose: AccessPurpose.CallTo102, IncidentId: null } && row.OpenedAt + Behind < scene.Now
        && !scene.Calls[row.VenueId].Any(call => (call - row.OpenedAt).Duration() <= Behind);

    static bool IsShut(AccessRow row, LookScene? scene)
    {
        if (scene?.Hours.GetValueOrDefault(row.VenueId) is { } weeks && weeks.At(row.OpenedAt).Count > 0) return !weeks.IsOpen(row.OpenedAt);
        var hour = TimeOnly.FromDateTime(VenueZone.Local(row.OpenedAt).DateTime);
        return hour >= Shut && hour < Opens;
    }
}

/// <summary>What one click shows to oversight.</summary>
/// <param name="OutOf">Sessions of the last ninety days.</param>
public sealed record AccessSample(int OutOf, IReadOnlyList<AccessRow> Drawn, IReadOnlyList<AccessOddity> Oddities);
