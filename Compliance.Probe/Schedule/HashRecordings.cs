using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;
using Compliance.Domain.Recordings;
using Compliance.Probe.Tell;
using Compliance.Probe.Watch.Recordings;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Compliance.Probe.Schedule;

/// <summary>Each hour hashes what the recorder in the venue kept of the hour before, camera by camera, and tells the head of the list, whoever watches the cameras now: a recorder stands beside this box only. It compares what is over with what was told, so a round too many tells nothing.</summary>
internal sealed partial class HashRecordings(HourLists lists, Outbox outbox, ApiConnection api, ProbeOptions options, TimeProvider clock, ILogger<HashRecordings> log)
    : Rounds("Hashing recordings", clock, log)
{
    /// <summary>Hours of a camera made up in one round, so that after a week's silence no camera waits for the others.</summary>
    const int Together = 24;

    static readonly TimeSpan Hour = TimeSpan.FromHours(1), Settled = 2 * RecordingList.Late;

    protected override async Task Round(DateTimeOffset now, CancellationToken ct)
    {
        foreach (var camera in Granted()) await Look(camera, ct);
        if (api.Clock.Synchronised) lists.Forget(RecordingList.HourIn(now).AddDays(-options.Recordings.Days));
    }

    /// <summary>A root that cannot be read takes nothing from the folders that are named beside it.</summary>
    IReadOnlyCollection<Guid> Granted()
    {
        try
        {
            var cameras = options.Recordings.Cameras();
            if (cameras.Count == 0) NoFolder(log, options.Recordings.Root);
            return cameras;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            NoFolder(log, options.Recordings.Root);
            return [.. options.Recordings.Named.Distinct()];
        }
    }

    /// <summary>By a clock that is not in order no hour could be put in its place. One camera's folder is not the others'.</summary>
    internal async Task Look(Guid camera, CancellationToken ct)
    {
        if (options.Recordings.FolderOf(camera) is not { } place || !api.Clock.Synchronised) return;
        try
        {
            var folder = new RecordingFolder(place, options.Recordings, Clock);
            if (folder.List() is not { } files)
            {
                Unreachable(log, camera);
                return;
            }

            foreach (var hour in Due(camera).Take(Together)) await Tell(camera, hour, folder, files, ct);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteException or SpoolFull)
        {
            NotTold(log, camera, e.Message);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            Mishaps.Met(e, $"Hashing recordings of camera {camera}");
        }
    }

    /// <summary>The hours that are over and were not told, the oldest first; of a camera that is new here the last one. A clock that stepped back finds all told.</summary>
    List<DateTimeOffset> Due(Guid camera)
    {
        var last = RecordingList.HourIn(Clock.GetUtcNow() - Settled) - Hour;
        var done = lists.Done(camera, last.AddDays(-options.Recordings.Days));
        if (done.Count == 0) return [last];
        var due = new List<DateTimeOffset>();
        for (var hour = done.Min(); hour <= last; hour += Hour)
            if (!done.Contains(hour)) due.Add(hour);
        return due;
    }

    async Task Tell(Guid camera, DateTimeOffset hour, RecordingFolder folder, IReadOnlyList<ListedFile> all, CancellationToken ct)
    {
        var files = all.Where(file => file.Hour == hour).ToList();
        if (files.Count == 0)
        {
            Missing(camera, hour, all);
            return;
        }

        var hashed = new List<RecordedFile>();
        foreach (var file in files)
        {
            if (lists.HashOf(camera, file) is { } known) hashed.Add(new(file.Path, known));
            else if (await folder.Hash(file, ct) is { } sha256)
            {
                lists.Keep(camera, file, sha256);
                hashed.Add(new(file.Path, sha256));
            }
        }

        var unread = files.Count - hashed.Count;
        if (unread > 0 && Clock.GetUtcNow() < hour + Hour + options.Recordings.Patience) return;
        lists.Write(camera, hour, hashed);
        Tell(camera, hour, $"{RecordingList.Root(hashed)}", hashed.Count, files.Where(file => hashed.Exists(h => h.Path == file.Path)).Sum(file => file.Size), unread);
    }

    /// <summary>A file that ends soon after may have begun in this hour: that is known when it is there. It covers the hour only where no more lies between it and the one before than usually does: else one is gone from between.</summary>
    void Missing(Guid camera, DateTimeOffset hour, IReadOnlyList<ListedFile> all)
    {
        var (end, usual) = (hour + Hour + RecordingList.Late, Usual(all, hour + Hour));
        var longest = usual < options.Recordings.LongestFile ? usual : options.Recordings.LongestFile;
        var next = all.Where(file => file.Modified >= end && file.Modified < hour + Hour + longest).Min(file => (DateTimeOffset?)file.Modified);
        var before = all.Where(file => file.Modified < end).Max(file => (DateTimeOffset?)file.Modified);
        if (next is not null && !(next - before > usual + RecordingList.Late)) lists.Settle(camera, hour);
        else if (Clock.GetUtcNow() >= end + longest) Tell(camera, hour, null, 0, 0, 0);
    }

    /// <summary>What usually lies between two files of this recorder; as long as was set, where there are too few to know.</summary>
    TimeSpan Usual(IReadOnlyList<ListedFile> all, DateTimeOffset before)
    {
        const int looked = 24;
        DateTimeOffset[] ends = [.. all.Select(file => file.Modified).Where(end => end < before).OrderDescending().Take(looked)];
        if (ends.Length < 3) return options.Recordings.LongestFile;
        TimeSpan[] between = [.. ends.Zip(ends.Skip(1), (later, earlier) => later - earlier).Order()];
        return between[between.Length / 2];
    }

    void Tell(Guid camera, DateTimeOffset hour, string? root, int files, long bytes, int unread)
    {
        outbox.Tell([new RecordingObserved(EventIds.From(camera, $"recording {hour:O} {root}"), camera, Clock.GetUtcNow(), api.Clock, hour, root, files, bytes, unread)]);
        lists.Settle(camera, hour);
    }

    [LoggerMessage(LogLevel.Warning, "The recordings of camera {DeviceId} cannot be looked at: the folder is not there, may not be read, or nothing lies in it")]
    static partial void Unreachable(ILogger log, Guid deviceId);

    [LoggerMessage(LogLevel.Warning, "No folder of a camera lies in {Root}, or it cannot be read")]
    static partial void NoFolder(ILogger log, string? root);

    [LoggerMessage(LogLevel.Warning, "An hour of recordings of camera {DeviceId} is not told yet: {Why}")]
    static partial void NotTold(ILogger log, Guid deviceId, string why);
}
