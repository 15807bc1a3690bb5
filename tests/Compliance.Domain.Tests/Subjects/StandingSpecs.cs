using Compliance.Domain.Subjects;
using Compliance.Domain.Tests.Kernel;
using static Compliance.Domain.Subjects.Standing;
using static Compliance.Domain.Subjects.StandingCommand;
using static Compliance.Domain.Tests.Kernel.Story;

namespace Compliance.Domain.Tests.Subjects;

/// <summary>An administrator says whether an account may act, and as what; nobody says it of his own.</summary>
public sealed class StandingSpecs
{
    static readonly Guid Officer = new("00000000-0000-0000-0000-0000000000d1"), Admin = new("00000000-0000-0000-0000-0000000000d2");

    [Fact] public void Who_is_suspended_is_so_once() => Decider.Given(new StandingEvent.Suspended(Officer, Admin, Noon)).When(new Suspend(Officer, Admin, Noon)).ThenNothing();
    [Fact] public void Suspended() => Decider.Given().When(new Suspend(Officer, Admin, Noon)).Then(new StandingEvent.Suspended(Officer, Admin, Noon));
    [Fact] public void And_let_in_again() => Decider.Given(new StandingEvent.Suspended(Officer, Admin, Noon)).When(new Reinstate(Officer, Admin, Noon)).Then(new StandingEvent.Reinstated(Officer, Admin, Noon));
    [Fact] public void Who_stands_is_not_let_in() => Decider.Given().When(new Reinstate(Officer, Admin, Noon)).ThenNothing();
    [Fact] public void Nobody_does_it_to_himself() => Decider.Given().When(new Suspend(Admin, Admin, Noon)).ThenRefused("standing.own");
    [Fact] public void An_account_has_a_role() => Decider.Given().When(new SetRoles(Officer, [], Admin, Noon)).ThenRefused("standing.roles-missing", "roles");
    [Fact] public void Roles_are_set_whole() => Decider.Given().When(new SetRoles(Officer, ["operator", "inspector", "operator"], Admin, Noon)).Then(new StandingEvent.RolesSet(Officer, ["inspector", "operator"], Admin, Noon));
    [Fact] public void The_same_again_is_nothing() => Decider.Given(new StandingEvent.RolesSet(Officer, ["inspector"], Admin, Noon)).When(new SetRoles(Officer, ["inspector"], Admin, Noon)).ThenNothing();

    [Fact]
    public void What_was_never_changed_counts_as_a_token_says_and_what_was_taken_does_not()
    {
        Assert.True(Good.Holds("operator"));
        Assert.False(new Standing(false, ["inspector"]).Holds("operator"));
        Assert.False(new Standing(true, null).Holds("operator"));
    }
}
