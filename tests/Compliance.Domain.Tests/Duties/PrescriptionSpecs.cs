using Compliance.Domain.Cases;
using Compliance.Domain.Duties;
using Compliance.Domain.Evidence;
using Compliance.Domain.Kernel;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Tests.Cases;
using Compliance.Domain.Tests.Kernel;
using static Compliance.Domain.Tests.Duties.DutySpecs;
using static Compliance.Domain.Tests.Kernel.Story;

namespace Compliance.Domain.Tests.Duties;

/// <summary>A prescription is an order with a term, a warning asks anew with one; not executed they are cases of their own, executed they are over with what they asked.</summary>
public sealed class PrescriptionSpecs
{
    static readonly Guid Ordered = OrderWhenCaseEndsInPrescription.OrderOf(Id);
    static readonly DutySource Rule = new DutySource.OfRule("kz", "1");
    static readonly Policy[] Policies = [OrderWhenCaseEndsInPrescription.Policy, AskAgainWhenCaseEndsInWarning.Policy, LapseOrderWhenRulingIsCancelled.Policy, OrderFollowsItsDuty.Policy, NotifyWhenDutyArises.Policy];

    static readonly CaseEvent.Decided Prescribed = new(CaseSpecs.Id, Venue, CaseOutcome.Prescription, Route.Warning, "put it right", Id, Noon);
    static readonly object[] Due = [.. Arisen(Rule), new DutyEvent.Overstayed(Id, Venue, Rule, Matter, Noon.AddDays(10))];

    /// <summary>Tells a log what happened, a day a step, and reacts to all of it twice after each; the order as it then is.</summary>
    static async Task<(DutyRow? Order, IReadOnlyList<Recorded> Facts)> Lived(params object[][] steps)
    {
        var ct = TestContext.Current.CancellationToken;
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(Noon);
        IEventLog log = new MemoryEventLog(clock);
        StreamId[] streams = [new("duty", Id), .. steps.SelectMany(step => step).OfType<CaseEvent>().Select(f => new StreamId("case", f.CaseId)).Distinct(), new("duty", Ordered)];
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

        var facts = await log.Read(streams[^1], ct).ToListAsync(ct);
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

    /// <summary>An order is read by more people than a case is.</summary>
    [Fact]
    public async Task Of_its_case_the_paper_tells_the_ruling_and_nothing_else()
    {
        var (_, order) = await Lived(Before());
        var venue = new Domain.Venues.VenueEvent.Registered(Venue, new("Клуб", "Клуб", "240140012345", "Абай 1", "Алмалы", new(43.2, 76.9), true), 200, []);
        var late = Of((Venue, venue), (CaseSpecs.Id, CaseSpecs.Opened()), (CaseSpecs.Id, CaseSpecs.Sized), (CaseSpecs.Id, Prescribed), (CaseSpecs.Id, CaseSpecs.Appealed));
        Recorded[] facts =
        [
            .. late[..4], .. order.Select((fact, i) => fact with { Position = new(100 + (ulong)i, 100 + (ulong)i) }),
            late[4] with { Position = new(200, 200), RecordedAt = order[^1].RecordedAt },
        ];
        var paper = Prescription.Of(Ordered, facts, order[^1].RecordedAt)!;
        Assert.Equal(Prescribed, paper.Ruling);
        Assert.Equal(["case.decided.v1"], paper.Facts.Where(fact => fact.Stream.Category == "case").Select(fact => fact.Name));
        Assert.Equal(Figures.Of(paper), Figures.Of(Prescription.Of(Ordered, paper.Facts, order[^1].RecordedAt)!));
    }

    [Fact] public async Task What_was_mended_before_is_ordered_no_more() =>
        Assert.Null((await Lived(Due, [CaseSpecs.Opened()], [new DutyEvent.Fixed(Id, Venue, Noon.AddDays(2))], [Prescribed])).Order);

    [Fact] public async Task Another_ruling_orders_nothing() =>
        Assert.Null((await Lived(Due, [CaseSpecs.Opened()], [Prescribed with { Outcome = CaseOutcome.Referred }])).Order);

    static readonly CaseEvent.Decided Warned = Prescribed with { Outcome = CaseOutcome.Warning };

    [Fact]
    public async Task A_warning_leaves_the_duty_as_it_is_and_gives_it_a_term_that_is_told()
    {
        var (asked, facts) = await Lived(Due, [CaseSpecs.Opened()], [Warned]);
        Assert.Equal((DutyState.Owed, Matter, Rule, DutyTerms.Of(Severity.Critical).EndOf(Noon.AddDays(3), [])), (asked!.State, asked.Matter, asked.Source, asked.Clock.Due!.Value));
        Assert.Single(facts, fact => fact.Name == "duty.arose.v1");
        Assert.Null((await Lived(Due, [CaseSpecs.Opened()], [new DutyEvent.Fixed(Id, Venue, Noon.AddDays(2))], [Warned])).Order);
    }

    [Fact]
    public void What_a_ruling_asks_anew_of_a_device_is_told_though_its_outage_was_told_before()
    {
        var source = new DutySource.OfOutage(Guid.NewGuid(), Guid.NewGuid(), Domain.Devices.DeviceKind.Exit, Domain.Devices.Verdict.Blocked);
        IReadOnlyList<Reaction> Told(Guid duty) => NotifyWhenDutyArises.Policy.React(new DutyEvent.Arose(duty, Venue, source, Matter, Noon, Noon), Of((duty, Arisen(source)[0]))[0]);
        Assert.Empty(Told(RaiseDutyWhenOutageOpens.DutyOf(source.OutageId)));
        Assert.Single(Told(OrderWhenCaseEndsInPrescription.OrderOf(RaiseDutyWhenOutageOpens.DutyOf(source.OutageId))));
    }

    [Fact]
    public void Unmet_after_a_warning_it_is_a_repeat_within_the_year()
    {
        var opened = CaseSpecs.Opened(new(Route.Warning, "KOAP-410", "410", Stage.First, null, null, Confidence.Secondary, null));
        var row = CaseRow.View.Build(Of((CaseSpecs.Id, opened), (CaseSpecs.Id, Warned)))[CaseSpecs.Id];
        var charge = OpenCaseWhenDutyOverstays.Of(new(Ordered, Venue, Rule, Matter with { Sanction = "KOAP-410" }, Noon.AddDays(13), Id), [], [row], new([]), Noon.AddDays(14)).Charge;
        Assert.Equal((Route.Article410, Stage.Repeat, CaseSpecs.Id), (charge.Route, charge.Stage, charge.Earlier!.Value));
    }

    [Fact]
    public async Task With_the_ruling_that_is_cancelled_or_taken_back_it_is_over()
    {
        object appealed = new CaseEvent.Appealed(CaseSpecs.Id, Venue, new(Id, Id, new('b', 64)), new([Id], new('c', 64)), Noon.AddDays(4));
        object cancelled = new CaseEvent.AppealDecided(CaseSpecs.Id, Venue, AppealOutcome.Cancelled, "it could be opened", Id, Noon.AddDays(4));
        Assert.Equal((DutyState.Lapsed, LapsedBecause.RulingCancelled), (await Lived(Before([appealed], [cancelled]))).Order is { } order ? (order.State, order.Lapsed!.Value) : default);
        object excused = new CaseEvent.DismissalProposed(CaseSpecs.Id, Venue, Noon.AddDays(4)), back = Prescribed with { Outcome = CaseOutcome.Dismissed };
        Assert.Equal(DutyState.Lapsed, (await Lived(Due, [CaseSpecs.Opened()], [Warned], [excused], [back])).Order!.State);
        Assert.Equal(DutyState.Owed, (await Lived(Before([appealed], [((CaseEvent.AppealDecided)cancelled) with { Outcome = AppealOutcome.Upheld }]))).Order!.State);
    }

    static readonly Guid Another = new("00000000-0000-0000-0000-0000000000c2");

    static object[] Cancels(Guid ruled, double day) =>
    [
        new CaseEvent.Appealed(ruled, Venue, new(Id, Id, new('b', 64)), new([Id], new('c', 64)), Noon.AddDays(day)),
        new CaseEvent.AppealDecided(ruled, Venue, AppealOutcome.Cancelled, "it could be opened", Id, Noon.AddDays(day)),
    ];

    static readonly object[] Met = [new DutyEvent.Fixed(Id, Venue, Noon.AddDays(4)), new DutyEvent.Verified(Id, Venue, VerifiedBy.Reevaluation, "", Noon.AddDays(4))];
    static readonly object[] Failed = [new DutyEvent.Arose(Id, Venue, Rule, Matter, Noon.AddDays(5), Noon.AddDays(5)), new DutyEvent.DueSet(Id, Venue, Noon.AddDays(15), Term), new DutyEvent.Overstayed(Id, Venue, Rule, Matter, Noon.AddDays(15))];
    static readonly object[] OpenedAnother = [CaseSpecs.Opened() with { CaseId = Another, OffenceAt = Noon.AddDays(15) }];

    [Fact]
    public async Task A_ruling_that_is_cancelled_late_leaves_what_another_ruling_ordered_of_the_same_duty()
    {
        object[][] two = Before(Met, Failed, OpenedAnother, [Prescribed with { CaseId = Another }]);
        Assert.Equal(DutyState.Owed, (await Lived([.. two, Cancels(CaseSpecs.Id, 9)])).Order!.State);
        Assert.Equal(DutyState.Lapsed, (await Lived([.. two, Cancels(CaseSpecs.Id, 9), Cancels(Another, 10)])).Order!.State);
        var given = (await Lived(two)).Facts.Select(EventCatalog.Decode).OfType<DutyEvent.Ordered>().Select(f => f.CaseId);
        Assert.Equal([CaseSpecs.Id, Another], given);
    }

    [Fact]
    public async Task A_late_ruling_orders_nothing_of_what_was_mended_and_failed_again() =>
        Assert.Null((await Lived(Due, [CaseSpecs.Opened()], Met, Failed, [Prescribed])).Order);

    [Fact]
    public async Task Found_met_while_nothing_is_asked_the_order_is_executed_too() => Assert.Equal(DutyState.Met, (await Lived(Before(
        [new DutyEvent.Lapsed(Id, Venue, LapsedBecause.NotApplicable, Noon.AddDays(4))],
        [new DutyEvent.Fixed(Id, Venue, Noon.AddDays(5)), new DutyEvent.Verified(Id, Venue, VerifiedBy.Reevaluation, "", Noon.AddDays(5))]))).Order!.State);

    static readonly DutyEvent.Arose Given = new(Ordered, Venue, Rule, Matter, Noon, Noon);
    static readonly DutyEvent.Ordered By = new(Ordered, Venue, CaseSpecs.Id);
    static readonly DutyEvent.Overstayed Late = new(Ordered, Venue, Rule, Matter, Noon.AddDays(10));
    static readonly DutyEvent.Lapsed Ended = new(Ordered, Venue, LapsedBecause.RulingCancelled, Noon.AddDays(20));

    [Fact]
    public void Nobody_was_late_with_an_order_whose_ruling_was_cancelled()
    {
        Duty.Decider.Given(Given, By, new DutyEvent.DueSet(Ordered, Venue, Noon.AddDays(10), Term)).When(new DutyCommand.Lapse(LapsedBecause.RulingCancelled, Noon.AddDays(20))).Then(Ended);
        Assert.Single(AwaitedCase.View.Build(Of((Ordered, Given), (Ordered, By), (Ordered, Late))));
        Assert.Empty(AwaitedCase.View.Build(Of((Ordered, Given), (Ordered, By), (Ordered, Late), (Ordered, Ended))));
    }

    [Fact]
    public void A_case_keeps_which_ruling_ordered_what_was_not_done_and_which_outage_it_was_of()
    {
        var source = new DutySource.OfOutage(Another, Venue, Domain.Devices.DeviceKind.Exit, Domain.Devices.Verdict.Blocked);
        var facts = Of((Ordered, Given), (Ordered, By), (Ordered, Late), (Ordered, Given), (Ordered, By with { CaseId = Another }), (Ordered, Late), (Ordered, Given), (Ordered, Late with { Source = source }));
        var cases = facts.Where(f => f.Name == "duty.overstayed.v1").Select(f => OpenCaseWhenDutyOverstays.CaseOf(f.EventId)).ToArray();
        var basis = CaseBasis.View.Build(facts)[Ordered];
        Assert.Equal([(null, CaseSpecs.Id), (null, Another), (Another, (Guid?)null)], cases.Select(id => basis.Of(id)!).Select(rests => (rests.OutageId, rests.OrderedBy)));
        Assert.Null(basis.Of(Id));
        Assert.Empty(CaseBasis.View.Build(Of((Id, Arisen(Rule)[0]))));
    }

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
        var charge = OpenCaseWhenDutyOverstays.Of(awaited, [], [], new([]), Noon.AddDays(14)).Charge;
        Assert.Equal((Route.Article462Part3, "462(3)", Stage.First), (charge.Route, charge.Article, charge.Stage));
    }
}
