using Compliance.Domain.Kernel;

namespace Compliance.Domain.Cases;

/// <summary>A case that nobody has penalised yet; one whose amount is known in indices and not in tenge, because the index of its day had not been entered, stands on top.</summary>
public sealed record UnpricedCase(Guid CaseId, Guid VenueId, DateTimeOffset OffenceAt, Charge Charge)
{
    public static readonly View<UnpricedCase> View = new(
        "case-unpriced", 1, fact => (fact as CaseEvent)?.CaseId, Apply, row => row.VenueId, row => $"{(row.Waits ? 0 : 1)}{row.CaseId:N}");

    /// <summary>Whether the amount is what it waits for: not while its size is unknown, and never where none was read.</summary>
    public bool Waits => Charge.Fine is null && Charge.InMci(OffenceAt) is not null;

    static UnpricedCase? Apply(UnpricedCase? row, object fact, Recorded recorded) => (row, fact) switch
    {
        (_, CaseEvent.Opened f) => f.Charge.Sanction is null ? null : new(f.CaseId, f.VenueId, f.OffenceAt, f.Charge),
        ({ }, CaseEvent.SizeSet f) => row with { Charge = row.Charge with { Size = f.Size, Fine = f.Fine } },
        ({ }, CaseEvent.ChargedAnew f) => row with { Charge = f.Charge },
        (_, CaseEvent.AmountTold or CaseEvent.PenaltySet or CaseEvent.Settled or CaseEvent.TimeBarred
            or CaseEvent.Decided { Outcome: CaseOutcome.Dismissed } or CaseEvent.AppealDecided { Outcome: AppealOutcome.Cancelled }) => null,
        _ => row,
    };
}
