using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Inspections;

/// <summary>What a re-inspection finds of each order is said of its duty: mended, or not.</summary>
public static class JudgeDutyWhenItsOrderIsChecked
{
    public static readonly Policy Policy = new("judge-duty-when-its-order-is-checked", React);

    static IReadOnlyList<Reaction> React(object fact, Recorded recorded) => fact is InspectionEvent.OrderChecked f
        ? [Reaction.Knowing(Duty.Decider, RaiseDutyWhenActNamesFinding.DutyOf(Finding.IdOf(f.ActId, f.RuleId)), recorded, Judge)] : [];

    static Reaction? Judge(Duty duty, Recorded recorded) => (duty, EventCatalog.Decode(recorded)) switch
    {
        (Duty.Owed { Card.DutyId: var id }, InspectionEvent.OrderChecked { Mended: true } f) => Reaction.Send(Duty.Decider, id, new DutyCommand.Verify(f.Remark, recorded.RecordedAt)),
        (Duty.Owed { Card.DutyId: var id, Clock.Fixed: not null }, InspectionEvent.OrderChecked f) => Reaction.Send(Duty.Decider, id, new DutyCommand.Reopen(f.Remark, recorded.RecordedAt)),
        _ => null,
    };
}
