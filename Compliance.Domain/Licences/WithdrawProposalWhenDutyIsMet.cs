using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Licences;

/// <summary>What the system proposed because a duty overstayed, it takes back when that duty is found to be met, was excused, or its venue closed. An owner who takes the device away has not met it: that is an officer's to judge. What an officer decided stands.</summary>
public static class WithdrawProposalWhenDutyIsMet
{
    public static readonly Policy Policy = new("withdraw-proposal-when-duty-is-met", React);

    static IReadOnlyList<Reaction> React(object fact, Recorded recorded) => fact is DutyEvent.Verified or DutyEvent.Lapsed { Because: LapsedBecause.Excused or LapsedBecause.VenueClosed } && fact is DutyEvent f
        ? [Reaction.Send(Licence.Decider, f.VenueId, new Licensing(f.VenueId, new LicenceCommand.WithdrawProposal(f.DutyId), null, recorded.RecordedAt))] : [];
}
