using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Cases;

/// <summary>What the cases of one duty rest on, as it was when its term passed: it may come from another outage, or from another ruling, since.</summary>
/// <param name="OrderedBy">The case whose ruling gave it as it stands now; null where none did.</param>
public sealed record CaseBasis(Guid DutyId, Guid VenueId, Guid? OrderedBy, IReadOnlyList<RestsOn> Cases)
{
    public static readonly View<CaseBasis> View = new(
        "case-basis", 1, fact => fact is DutyEvent.Arose or DutyEvent.Ordered or DutyEvent.Overstayed ? ((DutyEvent)fact).DutyId : null, Apply,
        row => row.VenueId, row => row.DutyId.ToString("N"));

    /// <summary>Null for a case this duty did not come to.</summary>
    public RestsOn? Of(Guid caseId) => Cases.FirstOrDefault(rests => rests.CaseId == caseId);

    static CaseBasis? Apply(CaseBasis? row, object fact, Recorded recorded) => fact switch
    {
        DutyEvent.Arose => row is null ? null : row with { OrderedBy = null },
        DutyEvent.Ordered f => Known(row, f) with { OrderedBy = f.CaseId },
        DutyEvent.Overstayed f => With(Known(row, f), new(OpenCaseWhenDutyOverstays.CaseOf(recorded.EventId), (f.Source as DutySource.OfOutage)?.OutageId, row?.OrderedBy)),
        _ => row,
    };

    static CaseBasis Known(CaseBasis? row, DutyEvent of) => row ?? new(of.DutyId, of.VenueId, null, []);

    static CaseBasis With(CaseBasis row, RestsOn rests) => row with { Cases = [.. row.Cases, rests] };
}

/// <summary>One case: the outage its minutes are of, and the earlier case whose ruling ordered what was not done. Null where it rests on none.</summary>
public sealed record RestsOn(Guid CaseId, Guid? OutageId, Guid? OrderedBy);
