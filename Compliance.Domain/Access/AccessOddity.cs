using Compliance.Domain.Venues;

namespace Compliance.Domain.Access;

/// <summary>Why a session is shown to oversight: nothing is wrong with it yet, and a person decides.</summary>
public enum OddityKind { ReviewMissing, FoundUnjustified, NoIncidentBehind, ManyVenues, NothingViewed, UnusualHour }

/// <param name="Figure">Venues in the hour, for <see cref="OddityKind.ManyVenues"/>; else null.</param>
public sealed record AccessOddity(OddityKind Kind, AccessRow Row, int? Figure = null)
{
    /// <summary>So many venues within an hour look like a stroll.</summary>
    const int Many = 5;

    /// <summary>By the venues' clocks: clubs are shut, and watching them needs explaining.</summary>
    static readonly TimeOnly Shut = new(8, 0), Opens = new(18, 0);

    /// <summary>What is unusual, the gravest first; each stands once.</summary>
    public static IReadOnlyList<AccessOddity> Among(IReadOnlyList<AccessRow> rows) =>
        [.. rows.Select(row => Of(row, rows)).OfType<AccessOddity>().OrderBy(o => o.Kind).ThenByDescending(o => o.Row.OpenedAt)];

    static AccessOddity? Of(AccessRow row, IReadOnlyList<AccessRow> rows)
    {
        if (row.ReviewOverdue && row.Review is null) return new(OddityKind.ReviewMissing, row);
        if (row.Review is { Justified: false }) return new(OddityKind.FoundUnjustified, row);
        if (row.Purpose == AccessPurpose.AlertUnderWay && row.IncidentId is null) return new(OddityKind.NoIncidentBehind, row);
        var venues = rows.Where(other => other.OfficerId == row.OfficerId && (other.OpenedAt - row.OpenedAt).Duration() < TimeSpan.FromHours(1)).Select(other => other.VenueId).Distinct().Count();
        if (venues >= Many) return new(OddityKind.ManyVenues, row, venues);
        if (row is { ClosedAt: not null, Views.Count: 0 }) return new(OddityKind.NothingViewed, row);
        var hour = TimeOnly.FromDateTime(VenueZone.Local(row.OpenedAt).DateTime);
        return hour >= Shut && hour < Opens && row.Purpose is not (AccessPurpose.CrimeUnderInvestigation or AccessPurpose.FeedCheck) ? new(OddityKind.UnusualHour, row) : null;
    }
}

/// <summary>What one click shows to oversight.</summary>
/// <param name="OutOf">Sessions of the last ninety days.</param>
public sealed record AccessSample(int OutOf, IReadOnlyList<AccessRow> Drawn, IReadOnlyList<AccessOddity> Oddities);
