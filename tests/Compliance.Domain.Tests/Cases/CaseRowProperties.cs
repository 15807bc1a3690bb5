using CsCheck;
using Compliance.Domain.Cases;
using Compliance.Domain.Kernel;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Tests.Kernel;
using static Compliance.Domain.Tests.Cases.CaseSpecs;
using static Compliance.Domain.Tests.Kernel.Story;

namespace Compliance.Domain.Tests.Cases;

/// <summary>Whatever is decided in whatever order, the row that people see says of a case what the case itself says.</summary>
public sealed class CaseRowProperties
{
    static readonly Guid Earlier = new("00000000-0000-0000-0000-0000000000c0");
    static readonly Charge Repeat = Order with { Stage = Stage.Repeat, Earlier = Earlier };

    static readonly Gen<DateTimeOffset> Instant = Gen.Int[0, 65].Select(days => Noon.AddDays(days));
    static readonly Gen<Guid> Who = Gen.Bool.Select(same => same ? Officer : Other);

    static readonly Gen<CaseCommand> Command = Gen.OneOf(
        Gen.Const((CaseCommand)new CaseCommand.SetSize(SizeClass.Medium, CaseSpecs.Known)),
        Instant.Select(CaseCommand (at) => new CaseCommand.Answer(Plea.Explanation, Said, at)),
        Instant.Select(CaseCommand (at) => new CaseCommand.ProposeDismissal(at)),
        Instant.Select(CaseCommand (at) => new CaseCommand.WithdrawDismissal(at)),
        Instant.Select(CaseCommand (at) => new CaseCommand.ChargeAnew(Order, Earlier, CaseSpecs.Known, at)),
        Gen.Select(Gen.Enum<CaseOutcome>(), Who, Instant, CaseCommand (outcome, who, at) => new CaseCommand.Decide(outcome, "art. 462", who, at)),
        Gen.Select(Who, Instant, CaseCommand (who, at) => new CaseCommand.SetPenalty(200, "№ 7", who, at, CaseSpecs.Known)),
        Instant.Select(CaseCommand (at) => new CaseCommand.Appeal(Said, Frozen, at)),
        Gen.Select(Gen.Enum<AppealOutcome>(), Who, Instant, CaseCommand (outcome, who, at) => new CaseCommand.DecideAppeal(outcome, "read again", who, at, [])),
        Instant.Select(CaseCommand (at) => new CaseCommand.Settle("paid", at)),
        Instant.Select(CaseCommand (at) => new CaseCommand.Assess(at)));

    [Fact]
    public void The_row_says_what_the_case_says() => Command.Array[0, 30].Sample(commands =>
    {
        List<CaseEvent> facts = [Opened(Repeat)];
        foreach (var command in commands)
        {
            facts.AddRange(Case.Decider.Decide(Case.Decider.Fold(facts), command).Events);
            var (state, row) = (Case.Decider.Fold(facts), CaseRow.View.Build(Of([.. facts.Select(f => (Id, (object)f))]))[Id]);
            Assert.True(Seen(state) == Seen(row), $"{string.Join(", ", facts.Select(f => f.GetType().Name))}: {Seen(state)}, the row {Seen(row)}");
        }
    }, iter: 2_000);

    /// <summary>Where it stands, whether its ruling is to be taken back, whether it had been settled, and which penalty holds or waits to be set anew.</summary>
    static (CaseState State, bool Reconsidered, bool WasSettled, bool IsPenalised, bool IsLifted) Seen(Case state) => state switch
    {
        Case.Decided d => Seen(CaseState.Decided, d),
        Case.Appealed a => Seen(CaseState.Appealed, a.Before),
        Case.Closed { Settled: { } b } => Seen(CaseState.Settled, b),
        Case.Closed => (CaseState.Cancelled, false, false, false, false),
        Case.Barred => (CaseState.TimeBarred, false, false, false, false),
        _ => (CaseState.Open, false, false, false, false),
    };

    static (CaseState, bool, bool, bool, bool) Seen(CaseState state, Case.Decided d) => (state, d.Excused, d.WasSettled, d.Penalty is not null, d.Lifted is not null);

    static (CaseState, bool, bool, bool, bool) Seen(CaseRow row) => row.State == CaseState.Cancelled ? (row.State, false, false, false, false)
        : (row.State, row.IsToBeReconsidered, row.WasSettled, row.Penalty is not null, row.Lifted is not null);
}
