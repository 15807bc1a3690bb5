using System.Text.RegularExpressions;
using Compliance.Domain.Venues;
using VenueSimulator.Cities;
using VenueSimulator.Load;
using VenueSimulator.Nights;

namespace Compliance.Probe.Tests.Simulator;

/// <summary>The demo city and its night are data; what the demo relies on in them is checked here.</summary>
public sealed class CityTests
{
    private static readonly City City = City.Load();
    private static readonly NightScript Night = NightScript.Load();

    [Fact]
    public void Twelve_venues_of_eight_districts_stand_inside_Almaty()
    {
        Assert.Equal(12, City.Venues.Count);
        Assert.Equal(8, City.Venues.Select(venue => venue.Details.District).Distinct().Count());
        Assert.All(City.Venues, venue =>
        {
            Assert.InRange(venue.Details.Position.Latitude, 43.15, 43.40);
            Assert.InRange(venue.Details.Position.Longitude, 76.75, 77.05);
        });
    }

    [Fact]
    public void Every_venue_passes_the_rules_of_the_register()
    {
        Assert.All(City.Venues, venue =>
        {
            var decision = Venue.Decider.Decide(new Venue.Unknown(), new VenueCommand.Register(venue.Id, venue.Details, venue.Capacity, venue.Hours));
            Assert.Null(decision.Refusal);
            Assert.InRange(venue.Cameras.Count, 3, 6);
            Assert.InRange(venue.Exits.Count, 2, 4);
        });
    }

    [Fact]
    public void No_business_number_is_a_real_one_for_no_company_was_registered_in_month_00() =>
        Assert.All(City.Venues, venue => Assert.Matches(new Regex(@"^\d\d00\d{8}$"), venue.Details.Bin));

    [Fact]
    public void No_two_things_share_an_id()
    {
        var ids = City.Venues.SelectMany(venue => (Guid[])[
            venue.Id, venue.BasisId, venue.PanelId, .. venue.Cameras.Select((_, i) => venue.CameraId(i)), .. venue.Exits.Select((_, i) => venue.ExitId(i))]).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Equal(7, id.Version));
    }

    [Fact]
    public void The_night_begins_soon_stays_in_order_and_repairs_whatever_it_broke()
    {
        Assert.Equal(TimeSpan.FromSeconds(20), Night.Events[0].At);
        Assert.Equal(Night.Events.OrderBy(happens => happens.At), Night.Events);
        Assert.InRange(Night.EndsAt, Night.Events[^1].At, TimeSpan.FromMinutes(8));
        Assert.All(Night.Events.GroupBy(happens => (happens.Venue, happens.Camera, happens.Exit)), thing =>
        {
            Assert.NotNull(City[thing.Key.Venue].Cameras[thing.Key.Camera ?? 0]);
            Assert.NotNull(City[thing.Key.Venue].Exits[thing.Key.Exit ?? 0]);
            Assert.False(thing.Last().Blocked);
            Assert.Equal(Faults.None, thing.Last().Faults ?? Faults.None);
        });
    }
}
