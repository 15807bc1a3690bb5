using System.Text.Json;
using Compliance.Domain.Access;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;
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
        var reviewed = Row(Opened(id, urgent: true), new AccessEvent.Reviewed(id, Venue, Guid.NewGuid(), true, null));
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

    static readonly ILookup<Guid, DateTimeOffset> NoCalls = Array.Empty<Guid>().ToLookup(venue => venue, _ => Noon);

    [Fact]
    public void A_venue_that_names_its_hours_is_judged_by_them()
    {
        AccessRow At(int hour, Guid id) => Row(Opened(id, purpose: AccessPurpose.WantedPerson, hour: hour), new AccessEvent.CameraViewed(id, Venue, Guid.NewGuid(), Camera, Noon, Noon.AddMinutes(1)));
        var (morning, night) = (At(-6, Guid.NewGuid()), At(9, Guid.NewGuid())); // eleven in the morning and two at night in Almaty
        var hours = OpeningWeeks.Always([.. Enum.GetValues<DayOfWeek>().Select(day => new OpeningHours(day, new(9, 0), new(23, 0)))]);
        var scene = new LookScene(Noon.AddDays(1), NoCalls, new Dictionary<Guid, OpeningWeeks> { [Venue] = hours });
        Assert.Equal((OddityKind.UnusualHour, night.SessionId), Assert.Single(AccessOddity.Among([morning, night], scene)) is var odd ? (odd.Kind, odd.Row.SessionId) : default);
        Assert.Equal(morning.SessionId, Assert.Single(AccessOddity.Among([morning, night], scene with { Hours = new Dictionary<Guid, OpeningWeeks> { [Venue] = OpeningWeeks.Always([]) } })).Row.SessionId);
    }

    [Fact]
    public void A_look_for_a_call_that_nobody_made_is_unusual_once_the_call_would_have_been_written_down()
    {
        var id = Guid.NewGuid();
        var row = Row(Opened(id, hour: 9), new AccessEvent.CameraViewed(id, Venue, Guid.NewGuid(), Camera, Noon.AddHours(9), Noon.AddHours(9).AddMinutes(1)));
        var none = new LookScene(row.OpenedAt.AddHours(3), NoCalls, new Dictionary<Guid, OpeningWeeks>());
        LookScene Called(Guid venue, double hours) => none with { Calls = new[] { venue }.ToLookup(v => v, _ => row.OpenedAt.AddHours(hours)) };
        Assert.Equal(OddityKind.NoCallBehind, Assert.Single(AccessOddity.Among([row], none)).Kind);
        Assert.Empty(AccessOddity.Among([row], none with { Now = row.OpenedAt.AddHours(1) }));
        foreach (var near in (double[])[-2, -0.5, 1.9]) Assert.Empty(AccessOddity.Among([row], Called(Venue, near)));
        foreach (var far in (double[])[-2.1, 2.1]) Assert.Single(AccessOddity.Among([row], Called(Venue, far)));
        Assert.Single(AccessOddity.Among([row], Called(Guid.NewGuid(), 0)));
    }

    [Fact]
    public void A_long_look_that_was_told_in_pieces_counts_once_and_its_time_whole()
    {
        var (id, other, second) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        AccessEvent.CameraViewed Seen(Guid session, Guid camera, double from, double to) => new(session, Venue, Guid.NewGuid(), camera, Noon.AddMinutes(from), Noon.AddMinutes(to));
        var totals = SeenTotals.Of(
        [
            Row(Opened(id), Seen(id, Camera, 0, 5), Seen(id, Camera, 5.02, 10), Seen(id, Camera, 12, 13), Seen(id, second, 0, 5), new AccessEvent.StillTaken(id, Venue, Camera, Noon, new('a', 64))),
            Row(Opened(other), Seen(other, Camera, 10, 11), Seen(other, Camera, 10.5, 11.5)), // two screens at a time
        ]);
        Assert.Equal((2, 5, 1), (totals.Sessions, totals.Views, totals.Stills));
        Assert.Equal([new CameraTotal(Camera, 4, 778), new CameraTotal(second, 1, 300)], totals.Cameras);
        Assert.Equal(1078, totals.Seconds);
        Assert.Equal((0, 0, 0L), SeenTotals.Of([]) is var nothing ? (nothing.Sessions, nothing.Views, nothing.Seconds) : default);
    }
}
