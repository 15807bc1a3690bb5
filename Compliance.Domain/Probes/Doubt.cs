using Compliance.Domain.Devices;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Probes;

/// <summary>
/// What is to be held of a venue's devices when nobody can or may look at them: never up, and never held against the owner.
/// </summary>
/// <param name="Since">When it began to be so; null for now.</param>
public sealed record Doubt(Verdict Verdict, DateTimeOffset? Since)
{
    /// <summary>Null when some probe of the venue sees, and may.</summary>
    /// <param name="probes">Those the venue is assigned to.</param>
    public static Doubt? Of(VenueCard venue, IReadOnlyCollection<ProbeCard> probes, DateOnly today) =>
        venue.ClosedBecause is not null ? new(Verdict.VenueClosed, venue.ClosedAt)
        : !venue.MayBeWatchedOn(today) ? new(Verdict.NoLegalBasis, venue.WithoutBasisSince(today))
        : probes.Any(p => !p.Silent && !p.Blind) ? null
        : probes.Any(p => !p.Silent) ? new(Verdict.ProbeBlind, null)
        : new(Verdict.Unknown, probes.Max(p => p.SilentSince));

    /// <summary>The verdict a device gets instead of the one it has; null when it keeps that.</summary>
    public static Verdict? Instead(Doubt? doubt, DeviceKind kind, Verdict held) => doubt?.Verdict switch
    {
        Verdict.VenueClosed => held is Verdict.VenueClosed or Verdict.NoLegalBasis ? null : Verdict.VenueClosed,
        _ when kind != DeviceKind.Camera => null,
        Verdict.NoLegalBasis => held.IsOwed() ? Verdict.NoLegalBasis : null,
        _ when !held.IsOwed() => Verdict.Unknown, // owed again, and nobody has looked yet
        { } unseen when held.Availability() != Availability.Unknown => unseen,
        _ => null,
    };
}
