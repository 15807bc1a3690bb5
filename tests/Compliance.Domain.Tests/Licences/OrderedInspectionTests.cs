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
