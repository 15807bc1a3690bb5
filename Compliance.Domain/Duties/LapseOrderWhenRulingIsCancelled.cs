using Compliance.Domain.Cases;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Duties;

/// <summary>A ruling that was cancelled, or taken back because its minutes lay in other hands, orders and warns of nothing any more.</summary>
public static class LapseOrderWhenRulingIsCancelled
{
    public static readonly Policy Policy = new("lapse-order-when-ruling-is-cancelled", React);

    static IReadOnlyList<Reaction> React(object fact, Recorded recorded) =>
        fact is CaseEvent.AppealDecided { Outcome: AppealOutcome.Cancelled } or CaseEvent.Decided { Outcome: CaseOutcome.Dismissed }
            ? [Reaction.Knowing(Case.Decider, ((CaseEvent)fact).CaseId, recorded, OfCase)] : [];

    static Reaction? OfCase(Case of, Recorded recorded) => of switch
    {
        Case.Decided { Card.DutyId: var duty } => Knowing(duty, recorded),
        Case.Closed { Card.DutyId: var duty } => Knowing(duty, recorded),
        _ => null,
    };

    static Reaction Knowing(Guid duty, Recorded recorded) => Reaction.Knowing(Duty.Decider, OrderWhenCaseEndsInPrescription.OrderOf(duty), recorded, Lapse);

    static Reaction? Lapse(Duty order, Recorded recorded) => order switch
    {
        Duty.Owed owed => Lapse(owed, recorded),
        Duty.Over { Waits: { } waits } => Lapse(waits, recorded),
        _ => null,
    };

    /// <summary>One that the ruling of another case gave is left alone. Of one given before it was written down who gave it, the instant tells.</summary>
    static Reaction? Lapse(Duty.Owed order, Recorded recorded) =>
        order.OrderedBy is { } by ? by == recorded.Stream.Id ? Send(order.Card, recorded) : null
        : order.Card.DetectedAt <= recorded.RecordedAt ? Send(order.Card, recorded) : null;

    static Reaction Send(DutyEvent.Arose card, Recorded recorded) =>
        Reaction.Send(Duty.Decider, card.DutyId, new DutyCommand.Lapse(LapsedBecause.RulingCancelled, recorded.RecordedAt));
}
