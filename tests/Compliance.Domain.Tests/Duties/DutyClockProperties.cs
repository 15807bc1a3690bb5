using CsCheck;
using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;
using static Compliance.Domain.Tests.Kernel.Story;

namespace Compliance.Domain.Tests.Duties;

/// <summary>What holds of a duty's clock whatever is told of it, in whatever order.</summary>
public sealed class DutyClockProperties
{
    static readonly Gen<DateTimeOffset> Instant = Gen.Int[-40, 40].Select(hours => Noon.AddHours(hours));

    static readonly Gen<DutyCommand> Command = Gen.OneOf(
        Instant.Select(DutyCommand (at) => new DutyCommand.Notify(Guid.Empty, at)),
        Instant.Select(DutyCommand (at) => new DutyCommand.MarkDelivered(Guid.Empty, at)),
        Instant.Select(DutyCommand (at) => new DutyCommand.MarkRead(Guid.Empty, at)),
        Instant.Select(DutyCommand (at) => new DutyCommand.Meet(null, at)),
        Instant.Select(DutyCommand (at) => new DutyCommand.Meet(VerifiedBy.Probe, at)),
        Instant.Select(DutyCommand (at) => new DutyCommand.Verify("seen", at)),
        Instant.Select(DutyCommand (at) => new DutyCommand.Reopen("not mended", at)),
        Instant.Select(DutyCommand (at) => new DutyCommand.ShowRepair(new('a', 64), at)),
        Instant.Select(Instant, DutyCommand (until, at) => new DutyCommand.AskExtension(until, new(Guid.Empty, Guid.Empty, ""), at)),
        Instant.Select(DutyCommand (at) => new DutyCommand.GrantExtension("yes", at)),
        Instant.Select(Instant, DutyCommand (from, until) => new DutyCommand.StayTerm(Guid.Empty, from, until)),
        Instant.Select(DutyCommand (at) => new DutyCommand.Lapse(LapsedBecause.VenueClosed, at)),
        Instant.Select(DutyCommand (at) => new DutyCommand.Assess(at)));

    static readonly Gen<(DateTimeOffset Happened, DateTimeOffset Detected, DateTimeOffset Due, DutyCommand[] Then)> Life =
        Gen.Select(Instant, Instant, Instant, Command.Array[0, 25]);

    static DutyCommand[] Commands((DateTimeOffset Happened, DateTimeOffset Detected, DateTimeOffset Due, DutyCommand[] Then) life) =>
        [new DutyCommand.Arise(DutySpecs.Id, DutySpecs.Venue, DutySpecs.Order, DutySpecs.Matter, life.Happened, life.Detected, life.Due, new(null, "act", 0)), .. life.Then];

    [Fact]
    public void The_clock_never_runs_backwards() => Life.Sample(life =>
    {
        DutyClock? before = null;
        Duty state = new Duty.Unknown();
        foreach (var command in Commands(life))
        {
            state = Duty.Decider.Decide(state, command).Aggregate(state, Duty.Decider.Evolve);
            var clock = state is Duty.Owed owed ? owed.Clock : ((Duty.Over)state).Clock;
            Assert.True(IsOrdered(clock), $"{command}: {clock}");
            if (before is not null) Assert.True(Keeps(before, clock), $"{command}: {before} became {clock}");
            before = clock;
        }
    }, iter: 3_000);

    [Fact]
    public void A_command_sent_twice_writes_once() => Life.Sample(life =>
    {
        Duty state = new Duty.Unknown();
        foreach (var command in Commands(life))
        {
            state = Duty.Decider.Decide(state, command).Aggregate(state, Duty.Decider.Evolve);
            Assert.Empty(Duty.Decider.Decide(state, command).Events);
        }
    }, iter: 1_000);

    [Fact]
    public void The_list_shows_the_clock_that_decided() => Life.Sample(life =>
    {
        Duty state = new Duty.Unknown();
        List<(Guid, object)> facts = [];
        foreach (var command in Commands(life))
        {
            var decided = Duty.Decider.Decide(state, command);
            facts.AddRange(decided.Select(f => (DutySpecs.Id, (object)f)));
            state = decided.Aggregate(state, Duty.Decider.Evolve);
        }

        Assert.Equal(state is Duty.Owed owed ? owed.Clock : ((Duty.Over)state).Clock, DutyRow.View.Build(Of([.. facts]))[DutySpecs.Id].Clock);
    }, iter: 500);

    static bool IsOrdered(DutyClock c) =>
        c.Happened <= c.Detected && (c.Notified ?? c.Detected) >= c.Detected && Follows(c.Notified, c.Delivered) && Follows(c.Delivered, c.Read)
        && (c.Due ?? c.Detected) >= c.Detected && (c.Fixed ?? c.Happened) >= c.Happened && Follows(c.Fixed, c.Verified) && (c.Verified ?? c.Detected) >= c.Detected;

    static bool Follows(DateTimeOffset? first, DateTimeOffset? second) => second is null || first <= second;

    /// <summary>What is known stays; only a term grows, and a repair that was none is taken back.</summary>
    static bool Keeps(DutyClock was, DutyClock now) =>
        (was.Happened, was.Detected) == (now.Happened, now.Detected) && Stays(was.Notified, now.Notified) && Stays(was.Delivered, now.Delivered)
        && Stays(was.Read, now.Read) && Follows(was.Due, now.Due) && (now.Fixed is null || Stays(was.Fixed, now.Fixed)) && Stays(was.Verified, now.Verified);

    static bool Stays(DateTimeOffset? was, DateTimeOffset? now) => was is null || was == now;
}
