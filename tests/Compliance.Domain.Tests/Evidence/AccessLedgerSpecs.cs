using Compliance.Domain.Devices;
using Compliance.Domain.Evidence;
using Compliance.Domain.Kernel;
using Compliance.Domain.Tests.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Tests.Evidence;

/// <summary>On what ground police could see a venue's cameras: who decided, as what, and on how many days.</summary>
public sealed class AccessLedgerSpecs
{
    static readonly Guid Club = new("00000000-0000-0000-0000-00000000000a"), Camera = new("00000000-0000-0000-0000-00000000000c"), Aliya = new("00000000-0000-0000-0000-0000000000a1");
    static readonly LegalBasis Consent = new(new("00000000-0000-0000-0000-0000000000b1"), LegalBasisKind.Consent, "№ 1", "all", new(2026, 6, 1), null);

    static Recorded[] Facts(params object[] more) =>
    [
        .. Story.Of([
            (Club, new VenueEvent.Registered(Club, new("Клуб", "Клуб", "240140012345", "Абай 1", "Алмалы", new(43.2, 76.9), true), 200, [])),
            (Camera, new DeviceEvent.Registered(Camera, Club, new CameraSpec("Есік", "Вход", CameraPurpose.Entrance, [], [], new Feed(new Uri("rtsp://camera.example/main"), null, FeedTransport.Tcp)))),
            (Club, new VenueEvent.PersonAppointed(Club, new(Aliya, Post.Owner, new(2026, 1, 1), null, []))),
            (Club, new VenueEvent.LegalBasisGranted(Club, Consent)), .. more.Select(fact => (Club, fact)),
        ]).Select(f => f with { Origin = f.Origin with { Actor = $"user:{Aliya}" } }),
    ];

    static AccessLedger June(Recorded[] facts) => AccessLedger.Of(Club, Period.Days(new(2026, 6, 1), new(2026, 6, 30)), facts)!;

    [Fact]
    public void A_decision_bears_the_post_its_author_held_on_that_day()
    {
        var facts = Facts(new VenueEvent.PersonRelieved(Club, Aliya, Post.Owner, new(2026, 6, 10)), new VenueEvent.LegalBasisWithdrawn(Club, Consent.BasisId, "sold"));
        facts[^1] = facts[^1] with { RecordedAt = Story.Noon.AddDays(20) };
        Assert.Equal([Post.Owner, null], June(facts).Acts.Select(act => act.Post));
        Assert.Equal([null, "sold"], June(facts).Acts.Select(act => act.Withdrawn));
    }

    [Fact]
    public void A_basis_covers_the_days_until_it_was_withdrawn()
    {
        Assert.Equal((30, 30), (June(Facts()).Days, June(Facts()).DaysCovered));
        var facts = Facts(new VenueEvent.LegalBasisWithdrawn(Club, Consent.BasisId, "no more"));
        facts[^1] = facts[^1] with { RecordedAt = VenueZone.At(new(2026, 6, 11), new(12, 0)) };
        Assert.Equal(10, June(facts).DaysCovered);
    }

    [Fact]
    public void Its_facts_alone_give_it_again()
    {
        var ledger = June(Facts());
        var file = new FactsFile(Guid.Empty, AccessLedger.Formula, ledger.Facts) { VenueId = Club, Period = ledger.Period, Figures = Figures.Of(ledger) };
        Assert.Equal(file.Figures, Figures.Again(FactsFile.Parse(file.ToJson()))!);
        Assert.Equal((1, 1, 1), (file.Figures["cameras.count"], file.Figures["bases.count"], file.Figures["acts.count"]));
    }

    [Fact]
    public void Before_the_venue_there_is_none() => Assert.Null(AccessLedger.Of(Club, Period.Days(new(2026, 5, 1), new(2026, 5, 31)), Facts()));
}
