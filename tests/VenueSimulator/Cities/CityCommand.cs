using VenueSimulator.Nights;
using VenueSimulator.Seeding;

namespace VenueSimulator.Cities;

/// <summary>The command "city": the demo's twelve venues, registered and alive until it is stopped.</summary>
internal static class CityCommand
{
    public const string Help = """
        city    twelve venues in Almaty with their cameras, registered at the API, and the script of one night
                  --api URL                 without it nothing is registered, and exits are not reported
                  --data DIR                keeps the pictures, and in probe.secret what the demo's probe signs in with
                  --footage DIR             the cameras play the video files of this folder
                  --night off               nothing breaks by itself
                  --port 8554               of every recorder; venue N has the address 127.0.0.(10+N)
        """;

    public static async Task Run(IReadOnlyList<string> words, CancellationToken stop)
    {
        var said = new Arguments(words, "--api", "--data", "--footage", "--night", "--port");
        var data = Directory.CreateDirectory(said.Required("--data")).FullName;
        var city = City.Load();
        await using var running = await RunningCity.Start(
            city, new(Path.Combine(data, "clips"), said.Text("--footage")), said.Number("--port", 8554), data, stop);

        using var http = new HttpClient();
        Seed? seed = null;
        if (said.Text("--api") is { } api)
        {
            http.BaseAddress = new($"{api.TrimEnd('/')}/");
            seed = new(http, city, running.Url, said.Text("--footage") is not null);
            await seed.Run(Path.Combine(data, "probe.secret"), stop);
            await new Certification(http, city).Run(TimeProvider.System.GetUtcNow(), stop);
            await new Guarding(http, city).Run(TimeProvider.System.GetUtcNow(), stop);
            await seed.CheckBeforeOpening(TimeProvider.System.GetUtcNow(), stop);
        }

        Console.WriteLine($"ready  {city.Venues.Count} venues, {city.Venues.Sum(venue => venue.Cameras.Count)} cameras");
        if (said.Text("--night") is "off")
        {
            await Stopping.Wait(stop);
        }
        else
        {
            await new Night(city, running, ReportExit, TimeProvider.System).Run(NightScript.Load(), stop);
        }

        Task ReportExit(CityVenue venue, int exit, bool blocked, string remark, CancellationToken token) =>
            seed?.ReportExit(venue, exit, blocked, remark, TimeProvider.System.GetUtcNow(), token) ?? Task.CompletedTask;
    }
}
