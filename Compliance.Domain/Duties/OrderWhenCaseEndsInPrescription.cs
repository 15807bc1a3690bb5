using Compliance.Domain.Cases;
using Compliance.Domain.Kernel;
using Compliance.Domain.Rulebooks;

namespace Compliance.Domain.Duties;

/// <summary>
/// A prescription orders what the duty of its case still asks: it has a term of its own, and an order that is not executed falls under
/// article 462(3). It is of the same device or rule, so its term stands still with it.
/// </summary>
public static class OrderWhenCaseEndsInPrescription
{
    public static readonly Policy Policy = new("order-when-case-ends-in-prescription", React);

    /// <summary>One order a duty: it arises again with each prescription. Of an order that was not executed there may be another.</summary>
    public static Guid OrderOf(Guid dutyId) => EventIds.From(dutyId, "order");

    static IReadOnlyList<Reaction> React(object fact, Recorded recorded) => fact is CaseEvent.Decided { Outcome: CaseOutcome.Prescription } f
        ? [Reaction.Knowing(Case.Decider, f.CaseId, recorded, OfCase)] : [];

    static Reaction? OfCase(Case of, Recorded recorded) => of is Case.Decided { Card.DutyId: var duty }
        ? Reaction.Knowing(Duty.Decider, duty, recorded, Order) : null;

    /// <summary>What has been mended meanwhile is ordered no more.</summary>
    static Reaction? Order(Duty duty, Recorded recorded)
    {
        if (duty is not Duty.Owed { Clock.Fixed: null, Card: var card } || EventCatalog.Decode(recorded) is not CaseEvent.Decided f) return null;
        var (id, term) = (OrderOf(card.DutyId), DutyTerms.Of(card.Matter.Severity));
        return Reaction.Send(Duty.Decider, id, new DutyCommand.Arise(
            id, card.VenueId, card.Source, card.Matter with { Sanction = Sanctions.OrderNotExecuted }, f.At, recorded.RecordedAt, term.EndOf(recorded.RecordedAt, []), term));
    }
}

/// <summary>What becomes of a duty becomes of the order to mend it.</summary>
public static class OrderFollowsItsDuty
{
    public static readonly Policy Policy = new("order-follows-its-duty", React);

    static IReadOnlyList<Reaction> React(object fact, Recorded recorded) => fact is DutyEvent.Fixed or DutyEvent.Verified or DutyEvent.Reopened or DutyEvent.Lapsed or DutyEvent.WentOn
        ? [Reaction.Knowing(Duty.Decider, OrderWhenCaseEndsInPrescription.OrderOf(((DutyEvent)fact).DutyId), recorded, Follow)] : [];

    /// <summary>What was said before it was ordered, reacted to again, is no word on it.</summary>
    static Reaction? Follow(Duty order, Recorded recorded) => order is Duty.Owed { Card.DetectedAt: var ordered } && recorded.RecordedAt < ordered ? null : (order, EventCatalog.Decode(recorded)) switch
    {
        (Duty.Owed { Card: var card }, DutyEvent.Fixed f) => Send(card, new DutyCommand.Meet(null, f.At)),
        (Duty.Owed { Card: var card }, DutyEvent.Verified { By: VerifiedBy.Inspector } f) => Send(card, new DutyCommand.Verify(f.Grounds, f.At)),
        (Duty.Owed { Card: var card }, DutyEvent.Verified f) => Send(card, new DutyCommand.Meet(f.By, f.At)),
        (Duty.Owed { Card: var card, Clock.Fixed: not null }, DutyEvent.Reopened f) => Send(card, new DutyCommand.Reopen(f.Grounds, f.At)),
        (Duty.Owed { Card: var card }, DutyEvent.Lapsed f) => Send(card, new DutyCommand.Lapse(f.Because, f.At)),
        (Duty.Over { Waits: not null, Card: var card }, DutyEvent.Lapsed f) => Send(card, new DutyCommand.Lapse(f.Because, f.At)),
        (Duty.Over { Waits.Clock.Due: { } due, Card: var card }, DutyEvent.WentOn f) =>
            Send(card, new DutyCommand.Arise(card.DutyId, card.VenueId, f.Source, card.Matter, f.At, f.At, due, DutyTerms.Of(card.Matter.Severity))),
        _ => null,
    };

    static Reaction Send(DutyEvent.Arose card, DutyCommand command) => Reaction.Send(Duty.Decider, card.DutyId, command);
}
