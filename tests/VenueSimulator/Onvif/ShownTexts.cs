using System.Collections.Concurrent;
using System.Globalization;
using VenueSimulator.Load;
using VenueSimulator.Media;
using VenueSimulator.Pictures;

namespace VenueSimulator.Onvif;

/// <summary>
/// The picture of a simulated camera with its texts burnt in: an invented room, coded anew each time a text changes and played from then on
/// by whoever serves the camera. So a text that a device takes is really seen.
/// </summary>
public sealed class ShownTexts(ClipCache cache, string name, string font = "dots")
{
    private const int Pictures = 20;
    private readonly ConcurrentDictionary<string, Clip> clips = new();
    private Func<string, string, Task>? play;

    /// <summary>For the settings of the load server; grows with every text.</summary>
    public IReadOnlyDictionary<string, Clip> Clips => clips;

    /// <summary>The first picture, before the server starts; its file.</summary>
    public async Task<string> Begin(CancellationToken stop) => await Film(name, ["04"], stop);

    public void PlayOn(LoadServer player, string path) => PlayOn((clip, _) => player.Inject(path, new() { Clip = clip }));

    /// <param name="player">Plays a clip from now on, by its name and its file.</param>
    internal void PlayOn(Func<string, string, Task> player) => play = player;

    internal async Task Show(IReadOnlyList<string> texts, CancellationToken stop)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"{name}-{clips.Count}");
        await play!(key, await Film(key, texts, stop));
    }

    private async Task<string> Film(string key, IReadOnlyList<string> texts, CancellationToken stop)
    {
        var lines = string.Join('_', texts.Select(text => string.Concat(text.Where(char.IsAsciiLetterOrDigit))));
        var file = await cache.Make($"texts-1-{name}-{font}-{lines}.h264",
            ["-f", "rawvideo", "-pix_fmt", "gray", "-s", $"{LensView.Width}x{LensView.Height}", "-r", "5", "-i", "pipe:0", .. font == "dots" ? [] : Drawn(texts), .. ClipRecipe.FfmpegEncoding(Codec.H264, "1", 2000)],
            stop, film => Draw(film, texts, stop));
        clips[key] = Clip.Load(file, Codec.H264, RoomClip.Fps);
        return file;
    }

    private async Task Draw(Stream film, IReadOnlyList<string> texts, CancellationToken stop)
    {
        var view = new LensView(name.Sum(letter => letter));
        for (var look = 0; look < Pictures; look++)
        {
            var picture = view.Draw(look, Light.Open, look % 4, new(), null, null);
            for (var line = 0; font == "dots" && line < texts.Count; line++)
            {
                Letters.Write(picture, LensView.Width, 24, LensView.Height - 45 - (line * 45), texts[line]);
            }

            await film.WriteAsync(picture, stop);
        }
    }

    /// <summary>In a font of the machine, white with a black edge and no box, as many cameras have it.</summary>
    private IEnumerable<string> Drawn(IReadOnlyList<string> texts) =>
        ["-vf", string.Join(',', texts.Select((text, line) => $"drawtext=text='{text}':font='{font}':fontsize=32:fontcolor=white:borderw=2:bordercolor=black:x=24:y=h-50-{line * 45}"))];
}
