using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Compliance.Domain.Recordings;
using Microsoft.Win32.SafeHandles;

namespace Compliance.Probe.Watch.Recordings;

/// <summary>A file as the folder lists it.</summary>
/// <param name="Path">Below the folder, with slashes.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Modified">When it was written last, by the recorder's clock.</param>
internal sealed record ListedFile(string Path, long Size, DateTimeOffset Modified)
{
    public DateTimeOffset Hour => RecordingList.HourOf(Modified);
}

/// <summary>
/// The recordings of one camera, read and never written. A link leads nowhere: what lies outside the folder was not granted. Whatever else the
/// folder holds, reading it ends in a hash or in null.
/// </summary>
internal sealed class RecordingFolder(string folder, RecordingSettings settings, TimeProvider clock)
{
    const int Chunk = 1 << 20, Deepest = 8;

    /// <summary>O_RDONLY, O_NONBLOCK and O_CLOEXEC of Linux.</summary>
    const int ReadWithoutWaiting = 0x800 | 0x80000;

    /// <summary>Null when the folder cannot be looked at, or nothing at all lies in it: so looks a share that is not mounted.</summary>
    public IReadOnlyList<ListedFile>? List()
    {
        try
        {
            var options = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = Deepest, AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Hidden };
            var files = new DirectoryInfo(folder).EnumerateFiles("*", options).Where(file => (settings.Endings ?? RecordingList.Endings).Any(ending => file.Name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))).Select(Listed).OfType<ListedFile>().ToList();
            return files.Count == 0 ? null : files;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>SHA-256, hexadecimal; null when it cannot be read, lies elsewhere, or is not what was listed any more.</summary>
    public async Task<string?> Hash(ListedFile listed, CancellationToken ct)
    {
        try
        {
            using var file = Open(Encoding.UTF8.GetBytes($"{Path.Combine(folder, listed.Path)}\0"), ReadWithoutWaiting);
            if (file.IsInvalid || !IsInside(file) || !IsAsListed(file, listed)) return null;
            using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var (buffer, began, read) = (new byte[Chunk], clock.GetTimestamp(), 0L);
            while (await RandomAccess.ReadAsync(file, buffer, read, ct) is > 0 and var some)
            {
                sha.AppendData(buffer, 0, some);
                if ((read += some) > listed.Size) return null;
                var ahead = TimeSpan.FromSeconds(read / (settings.MegabytesASecond * 1e6)) - clock.GetElapsedTime(began);
                if (ahead > TimeSpan.Zero) await Task.Delay(ahead, clock, ct);
            }

            return read == listed.Size && IsAsListed(file, listed) ? Convert.ToHexStringLower(sha.GetHashAndReset()) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>A pipe that took a file's place would keep whoever opens it waiting for one who writes, and the runtime opens in no other way.</summary>
    [DllImport("libc", EntryPoint = "open"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern SafeFileHandle Open(byte[] path, int flags);

    ListedFile? Listed(FileInfo file)
    {
        try
        {
            // Pipes and devices have no length, and would never end.
            return file.Length == 0 ? null : new(Path.GetRelativePath(folder, file.FullName), file.Length, file.LastWriteTimeUtc);
        }
        catch (IOException)
        {
            return null; // gone between the list and the look
        }
    }

    /// <summary>A pipe has no length to ask for, and a device none that was ever listed.</summary>
    static bool IsAsListed(SafeFileHandle file, ListedFile listed) => RandomAccess.GetLength(file) == listed.Size && File.GetLastWriteTimeUtc(file) == listed.Modified.UtcDateTime;

    /// <summary>What was opened, and not what had the name a moment before: a link may have taken its place.</summary>
    bool IsInside(SafeFileHandle file)
    {
        var opened = File.ResolveLinkTarget($"/proc/self/fd/{file.DangerousGetHandle()}", returnFinalTarget: false)?.FullName;
        return opened?.StartsWith($"{Real(folder).TrimEnd('/')}/", StringComparison.Ordinal) == true;
    }

    /// <summary>Where a path leads when every link on the way is followed.</summary>
    static string Real(string path)
    {
        var real = "/";
        foreach (var part in Path.GetFullPath(path).Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            real = Path.Combine(real, part);
            if (Directory.ResolveLinkTarget(real, returnFinalTarget: true) is { } target) real = Real(target.FullName);
        }

        return real;
    }
}
