using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Cases;

/// <summary>A term that passed unmet and of which no case has been opened yet; of an order whose ruling was cancelled none is.</summary>
/// <param name="OverstayedBy">The fact that says so.</param>
public sealed record AwaitedCase(Guid DutyId, Guid VenueId, DutySource Source, DutyMatter Matter, DateTimeOffset DueAt, Guid OverstayedBy)
{
    public static readonly View<AwaitedCase> View = new(
        "case-awaited", 2, fact => fact is DutyEvent.Overstayed or DutyEvent.Lapsed { Because: LapsedBecause.RulingCancelled }
            ? ((DutyEvent)fact).DutyId : (fact as CaseEvent.Opened)?.DutyId,
        (row, fact, recorded) => fact is DutyEvent.Overstayed f ? new(f.DutyId, f.VenueId, f.Source, f.Matter, f.DueAt, recorded.EventId) : null,
        row => row.VenueId, row => row.DutyId.ToString("N"));
}
