using System.Runtime;
using System.Runtime.InteropServices;
using Compliance.Probe.Eyes;
using Compliance.Probe.Eyes.Faces;
using OpenCvSharp;

namespace Compliance.Probe.Tests.Eyes.Faces;

/// <summary>
/// A thousand persons who are on no list pass the camera of a box that compares faces. Afterwards nothing of them is found: neither in this process's memory (heap of .NET and of the network's runtime, stacks, buffers), nor in a
/// dump of it, which would hold the same, nor in the box's folder (spool, log, networks), nor in what came into the folder for temporary files meanwhile.
/// </summary>
public sealed class ForgettingTests : IDisposable
{
    const int Persons = 1400, Together = 20, Known = 8;

    /// <summary>What is searched for is held only under a mask, or the search would find itself.</summary>
    const ulong Mask = 0x5bd1e995c2b2ae35;

    volatile int _first;
    (int First, Mat Picture) _shown = (-1, new());

    public void Dispose() => _shown.Picture.Dispose();

    [Fact]
    public async Task Nobody_who_is_on_no_list_is_left_anywhere()
    {
        Assert.SkipUnless(File.Exists("/proc/self/mem"), "this system shows no process its own memory");
        var (needles, before, began) = (new HashSet<ulong>(), Temporary(), DateTime.UtcNow);
        using var listed = Passers(2 * Persons);
        await using var box = await FaceBox.Start(listed, Camera, [new(1e-2, 0.9999), new(1e-7, 0.99999)], TestContext.Current.CancellationToken);
        _first = 1;
        await box.Until(() => box.Rounds.EyeOf(FaceBox.Device) is { Analysed: > 0 });
        var (eye, now) = (box.Rounds.EyeOf(FaceBox.Device)!, new DateTimeOffset(2026, 6, 1, 23, 0, 0, TimeSpan.Zero));
        for (; _first <= Persons; _first += Together, now += TimeSpan.FromSeconds(3))
            for (var frame = 0; frame < FaceTracks.Good; frame++) await box.Show(now += TimeSpan.FromSeconds(0.2));
        Assert.True(eye.Judged >= 1000, $"{eye.Judged} were judged");
        await box.Stop();
        Assert.Empty(box.Api.Candidates);

        for (var first = 1; first <= Persons; first += Together)
        {
            using var drawn = Passers(first);
            using var picture = FaceBox.Coded(drawn, default).Bgr();
            foreach (var face in box.Means.Finder!.Find(picture))
            {
                using var crop = FaceCrop.Of(picture, face);
                using var one = box.Means.Recogniser!.Template(crop);
                needles.Add(Masked(one.Values));
            }
        }

        Assert.True(needles.Count >= 1000, $"{needles.Count} are searched for");
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);

        // The search itself is tried first: what is kept on purpose is found.
        var kept = GC.AllocateArray<float>(Known, pinned: true);
        using (var picture = FaceBox.Coded(listed, default).Bgr())
        using (var crop = FaceCrop.Of(picture, box.Means.Finder!.Find(picture)[0]))
        using (var template = box.Means.Recogniser!.Template(crop)) template.Values[..Known].CopyTo(kept);
        Assert.NotEqual(0, Memory.Count([Masked(kept)]));
        File.WriteAllBytes(Directory.CreateDirectory(box.Folder["data/deep/down"]).FullName + "/kept", MemoryMarshal.AsBytes<float>(kept).ToArray());
        Assert.Equal(1, Under(box.Folder[""]).Count(path => Holds(path, [Masked(kept)])));
        Assert.NotEqual(0, new FileInfo(box.Folder["probe.log"]).Length);
        Assert.NotEqual(0, new FileInfo(box.Folder["spool.db"]).Length);

        Assert.Equal(0, Memory.Count(needles));
        Assert.DoesNotContain(Under(box.Folder[""]), path => Holds(path, needles));
        Assert.DoesNotContain(Temporary().Except(before).SelectMany(Under), path => File.GetLastWriteTimeUtc(path) >= began && Holds(path, needles));
        GC.KeepAlive(kept);
    }

    /// <summary>Drawn once for the frames in which they stand there.</summary>
    Mat Camera()
    {
        var first = _first;
        if (_shown.First != first)
        {
            _shown.Picture.Dispose();
            _shown = (first, Passers(first));
        }

        return _shown.Picture.Clone();
    }

    /// <summary>Five beside each other in four rows.</summary>
    static Mat Passers(int first)
    {
        var picture = new Mat(640, 640, MatType.CV_8UC3, Scalar.All(90));
        for (var i = 0; i < Together; i++) FaceModels.Mark(picture, first + i, new(68 + (128 * (i % 5)), 84 + (152 * (i / 5))));
        return picture;
    }

    /// <summary>The third and fourth pair of its first numbers: what two persons share by chance is not among them.</summary>
    static ulong Masked(ReadOnlySpan<float> values) => MemoryMarshal.Cast<float, ulong>(values[4..6])[0] ^ Mask;

    /// <summary>What lies in the folder for temporary files.</summary>
    static HashSet<string> Temporary() => [.. Directory.EnumerateFileSystemEntries(Path.GetTempPath())];

    /// <summary>The file itself, or all under a folder.</summary>
    static IEnumerable<string> Under(string place) => File.Exists(place) ? [place] : !Directory.Exists(place) ? [] :
        Directory.EnumerateFiles(place, "*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.Device | FileAttributes.ReparsePoint });

    static bool Holds(string path, HashSet<ulong> needles)
    {
        try
        {
            if (new FileInfo(path).Length == 0) return false; // pipes of other processes have none, and opening one waits for its other end
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (file.Length > 64 << 20) return false;
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            return Memory.Count(bytes, needles) > 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // of another process, and gone
        }
    }

    static class Memory
    {
        /// <summary>How often one of them stands in what this process can write to.</summary>
        public static int Count(HashSet<ulong> needles)
        {
            using var memory = new FileStream("/proc/self/mem", FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            var (found, buffer) = (0, GC.AllocateUninitializedArray<byte>(1 << 20, pinned: true));
            foreach (var line in File.ReadAllLines("/proc/self/maps"))
            {
                if (line.Split(' ') is not [var range, ['r', 'w', ..], ..] || line.Contains("doublemapper", StringComparison.Ordinal)) continue;
                var ends = range.Split('-');
                var (from, to) = (Convert.ToInt64(ends[0], 16), Convert.ToInt64(ends[1], 16));
                for (var at = from; at < to; at += buffer.Length)
                {
                    try
                    {
                        memory.Position = at;
                        var read = memory.Read(buffer, 0, (int)Math.Min(buffer.Length, to - at));
                        // The buffer itself holds what was read last; it is masked before the next piece, which may be the buffer.
                        found += Count(buffer.AsSpan(0, read), needles);
                        buffer.AsSpan().Clear();
                    }
                    catch (IOException)
                    {
                        break; // a region that only stands in the map
                    }
                }
            }

            return found;
        }

        public static int Count(ReadOnlySpan<byte> bytes, HashSet<ulong> needles)
        {
            var found = 0;
            for (var at = 0; at + 8 <= bytes.Length; at += 4)
                if (MemoryMarshal.Read<ulong>(bytes[at..]) is not 0 and var value && needles.Contains(value ^ Mask)) found++;
            return found;
        }
    }
}
