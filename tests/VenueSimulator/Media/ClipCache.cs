using VenueSimulator.Load;

namespace VenueSimulator.Media;

/// <summary>Makes clips with ffmpeg on first use and keeps them in a folder that is never committed.</summary>
public sealed class ClipCache(string folder)
{
    /// <summary>A folder all test runs of this machine share.</summary>
    public static ClipCache Shared { get; } = new(Path.Combine(Path.GetTempPath(), "compliance-clips"));

    public async Task<Clip> Load(ClipRecipe recipe, CancellationToken stop = default) =>
        Clip.Load(await Make(recipe, stop), recipe.Codec, recipe.Fps);

    /// <summary>The path of the clip's Annex B file.</summary>
    public Task<string> Make(ClipRecipe recipe, CancellationToken stop = default) => Make(recipe.FileName, recipe.FfmpegArguments, stop);

    /// <summary>Runs ffmpeg only when the file is not there yet; it appears whole or not at all, also when two processes make it.</summary>
    internal async Task<string> Make(string name, IReadOnlyList<string> ffmpegArguments, CancellationToken stop, Func<Stream, Task>? feed = null)
    {
        var file = Path.Combine(folder, name);
        if (!File.Exists(file))
        {
            Directory.CreateDirectory(folder);
            var half = Path.Combine(folder, $"{Path.GetRandomFileName()}.half");
            await Ffmpeg.Run([.. ffmpegArguments, "-y", half], stop, feed);
            File.Move(half, file, overwrite: true);
        }

        return file;
    }
}
