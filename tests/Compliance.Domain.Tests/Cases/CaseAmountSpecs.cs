using Compliance.Domain.Cases;
using Compliance.Domain.Kernel;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Tests.Kernel;
using static Compliance.Domain.Tests.Cases.CaseSpecs;
using static Compliance.Domain.Tests.Kernel.Story;

namespace Compliance.Domain.Tests.Cases;

/// <summary>An amount of a year whose index nobody has entered yet.</summary>
public sealed class CaseAmountSpecs
{
    static readonly Decider<Case, CaseCommand, CaseEvent> Decider = Case.Decider;

    static readonly DateTimeOffset NextYear = new(2027, 2, 1, 12, 0, 0, TimeSpan.Zero);
    static readonly MciLine Entered = new([new(new(2027, 1, 1), 4_700, "Law", Confidence.Read)]);
    static readonly Fine Of2027 = new(100, 500, 2027, 470_000, 2_350_000);
    static readonly CaseEvent.Opened Unpriced = Opened() with { OffenceAt = NextYear, BarredAt = NextYear.AddDays(59) };

    [Fact] public void Before_its_index_is_entered_the_amount_is_known_in_indices_alone()
    {
        Decider.Given(Unpriced).When(new CaseCommand.SetSize(SizeClass.Medium, CaseSpecs.Known)).Then(Sized with { Fine = null });
        Assert.Equal(new MciRange(100, 500), (Unpriced.Charge with { Size = SizeClass.Medium }).InMci(NextYear));
        Decider.Given(Unpriced, Sized with { Fine = null }, Ruled(CaseOutcome.Referred)).When(Penalty(200) with { At = NextYear }).ThenRefused("case.mci-unknown");
        Decider.Given(Unpriced, Sized with { Fine = null }, Ruled(CaseOutcome.Referred)).When(Penalty(200) with { At = NextYear, Index = Entered })
            .Then(new CaseEvent.PenaltySet(Id, Venue, 200, 2027, 940_000, "№ 7", Officer, NextYear));
    }

    [Fact] public void Once_it_is_entered_the_amount_is_told_in_tenge_and_stays_as_it_was_told()
    {
        var told = new CaseEvent.AmountTold(Id, Venue, Of2027, NextYear.AddDays(1));
        var tell = new CaseCommand.TellAmount(Entered, NextYear.AddDays(1));
        Decider.Given(Unpriced, Sized with { Fine = null }).When(tell with { Mci = CaseSpecs.Known }).ThenNothing();
        Decider.Given(Unpriced, Sized with { Fine = null }).When(tell).Then(told);
        Decider.Given(Unpriced, Sized with { Fine = null }, Ruled(CaseOutcome.Referred)).When(tell).Then(told);
        Decider.Given(Unpriced, Sized with { Fine = null }, told).When(tell with { Mci = new([new(new(2027, 1, 1), 4_000, "Law, read again", Confidence.Read)]) }).ThenNothing();
        Decider.Given(Unpriced).When(tell).ThenNothing();
        var row = CaseRow.View.Build(Of((Id, Unpriced), (Id, Sized with { Fine = null }), (Id, told)))[Id];
        Assert.Equal(Of2027, row.Charge.Fine);
    }

    [Fact] public void A_case_waits_for_its_amount_from_the_size_until_it_is_told()
    {
        bool Waits(params CaseEvent[] facts) => UnpricedCase.View.Build(Of([.. facts.Select(f => (Id, (object)f))])).GetValueOrDefault(Id)?.Waits ?? false;
        Assert.False(Waits(Unpriced));
        Assert.True(Waits(Unpriced, Sized with { Fine = null }));
        Assert.False(Waits(Unpriced, Sized with { Fine = null }, new CaseEvent.AmountTold(Id, Venue, Of2027, NextYear)));
        Assert.False(Waits(Unpriced, Sized with { Size = SizeClass.Individual, Fine = null })); // no amount was read for it
        Assert.False(Waits(Unpriced, Sized with { Fine = null }, new CaseEvent.TimeBarred(Id, Venue, NextYear)));
    }
}
