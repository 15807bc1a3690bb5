using System.Globalization;
using VenueSimulator.Media;

namespace VenueSimulator.Load;

/// <summary>The command "load": serves any number of cameras until it is stopped.</summary>
internal static class LoadCommand
{
    public const string Help = """
        load    serve any number of cameras: rtsp://127.0.0.1:PORT/{clip}/{anything}
                  --clip NAME=FILE,FPS      an Annex B file (.h264 or .h265), may be repeated;
                                            without it: h264, h264-1080p, h265 and covered are made with ffmpeg
                  --port 8554               --control 0 (HTTP: PUT or DELETE /faults/{camera})
                  --auth md5[,sha256,basic] or none
                  --user police             --password police
                  --groups 100 --parts 8    how cameras are spread in time, and frames in parts
                  --seed 1
        """;

    public static async Task Run(IReadOnlyList<string> words, CancellationToken stop)
    {
        var said = new Arguments(words, "--clip", "--port", "--control", "--auth", "--user", "--password", "--groups", "--parts", "--seed");
        var auth = Auth(said.Text("--auth") ?? "md5");
        using var server = LoadServer.Start(new()
        {
            Clips = said.All("--clip").Any() ? said.All("--clip").ToDictionary(NameOf, ClipOf) : await Made(stop),
            Port = said.Number("--port", 8554),
            Auth = auth,
            Login = auth is AuthSchemes.None ? null : new(said.Text("--user") ?? "police", said.Text("--password") ?? "police"),
            Groups = said.Number("--groups", 100),
            Parts = said.Number("--parts", 8),
            Seed = said.Number("--seed", 1),
        });
        await using var control = await ControlDoor.Open(server, said.Number("--control", 0));
        Console.WriteLine($"{string.Join("\n", server.Settings.Clips.Keys.Select(clip => $"camera  {server.Url(clip)}/1 ..."))}\ncontrol {control.Address}faults");
        await Stopping.Wait(stop);
    }

    private static AuthSchemes Auth(string names) => names.Split(',').Aggregate(AuthSchemes.None, (all, name) => all | name switch
    {
        "none" => AuthSchemes.None,
        "basic" => AuthSchemes.Basic,
        "md5" => AuthSchemes.DigestMd5,
        "sha256" => AuthSchemes.DigestSha256,
        _ => throw new FormatException($"There is no authentication '{name}'."),
    });

    private static async Task<Dictionary<string, Clip>> Made(CancellationToken stop) => new()
    {
        ["h264"] = await ClipCache.Shared.Load(ClipRecipe.Small, stop),
        ["h264-1080p"] = await ClipCache.Shared.Load(ClipRecipe.FullHd, stop),
        ["h265"] = await ClipCache.Shared.Load(ClipRecipe.Small with { Codec = Codec.H265 }, stop),
        ["covered"] = await ClipCache.Shared.Load(ClipRecipe.Covered, stop),
    };

    private static string NameOf(string clip) => clip.Split('=')[0];

    private static Clip ClipOf(string clip) => clip.Split('=', ',') is [_, var file, var fps]
        ? Clip.Load(file, file.EndsWith("h265", StringComparison.Ordinal) ? Codec.H265 : Codec.H264, double.Parse(fps, CultureInfo.InvariantCulture))
        : throw new FormatException($"A clip is NAME=FILE,FPS, not '{clip}'.");
}
