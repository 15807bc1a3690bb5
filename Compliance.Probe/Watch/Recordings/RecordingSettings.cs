namespace Compliance.Probe.Watch.Recordings;

/// <summary>Section "Probe:Recordings": the recordings in the venue that the owner let this box read. Without a folder nothing is read.</summary>
internal sealed record RecordingSettings
{
    /// <summary>By the id of a camera, the folder that holds its recordings and no other's.</summary>
    public IReadOnlyDictionary<string, string> Folders { get; init; } = new Dictionary<string, string>();

    /// <summary>A folder in which each camera that is not named above has one of its own, called by its id.</summary>
    public string? Root { get; init; }

    /// <summary>By what the name of a recording ends; null for what is usual.</summary>
    public IReadOnlyList<string>? Endings { get; init; }

    /// <summary>Read no faster (a million bytes a second), so that the recorder is not kept from recording.</summary>
    public double MegabytesASecond { get; init; } = 20;

    /// <summary>No file of the recorder lasts longer. An hour is missing only where no file ends in it nor, beginning in it, so long after.</summary>
    public TimeSpan LongestFile { get; init; } = TimeSpan.FromHours(1);

    /// <summary>A file that cannot be read is tried again for so long before its hour is told without it.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromHours(6);

    /// <summary>Hours are made up for so long, and their lists kept.</summary>
    public int Days { get; init; } = 35;

    public bool AreGranted => Folders.Count > 0 || Root is not null;

    /// <summary>The cameras that are named, and those that have a folder of their own in the root.</summary>
    /// <exception cref="IOException">The root is not there.</exception>
    /// <exception cref="UnauthorizedAccessException">The root may not be read.</exception>
    public IReadOnlySet<Guid> Cameras()
    {
        var inRoot = Root is { } root ? Directory.EnumerateDirectories(root).Select(folder => Path.GetFileName(folder)) : [];
        return Named.Concat(Ids(inRoot).Where(id => Directory.Exists(FolderOf(id)))).ToHashSet();
    }

    /// <summary>The cameras that are named by their id.</summary>
    public IEnumerable<Guid> Named => Ids(Folders.Keys);

    /// <summary>Where the recordings of a camera lie; null where nobody said.</summary>
    public string? FolderOf(Guid camera)
    {
        foreach (var (id, folder) in Folders)
            if (Guid.TryParse(id, out var named) && named == camera) return folder;
        return Root is { } root ? Path.Combine(root, $"{camera:D}") : null;
    }

    static IEnumerable<Guid> Ids(IEnumerable<string> names) => names.Where(name => Guid.TryParse(name, out _)).Select(Guid.Parse);
}
