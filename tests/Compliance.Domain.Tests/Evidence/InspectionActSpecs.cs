using Compliance.Domain.Evidence;
using Compliance.Domain.Inspections;
using Compliance.Domain.Kernel;
using Compliance.Domain.Tests.Inspections;
using Compliance.Domain.Tests.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Tests.Evidence;

/// <summary>An act says what was known when it was signed, and nothing that came of it.</summary>
public sealed class InspectionActSpecs
{
    static readonly SignedContent Content = new(new('c', 64), Story.Noon);

    [Fact]
    public void What_the_log_took_after_the_first_signature_was_not_known_even_at_the_same_instant()
    {
        var facts = Story.Of([
            .. Visit.Walking.Select(fact => (Visit.Id, (object)fact)), (Visit.Club, new VenueEvent.CapacitySet(Visit.Club, 200)),
            (Visit.Id, new InspectionEvent.Signed(Visit.Id, Visit.Club, Visit.Officer, Signatory.Inspector, Content)), (Visit.Club, new VenueEvent.CapacitySet(Visit.Club, 300)),
            (Visit.Id, new InspectionEvent.Signed(Visit.Id, Visit.Club, Visit.Owner, Signatory.Venue, Content)), (Visit.Club, new VenueEvent.CapacitySet(Visit.Club, 400)),
        ]).Select(f => f with { RecordedAt = Story.Noon }).ToArray();
        var walk = (Inspection.Running)Inspection.Decider.Fold(facts.Select(EventCatalog.Decode).OfType<InspectionEvent>());

        Assert.Equal([200], InspectionAct.KnownTo(walk, facts).Select(EventCatalog.Decode).OfType<VenueEvent.CapacitySet>().Select(f => f.Capacity));
        Assert.Equal(facts.Length, InspectionAct.KnownTo(walk with { Content = null }, facts).Count);
    }
}
