using Compliance.Domain.Cases;
using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Tests.Cases;
using static Compliance.Domain.Tests.Duties.DutySpecs;
using static Compliance.Domain.Tests.Kernel.Story;

namespace Compliance.Domain.Tests.Duties;

/// <summary>A prescription is an order with a term; not executed it is a case under 462(3), executed it is over with what it ordered.</summary>
public sealed class PrescriptionSpecs
{
    static readonly Guid Ordered = OrderWhenCaseEndsInPrescription.OrderOf(Id);
    static readonly DutySource Rule = new DutySource.OfRule("kz", "1");
    static readonly Policy[] Policies = [OrderWhenCaseEndsInPrescription.Policy, OrderFollowsItsDuty.Policy, NotifyWhenDutyArises.Policy];

    static readonly CaseEvent.Decided Prescribed = new(CaseSpecs.Id, Venue, CaseOutcome.Prescription, Route.Warning, "put it right", Id, Noon);
    static readonly object[] Due = [.. Arisen(Rule), new DutyEvent.Overstayed(Id, Venue, Rule, Matter, Noon.AddDays(10))];

    /// <summary>Tells a log what happened, a day a step, and reacts to all of it twice after each; the order as it then is.</summary>
    static async Task<(DutyRow? Order, IReadOnlyList<Recorded> Facts)> Lived(params object[][] steps)
    {
        var ct = TestContext.Current.CancellationToken;
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(Noon);
        IEventLog log = new MemoryEventLog(clock);
        StreamId[] streams = [new("duty", Id), new("case", CaseSpecs.Id), new("duty", Ordered)];
        for (var i = 0; i < steps.Length; i++)
        {
            clock.Advance(TimeSpan.FromDays(1));
            StreamId stream = steps[i][0] is CaseEvent of ? new("case", of.CaseId) : new("duty", ((DutyEvent)steps[i][0]).DutyId);
            await log.Append(stream, await log.Read(stream, ct).CountAsync(ct) - 1, steps[i], new(EventIds.From(Id, $"{i}"), "user:test"), ct);
            for (var reacted = 0; reacted < 2; reacted++)
                foreach (var recorded in await log.ReadMany(streams, ct).ToListAsync(ct))
                    foreach (var policy in Policies)
                        foreach (var reaction in policy.React(EventCatalog.Decode(recorded)!, recorded))
                            await reaction.Execute(log, new(EventIds.From(recorded.EventId, policy.Name), "reaction:test"), ct);
        }

        var facts = await log.Read(streams[2], ct).ToListAsync(ct);
        return (DutyRow.View.Build(facts).GetValueOrDefault(Ordered), facts);
    }

    static object[][] Before(params object[][] more) => [Due, [CaseSpecs.Opened()], [Prescribed], .. more];

    [Fact]
    public async Task A_prescription_orders_what_is_still_unmet_with_a_term_of_its_own()
    {
        var (order, _) = await Lived(Before());
        Assert.Equal((DutyState.Owed, "KZ.EXIT.003", Sanctions.OrderNotExecuted, Rule), (order!.State, order.Matter.RuleId, order.Matter.Sanction, order.Source));
        Assert.Equal(DutyTerms.Of(Severity.Critical).EndOf(Noon.AddDays(3), []), order.Clock.Due);
    }

    [Fact] public async Task What_was_mended_before_is_ordered_no_more() =>
        Assert.Null((await Lived(Due, [CaseSpecs.Opened()], [new DutyEvent.Fixed(Id, Venue, Noon.AddDays(2))], [Prescribed])).Order);

    [Fact] public async Task Another_ruling_orders_nothing() =>
        Assert.Null((await Lived(Due, [CaseSpecs.Opened()], [Prescribed with { Outcome = CaseOutcome.Warning }])).Order);

    [Fact]
    public async Task It_is_executed_when_its_duty_is_met() => Assert.Equal((DutyState.Met, VerifiedBy.Reevaluation),
        (await Lived(Before([new DutyEvent.Fixed(Id, Venue, Noon.AddDays(4)), new DutyEvent.Verified(Id, Venue, VerifiedBy.Reevaluation, "", Noon.AddDays(4))]))).Order is { } order ? (order.State, order.VerifiedBy!.Value) : default);

    [Fact]
    public async Task Shown_and_found_unmended_it_is_owed_on() => Assert.Equal(DutyState.Owed,
        (await Lived(Before([new DutyEvent.Fixed(Id, Venue, Noon.AddDays(4))], [new DutyEvent.Reopened(Id, Venue, "still shut", Noon.AddDays(5))]))).Order!.State);

    [Fact]
    public async Task It_rests_and_goes_on_with_its_duty()
    {
        object[] lapsed = [new DutyEvent.Lapsed(Id, Venue, LapsedBecause.NotApplicable, Noon.AddDays(4))];
        Assert.Equal(DutyState.Lapsed, (await Lived(Before(lapsed))).Order!.State);
        Assert.Equal(DutyState.Owed, (await Lived(Before(lapsed, [new DutyEvent.WentOn(Id, Venue, Rule, Noon.AddDays(20), Noon.AddDays(5))]))).Order!.State);
    }

    [Fact]
    public void Not_executed_it_is_a_case_under_462_3()
    {
        var awaited = new AwaitedCase(Ordered, Venue, Rule, Matter with { Sanction = Sanctions.OrderNotExecuted }, Noon.AddDays(13), Id);
        var charge = OpenCaseWhenDutyOverstays.Of(awaited, [], [], Noon.AddDays(14)).Charge;
        Assert.Equal((Route.Article462Part3, "462(3)", Stage.First), (charge.Route, charge.Article, charge.Stage));
    }
}
