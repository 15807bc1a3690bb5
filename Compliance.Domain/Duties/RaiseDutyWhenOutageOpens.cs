using Compliance.Domain.Kernel;
using Compliance.Domain.Outages;

namespace Compliance.Domain.Duties;

/// <summary>A device that fails is to be mended: its owner owes that from the moment the record learned of it.</summary>
public static class RaiseDutyWhenOutageOpens
{
    public static readonly Policy Policy = new("raise-duty-when-outage-opens", React);

    /// <summary>An outage has one duty; it is found by the outage's id.</summary>
    public static Guid DutyOf(Guid outageId) => EventIds.From(outageId, "duty");

    /// <summary>One that continues another has that one's duty: consent that was withdrawn and granted anew gives no fresh term.</summary>
    public static Guid DutyOf(OutageEvent.Opened outage) => DutyOf(outage.Continues ?? outage.OutageId);

    static IReadOnlyList<Reaction> React(object fact, Recorded recorded)
    {
        if (fact is not OutageEvent.Opened f) return [];
        var (matter, term) = DutyTerms.Of(f.Kind);
        var id = DutyOf(f);
        return [Reaction.Send(Duty.Decider, id, new DutyCommand.Arise(
            id, f.VenueId, new DutySource.OfOutage(f.OutageId, f.DeviceId, f.Kind, f.Verdict), matter, f.StartedAt, recorded.RecordedAt,
            term.EndOf(recorded.RecordedAt, []), term))];
    }
}
