using System.Globalization;
using System.Security.Cryptography;
using Compliance.Api.Evidence;
using Compliance.Domain.Recordings;

namespace Compliance.Api.Recordings;

/// <summary>
/// Holds the recordings in a folder against what was told of them hour by hour. With the lists that the box kept it names the file; without them it knows hours by
/// when files were written last, so a copy has to keep that.
/// </summary>
/// <param name="folder">The camera's, as it was on the recorder.</param>
/// <param name="lists">The box's lists of this camera, named by the hour; null where nobody has them.</param>
sealed class FolderCheck(DirectoryInfo folder, DirectoryInfo? lists, IReadOnlyList<string> endings)
{
    readonly Dictionary<string, string?> _hashes = [];

    /// <param name="told">Facts of one camera, in the order they were told.</param>
    public async Task<IReadOnlyList<CheckedStep>> Run(IReadOnlyList<RecordingEvent> told, CancellationToken ct)
    {
        var files = Listed();
        var (steps, hold) = (new List<CheckedStep>(), 0);
        foreach (var hour in told.GroupBy(fact => fact.Hour).OrderBy(hour => hour.Key))
        {
            ct.ThrowIfCancellationRequested();
            var now = files.Where(file => file.Hour == hour.Key).Select(file => file.Path).ToList();
            CheckedStep[] found =
            [
                .. hour.First() switch
                {
                    RecordingEvent.HourHashed hashed when List(hashed) is var (list, isTold) => isTold ? await Against(list, now, hashed, ct) : [No(hashed, "the list beside it is not the one that was told")],
                    RecordingEvent.HourHashed hashed => await Against(hashed, now, ct),
                    RecordingEvent.HourMissing none when now.Count > 0 => now.Select(path => No(none, $"{path} was ADDED: nothing was recorded then")),
                    _ => [],
                },
                .. hour.OfType<RecordingEvent.HourDiffered>().Select(differed => No(differed, $"was told again at {Said(differed.ObservedAt)}, and was not the same any more")),
            ];
            if (found.Length == 0 && hour.First() is RecordingEvent.HourHashed) hold++;
            steps.AddRange(found);
        }

        var missing = told.OfType<RecordingEvent.HourMissing>().Count();
        if (hold > 0) steps.Insert(0, new("recordings", Holds.Yes, $"{hold} hours are to the byte what was hashed at the time."));
        if (missing > 0) steps.Add(new("recordings", Holds.Open, $"{missing} hours were told as missing at the time: {string.Join(", ", told.OfType<RecordingEvent.HourMissing>().Take(24).Select(f => Said(f.Hour)))}{(missing > 24 ? " …" : "")}."));
        if (Untold(told, files) is { Count: > 0 } untold) steps.Add(new("recordings", Holds.Open, $"{untold.Count} hours of which files lie here were told by nobody: of them nothing is proven. The first: {Said(untold[0])}."));
        return steps;
    }

    /// <summary>By its list: which file was changed, is gone or was put in.</summary>
    async Task<IEnumerable<CheckedStep>> Against(IReadOnlyList<RecordedFile> list, List<string> now, RecordingEvent hour, CancellationToken ct)
    {
        var found = new List<CheckedStep>();
        foreach (var file in list)
        {
            var sha256 = await Hash(file.Path, ct);
            if (sha256 is null) found.Add(No(hour, $"{file.Path} is GONE"));
            else if (sha256 != file.Sha256) found.Add(No(hour, $"{file.Path} was EDITED"));
        }

        // Files that could not be read then stand in no list.
        if (hour is RecordingEvent.HourHashed { Unread: 0 }) found.AddRange(now.Except(list.Select(file => file.Path)).Select(path => No(hour, $"{path} was ADDED")));
        return found;
    }

    async Task<IEnumerable<CheckedStep>> Against(RecordingEvent.HourHashed hour, List<string> now, CancellationToken ct)
    {
        var files = new List<RecordedFile>();
        foreach (var path in now)
            if (await Hash(path, ct) is { } sha256) files.Add(new(path, sha256));
        if ($"{RecordingList.Root(files)}" == hour.Root) return [];
        if (hour.Unread > 0) return [new("recordings", Holds.Open, $"{Said(hour.Hour)}: {hour.Unread} files could not be read then. Give --lists to check the others.")];
        return [No(hour, now.Count == 0 ? $"of {hour.Files} files NONE is left (a copy has to keep the times, or --lists to be given)" : $"was EDITED: {hour.Files} files were hashed, {now.Count} lie here, and they are not the same")];
    }

    /// <summary>The list the box kept of this hour, and whether it is the one whose head was told; null where there is none.</summary>
    (IReadOnlyList<RecordedFile> Files, bool IsTold)? List(RecordingEvent.HourHashed hour)
    {
        if (lists is null || Path.Combine(lists.FullName, $"{hour.Hour.UtcDateTime.ToString("yyyy-MM-dd'T'HH", CultureInfo.InvariantCulture)}.sha256") is var file && !File.Exists(file)) return null;
        return RecordingList.Parse(File.ReadAllText(file)) is { } files && $"{RecordingList.Root(files)}" == hour.Root ? (files, true) : ([], false);
    }

    static List<DateTimeOffset> Untold(IReadOnlyList<RecordingEvent> told, IReadOnlyList<(string Path, DateTimeOffset Hour)> files) =>
        told.Count == 0 ? [] : [.. files.Select(file => file.Hour).Where(hour => hour > told.Min(f => f.Hour) && hour < told.Max(f => f.Hour)).Except(told.Select(f => f.Hour)).Order()];

    IReadOnlyList<(string Path, DateTimeOffset Hour)> Listed()
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Hidden };
        return [.. folder.EnumerateFiles("*", options).Where(file => file.Length > 0 && endings.Any(ending => file.Name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
            .Select(file => (Path.GetRelativePath(folder.FullName, file.FullName), RecordingList.HourOf(file.LastWriteTimeUtc)))];
    }

    /// <summary>Null when there is no such file in the folder. A list that names what lies elsewhere names nothing.</summary>
    async Task<string?> Hash(string path, CancellationToken ct)
    {
        if (_hashes.TryGetValue(path, out var known)) return known;
        var place = Path.GetFullPath(Path.Combine(folder.FullName, path));
        if (!place.StartsWith($"{folder.FullName.TrimEnd('/')}/", StringComparison.Ordinal) || !File.Exists(place)) return _hashes[path] = null;
        await using var file = File.OpenRead(place);
        return _hashes[path] = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, ct));
    }

    static CheckedStep No(RecordingEvent hour, string what) => new("recordings", Holds.No, $"{Said(hour.Hour)}: {what}.");

    static string Said(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
}
