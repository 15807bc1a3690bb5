using Compliance.Domain.Exports;
using Compliance.Domain.Kernel;
using Compliance.Domain.Tests.Kernel;

namespace Compliance.Domain.Tests.Exports;

public sealed class VenueFileSpecs
{
    static readonly Guid Export = Guid.Parse("00000000-0000-0000-0000-0000000000e1"), Venue = Guid.Parse("00000000-0000-0000-0000-0000000000e2");

    static readonly VenueFileEvent Exported = new VenueFileEvent.Exported(Export, Venue, FileReader.Inspector);
    static readonly VenueFileEvent HandedOver = new VenueFileEvent.HandedOver(Export, Venue, 12, 3_000, "ab");
    static readonly VenueFileCommand HandOver = new VenueFileCommand.HandOver(12, 3_000, "ab");

    static Given<VenueFile, VenueFileCommand, VenueFileEvent> Given(params VenueFileEvent[] history) => VenueFile.Decider.Given(history);

    [Fact]
    public void It_is_recorded_before_anything_leaves() => Given().When(new VenueFileCommand.Export(Export, Venue, FileReader.Inspector)).Then(Exported);

    [Fact]
    public void That_all_of_it_left_is_told_once()
    {
        Given(Exported).When(HandOver).Then(HandedOver);
        Given(Exported, HandedOver).When(HandOver).ThenNothing();
    }

    [Fact]
    public void Nothing_leaves_unrecorded() => Given().When(HandOver).ThenRefused("venuefile.unknown");

    [Fact]
    public void The_venue_reads_who_took_what_and_whether_all_of_it_left()
    {
        var stream = new StreamId("venuefile", Export);
        Recorded At(long revision, VenueFileEvent fact) => new(stream, revision, new(1, 1), Guid.NewGuid(), EventCatalog.NameOf(fact), EventCatalog.Encode(fact), DateTimeOffset.UnixEpoch, new(Guid.NewGuid(), "user:7"));
        Assert.Equal(new(Export, Venue, "user:7", FileReader.Inspector, DateTimeOffset.UnixEpoch, null, null, null), VenueFileRow.View.Build([At(0, Exported)]).Values.Single());
        Assert.Equal(new(Export, Venue, "user:7", FileReader.Inspector, DateTimeOffset.UnixEpoch, 12, 3_000, "ab"), VenueFileRow.View.Build([At(0, Exported), At(1, HandedOver)]).Values.Single());
    }
}
