using System.Globalization;
using VenueSimulator.Load;
using VenueSimulator.Media;

namespace VenueSimulator.Pictures;

/// <summary>A minute of an invented room with guests, four pictures a second, into which a clock is burnt that runs: date, hours, minutes, seconds.</summary>
/// <param name="Font">Of the machine, as fontconfig knows it; <c>dots</c>: five by seven points in a black box.</param>
/// <param name="Tall">Of the letters, pixels of a picture 540 high.</param>
/// <param name="Boxed">In a dark box; else white with a black edge, over whatever is behind it.</param>
public sealed record RunningClock(int Room, bool Dark, string Font, int Tall, bool Boxed)
{
    public const int PicturesASecond = 4, Seconds = 60;

    /// <summary>Minutes and seconds the clock shows at first, in seconds.</summary>
    public int Begins { get; init; } = (14 * 60) + 47;

    /// <summary>It shows always the same.</summary>
    public bool Stands { get; init; }

    /// <summary>The whole film as one file, every picture a keyframe.</summary>
    public async Task<string> Make(ClipCache cache, CancellationToken stop = default)
    {
        var dots = Font == "dots";
        var room = await cache.Make($"clock-room-2-{Room}-{Dark}{(dots ? $"-{Begins}-{Stands}" : "")}.h264", [.. LabelledSet.Encoding(dots ? 400 : 1200)], stop, async film =>
        {
            var view = new LensView(Room);
            for (var look = 0; look < PicturesASecond * Seconds; look++)
            {
                await film.WriteAsync(view.Draw(look / PicturesASecond, Dark ? Light.Dark : Light.Show, 5, new(), dots ? Says(look) : null, null, look), stop);
            }
        });
        var name = string.Create(CultureInfo.InvariantCulture, $"clock-2-{Room}-{Dark}-{Font}-{Tall}-{Boxed}-{Begins}-{Stands}.h264").Replace(' ', '_');
        return dots ? room : await cache.Make(name, ["-r", "1", "-f", "h264", "-i", room, "-vf", Drawn(), .. LabelledSet.Coding(400)], stop);
    }

    public async Task<IReadOnlyList<byte[]>> Film(ClipCache cache, CancellationToken stop = default) =>
        [.. AnnexB.Pictures(await File.ReadAllBytesAsync(await Make(cache, stop), stop), Codec.H264).Select(LabelledSet.Join)];

    string Says(int look) => new DateTime(2026, 6, 1, 23, 0, 0, DateTimeKind.Utc).AddSeconds(Begins + (Stands ? 0 : look / PicturesASecond)).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    string Drawn()
    {
        var second = string.Create(CultureInfo.InvariantCulture, $"({(Stands ? "0" : $"floor(n/{PicturesASecond})")}+{Begins})");
        return string.Create(CultureInfo.InvariantCulture,
            $@"drawtext=text='2026-06-01 23\:%{{eif\:mod(floor({second}/60)\,60)\:d\:2}}\:%{{eif\:mod({second}\,60)\:d\:2}}':font='{Font}':fontsize={Tall}:fontcolor=white:{(Boxed ? "box=1:boxcolor=black@0.6:boxborderw=4" : "borderw=2:bordercolor=black")}:x=24:y=24");
    }
}
