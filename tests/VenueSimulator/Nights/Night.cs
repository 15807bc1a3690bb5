using System.Text.Json;
using Compliance.Domain.Kernel;
using VenueSimulator.Cities;
using VenueSimulator.Load;

namespace VenueSimulator.Nights;

/// <summary>What happens in one night, in demo time: night.json.</summary>
internal sealed record NightScript(IReadOnlyList<NightEvent> Events, TimeSpan EndsAt)
{
    public static NightScript Load()
    {
        using var file = typeof(NightScript).Assembly.GetManifestResourceStream("night.json")!;
        return JsonSerializer.Deserialize<NightScript>(file, EventCatalog.Json)!;
    }
}

/// <summary>One thing happens to one camera (the probe must see it) or one exit (a person reports it).</summary>
/// <param name="Faults">What is wrong with the camera from now on; empty when it is repaired.</param>
internal sealed record NightEvent(TimeSpan At, string Venue, string Says, int? Camera = null, Faults? Faults = null, int? Exit = null, bool Blocked = false);

/// <summary>Plays the night, and plays it again three times slower until stopped.</summary>
/// <param name="ReportExit">What the staff of a venue do: say at the door that an exit is blocked, or clear again.</param>
internal sealed record Night(City City, RunningCity Cameras, Func<CityVenue, int, bool, string, CancellationToken, Task> ReportExit, TimeProvider Time)
{
    private const int CalmerBy = 3;

    public async Task Run(NightScript script, CancellationToken stop)
    {
        await Round(script, 1, stop);
        while (true)
        {
            await Round(script, CalmerBy, stop);
        }
    }

    private async Task Round(NightScript script, int slower, CancellationToken stop)
    {
        var begun = Time.GetTimestamp();
        foreach (var happens in script.Events)
        {
            await Until(happens.At * slower);
            await Happen(happens, stop);
        }

        await Until(script.EndsAt * slower);

        Task Until(TimeSpan at) => Task.Delay(at - Time.GetElapsedTime(begun) is var rest && rest > TimeSpan.Zero ? rest : TimeSpan.Zero, Time, stop);
    }

    // The night goes on when the API is away: nobody's phone call got through, that is all.
    private async Task Report(CityVenue venue, int exit, NightEvent happens, CancellationToken stop)
    {
        try
        {
            await ReportExit(venue, exit, happens.Blocked, happens.Says, stop);
        }
        catch (HttpRequestException unheard)
        {
            Console.WriteLine($"night  the report did not get through: {unheard.Message}");
        }
    }

    private async Task Happen(NightEvent happens, CancellationToken stop)
    {
        var venue = City[happens.Venue];
        var (placeKk, placeRu) = happens.Camera is { } at
            ? (venue.Cameras[at].PlaceKk, venue.Cameras[at].PlaceRu)
            : (venue.Exits[happens.Exit!.Value].PlaceKk, venue.Exits[happens.Exit.Value].PlaceRu);
        Console.WriteLine($"night  {venue.Called(placeKk, placeRu)}: {happens.Says}");
        if (happens is { Camera: { } camera, Faults: { } faults })
        {
            await Cameras.Inject(venue, camera, faults);
        }
        else
        {
            await Report(venue, happens.Exit!.Value, happens, stop);
        }
    }
}
