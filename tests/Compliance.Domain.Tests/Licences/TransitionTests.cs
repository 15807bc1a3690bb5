using Compliance.Domain.Kernel;
using Compliance.Domain.Licences;
using Compliance.Domain.Tests.Laws;
using static Compliance.Domain.Licences.LicenceCommand;
using static Compliance.Domain.Tests.Licences.Stages;

namespace Compliance.Domain.Tests.Licences;

/// <summary>
/// Every command at every stage: what it brings about, or why not, stands in transitions.txt (<c>-</c> is nothing to do). A new
/// line is written with TRANSITIONS=1 and read by people.
/// </summary>
public sealed class TransitionTests
{
    static readonly string Table = Path.Combine(Repo.Root, "tests/Compliance.Domain.Tests/Licences/transitions.txt");

    static readonly Licensing[] Commands =
    [
        Drafting.By(Owner, NearTheEnd), Submitting.By(Owner, NearTheEnd), new ApplyForRenewal(OneRenewal, Papers).By(Owner, NearTheEnd),
        new PublishReply(new('b', 64)).By(Owner), new WithdrawReply().By(Owner),
        new Return(Why).By(), new OrderInspection(Why).By(), Noting.ByItself(), Granting.By(), new Refuse(Why).By(),
        new AttachCondition(Quiet with { ConditionId = Broken }, Why).By(), new LiftCondition(Quiet.ConditionId, Why).By(),
        Proposing.ByItself(), new WithdrawProposal(OneDuty).ByItself(), new DismissProposal(OneProposal, Why).By(), Suspending.By(), new Reinstate(Why).By(),
        new Renew(Last.AddYears(1), Why).By(at: AfterTheEnd), new RefuseRenewal(Why).By(), new Revoke(Why).By(), new Assess().ByItself(),
    ];

    [Fact]
    public void Every_command_meets_at_every_stage_what_the_table_says()
    {
        var lines = Ways.Keys.SelectMany(stage => Commands.Select(command => $"{stage,-17} {command.What.GetType().Name,-18} {Meets(stage, command)}")).ToArray();
        if (Environment.GetEnvironmentVariable("TRANSITIONS") == "1") File.WriteAllLines(Table, lines);
        else Assert.Equal(File.ReadAllLines(Table), lines);
    }

    [Fact]
    public void Every_command_of_the_aggregate_is_tried() => Assert.Equal(
        typeof(LicenceCommand).GetNestedTypes().Where(t => !t.IsAbstract).Select(t => t.Name).Order(StringComparer.Ordinal),
        Commands.Select(c => c.What.GetType().Name).Order(StringComparer.Ordinal));

    /// <summary>Also the law of the second knock: asked at once again, no command writes more.</summary>
    static string Meets(string stage, Licensing command)
    {
        var state = Licence.Decider.Fold(At(stage));
        var decision = Licence.Decider.Decide(state, command);
        var after = decision.Events.Aggregate(state, Licence.Decider.Evolve);
        Assert.Empty(Licence.Decider.Decide(after, command).Events);
        return decision.Refusal?.Code ?? (decision.Events.Count == 0 ? "-" : string.Join(' ', decision.Events.Select(EventCatalog.NameOf)));
    }
}
