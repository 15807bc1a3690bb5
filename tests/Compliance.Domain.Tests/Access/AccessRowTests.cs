using System.Text.Json;
using Compliance.Domain.Access;
using Compliance.Domain.Kernel;
using static Compliance.Domain.Tests.Kernel.Story;

namespace Compliance.Domain.Tests.Access;

public sealed class AccessRowTests
{
    static readonly Guid Venue = Guid.NewGuid(), Camera = Guid.NewGuid(), Officer = Guid.NewGuid();

    static AccessEvent.Opened Opened(Guid id, bool urgent = false, AccessPurpose purpose = AccessPurpose.CallTo102, Guid? venue = null, int hour = 0) => new(
        id, venue ?? Venue, Officer, "ЦОУ-2", purpose, urgent ? null : "102-4711", null, urgent, [Camera], [Guid.NewGuid()], Noon.AddHours(hour), Noon.AddHours(hour).AddMinutes(15), Noon.AddDays(30));

    static AccessRow Row(params AccessEvent[] facts) => AccessRow.View.Build(Of([.. facts.Select(f => (f.SessionId, (object)f))])).Values.Single();

    [Fact]
    public void Who_was_watched_reads_at_once_that_he_was_and_later_why()
    {
        var id = Guid.NewGuid();
        var row = Row(Opened(id), new AccessEvent.CameraViewed(id, Venue, Guid.NewGuid(), Camera, Noon.AddMinutes(1), Noon.AddMinutes(4)), new AccessEvent.StillTaken(id, Venue, Camera, Noon.AddMinutes(2), new('a', 64)));
        var sealedYet = SeenByPolice.Of(row, Noon.AddMinutes(5));
        Assert.Equal((TimeSpan.FromMinutes(3), 1, null), (sealedYet.Looked, sealedYet.Stills, sealedYet.Why));
        var text = JsonSerializer.Serialize(sealedYet, EventCatalog.Json);
        foreach (var secret in (string[])["ЦОУ-2", "102-4711", "CallTo102", $"{Officer}"]) Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(new WhyTheyLooked("ЦОУ-2", AccessPurpose.CallTo102, "102-4711", false), SeenByPolice.Of(row, Noon.AddDays(30)).Why);
    }

    [Fact]
    public void A_review_ends_the_waiting()
    {
        var id = Guid.NewGuid();
        Assert.Equal(Noon.AddDays(1), Row(Opened(id, urgent: true)).ReviewDue);
        var reviewed = Row(Opened(id, urgent: true), new AccessEvent.Reviewed(id, Venue, Guid.NewGuid(), true, "stabbing"));
        Assert.Equal((null, true), (reviewed.ReviewDue, reviewed.Review!.Justified));
    }

    [Fact]
    public void Oversight_sees_what_is_unusual_the_gravest_first()
    {
        AccessEvent.CameraViewed Viewed(Guid id, Guid venue) => new(id, venue, Guid.NewGuid(), Camera, Noon, Noon.AddMinutes(1));
        AccessEvent.Closed Closed(Guid id, Guid venue) => new(id, venue, Noon.AddMinutes(2), AccessEnd.ByOfficer);
        Guid[] ids = [.. Enumerable.Range(0, 9).Select(_ => Guid.NewGuid())], venues = [.. Enumerable.Range(0, 9).Select(_ => Guid.NewGuid())];
        AccessRow[] rows =
        [
            Row(Opened(ids[0], hour: 9), Viewed(ids[0], Venue), Closed(ids[0], Venue)), // two in the morning in Almaty
            Row(Opened(ids[1], urgent: true, hour: 11), new AccessEvent.ReviewOverdue(ids[1], Venue, Noon)),
            Row(Opened(ids[2], purpose: AccessPurpose.AlertUnderWay, hour: 13), Viewed(ids[2], Venue)),
            Row(Opened(ids[3], hour: 8), Closed(ids[3], Venue)),
            .. Enumerable.Range(4, 5).Select(i => Row(Opened(ids[i], venue: venues[i], hour: 40), Viewed(ids[i], venues[i]))),
        ];
        var odd = AccessOddity.Among(rows);
        Assert.Equal([OddityKind.ReviewMissing, OddityKind.NoIncidentBehind, .. Enumerable.Repeat(OddityKind.ManyVenues, 5), OddityKind.NothingViewed], odd.Select(o => o.Kind));
        Assert.Equal((ids[1], 5), (odd[0].Row.SessionId, odd[2].Figure));
    }

    [Fact]
    public void By_day_a_club_is_shut_and_a_look_at_it_unusual()
    {
        var id = Guid.NewGuid();
        var row = Row(Opened(id, hour: -6), new AccessEvent.CameraViewed(id, Venue, Guid.NewGuid(), Camera, Noon, Noon.AddMinutes(1))); // eleven in the morning in Almaty
        Assert.Equal(OddityKind.UnusualHour, Assert.Single(AccessOddity.Among([row])).Kind);
    }
}
