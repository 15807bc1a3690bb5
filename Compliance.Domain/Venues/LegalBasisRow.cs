using Compliance.Domain.Kernel;

namespace Compliance.Domain.Venues;

/// <summary>Who recorded under which basis police may see a venue's feeds, and who took it back and why: the newest first.</summary>
/// <param name="GrantedBy">The actor as the log stamped it: <c>user:{subject id}</c>.</param>
public sealed record LegalBasisRow(
    Guid VenueId, LegalBasis Basis, string GrantedBy, DateTimeOffset GrantedAt, Withdrawal? Withdrawn)
{
    public static readonly View<LegalBasisRow> View = new(
        "legal-basis-list", 2, KeyOf, Apply, row => row.VenueId, row => ViewOrder.NewestFirst(row.GrantedAt));

    public bool HoldsOn(DateOnly day) => Withdrawn is null && Basis.HoldsOn(day);

    /// <summary>A caller chooses the id of his basis; two venues may choose the same.</summary>
    static Guid? KeyOf(object fact) => fact switch
    {
        VenueEvent.LegalBasisGranted f => EventIds.From(f.VenueId, $"basis/{f.Basis.BasisId}"),
        VenueEvent.LegalBasisWithdrawn f => EventIds.From(f.VenueId, $"basis/{f.BasisId}"),
        _ => null,
    };

    static LegalBasisRow? Apply(LegalBasisRow? row, object fact, Recorded recorded) => (row, fact) switch
    {
        (_, VenueEvent.LegalBasisGranted f) => new(f.VenueId, f.Basis, recorded.Origin.Actor, recorded.RecordedAt, null),
        ({ }, VenueEvent.LegalBasisWithdrawn f) => row with { Withdrawn = new(recorded.Origin.Actor, recorded.RecordedAt, f.Reason) },
        _ => row,
    };
}

/// <summary>By whom, when and why a basis was taken back.</summary>
public sealed record Withdrawal(string By, DateTimeOffset At, string Reason);
