using Compliance.Domain.Kernel;

namespace Compliance.Domain.Duties;

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
        (Duty.Over { Waits: not null, Card: var card }, DutyEvent.Verified f) => Send(card, new DutyCommand.Meet(f.By, f.At)),
        (Duty.Over { Waits.Clock.Due: { } due, Card: var card }, DutyEvent.WentOn f) =>
            Send(card, new DutyCommand.Arise(card.DutyId, card.VenueId, f.Source, card.Matter, f.At, f.At, due, DutyTerms.Of(card.Matter.Severity))),
        _ => null,
    };

    static Reaction Send(DutyEvent.Arose card, DutyCommand command) => Reaction.Send(Duty.Decider, card.DutyId, command);
}
