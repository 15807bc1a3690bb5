using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;
using Compliance.Domain.Rulebooks;

namespace Compliance.Domain.Licences;

/// <summary>
/// Where a venue must not trade and the term to mend it has passed, the system proposes to suspend, with the fact that says so.
/// Only law that was read is ground enough; a named officer decides.
/// </summary>
public static class ProposeSuspensionWhenHardStopOverstays
{
    public static readonly Policy Policy = new("propose-suspension-when-hard-stop-overstays", React);

    static IReadOnlyList<Reaction> React(object fact, Recorded recorded) => fact switch
    {
        DutyEvent.Overstayed { Matter: { HardStop: true, Wording: Wording.Violation, RuleId: { } rule } } f => [Reaction.Send(Licence.Decider, f.VenueId, new Licensing(
            f.VenueId, new LicenceCommand.ProposeSuspension(EventIds.From(recorded.EventId, "suspension-proposal"), [rule], [recorded.EventId], f.DutyId), null, recorded.RecordedAt))],
        _ => [],
    };
}
