using Compliance.Domain.Access;
using Compliance.Domain.Evidence;
using Compliance.Domain.Tests.Kernel;

namespace Compliance.Domain.Tests.Evidence;

/// <summary>What the ledger of police access says of those who looked.</summary>
public sealed class LedgerLooksSpecs
{
    static readonly Guid Club = new("00000000-0000-0000-0000-00000000000a"), Bar = new("00000000-0000-0000-0000-00000000000b"), Camera = new("00000000-0000-0000-0000-0000000000c1");
    static readonly DateTimeOffset June = new(2026, 6, 10, 20, 0, 0, TimeSpan.Zero);

    static AccessEvent.Opened Opened(Guid session, Guid venue, DateTimeOffset at) =>
        new(session, venue, Guid.Empty, "ЦОУ-2", AccessPurpose.CallTo102, "102-4711", null, false, [Camera], [], at, at.AddMinutes(15), at.AddDays(30));

    static LedgerLooks Of(DateTimeOffset now)
    {
        Guid first = Guid.NewGuid(), second = Guid.NewGuid(), july = Guid.NewGuid(), elsewhere = Guid.NewGuid();
        return LedgerLooks.Of(Club, Period.Days(new(2026, 6, 1), new(2026, 6, 30)), now, Story.Of(
            (second, Opened(second, Club, June.AddDays(10))), (first, Opened(first, Club, June)), (july, Opened(july, Club, June.AddDays(40))), (elsewhere, Opened(elsewhere, Bar, June)),
            (first, new AccessEvent.CameraViewed(first, Club, Guid.NewGuid(), Camera, June.AddMinutes(1), June.AddMinutes(4))), (first, new AccessEvent.StillTaken(first, Club, Camera, June.AddMinutes(2), new('a', 64))),
            (elsewhere, new AccessEvent.CameraViewed(elsewhere, Bar, Guid.NewGuid(), Camera, June, June.AddMinutes(9)))));
    }

    [Fact]
    public void Sessions_of_the_venue_opened_within_the_period_stand_in_order_and_are_summed()
    {
        var looks = Of(June.AddDays(1));
        Assert.Equal([June, June.AddDays(10)], looks.Lines.Select(line => line.OpenedAt));
        Assert.Equal((2, 1, 180L, 1), (looks.Totals.Sessions, looks.Totals.Views, looks.Totals.Seconds, looks.Totals.Stills));
    }

    [Fact]
    public void Unit_and_purpose_are_there_only_once_the_seal_has_ended() =>
        Assert.Equal([("ЦОУ-2", AccessPurpose.CallTo102), null], Of(June.AddDays(31)).Lines.Select(line => line.Why is { } why ? (why.Unit, why.Purpose) : ((string, AccessPurpose)?)null));
}
