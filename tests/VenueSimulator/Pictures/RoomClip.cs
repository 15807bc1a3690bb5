using VenueSimulator.Load;
using VenueSimulator.Media;

namespace VenueSimulator.Pictures;

/// <summary>Clips of one invented room whose every picture is a keyframe, five a second: healthy, and through each fault of a lens.</summary>
public static class RoomClip
{
    public const double Fps = 5;
    const int Pictures = 20, Seed = 4;

    /// <summary>The names a camera's <see cref="Faults.Clip"/> may take, and the healthy <c>room</c>.</summary>
    public static IReadOnlyList<string> Names { get; } = ["room", "black", "covered", "defocused", "moved", "turned-away", "glare"];

    public static async Task<Clip> Load(ClipCache cache, string name, CancellationToken stop = default) => Clip.Load(await Make(cache, name, stop), Codec.H264, Fps);

    /// <summary>The path of the clip's Annex B file.</summary>
    public static Task<string> Make(ClipCache cache, string name, CancellationToken stop = default) => cache.Make($"room-1-{name}.h264",
        ["-f", "rawvideo", "-pix_fmt", "gray", "-s", $"{LensView.Width}x{LensView.Height}", "-r", "5", "-i", "pipe:0", .. ClipRecipe.FfmpegEncoding(Codec.H264, "1", 2000)],
        stop, film => Film(name, film, stop));

    static async Task Film(string name, Stream film, CancellationToken stop)
    {
        var view = new LensView(name == "turned-away" ? Seed + 1000 : Seed);
        var lens = name switch
        {
            "black" => new Lens(Shut: true), "covered" => new(Cover: 1), "defocused" => new(Blur: 6), "moved" => new(ShiftX: 150, ShiftY: 30), "glare" => new(Glare: 0.3f), _ => new Lens(),
        };
        for (var look = 0; look < Pictures; look++) await film.WriteAsync(view.Draw(look, Light.Open, look % 4, lens, $"23:14:{look:00}", "04-117"), stop);
    }
}
