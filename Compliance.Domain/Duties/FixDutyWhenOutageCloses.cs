using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Outages;

namespace Compliance.Domain.Duties;

/// <summary>
/// What works again is mended, and where a probe found it so, it is found to be met. Of an alarm or an exit it is the report of
/// whoever answers for it, which an inspector may still verify. Where nothing is owed any more, or the whole outage was excused or
/// lay in other hands, the duty lapses; one that lapsed for want of a legal basis is met by what is seen to work when it is asked again.
/// </summary>
public static class FixDutyWhenOutageCloses
{
    public static readonly Policy Policy = new("fix-duty-when-outage-closes", React);

    static IReadOnlyList<Reaction> React(object fact, Recorded recorded) => fact switch
    {
        OutageEvent.Closed f => [Knowing(f.OutageId, recorded, LapseOrMeet)],
        OutageEvent.DutyEnded f => [Knowing(f.OutageId, recorded, LapseWithDuty)],
        OutageEvent.CauseAttributed or OutageEvent.ContestDecided { Accepted: true } or OutageEvent.Excused or OutageEvent.LookedAgain =>
            [Knowing(((OutageEvent)fact).OutageId, recorded, Lapse)],
        DeviceEvent.Retired { OutageId: { } outage } => [Knowing(outage, recorded, LapseWithDevice)],
        DeviceEvent.VerdictChanged { OutageId: null, Continues: { } first } f when f.To.Availability() == Availability.Up =>
            [Reaction.Send(Duty.Decider, RaiseDutyWhenOutageOpens.DutyOf(first), new DutyCommand.Meet(VerifiedBy.Probe, recorded.RecordedAt))],
        _ => [],
    };

    static Reaction Knowing(Guid outage, Recorded because, Func<Outage, Recorded, Reaction?> then) => Reaction.Knowing(Outage.Decider, outage, because, then);

    static Reaction? LapseWithDuty(Outage outage, Recorded because) => EventCatalog.Decode(because) is OutageEvent.DutyEnded f
        ? Send(outage, new DutyCommand.Lapse(f.Because == Verdict.VenueClosed ? LapsedBecause.VenueClosed : LapsedBecause.NoLegalBasis, f.EndedAt)) : null;

    static Reaction? LapseWithDevice(Outage outage, Recorded because) => EventCatalog.Decode(because) is DeviceEvent.Retired f
        ? Send(outage, new DutyCommand.Lapse(LapsedBecause.DeviceRetired, f.At)) : null;

    static Reaction? Lapse(Outage outage, Recorded because) => !outage.IsExcused ? null
        : Send(outage, new DutyCommand.Lapse(LapsedBecause.Excused, outage is Outage.Over { EndedAt: var ended } ? ended : because.RecordedAt));

    static Reaction? LapseOrMeet(Outage outage, Recorded because) => Lapse(outage, because) ?? (outage is Outage.Over { Card: var card, EndedAt: var ended }
        ? Send(outage, new DutyCommand.Meet(card.Kind == DeviceKind.Camera ? VerifiedBy.Probe : null, ended)) : null);

    static Reaction? Send(Outage outage, DutyCommand command) =>
        Outage.CardOf(outage) is { } card ? Reaction.Send(Duty.Decider, RaiseDutyWhenOutageOpens.DutyOf(card), command) : null;
}
