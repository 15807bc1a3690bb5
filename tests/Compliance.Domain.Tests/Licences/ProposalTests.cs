using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;
using Compliance.Domain.Licences;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Tests.Kernel;
using static Compliance.Domain.Tests.Licences.Stages;

namespace Compliance.Domain.Tests.Licences;

public sealed class ProposalTests
{
    static DutyEvent.Overstayed Late(bool hardStop, Wording wording, string? rule = "KZ.EXIT.002") =>
        new(Broken, Club, new DutySource.OfRule("kz-nightclub-2025-2026", "1"), new(rule, Severity.Critical, wording, hardStop, null), Monday);

    [Fact]
    public async Task A_hard_stop_that_stays_past_its_term_is_proposed_and_not_decided()
    {
        var ct = TestContext.Current.CancellationToken;
        var log = new MemoryEventLog(TimeProvider.System);
        await log.Append(new("licence", Club), -1, [.. At("granted")], new(Stages.Application, "user:test"), ct);
        var overstayed = Story.Of((Broken, Late(hardStop: true, Wording.Violation)))[0];
        for (var twice = 0; twice < 2; twice++)
            foreach (var reaction in ProposeSuspensionWhenHardStopOverstays.Policy.React(EventCatalog.Decode(overstayed)!, overstayed))
                Assert.Null((await reaction.Execute(log, new(EventIds.From(overstayed.EventId, "test"), "reaction:test"), ct)).Refusal);
        var state = (await log.Load(Licence.Decider, new("licence", Club), ct)).State;
        var proposal = Assert.Single(Assert.IsType<Licence.Granted>(state).Proposals);
        Assert.Equal(["KZ.EXIT.002"], proposal.Rules);
        Assert.Equal([overstayed.EventId], proposal.RestsOn);
    }

    [Fact]
    public void Met_or_owed_no_more_it_takes_the_proposal_back()
    {
        DutyEvent[] ends = [new DutyEvent.Verified(Broken, Club, VerifiedBy.Inspector, "seen", Monday), new DutyEvent.Lapsed(Broken, Club, LapsedBecause.Excused, Monday), new DutyEvent.Lapsed(Broken, Club, LapsedBecause.VenueClosed, Monday)];
        Assert.All(Story.Of([.. ends.Select(f => (Broken, (object)f))]), recorded => Assert.Equal(
            [Reaction.Send(Licence.Decider, Club, new Licensing(Club, new LicenceCommand.WithdrawProposal(Broken), null, recorded.RecordedAt))],
            WithdrawProposalWhenDutyIsMet.Policy.React(EventCatalog.Decode(recorded)!, recorded)));
        var mended = Story.Of((Broken, new DutyEvent.Fixed(Broken, Club, Monday)))[0];
        Assert.Empty(WithdrawProposalWhenDutyIsMet.Policy.React(EventCatalog.Decode(mended)!, mended));
    }

    [Fact]
    public void A_device_that_its_owner_takes_away_takes_nothing_back()
    {
        var retired = Story.Of((Broken, new DutyEvent.Lapsed(Broken, Club, LapsedBecause.DeviceRetired, Monday)))[0];
        Assert.Empty(WithdrawProposalWhenDutyIsMet.Policy.React(EventCatalog.Decode(retired)!, retired));
    }

    [Theory]
    [InlineData(false, Wording.Violation, "KZ.EXIT.002"), InlineData(true, Wording.ToBeConfirmed, "KZ.EXIT.002"), InlineData(true, Wording.Recommended, "KZ.EXIT.002"), InlineData(true, Wording.Violation, null)]
    public void Nothing_else_is_ground_enough(bool hardStop, Wording wording, string? rule)
    {
        var overstayed = Story.Of((Broken, Late(hardStop, wording, rule)))[0];
        Assert.Empty(ProposeSuspensionWhenHardStopOverstays.Policy.React(EventCatalog.Decode(overstayed)!, overstayed));
    }
}
