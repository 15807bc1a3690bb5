using System.Globalization;
using VenueSimulator.Load;
using VenueSimulator.Media;

namespace VenueSimulator.Pictures;

/// <summary>A room with guests, into whose picture two texts are written one after the other: two coded pictures without, two with the first, two with the second.</summary>
/// <param name="Font">Of the machine, as fontconfig knows it; <c>dots</c>: five by seven points in a black box.</param>
/// <param name="Height">Of the letters, pixels of a picture 540 high.</param>
/// <param name="Boxed">In a dark box; else white with a black edge, over whatever is behind it.</param>
public sealed record WrittenText(int Room, bool Dark, string Font, int Height, bool Boxed, string First, string Second)
{
    public const int Each = 2;

    public async Task<IReadOnlyList<byte[]>> Film(ClipCache cache, CancellationToken stop = default)
    {
        var name = $"written-1-{Room}-{Dark}-{Font}-{Height}-{Boxed}-{First}-{Second}.h264".Replace(' ', '_');
        var file = await cache.Make(name, [.. LabelledSet.Encoding(400, Font == "dots" ? null : Drawn())], stop, async film =>
        {
            var view = new LensView(Room);
            for (var look = 0; look < 3 * Each; look++)
            {
                var picture = view.Draw(look, Dark ? Light.Dark : Light.Show, 5, new(), null, null);
                if (Font == "dots" && look >= Each)
                {
                    Letters.Write(picture, LensView.Width, 24, LensView.Height - 45, look < 2 * Each ? First : Second);
                }

                await film.WriteAsync(picture, stop);
            }
        });
        return [.. AnnexB.Pictures(await File.ReadAllBytesAsync(file, stop), Codec.H264).Select(LabelledSet.Join)];
    }

    private string Drawn() => $"{Text(First, Each, (2 * Each) - 1)},{Text(Second, 2 * Each, (3 * Each) - 1)}";

    private string Text(string text, int from, int until) => string.Create(CultureInfo.InvariantCulture,
        $"drawtext=text='{text}':font='{Font}':fontsize={Height}:fontcolor=white:{(Boxed ? "box=1:boxcolor=black@0.6:boxborderw=4" : "borderw=2:bordercolor=black")}:x=24:y=h-60:enable='between(n,{from},{until})'");
}
