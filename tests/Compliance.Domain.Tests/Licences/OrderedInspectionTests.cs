using Compliance.Domain.Inspections;
using Compliance.Domain.Kernel;
using Compliance.Domain.Licences;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Tests.Kernel;
using Compliance.Domain.Venues;
using static Compliance.Domain.Tests.Licences.Stages;

namespace Compliance.Domain.Tests.Licences;

/// <summary>What an officer orders for a certificate is planned, and its act is what the certificate may rest on.</summary>
public sealed class OrderedInspectionTests
{
    [Fact]
    public async Task An_inspection_that_is_ordered_is_a_visit_that_an_inspector_can_take()
    {
        var (ct, log) = (TestContext.Current.CancellationToken, new MemoryEventLog(TimeProvider.System));
        var order = new LicenceEvent.InspectionOrdered(Club, new(Officer, new string('x', 900)), Monday, Monday.AddDays(21));
        var ordered = Story.Of((Club, order))[0];
        foreach (var reaction in PlanVisitWhenInspectionIsOrdered.Policy.React(EventCatalog.Decode(ordered)!, ordered))
            Assert.Null((await reaction.Execute(log, new(Guid.Empty, "reaction:test"), ct)).Refusal);
        var visit = PlanVisitWhenInspectionIsOrdered.VisitOf(order);
        var card = Assert.IsType<Inspection.Planned>((await log.Load(Inspection.Decider, new("inspection", visit), ct)).State).Card;
        Assert.Equal((Club, InspectionKind.Scheduled, VenueZone.Day(Monday.AddDays(21)), RulebookShelf.Usual), (card.VenueId, card.Kind, card.Day, card.Rulebook));
        Assert.Empty(card.Walkers);
    }

    static readonly LicenceEvent.InspectionOrdered Order = new(Club, new(Officer, "x"), Monday, Monday.AddDays(21)), Anew = Order with { At = Monday.AddDays(3), Due = Monday.AddDays(24) };

    /// <summary>What becomes of both visits when the last of these facts is reacted to.</summary>
    static async Task<(Type First, Type Second)> After(params object[] facts)
    {
        var (ct, log) = (TestContext.Current.CancellationToken, new MemoryEventLog(TimeProvider.System));
        foreach (var fact in facts.Where(f => f is LicenceEvent))
            await log.Append(new("licence", Club), log.Read(new("licence", Club), ct).ToBlockingEnumerable(ct).Count() - 1, [fact], new(Guid.NewGuid(), "user:test"), ct);
        foreach (var order in (LicenceEvent.InspectionOrdered[])[Order, Anew])
        foreach (var reaction in PlanVisitWhenInspectionIsOrdered.Policy.React(order, Story.Of((Club, order))[0]))
            await reaction.Execute(log, new(Guid.NewGuid(), "reaction:test"), ct);
        var last = Story.Of((Club, facts[^1]))[0] with { RecordedAt = Monday.AddDays(2) };
        foreach (var reaction in CallOffVisitWhenApplicationIsDecided.Policy.React(facts[^1], last))
            Assert.Null((await reaction.Execute(log, new(Guid.NewGuid(), "reaction:test"), ct)).Refusal);
        async Task<Type> StateOf(LicenceEvent.InspectionOrdered order) => (await log.Load(Inspection.Decider, new("inspection", PlanVisitWhenInspectionIsOrdered.VisitOf(order)), ct)).State.GetType();
        return (await StateOf(Order), await StateOf(Anew));
    }

    static readonly Ruling Decision = new(Officer, "x");

    public static readonly TheoryData<object> Decisions =
    [
        new LicenceEvent.Refused(Club, Decision, Monday), new LicenceEvent.Returned(Club, Decision, Monday, Monday), new VenueEvent.Closed(Club, "x"),
        new LicenceEvent.Granted(Club, "1", VenueZone.Day(Monday), VenueZone.Day(Monday).AddYears(1), [], Decision, Monday),
    ];

    [Theory, MemberData(nameof(Decisions))]
    public async Task A_visit_of_what_was_decided_without_it_is_cancelled_and_a_later_one_stays(object decision) =>
        Assert.Equal((typeof(Inspection.Dropped), typeof(Inspection.Planned)), await After(Order, Anew, decision));

    [Fact]
    public void A_visit_that_has_begun_is_walked_to_its_end()
    {
        Inspection.Decider.Given(Inspections.Visit.Walking).When(new InspectionCommand.CallOff("x")).ThenNothing();
        Inspection.Decider.Given().When(new InspectionCommand.CallOff("x")).ThenNothing();
    }

    [Fact]
    public void The_act_of_an_inspection_is_noted()
    {
        var act = new InspectionEvent.ActIssued(OneVisit, Club, "book", "1", "hash", []);
        var recorded = Story.Of((OneVisit, act))[0];
        Assert.Equal([Reaction.Send(Licence.Decider, Club, new Licensing(Club, new LicenceCommand.NoteAct(OneVisit), null, recorded.RecordedAt))],
            NoteActWhenInspectionEnds.Policy.React(act, recorded));
    }

    [Fact]
    public void The_act_of_another_visit_is_not_what_a_certificate_waits_for()
    {
        var complaint = Guid.NewGuid();
        Licence.Decider.Given(At("under-inspection")).When(new LicenceCommand.NoteAct(complaint).ByItself()).ThenNothing();
        Licence.Decider.Given(At("under-inspection")).When(Noting.ByItself()).Then(new LicenceEvent.Inspected(Club, OneVisit, Monday));
        Licence.Decider.Given(At("inspected")).When(new LicenceCommand.NoteAct(complaint).ByItself()).ThenNothing();
    }
}
