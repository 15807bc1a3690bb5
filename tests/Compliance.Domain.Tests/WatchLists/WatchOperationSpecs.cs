using Compliance.Domain.Detectors;
using Compliance.Domain.WatchLists;

namespace Compliance.Domain.Tests.WatchLists;

public sealed class WatchOperationSpecs
{
    static readonly Guid Operation = Guid.NewGuid(), Venue = Guid.NewGuid(), Basis = Guid.NewGuid(), Author = Guid.NewGuid(), Lead = Guid.NewGuid(), Box = Guid.NewGuid();
    static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    static readonly ListSize Size = new(12, 166, 800, 0.5, 0.13, new('a', 64));

    static readonly WatchOperationCommand.Plan Asked = new(
        Operation, Venue, Basis, WatchAim.FindWanted, "26-1/9", [Guid.NewGuid()], HoursOfDay.All, Now, Now.AddDays(2), [Guid.NewGuid()], 800, Author, Now);

    [Fact]
    public void Another_officer_approves_what_was_planned_and_was_shown_what_it_costs()
    {
        Assert.Equal("watchoperation.own", Refused(After(Asked), new WatchOperationCommand.Approve(12, Author, Size, Now)));
        Assert.Equal("watchoperation.list-unmeasured", Refused(After(Asked), new WatchOperationCommand.Approve(12, Lead, Size with { Threshold = null }, Now)));
        Assert.Equal("watchoperation.list-empty", Refused(After(Asked), new WatchOperationCommand.Approve(0, Lead, Size with { Listed = 0 }, Now)));
        var approved = Assert.IsType<WatchOperation.Known>(After(Asked, new WatchOperationCommand.Approve(12, Lead, Size, Now)));
        Assert.Equal((12, 0.5, 0.13), (approved.Approval!.Listed, approved.Approval.Threshold, approved.Approval.FalseCandidates));
        Assert.True(approved.RunsAt(Now));
        Assert.False(approved.RunsAt(Now.AddDays(2)));
    }

    [Fact]
    public void What_is_urgent_ends_after_a_day_without_its_authorisation()
    {
        var urgent = After(Asked with { Authorisation = null }, new WatchOperationCommand.Approve(12, Lead, Size, Now));
        Assert.Empty(Events(urgent, new WatchOperationCommand.Assess(Now.AddHours(23), true)));
        Assert.Equal("watchoperation.own", Refused(urgent, new WatchOperationCommand.Authorise("26-1/10", Author, Now)));
        var facts = Events(urgent, new WatchOperationCommand.Assess(Now.AddHours(24), true));
        Assert.IsType<WatchOperationEvent.Voided>(facts[1]);
        var over = Assert.IsType<WatchOperationEvent.Ended>(facts[0]);
        Assert.Equal((OperationEnd.NotAuthorised, Now.AddHours(24)), (over.Because, over.At));
        Assert.Empty(Events(After(urgent, new WatchOperationCommand.Authorise("26-1/10", Lead, Now)), new WatchOperationCommand.Assess(Now.AddHours(30), true)));
    }

    [Fact]
    public void One_night_without_authorisation_is_void_though_it_is_over_and_may_be_authorised_until_then()
    {
        var over = After(Asked with { Authorisation = null }, new WatchOperationCommand.Approve(12, Lead, Size, Now), new WatchOperationCommand.End(Now.AddHours(8)));
        Assert.Empty(Events(over, new WatchOperationCommand.Assess(Now.AddHours(20), true)));
        Assert.IsType<WatchOperationEvent.Voided>(Assert.Single(Events(over, new WatchOperationCommand.Assess(Now.AddHours(24), true))));
        Assert.Empty(Events(After(over, new WatchOperationCommand.Authorise("26-1/10", Lead, Now.AddHours(20))), new WatchOperationCommand.Assess(Now.AddHours(24), true)));
        Assert.Equal("watchoperation.void", Refused(After(over, new WatchOperationCommand.Assess(Now.AddHours(24), true)), new WatchOperationCommand.Authorise("26-1/10", Lead, Now.AddHours(25))));
    }

    [Fact]
    public void What_was_shown_is_what_is_approved() => Assert.Equal("watchoperation.size-changed", Refused(After(Asked), new WatchOperationCommand.Approve(11, Lead, Size, Now)));

    [Fact]
    public void It_ends_with_its_time_or_with_the_basis_of_the_authority()
    {
        var running = After(Asked, new WatchOperationCommand.Approve(12, Lead, Size, Now));
        Assert.Equal(OperationEnd.BasisEnded, Assert.IsType<WatchOperationEvent.Ended>(Assert.Single(Events(running, new WatchOperationCommand.Assess(Now.AddHours(1), false)))).Because);
        Assert.Equal(OperationEnd.TimeEnded, Assert.IsType<WatchOperationEvent.Ended>(Assert.Single(Events(running, new WatchOperationCommand.Assess(Now.AddDays(3), true)))).Because);
    }

    [Fact]
    public void Copies_are_wiped_within_a_day_after_or_it_is_said()
    {
        var given = After(Asked, new WatchOperationCommand.Approve(12, Lead, Size, Now), new WatchOperationCommand.GiveCopy(Box, Now), new WatchOperationCommand.End(Now.AddHours(1)));
        Assert.Equal("watchoperation.not-running", Refused(given, new WatchOperationCommand.GiveCopy(Box, Now.AddHours(2))));
        Assert.Empty(Events(given, new WatchOperationCommand.Assess(Now.AddHours(24), true)));
        Assert.Equal(Box, Assert.IsType<WatchOperationEvent.CopyOverdue>(Assert.Single(Events(given, new WatchOperationCommand.Assess(Now.AddHours(25), true)))).ProbeId);
        var wiped = After(given, new WatchOperationCommand.DeleteCopy(Box, Now.AddHours(2)));
        Assert.Empty(Events(wiped, new WatchOperationCommand.Assess(Now.AddHours(25), true)));
        Assert.Empty(Events(wiped, new WatchOperationCommand.DeleteCopy(Box, Now.AddHours(3))));
    }

    [Theory]
    [InlineData("cameras", "watchoperation.cameras-missing")]
    [InlineData("entries", "watchoperation.entries-missing")]
    [InlineData("ten thousand", "watchoperation.entries-many")]
    [InlineData("backward", "watchoperation.dates-backward")]
    [InlineData("past", "watchoperation.past")]
    [InlineData("long", "watchoperation.too-long")]
    [InlineData("passers", "watchoperation.passers-out-of-range")]
    [InlineData("sentence", "watchoperation.authorisation-malformed")]
    public void What_names_no_place_time_or_person_is_refused(string what, string code) => Assert.Equal(code, Refused(new WatchOperation.Unknown(), what switch
    {
        "cameras" => Asked with { Cameras = [] },
        "entries" => Asked with { Entries = [] },
        "ten thousand" => Asked with { Entries = [.. Enumerable.Range(0, 10_000).Select(_ => Guid.NewGuid())] },
        "backward" => Asked with { Until = Now },
        "past" => Asked with { From = Now.AddDays(-3), Until = Now },
        "long" => Asked with { Until = Now.AddDays(15) },
        "passers" => Asked with { Passers = 0 },
        _ => Asked with { Authorisation = "the prosecutor said so 1" },
    }));

    static WatchOperation After(params WatchOperationCommand[] commands) => commands.Aggregate((WatchOperation)new WatchOperation.Unknown(), Next);

    static WatchOperation After(WatchOperation state, params WatchOperationCommand[] commands) => commands.Aggregate(state, Next);

    static WatchOperation Next(WatchOperation state, WatchOperationCommand command) => Events(state, command).Aggregate(state, WatchOperation.Decider.Evolve);

    static IReadOnlyList<WatchOperationEvent> Events(WatchOperation state, WatchOperationCommand command)
    {
        var decision = WatchOperation.Decider.Decide(state, command);
        Assert.Null(decision.Refusal);
        return decision.Events;
    }

    static string? Refused(WatchOperation state, WatchOperationCommand command) => WatchOperation.Decider.Decide(state, command).Refusal?.Code;
}
