using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Api.Tests.EventLog;

/// <summary>Real facts of the domain for tests of the log: a numbered one is a venue whose capacity is set to that number.</summary>
static class Facts
{
    static readonly VenueDetails Details =
        new("Жұлдыз", "Звезда", "990140000384", "Абай даңғылы 1", "Бостандық", new(43.24, 76.91), Uto: true);

    public static StreamId NewVenue() => new("venue", Guid.NewGuid());

    public static VenueEvent Registered(StreamId venue) => new VenueEvent.Registered(venue.Id, Details, 250, []);

    public static VenueCommand Registration(StreamId venue) => new VenueCommand.Register(venue.Id, Details, 250, []);

    public static VenueEvent Capacity(StreamId venue, int number) => new VenueEvent.CapacitySet(venue.Id, number);

    public static int Number(Recorded recorded) => ((VenueEvent.CapacitySet)EventCatalog.Decode(recorded)!).Capacity;
}
