using System.Diagnostics;
using System.Net;
using VenueSimulator.Load;

namespace VenueSimulator.Cities;

/// <summary>The cameras of the whole city, up and serving: a recorder for each venue.</summary>
internal sealed class RunningCity : IAsyncDisposable
{
    private const string Main = "main";
    private const string Covered = "covered";
    private readonly int port;
    private readonly Dictionary<string, LoadServer> recorders = [];
    private readonly Dictionary<string, GstServer> gstreamers = [];

    private RunningCity(int port) => this.port = port;

    /// <param name="city">Which venues.</param>
    /// <param name="clips">What their cameras show.</param>
    /// <param name="port">The same at every venue's address: feeds are registered under it and must be found again after a restart.</param>
    /// <param name="data">Folder for settings of child processes.</param>
    /// <param name="stop">Gives up.</param>
    public static async Task<RunningCity> Start(City city, CityClips clips, int port, string data, CancellationToken stop)
    {
        var running = new RunningCity(port);
        await MakePictures(city, clips, stop);
        foreach (var venue in city.Venues)
        {
            if (venue.Gstreamer)
            {
                running.gstreamers[venue.Slug] = await running.StartGstreamer(venue, clips, data, stop);
            }
            else
            {
                running.recorders[venue.Slug] = await running.StartRecorder(venue, clips, stop);
            }
        }

        return running;
    }

    /// <summary>The address of a camera, as it is registered.</summary>
    public Uri Url(CityVenue venue, int camera) => venue.Url(camera, port);

    public Task Inject(CityVenue venue, int camera, Faults faults) => venue.Gstreamer
        ? gstreamers[venue.Slug].Inject(venue.Path(camera), faults)
        : recorders[venue.Slug].Inject(venue.Path(camera), faults);

    public async ValueTask DisposeAsync()
    {
        foreach (var gstreamer in gstreamers.Values)
        {
            await gstreamer.DisposeAsync();
        }

        foreach (var recorder in recorders.Values)
        {
            recorder.Dispose();
        }
    }

    // Two at a time: on the first run this is half a minute of a small machine, later nothing.
    private static Task MakePictures(City city, CityClips clips, CancellationToken stop)
    {
        const int Told = 10;
        var patience = TimeSpan.FromSeconds(2);
        var (begun, all, made) = (Stopwatch.GetTimestamp(), city.Venues.SelectMany(venue => venue.Cameras.Select((_, camera) => (venue, camera))).ToArray(), 0);
        return Parallel.ForEachAsync(all, new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = stop },
            async (one, token) =>
            {
                await clips.Looped(one.venue, one.camera, token);
                if (Interlocked.Increment(ref made) % Told == 0 && Stopwatch.GetElapsedTime(begun) > patience)
                {
                    Console.WriteLine($"making the cameras' pictures, once: {made} of {all.Length}");
                }
            });
    }

    private async Task<LoadServer> StartRecorder(CityVenue venue, CityClips clips, CancellationToken stop)
    {
        var shown = new Dictionary<string, Clip> { [Covered] = Clip.Load(await clips.Covered(stop), Codec.H264, CityClips.Fps) };
        var cameras = new List<CameraSetup>();
        for (var camera = 0; camera < venue.Cameras.Count; camera++)
        {
            cameras.Add(new(venue.Path(camera), $"{Main}-{camera}"));
            shown[$"{Main}-{camera}"] = Clip.Load(await clips.Looped(venue, camera, stop), Codec.H264, CityClips.Fps);
        }

        return LoadServer.Start(new()
        {
            Clips = shown, Cameras = cameras, Address = IPAddress.Parse(venue.Host), Port = port, Login = venue.Login,
            Parts = 1, Groups = venue.Cameras.Count, Turn = TimeSpan.FromMilliseconds(10), Seed = venue.Number,
        });
    }

    private async Task<GstServer> StartGstreamer(CityVenue venue, CityClips clips, string data, CancellationToken stop)
    {
        var cameras = new List<GstCamera>();
        for (var camera = 0; camera < venue.Cameras.Count; camera++)
        {
            var shown = new Dictionary<string, string> { [Main] = await clips.Looped(venue, camera, stop), [Covered] = await clips.Covered(stop) };
            cameras.Add(new(venue.Path(camera), venue.Login.User, venue.Login.Password, shown, await clips.Live(venue, camera, stop)));
        }

        return await GstServer.Start(venue.Host, port, CityClips.Fps, cameras, Path.Combine(data, $"{venue.Slug}.json"));
    }
}
