using Compliance.Domain.Kernel;

namespace Compliance.Domain.Guards;

/// <summary>What of a venue's guarding comes to an end by a day: the contract, the firm's licence, a guard's certificate.</summary>
public enum EndingKind { Contract, FirmLicence, Certificate }

/// <param name="Id">The contract, or the guard.</param>
/// <param name="Until">The last day.</param>
public sealed record GuardEnding(EndingKind Kind, Guid Id, DateOnly Until);

/// <summary>Who guards a venue, as its pages show it: contracts and roster, those of the past too.</summary>
public sealed record GuardingCard(Guid VenueId, IReadOnlyList<SecurityContract> Contracts, IReadOnlyList<RosteredGuard> Guards)
{
    public static readonly View<GuardingCard> View = new(
        "guarding-card", 1, fact => (fact as GuardingEvent)?.VenueId, Apply, card => card.VenueId, card => card.VenueId.ToString("N"));

    /// <summary>What will end, or has ended and was not renewed: only of a contract that runs and of guards who stand on the roster.</summary>
    public IEnumerable<GuardEnding> Endings(DateOnly today) =>
    [
        .. Contracts.Where(c => c.HoldsOn(today)).SelectMany(c => (GuardEnding[])[new(EndingKind.Contract, c.ContractId, c.Until), new(EndingKind.FirmLicence, c.ContractId, c.Licence.Until)]),
        .. Guards.Where(g => g.StandsOn(today)).Select(g => new GuardEnding(EndingKind.Certificate, g.GuardId, g.CertificateUntil)),
    ];

    static GuardingCard? Apply(GuardingCard? card, object fact, Recorded recorded) =>
        Guarding.Evolve(card is null ? new Guarding.Unknown() : new Guarding.Kept(card.VenueId, card.Contracts, card.Guards), (GuardingEvent)fact) is Guarding.Kept kept
            ? new(kept.VenueId, kept.Contracts, kept.Guards) : card;
}
