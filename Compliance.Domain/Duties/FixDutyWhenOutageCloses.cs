using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Outages;

namespace Compliance.Domain.Duties;

/// <summary>
/// What works again is mended, and where a probe found it so, it is found to be met. Of an alarm or an exit it is the report of
/// whoever answers for it, which an inspector may still verify. Where nothing is owed any more, or the fault was the probe's own, the
/// duty lapses.
/// </summary>
public static class FixDutyWhenOutageCloses
{
    public static readonly Policy Policy = new("fix-duty-when-outage-closes", React);

    static IReadOnlyList<Reaction> React(object fact, Recorded recorded) => fact switch
    {
        OutageEvent.Closed f => [Send(f.OutageId, new DutyCommand.Meet(IsSeenByProbe(f.Verdict) ? VerifiedBy.Probe : null, f.EndedAt))],
        OutageEvent.DutyEnded f => [Send(f.OutageId, new DutyCommand.Lapse(
            f.Because == Verdict.VenueClosed ? LapsedBecause.VenueClosed : LapsedBecause.NoLegalBasis, f.EndedAt))],
        OutageEvent.CauseAttributed { Cause: Cause.ProbeFault, Until: null } f => [Send(f.OutageId, new DutyCommand.Lapse(LapsedBecause.Excused, f.From))],
        DeviceEvent.Retired { OutageId: { } outage } f => [Send(outage, new DutyCommand.Lapse(LapsedBecause.DeviceRetired, f.At))],
        _ => [],
    };

    static Reaction Send(Guid outage, DutyCommand command) =>
        Reaction.Send(Duty.Decider, RaiseDutyWhenOutageOpens.DutyOf(outage), command);

    static bool IsSeenByProbe(Verdict verdict) => verdict.SuitsA(DeviceKind.Camera);
}
