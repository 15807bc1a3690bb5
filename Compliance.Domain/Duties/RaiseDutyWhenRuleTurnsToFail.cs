using Compliance.Domain.Kernel;
using Compliance.Domain.Rulebooks;

namespace Compliance.Domain.Duties;

/// <summary>
/// Law that a venue breaks is to be kept: its owner owes that until the rules are asked again and pass, whatever they said in
/// between. Only what may be called a violation obliges, and only what the venue's own people answer for.
/// </summary>
public static class RaiseDutyWhenRuleTurnsToFail
{
    public static readonly Policy Policy = new("raise-duty-when-rule-turns-to-fail", React);

    /// <summary>Their failures are duties already: of the device that fails, and of the order that was not executed.</summary>
    static readonly string[] OwedOtherwise = ["KZ.CAM.014", "KZ.EXIT.003", "KZ.FIRE.001", "KZ.OWN.006"];

    /// <summary>One duty a venue and rule: it arises again each time the rule fails again.</summary>
    public static Guid DutyOf(Guid venueId, string rulebook, string ruleId) => EventIds.From(venueId, $"duty/{rulebook}/{ruleId}");

    static IReadOnlyList<Reaction> React(object fact, Recorded recorded)
    {
        if (fact is not ComplianceEvent.RuleTurned f || OwedOtherwise.Contains(f.RuleId)) return [];
        var id = DutyOf(f.VenueId, f.Rulebook, f.RuleId);
        return (f.To, f.Wording) switch
        {
            (Outcome.Fail, Wording.Violation) when IsTheVenues(f.Answerable) => [Reaction.Send(Duty.Decider, id, Arise(id, f, recorded.RecordedAt))],
            (Outcome.Fail, _) => [Reaction.Knowing(Duty.Decider, id, recorded, LapseAsNoLaw)],
            (Outcome.Pass, _) => [Reaction.Knowing(Duty.Decider, id, recorded, Meet)],
            (Outcome.NotApplicable, _) => [Reaction.Knowing(Duty.Decider, id, recorded, Lapse)],
            _ => [],
        };
    }

    static DutyCommand.Arise Arise(Guid id, ComplianceEvent.RuleTurned f, DateTimeOffset detected)
    {
        var term = DutyTerms.Of(f.Severity);
        return new(id, f.VenueId, new DutySource.OfRule(f.Rulebook, f.Version),
            new(f.RuleId, f.Severity, Wording.Violation, f.HardStop, f.Sanction), f.At, detected, term.EndOf(detected, []), term);
    }

    /// <summary>A failure that was none of the owner's (only recommended, or to be confirmed) has no duty to meet.</summary>
    static Reaction? Meet(Duty duty, Recorded recorded) => Send(duty, recorded, new DutyCommand.Meet(VerifiedBy.Reevaluation, recorded.RecordedAt));

    static Reaction? Lapse(Duty duty, Recorded recorded) => Send(duty, recorded, new DutyCommand.Lapse(LapsedBecause.NotApplicable, recorded.RecordedAt));

    static Reaction? LapseAsNoLaw(Duty duty, Recorded recorded) => Send(duty, recorded, new DutyCommand.Lapse(LapsedBecause.NoLegalBasis, recorded.RecordedAt));

    /// <summary>What the rules said before it arose, reacted to again, is no word on it.</summary>
    static Reaction? Send(Duty duty, Recorded recorded, DutyCommand command) =>
        CardOf(duty) is { } card && card.DetectedAt <= recorded.RecordedAt ? Reaction.Send(Duty.Decider, card.DutyId, command) : null;

    /// <summary>Of one that is owed, or waits to be asked again.</summary>
    static DutyEvent.Arose? CardOf(Duty duty) => duty switch { Duty.Owed owed => owed.Card, Duty.Over { Waits: { } waits } => waits.Card, _ => null };

    static bool IsTheVenues(Answerable answerable) => answerable is Answerable.Owner or Answerable.FireSafety or Answerable.Security;
}
