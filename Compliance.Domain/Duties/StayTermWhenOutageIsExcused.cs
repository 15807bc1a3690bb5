using Compliance.Domain.Kernel;
using Compliance.Domain.Outages;

namespace Compliance.Domain.Duties;

/// <summary>While a device rests in an approved maintenance window, the time to mend it stands still: work that was allowed makes nobody late.</summary>
public static class StayTermWhenOutageIsExcused
{
    public static readonly Policy Policy = new("stay-term-when-outage-is-excused", React);

    static IReadOnlyList<Reaction> React(object fact, Recorded recorded) =>
        fact is OutageEvent.Excused f ? [Reaction.Knowing(Outage.Decider, f.OutageId, recorded, Stay)] : [];

    static Reaction? Stay(Outage outage, Recorded recorded) => Outage.CardOf(outage) is { } card && EventCatalog.Decode(recorded) is OutageEvent.Excused f
        ? Reaction.Send(Duty.Decider, RaiseDutyWhenOutageOpens.DutyOf(card), new DutyCommand.StayTerm(f.MaintenanceId, f.From, f.Until)) : null;
}
