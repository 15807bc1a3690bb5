using System.Text.Json;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;
using VenueSimulator.Load;

namespace VenueSimulator.Cities;

/// <summary>Twelve venues of Almaty, all invented: city.json. What a venue or device is called in the system follows from its place in that file.</summary>
internal sealed record City(IReadOnlyList<CityVenue> Venues)
{
    public static City Load()
    {
        using var file = typeof(City).Assembly.GetManifestResourceStream("city.json")!;
        var city = JsonSerializer.Deserialize<City>(file, EventCatalog.Json)!;
        return new([.. city.Venues.Select((venue, i) => venue with { Number = i + 1 })]);
    }

    /// <summary>The box that watches all twelve.</summary>
    public static Guid ProbeId { get; } = new("019a0000-0000-7000-8000-0000000000ff");

    /// <summary>The one camera on which a detector may run in the demo: the dance floor of the venue whose story is told. The user's own clips follow one another there.</summary>
    public static (string Venue, int Camera) Watched { get; } = ("aqsham", 2);

    public CityVenue this[string slug] => Venues.First(venue => venue.Slug == slug);
}

/// <param name="Slug">Short name in paths and in the script of the night.</param>
/// <param name="Owner">The demo account that answers for it.</param>
/// <param name="Gstreamer">Its cameras are live pictures from GStreamer's server; the others' are looped clips from our own.</param>
internal sealed record CityVenue(
    string Slug, string Owner, VenueDetails Details, int Capacity, CityHours Open, IReadOnlyList<CityCamera> Cameras, FireAlarmSpec Panel,
    IReadOnlyList<ExitSpec> Exits, bool Gstreamer = false)
{
    public int Number { get; init; }

    /// <summary>Every venue has a recorder of its own, at an address of its own, with a password of its own.</summary>
    public string Host => $"127.0.0.{10 + Number}";

    public Login Login => new("police", $"{Slug}-Almaty-2026");
    public Guid Id => Fixed(0);
    public Guid BasisId => Fixed(0x400);
    public Guid PanelId => Fixed(0x200);
    public Guid CameraId(int camera) => Fixed(0x100 + camera);
    public Guid ExitId(int exit) => Fixed(0x300 + exit);
    public string Path(int camera) => $"{Slug}/{camera}";

    /// <summary>The address of a camera, as it is registered.</summary>
    public Uri Url(int camera, int port) => new UriBuilder("rtsp", Host, port, Path(camera)).Uri;
    public string Called(string placeKk, string placeRu) => $"{Details.NameKk} / {Details.NameRu} · {placeKk} / {placeRu}";

    /// <summary>The closing time lies on the next morning.</summary>
    public IReadOnlyList<OpeningHours> Hours => [.. Open.Days.Select(day => new OpeningHours(day, Open.From, Open.Until))];

    /// <summary>Fixed ids of version 7, so that registering the city twice changes nothing.</summary>
    private Guid Fixed(int what) => new($"019a0000-0000-7000-8000-{Number:x4}0000{what:x4}");
}

internal sealed record CityHours(IReadOnlyList<DayOfWeek> Days, TimeOnly From, TimeOnly Until);

internal sealed record CityCamera(
    string PlaceKk, string PlaceRu, CameraPurpose Purpose, IReadOnlyList<string> Openings, IReadOnlyList<string> Zones)
{
    public CameraSpec Spec(Uri feed) => new(PlaceKk, PlaceRu, Purpose, Openings, Zones, new Feed(feed, null, FeedTransport.Tcp));
}
