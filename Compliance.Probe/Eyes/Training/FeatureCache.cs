using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Compliance.Probe.Eyes.Persons;

namespace Compliance.Probe.Eyes.Training;

/// <summary>The windows of clips under each light, computed once and kept outside the repository; a name holds the hash of all that they follow from.</summary>
/// <param name="persons">Finds persons, where windows are to be judged by them too.</param>
internal sealed class FeatureCache(string folder, PersonFinder? persons = null)
{
    /// <summary>Raised when the same frames give other numbers.</summary>
    const int Version = 1;

    readonly IReadOnlyList<string> _names = FightModel.FeaturesOf(persons is not null);

    string Code => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Version} {string.Join(' ', [.. _names, .. persons is null ? (string[])[] : [persons.Slot.Sha256]])}")))[..12];

    /// <summary>In the user's cache, as other programs do.</summary>
    public static FeatureCache OfUser(PersonFinder? persons = null) => new(Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache ? cache : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
        "compliance", "eyes"), persons);

    /// <summary>The numbers of each window of a clip, by light.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<float[]>>> Of(Clip clip, int seed, CancellationToken ct)
    {
        var found = ClubLight.Kinds.ToDictionary(light => light, light => Read(Place(clip, light, seed)));
        if (found.Values.Any(windows => windows is null))
        {
            var frames = new List<Frame>();
            await foreach (var frame in Footage.Frames(clip.File, ct)) frames.Add(frame);
            foreach (var light in ClubLight.Kinds.Where(light => found[light] is null))
            {
                var lit = ClubLight.Over(frames, light, SeedOf(clip, light, seed));
                var windows = await WindowMaker.Of(lit.ToAsyncEnumerable(), find: persons is null ? null : frame => persons.Find(frame, PersonFacts.Sure), ct: ct);
                Write(Place(clip, light, seed), found[light] = [.. windows.Where(window => window.Tells).Select(window => window.Numbers)]);
            }
        }

        return found.ToDictionary(one => one.Key, one => one.Value!);
    }

    static int SeedOf(Clip clip, string light, int seed) => BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes($"{clip.Hash} {light} {seed}")), 0) & int.MaxValue;

    string Place(Clip clip, string light, int seed) => Path.Combine(folder, Code, $"{clip.Hash[..24]}-{light}-{seed}");

    IReadOnlyList<float[]>? Read(string path) => !File.Exists(path) ? null
        : [.. MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(path)).ToArray().Chunk(_names.Count)];

    static void Write(string path, IReadOnlyList<float[]> windows)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var unfinished = $"{path}.{Environment.ProcessId}";
        File.WriteAllBytes(unfinished, MemoryMarshal.AsBytes<float>(windows.SelectMany(one => one).ToArray()).ToArray());
        File.Move(unfinished, path, true);
    }
}
