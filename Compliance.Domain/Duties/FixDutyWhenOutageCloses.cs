using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Outages;

namespace Compliance.Domain.Duties;

/// <summary>
/// What works again is mended, and where a probe found it so, it is found to be met. Of an alarm or an exit it is the report of
/// whoever answers for it, which an inspector may still verify. Where nothing is owed any more, or the whole outage was excused or
/// lay in other hands, the duty lapses.
/// </summary>
public static class FixDutyWhenOutageCloses
{
    public static readonly Policy Policy = new("fix-duty-when-outage-closes", React);

    static IReadOnlyList<Reaction> React(object fact, Recorded recorded) => fact switch
    {
        OutageEvent.Closed f => [Knowing(f.OutageId, recorded, LapseOrMeet)],
        OutageEvent.DutyEnded f => [Send(f.OutageId, new DutyCommand.Lapse(
            f.Because == Verdict.VenueClosed ? LapsedBecause.VenueClosed : LapsedBecause.NoLegalBasis, f.EndedAt))],
        OutageEvent.CauseAttributed or OutageEvent.ContestDecided { Accepted: true } or OutageEvent.Excused or OutageEvent.LookedAgain =>
            [Knowing(((OutageEvent)fact).OutageId, recorded, Lapse)],
        DeviceEvent.Retired { OutageId: { } outage } f => [Send(outage, new DutyCommand.Lapse(LapsedBecause.DeviceRetired, f.At))],
        _ => [],
    };

    static Reaction Knowing(Guid outage, Recorded because, Func<Outage, Recorded, Reaction?> then) => Reaction.Knowing(Outage.Decider, outage, because, then);

    static Reaction? Lapse(Outage outage, Recorded because) => outage switch
    {
        Outage.Running { Card: var card } when outage.IsExcused => Send(card.OutageId, new DutyCommand.Lapse(LapsedBecause.Excused, because.RecordedAt)),
        Outage.Over { Card: var card, EndedAt: var ended } when outage.IsExcused => Send(card.OutageId, new DutyCommand.Lapse(LapsedBecause.Excused, ended)),
        _ => null,
    };

    static Reaction? LapseOrMeet(Outage outage, Recorded because) => Lapse(outage, because) ?? (outage is Outage.Over { Card: var card, EndedAt: var ended }
        ? Send(card.OutageId, new DutyCommand.Meet(card.Kind == DeviceKind.Camera ? VerifiedBy.Probe : null, ended)) : null);

    static Reaction Send(Guid outage, DutyCommand command) =>
        Reaction.Send(Duty.Decider, RaiseDutyWhenOutageOpens.DutyOf(outage), command);
}
