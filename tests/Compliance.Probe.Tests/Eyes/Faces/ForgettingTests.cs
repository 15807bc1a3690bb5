using System.Runtime;
using System.Runtime.InteropServices;
using Compliance.Probe.Eyes.Faces;
using Compliance.Probe.Tests.Tell;
using OpenCvSharp;

namespace Compliance.Probe.Tests.Eyes.Faces;

/// <summary>
/// A thousand persons who are on no list pass a camera. Afterwards nothing of them is found: neither in this process's memory (heap of .NET and of the network's runtime,
/// stacks, buffers), nor in a dump of it, which would hold the same, nor on disk.
/// </summary>
public sealed class ForgettingTests
{
    const int Persons = 1200, Together = 20, Known = 8;

    /// <summary>What is searched for is held only under a mask, or the search would find itself.</summary>
    const ulong Mask = 0x5bd1e995c2b2ae35;

    [Fact]
    public void Nobody_who_is_on_no_list_is_left_anywhere()
    {
        FaceModels.SharedOrSkip();
        Assert.SkipUnless(File.Exists("/proc/self/mem"), "this system shows no process its own memory");
        using Folder folder = new(), scratch = new();
        var slots = FaceModels.Slots(folder, [new(1e-2, 0.999), new(1e-7, 0.9999)]);
        using var finder = FaceFinder.Open(slots);
        using var recogniser = FaceRecogniser.Open(slots);
        var (needles, before) = (new HashSet<ulong>(), Files());
        using var listed = FaceModels.Head(0);
        using var cut = FaceCrop.Of(listed, finder.Find(listed)[0]);
        var template = recogniser.Template(cut);
        var watched = new WatchedFaces([new(Guid.Empty, Guid.NewGuid(), template, recogniser.Thresholds.For(1)!.Value)]);
        using (var tracks = new FaceTracks(finder, recogniser, watched))
        {
            var now = TimeSpan.Zero;
            for (var first = 1; first <= Persons; first += Together)
            {
                using (var picture = Passers(first))
                    for (var frame = 0; frame < FaceTracks.Good; frame++) Assert.Empty(tracks.See(picture, now += TimeSpan.FromSeconds(0.2)));
                now += TimeSpan.FromSeconds(3);
            }

            Assert.True(tracks.Judged >= 1000, $"{tracks.Judged} were judged");
            Assert.Equal(tracks.Judged, tracks.Forgotten);
        }

        for (var first = 1; first <= Persons; first += Together)
        {
            using var picture = Passers(first);
            foreach (var face in finder.Find(picture))
            {
                using var crop = FaceCrop.Of(picture, face);
                using var one = recogniser.Template(crop);
                needles.Add(Masked(one.Values));
            }
        }

        Assert.True(needles.Count >= 1000);
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);

        // The search itself is tried first: what is kept on purpose is found.
        var kept = GC.AllocateArray<float>(Known, pinned: true);
        template.Values[..Known].CopyTo(kept);
        Assert.NotEqual(0, Memory.Count([Masked(kept)]));
        Assert.Equal(0, Memory.Count(needles));
        Assert.DoesNotContain(Files().Except(before), path => Holds(path, needles));
        GC.KeepAlive(kept);
    }

    /// <summary>Five beside each other in four rows.</summary>
    static Mat Passers(int first)
    {
        var picture = new Mat(640, 640, MatType.CV_8UC3, Scalar.All(90));
        for (var i = 0; i < Together; i++) FaceModels.Draw(picture, new(first + i), new(64 + (128 * (i % 5)), 86 + (156 * (i / 5))), 0.75);
        return picture;
    }

    /// <summary>The third and fourth pair of its first numbers: what two persons share by chance is not among them.</summary>
    static ulong Masked(ReadOnlySpan<float> values) => MemoryMarshal.Cast<float, ulong>(values[4..6])[0] ^ Mask;

    static HashSet<string> Files() => [.. ((string[])[Path.GetTempPath(), AppContext.BaseDirectory]).SelectMany(folder =>
        Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = false, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.Device }))];

    static bool Holds(string path, HashSet<ulong> needles)
    {
        try
        {
            return new FileInfo(path) is { Length: < 64 << 20, LinkTarget: null } && Memory.Count(File.ReadAllBytes(path), needles) > 0;
        }
        catch (IOException)
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
