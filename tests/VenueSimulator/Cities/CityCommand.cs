namespace VenueSimulator.Cities;

/// <summary>The command "city": the demo's twelve venues, registered and alive until it is stopped.</summary>
internal static class CityCommand
{
    public const string Help = """
        city    twelve venues in Almaty with their cameras, registered at the API, and the script of one night
                  --api URL                 without it nothing is registered
                  --data DIR                keeps the pictures and the probe's key (demo/probe.json)
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
        Console.WriteLine("ready");
        await Stopping.Wait(stop);
    }
}
