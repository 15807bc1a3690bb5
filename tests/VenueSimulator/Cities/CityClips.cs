using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using VenueSimulator.Load;
using VenueSimulator.Media;

namespace VenueSimulator.Cities;

/// <summary>The pictures of the city, made once and kept in a folder: a few scenes (or the user's own clips), each camera's name on top.</summary>
internal sealed class CityClips(string folder, string? footage)
{
    public const double Fps = 25;
    private const int Kbps = 500;
    private const int ScenesOfAPurpose = 2;

    /// <summary>Of the user's clips on the camera that a detector watches: how many, and for how long each.</summary>
    private const int InTurn = 10, SecondsEach = 16;
    private static readonly string[] Videos = [".mp4", ".mkv", ".mov", ".avi", ".webm"];
    private readonly ClipCache cache = new(folder);
    private readonly IReadOnlyList<string> films = footage is null ? [] :
        [.. Directory.EnumerateFiles(footage, "*", SearchOption.AllDirectories).Where(file => Videos.Contains(Path.GetExtension(file).ToLowerInvariant())).Order()];

    /// <summary>Near-uniform dark: a hand, a bag or tape over the lens.</summary>
    public Task<string> Covered(CancellationToken stop) => cache.Make(ClipRecipe.Covered, stop);

    /// <summary>A looped clip of one camera, in Annex B.</summary>
    public async Task<string> Looped(CityVenue venue, int camera, CancellationToken stop)
    {
        var scene = await Scene(venue, camera, stop);
        return await cache.Make($"{venue.Slug}-{camera}-{Path.GetFileNameWithoutExtension(scene)}.h264",
            ["-i", scene, "-vf", $"noise=alls=4:allf=t,{Name(venue, camera)}", .. Encoding(), "-threads", "1"], stop);
    }

    /// <summary>The command that films one camera live, with a running clock; {fps} and {gop} are for the server to fill in.</summary>
    public async Task<IReadOnlyList<string>> Live(CityVenue venue, int camera, CancellationToken stop) => [
        "ffmpeg", "-v", "error", "-nostdin", "-re", "-stream_loop", "-1", "-i", await Scene(venue, camera, stop),
        "-vf", $"fps={{fps}},{Name(venue, camera)},drawtext=text='%{{{{localtime}}}}':fontsize=20:fontcolor=white:box=1:boxcolor=black:x=12:y=12",
        "-threads", "1", .. Encoding("{gop}"), "pipe:1"];

    private static IReadOnlyList<string> Encoding(string gop = "50") => ClipRecipe.FfmpegEncoding(Codec.H264, gop, Kbps);

    private static string Name(CityVenue venue, int camera)
    {
        var (kk, ru) = (venue.Cameras[camera].PlaceKk, venue.Cameras[camera].PlaceRu);
        var name = $"{venue.Details.NameKk}   {(kk == ru ? kk : $"{kk} / {ru}")}";
        return $"drawtext=text='{name}':expansion=none:fontsize=17:fontcolor=white:box=1:boxcolor=black@0.5:boxborderw=4:x=12:y=h-28";
    }

    private async Task<string> Scene(CityVenue venue, int camera, CancellationToken stop)
    {
        if (films.Count > 1 && (venue.Slug, camera) == City.Watched)
        {
            return await OneAfterAnother(stop);
        }

        if (films.Count > 0)
        {
            var film = new FileInfo(films[(venue.Number * 5 + camera) % films.Count]);
            var name = $"film-{ClubScene.Seconds}s-{Path.GetFileNameWithoutExtension(film.Name)}-{film.Length}-{film.LastWriteTimeUtc.Ticks:x}.mkv";
            return await cache.Make(name, ["-stream_loop", "-1", "-t", $"{ClubScene.Seconds}", "-i", film.FullName, "-vf",
                "scale=640:360:force_original_aspect_ratio=increase,crop=640:360,fps=25", .. Intermediate], stop);
        }

        var (purpose, seed) = (venue.Cameras[camera].Purpose, (venue.Number + camera) % ScenesOfAPurpose);
        return await cache.Make($"scene-{ClubScene.Seconds}s-{purpose}-{seed}.mkv", [
            "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", $"{ClubScene.Width}x{ClubScene.Height}", "-r", "25", "-i", "pipe:0",
            "-vf", "scale=640:360", .. Intermediate], stop, film => Film(purpose, seed, film, stop));
    }

    /// <summary>Some of the user's clips, from all over the folder, each repeated for a while: clips of two seconds would be over before anybody could look.</summary>
    private Task<string> OneAfterAnother(CancellationToken stop)
    {
        FileInfo[] some = [.. Enumerable.Range(0, Math.Min(InTurn, films.Count)).Select(n => new FileInfo(films[n * films.Count / Math.Min(InTurn, films.Count)]))];
        var known = EventIds.From(Guid.Empty, string.Join('|', some.Select(film => $"{film.Name} {film.Length} {film.LastWriteTimeUtc.Ticks:x}")));
        var pictures = Enumerable.Range(0, some.Length).Select(n => $"[{n}:v]scale=640:360:force_original_aspect_ratio=increase,crop=640:360,fps=25,setsar=1[v{n}]");
        var joined = string.Concat(Enumerable.Range(0, some.Length).Select(n => $"[v{n}]"));
        return cache.Make($"films-{SecondsEach}s-{known:N}.mkv",
        [
            .. some.SelectMany(film => (string[])["-stream_loop", "-1", "-t", $"{SecondsEach}", "-i", film.FullName]),
            "-filter_complex", $"{string.Join(';', pictures)};{joined}concat=n={some.Length}:v=1:a=0", .. Intermediate,
        ], stop);
    }

    private static readonly string[] Intermediate = ["-an", "-c:v", "libx264", "-preset", "ultrafast", "-crf", "16", "-g", "25", "-pix_fmt", "yuv420p", "-f", "matroska"];

    private static async Task Film(CameraPurpose purpose, int seed, Stream film, CancellationToken stop)
    {
        var scene = new ClubScene(purpose, (int)purpose * ScenesOfAPurpose + seed);
        var picture = new byte[ClubScene.Width * ClubScene.Height * 3];
        const int Pictures = (int)(ClubScene.Seconds * Fps);
        for (var i = 0; i < Pictures; i++)
        {
            scene.Draw(i / (float)Pictures, picture);
            await film.WriteAsync(picture, stop);
        }
    }
}
