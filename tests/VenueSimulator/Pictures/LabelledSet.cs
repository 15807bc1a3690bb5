using System.Globalization;
using VenueSimulator.Load;
using VenueSimulator.Media;

namespace VenueSimulator.Pictures;

/// <summary>One coded picture and what is wrong with it: <c>healthy</c>, or the name of a tampering.</summary>
/// <param name="AnnexB">A keyframe with its parameter sets, H.264.</param>
public sealed record LabelledPicture(string Label, byte[] AnnexB);

/// <summary>One camera: clear pictures to learn from, then pieces of its life, each told by its label.</summary>
/// <param name="HasClock">Whether a running clock is burnt in.</param>
public sealed record LabelledCamera(int Number, string Light, bool HasClock, IReadOnlyList<LabelledPicture> Pictures);

/// <summary>
/// Pictures of invented rooms, healthy and tampered with, coded as cameras code their keyframes: at a constant rate of
/// 30 to 70 kilobytes a picture, whose control wavers, so that a still picture seldom comes as the same bytes. Made by ffmpeg once, kept in a folder.
/// </summary>
public sealed class LabelledSet(ClipCache cache)
{
    /// <summary>Pictures to learn from, then as many healthy ones to be tried on.</summary>
    public const int Learning = 12, Healthy = 12, PerFault = 4;

    public static readonly TimeSpan Every = TimeSpan.FromSeconds(7);

    const int Version = 2;

    static readonly (string Name, Light Light, int Most)[] Rooms =
        [("open", Light.Open, 6), ("open, empty", Light.Open, 0), ("show", Light.Show, 9), ("dark", Light.Dark, 3), ("dark, empty", Light.Dark, 0)];

    /// <summary>What is done to a camera: the name, and light and lens while it lasts. The first ones are no faults.</summary>
    static readonly (string Name, Func<Light, Light> Light, Lens Lens)[] Pieces =
    [
        ("healthy: lights out", _ => Light.Dark, new()), ("healthy: lights on", _ => Light.Open, new()), ("healthy: strobe", _ => Light.Flash, new()), ("healthy: show light", _ => Light.Show, new()),
        ("frozen, coded anew", l => l, new()), ("frozen, clock running", l => l, new()), ("black", l => l, new(Shut: true)),
        ("covered by cloth", l => l, new(Cover: 1, CoverLuma: 70)), ("covered by a hand", l => l, new(Cover: 1, CoverLuma: 18)), ("covered to nine tenths", l => l, new(Cover: 0.9f)),
        ("defocused by 3", l => l, new(Blur: 3)), ("defocused by 6", l => l, new(Blur: 6)), ("defocused by 12", l => l, new(Blur: 12)),
        ("moved by a tenth", l => l, new(ShiftX: 96, ShiftY: 15)), ("moved by a quarter", l => l, new(ShiftX: -230, ShiftY: -45)), ("turned by ten degrees", l => l, new(Turn: 0.175f)),
        ("turned away", l => l, new()), ("glare", l => l, new(Glare: 0.3f)),
    ];

    public static int Count => Rooms.Length * 3;

    /// <summary>Camera <paramref name="number"/> of <see cref="Count"/>.</summary>
    public async Task<LabelledCamera> Camera(int number, CancellationToken stop = default)
    {
        var (room, hasClock) = (Rooms[number % Rooms.Length], number % 2 == 0);
        string[] labels = [.. Enumerable.Repeat("healthy", Learning + Healthy), .. Pieces.SelectMany(piece => Enumerable.Repeat(piece.Name, PerFault))];
        var file = await cache.Make($"labelled-{Version}-{number}.h264", Encoding(new Random(number).Next(240, 560)), stop, async film =>
        {
            foreach (var luma in Draw(number, room.Light, room.Most, hasClock)) await film.WriteAsync(luma, stop);
        });
        var coded = AnnexB.Pictures(await File.ReadAllBytesAsync(file, stop), Codec.H264).Select(Join);
        return new(number, room.Name, hasClock, [.. labels.Zip(coded, (label, unit) => new LabelledPicture(label, unit))]);
    }

    static IEnumerable<byte[]> Draw(int number, Light light, int most, bool hasClock)
    {
        var (view, elsewhere, look) = (new LensView(number), new LensView(number + 1000), 0);
        byte[] At(LensView through, Light lit, Lens lens, int seen) =>
            through.Draw(seen, lit, People(number, seen, most), lens, hasClock ? Clock(look) : null, number % 3 == 0 ? "04-117" : null);
        for (; look < Learning + Healthy; look++) yield return At(view, light, new(), look);
        foreach (var (name, lit, lens) in Pieces)
        {
            var (begun, still) = (look, At(view, light, lens, look));
            for (var i = 0; i < PerFault; i++, look++)
                yield return name switch
                {
                    "frozen, coded anew" => still,
                    "frozen, clock running" => At(view, light, lens, begun),
                    "turned away" => At(elsewhere, light, lens, look),
                    _ => At(view, lit(light), lens, look),
                };
        }
    }

    static int People(int number, int look, int most) => most == 0 ? 0 : new Random((number * 31) + look).Next(most + 1);

    static string Clock(int look) => (new DateTime(2026, 6, 1, 23, 14, 2, DateTimeKind.Utc) + (look * Every)).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    internal static string[] Encoding(int kbits, string? filter = null)
    {
        return
        [
            "-f", "rawvideo", "-pix_fmt", "gray", "-s", $"{LensView.Width}x{LensView.Height}", "-r", "1", "-i", "pipe:0", .. filter is null ? Array.Empty<string>() : ["-vf", filter], .. Coding(kbits),
        ];
    }

    /// <summary>Every picture a keyframe of about so many kilobits.</summary>
    internal static string[] Coding(int kbits)
    {
        return
        [
            "-pix_fmt", "yuv420p", "-c:v", "libx264", "-preset", "superfast", "-b:v", $"{kbits}k", "-maxrate", $"{kbits}k", "-bufsize", $"{kbits}k", "-x264-params", "keyint=1:repeat-headers=1:aud=1:sliced-threads=0:threads=1", "-f", "h264",
        ];
    }

    internal static byte[] Join(List<ReadOnlyMemory<byte>> picture)
    {
        using var joined = new MemoryStream();
        foreach (var nal in picture)
        {
            joined.Write([0, 0, 0, 1]);
            joined.Write(nal.Span);
        }

        return joined.ToArray();
    }
}
