using VenueSimulator.Load;
using VenueSimulator.Media;

namespace VenueSimulator.Pictures;

/// <summary>What happens in an invented room over many looks, and whether it happens again.</summary>
/// <param name="Looks">Pictures, seven seconds apart.</param>
/// <param name="Period">After so many looks it begins anew; 0: never.</param>
/// <param name="Rest">For so many looks people stay where they are.</param>
/// <param name="Cue">Show light goes through its program in so many looks; 0: no show.</param>
/// <param name="Kbits">A picture is coded to about so many kilobits.</param>
public sealed record Night(int Room, int Looks, int Period, int People, int Rest = 1, int Cue = 0, int Kbits = 400)
{
    /// <summary>Each pass of a loop is coded anew: the same scenes, other bytes.</summary>
    public bool CodedAnew { get; init; }

    /// <summary>A clock runs in the picture, whatever comes again.</summary>
    public bool Clock { get; init; }
}

/// <summary>Coded pictures of such nights, each a keyframe; made by ffmpeg once and kept.</summary>
public sealed class NightClip(ClipCache cache)
{
    const int Version = 2;

    public async Task<IReadOnlyList<byte[]>> Film(Night night, CancellationToken stop = default)
    {
        var own = night is { Period: > 0, CodedAnew: false } ? night.Period : night.Looks;
        var name = $"night-{Version}-{night.Room}-{own}-{night.Period}-{night.People}-{night.Rest}-{night.Cue}-{night.Kbits}{(night.Clock ? "-clock" : "")}.h264";
        var file = await cache.Make(name, LabelledSet.Encoding(night.Kbits), stop, async film =>
        {
            var view = new LensView(night.Room);
            for (var look = 0; look < own; look++) await film.WriteAsync(Draw(view, night, look), stop);
        });
        var coded = AnnexB.Pictures(await File.ReadAllBytesAsync(file, stop), Codec.H264).Select(LabelledSet.Join).ToArray();
        return [.. Enumerable.Range(0, night.Looks).Select(look => coded[look % coded.Length])];
    }

    static byte[] Draw(LensView view, Night night, int look)
    {
        var scene = (night.Period > 0 ? look % night.Period : look) / night.Rest;
        var light = night.Cue == 0 ? Light.Open : new Light(0.25f + (0.6f * (look % night.Cue) / night.Cue), 4, 3);
        var people = night.People == 0 ? 0 : 1 + new Random((night.Room * 31) + scene).Next(night.People);
        return view.Draw(scene, light, people, new(), night.Clock ? $"23:{look / 8 % 60:00}:{look * 7 % 60:00}" : null, null, night.Rest > 1 ? look : null);
    }
}
