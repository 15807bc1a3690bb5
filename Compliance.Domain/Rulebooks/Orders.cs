using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Rulebooks;

/// <summary>What the acts of inspections ordered: by when, and when it was done. One that lapsed is no order any more.</summary>
sealed class Orders
{
    readonly Dictionary<Guid, DutyClock> _clocks = [];

    public void Take(DutyEvent fact, Recorded recorded, Hearsay told)
    {
        if (fact is DutyEvent.Arose { Source: DutySource.OfFinding } arose) _clocks[fact.DutyId] = DutyClock.Begin(arose.HappenedAt, arose.DetectedAt);
        if (!_clocks.TryGetValue(fact.DutyId, out var clock)) return;
        _clocks[fact.DutyId] = clock = clock.After(fact);
        var id = fact.DutyId.ToString();
        if (fact is DutyEvent.Lapsed) told.Forget("order", id);
        else if (fact is DutyEvent.DueSet or DutyEvent.ExtensionGranted) told.Say("order", id, "", "dueAt", new Known.Instant(clock.Due!.Value, recorded.EventId), Provenance.Inspector);
        else if (fact is DutyEvent.Fixed) told.Say("order", id, "", "executedAt", new Known.Instant(clock.Fixed!.Value, recorded.EventId), Provenance.Owner);
        else if (fact is DutyEvent.Verified) told.Say("order", id, "", "executedAt", new Known.Instant(clock.Fixed!.Value, recorded.EventId), Provenance.Inspector);
        else if (fact is DutyEvent.Reopened) told.Say("order", id, "", "executedAt", null, Provenance.Owner);
    }
}
