using Compliance.Domain.Duties;
using Compliance.Domain.Inspections;
using Compliance.Domain.Kernel;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Tests.Kernel;
using static Compliance.Domain.Tests.Inspections.Visit;

namespace Compliance.Domain.Tests.Inspections;

/// <summary>What an act ordered is looked at again, and what is found there is said of the duty; nothing gets a fresh term by it.</summary>
public sealed class ReInspectionSpecs
{
    static readonly Guid Again = PlanReInspectionWhenOrderIsShownOrOverstays.VisitOf(Id);
    static readonly InspectionEvent.ActIssued Act = new(Id, Club, "book", "1", "hash", [Named(Id, Wording.Violation, "The recorder stands open.")]);
    static readonly Guid Order = RaiseDutyWhenActNamesFinding.DutyOf(Act.Findings[0].FindingId);

    static Finding Named(Guid visit, Wording wording, string remark) => new(Finding.IdOf(visit, "ASKED"), "ASKED", Severity.Critical, wording, false, "462-3", Today.AddDays(10), remark);

    static readonly InspectionCommand.ReInspect Plan = new(Again, Club, new(2026, 6, 15), "book", "Fire department", "№ 26-17", Id, ["ASKED"], []);
    static readonly InspectionEvent[] Planned =
    [
        new InspectionEvent.Scheduled(Again, Club, InspectionKind.ReInspection, new(2026, 6, 15), "book", "Fire department", "№ 26-17", []),
        new InspectionEvent.OrdersToVerify(Again, Club, Id, ["ASKED"]),
    ];

    /// <summary>Walked and signed, with this said of the order.</summary>
    static InspectionEvent[] Walked(Found? verdict, bool? locked, NoPhoto? noPhoto = null) =>
    [
        .. Planned, new InspectionEvent.Taken(Again, Club, Officer), new InspectionEvent.CheckRegistered(Again, Club, "26-40"), Started with { InspectionId = Again },
        Said("ASKED", verdict, verdict == Found.NotMet ? "Still open." : null, noPhoto, locked is { } value ? [OfVenue("recorderLocked", value)] : []) with { InspectionId = Again },
        Said("CONDITION", Found.NotChecked) with { InspectionId = Again },
        new InspectionEvent.Signed(Again, Club, Officer, Signatory.Inspector, null), new InspectionEvent.Signed(Again, Club, Owner, Signatory.Venue, null),
    ];

    static Outcome<Inspection, InspectionCommand, InspectionEvent> Ends(InspectionEvent[] history, Checklist list) => Inspection.Decider.Given(history).When(new InspectionCommand.IssueAct(list, Today));

    static InspectionEvent.OrderChecked Checked(bool mended, string remark) => new(Again, Club, Id, "ASKED", mended, remark);

    [Fact] public void It_is_planned_from_the_act() => Inspection.Decider.Given().When(Plan).Then(Planned);

    [Fact] public void Planned_again_it_stays_as_it_is() => Inspection.Decider.Given(Planned).When(Plan with { Day = Today, Rules = ["OTHER"] }).ThenNothing();

    [Fact] public void It_is_planned_from_no_act_nowhere() => Inspection.Decider.Given().When(Visit.Plan with { Kind = InspectionKind.ReInspection }).ThenRefused("inspection.of-no-act", "kind");

    [Fact] public void What_is_put_right_is_said_of_the_order() => Ends(Walked(null, true), List(25, ("recorderLocked", true)))
        .Then(Checked(true, "№ 26-40"), new InspectionEvent.ActIssued(Again, Club, "book", "1", "hash", []));

    [Fact] public void What_is_not_too() => Ends(Walked(Found.NotMet, false, NoPhoto.NothingToSee), List(25, ("recorderLocked", false)))
        .Then(Checked(false, "Still open."), new InspectionEvent.ActIssued(Again, Club, "book", "1", "hash", [Named(Again, Wording.Violation, "Still open.")]));

    [Fact] public void Of_what_nobody_checked_nothing_is_said() => Ends(Walked(Found.NotChecked, null), List(25)).Then(new InspectionEvent.ActIssued(Again, Club, "book", "1", "hash", []));

    [Fact] public void The_line_of_the_queue_names_the_act() =>
        Assert.Equal((Id, InspectionKind.ReInspection), InspectionRow.View.Build(Story.Of([.. Planned.Select(f => (Again, (object)f))]))[Again] is var row ? (row.OfAct!.Value, row.Kind) : default);

    static readonly Policy[] Policies = [RaiseDutyWhenActNamesFinding.Policy, PlanReInspectionWhenOrderIsShownOrOverstays.Policy, JudgeDutyWhenItsOrderIsChecked.Policy];

    /// <summary>Tells a log what happened, step by step, and reacts to all of it twice after each.</summary>
    static Task<(DutyRow Duty, IReadOnlyList<Recorded> Visit, int Others)> Lived(params (string Category, Guid Id, object[] Facts)[] steps) => Lived(Again, steps);

    static async Task<(DutyRow Duty, IReadOnlyList<Recorded> Visit, int Others)> Lived(Guid visit, params (string Category, Guid Id, object[] Facts)[] steps)
    {
        var ct = TestContext.Current.CancellationToken;
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(Noon);
        IEventLog log = new MemoryEventLog(clock);
        StreamId[] streams = [new("inspection", Id), new("duty", Order), new("inspection", Again), new("inspection", visit)];
        for (var i = 0; i < steps.Length; i++)
        {
            clock.Advance(TimeSpan.FromDays(1));
            var stream = new StreamId(steps[i].Category, steps[i].Id);
            var written = await log.Read(stream, ct).ToListAsync(ct);
            await log.Append(stream, written.Count - 1, steps[i].Facts, new(EventIds.From(Id, $"{i}"), "user:test"), ct);
            for (var reacted = 0; reacted < 3; reacted++)
                foreach (var recorded in await log.ReadMany([.. streams.Distinct()], ct).ToListAsync(ct))
                    foreach (var policy in Policies)
                        foreach (var reaction in policy.React(EventCatalog.Decode(recorded)!, recorded))
                            await reaction.Execute(log, new(EventIds.From(recorded.EventId, policy.Name), "reaction:test"), ct);
        }

        var fresh = await log.Read(new("duty", RaiseDutyWhenActNamesFinding.DutyOf(Finding.IdOf(Again, "ASKED"))), ct).ToListAsync(ct);
        return (DutyRow.View.Build(await log.Read(streams[1], ct).ToListAsync(ct))[Order], await log.Read(streams[3], ct).ToListAsync(ct), fresh.Count);
    }

    static readonly (string, Guid, object[]) Ordered = ("inspection", Id, [.. Walking, Act]);

    static (string, Guid, object[]) Shown => ("duty", Order, [new DutyEvent.RepairShown(Order, Club, new('a', 64), Noon.AddDays(2)), new DutyEvent.Fixed(Order, Club, Noon.AddDays(2))]);

    [Fact]
    public async Task A_repair_that_is_shown_plans_the_visit_and_its_word_ends_the_duty()
    {
        var (_, planned, _) = await Lived(Ordered, Shown);
        Assert.Equal(new DateOnly(2026, 6, 17), Assert.IsType<InspectionEvent.Scheduled>(EventCatalog.Decode(planned[0])).Day); // ten working days after 3 June
        var (duty, visit, fresh) = await Lived(Ordered, Shown, ("inspection", Again, [Checked(true, "№ 26-40"), Act with { InspectionId = Again, Findings = [] }]));
        Assert.Equal((DutyState.Met, VerifiedBy.Inspector, "№ 26-40", 0), (duty.State, duty.VerifiedBy!.Value, duty.Grounds, fresh));
        Assert.Equal(4, visit.Count);
    }

    static (string, Guid, object[]) ShownAgain(char picture) => ("duty", Order, [new DutyEvent.RepairShown(Order, Club, new(picture, 64), Noon.AddDays(4))]);

    [Fact]
    public async Task What_is_shown_after_a_round_calls_for_the_next_one_and_only_one()
    {
        var next = PlanReInspectionWhenOrderIsShownOrOverstays.NextOf(Again);
        var held = ("inspection", Again, (object[])[.. Walked(Found.NotChecked, null)[2..].Select(f => f is InspectionEvent.Started began ? began with { At = Noon.AddDays(3) } : f), Act with { InspectionId = Again, Findings = [] }]);
        Assert.Empty((await Lived(next, Ordered, Shown, ShownAgain('b'))).Visit);
        Assert.Empty((await Lived(next, Ordered, Shown, held)).Visit);
        Assert.Equal(2, (await Lived(next, Ordered, Shown, held, ShownAgain('b'))).Visit.Count);
    }

    [Fact]
    public async Task What_is_shown_after_a_visit_was_cancelled_calls_for_another()
    {
        var next = PlanReInspectionWhenOrderIsShownOrOverstays.NextOf(Again);
        var dropped = ("inspection", Again, (object[])[new InspectionEvent.Cancelled(Again, Club, "the officer is ill")]);
        Assert.Empty((await Lived(next, Ordered, Shown, dropped)).Visit);
        Assert.Equal(2, (await Lived(next, Ordered, Shown, dropped, ShownAgain('b'))).Visit.Count);
    }

    [Fact] public void Older_visits_name_no_cause() => Assert.Equal(new InspectionEvent.OrdersToVerify(Again, Club, Id, []) with { Rules = [] },
        (InspectionEvent.OrdersToVerify)EventCatalog.Decode("inspection.orders-to-verify.v1", EventCatalog.Encode(new OrdersToVerifyV1(Again, Club, Id, [])))! with { Rules = [] });

    [Fact]
    public async Task What_is_still_open_is_the_order_of_before_with_its_old_term()
    {
        var (duty, _, fresh) = await Lived(Ordered, Shown, ("inspection", Again,
            [.. Walked(Found.NotMet, false, NoPhoto.NothingToSee)[2..], Checked(false, "Still open."), Act with { InspectionId = Again, Findings = [Named(Again, Wording.Violation, "Still open.")] }]));
        Assert.Equal((DutyState.Owed, "Still open.", 0), (duty.State, duty.Grounds, fresh));
        Assert.Equal(new DateOnly(2026, 6, 11), Domain.Venues.VenueZone.Day(duty.Clock.Due!.Value.AddTicks(-1)));
    }

    [Fact] public void An_act_that_orders_nothing_is_not_looked_at_again()
    {
        Inspection.Done Of(params Finding[] findings) => (Inspection.Done)Inspection.Decider.Fold([.. Walking, Act with { Findings = findings }]);
        Assert.Null(ReInspections.Of(Of(), Again, Today, []));
        Assert.Null(ReInspections.Of(Of(Named(Id, Wording.Recommended, "")), Again, Today, []));
        Assert.Equal(Plan with { Rules = Plan.Rules }, ReInspections.Of(Of(Named(Id, Wording.Violation, "")), Again, Plan.Day, []) is { } plan ? plan with { Rules = Plan.Rules, Walkers = Plan.Walkers } : null);
    }
}
