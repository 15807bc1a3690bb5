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
            [Knowing(((OutageEvent)fact).OutageId, recorded, LapseExcused)],
        DeviceEvent.Retired { OutageId: { } outage } => [Knowing(outage, recorded, LapseWithDevice)],
        DeviceEvent.Retired f => [Reaction.Knowing(Device.Decider, f.DeviceId, recorded, LapseWithWaitingDevice)],
        DeviceEvent.VerdictChanged { OutageId: null, Continues: { } first, To: Verdict.VenueClosed } f => [Send(first, new DutyCommand.Lapse(LapsedBecause.VenueClosed, f.Since))],
        DeviceEvent.VerdictChanged { OutageId: null, Continues: { } first } f when f.To.Availability() == Availability.Up =>
            [Send(first, new DutyCommand.Meet(VerifiedBy.Probe, recorded.RecordedAt))],
        _ => [],
    };

    static Reaction Knowing(Guid outage, Recorded because, Func<Outage, Recorded, Reaction?> then) => Reaction.Knowing(Outage.Decider, outage, because, then);

    static Reaction? LapseWithDuty(Outage outage, Recorded because) => EventCatalog.Decode(because) is OutageEvent.DutyEnded f
        ? Send(outage, new DutyCommand.Lapse(f.Because == Verdict.VenueClosed ? LapsedBecause.VenueClosed : LapsedBecause.NoLegalBasis, f.EndedAt)) : null;

    static Reaction? LapseWithDevice(Outage outage, Recorded because) => EventCatalog.Decode(because) is DeviceEvent.Retired f
        ? Send(outage, new DutyCommand.Lapse(LapsedBecause.DeviceRetired, f.At)) : null;

    /// <summary>It was retired while nothing was asked of it: nothing will be asked again.</summary>
    static Reaction? LapseWithWaitingDevice(Device device, Recorded because) =>
        device is Device.Gone { Continues: { } first } && EventCatalog.Decode(because) is DeviceEvent.Retired f
            ? Send(first, new DutyCommand.Lapse(LapsedBecause.DeviceRetired, f.At)) : null;

    /// <summary>An excuse is one of this outage: a duty that went on with another is owed on.</summary>
    static Reaction? LapseExcused(Outage outage, Recorded because) => !outage.IsExcused || Outage.CardOf(outage) is not { OutageId: var id } ? null
        : Send(outage, new DutyCommand.Lapse(LapsedBecause.Excused, outage is Outage.Over { EndedAt: var ended } ? ended : because.RecordedAt, id));

    static Reaction? LapseOrMeet(Outage outage, Recorded because) => LapseExcused(outage, because) ?? (outage is Outage.Over { Card: var card, EndedAt: var ended }
        ? Send(outage, new DutyCommand.Meet(card.Kind == DeviceKind.Camera ? VerifiedBy.Probe : null, ended)) : null);

    static Reaction? Send(Outage outage, DutyCommand command) =>
        Outage.CardOf(outage) is { } card ? Reaction.Send(Duty.Decider, RaiseDutyWhenOutageOpens.DutyOf(card), command) : null;

    static Reaction Send(Guid first, DutyCommand command) => Reaction.Send(Duty.Decider, RaiseDutyWhenOutageOpens.DutyOf(first), command);
}
