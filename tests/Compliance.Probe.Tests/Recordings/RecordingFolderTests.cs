using System.Diagnostics;
using Compliance.Probe.Tests.Tell;
using Compliance.Probe.Watch.Recordings;
using Microsoft.Extensions.Time.Testing;

namespace Compliance.Probe.Tests.Recordings;

/// <summary>Whatever lies in the folder: a hash or none, never more.</summary>
public sealed class RecordingFolderTests : IDisposable
{
    static readonly RecordingSettings Fast = new() { MegabytesASecond = 1e9 };
    readonly Folder _folder = new();

    public RecordingFolderTests() => Directory.CreateDirectory(Place);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    string Place => _folder["footage"];

    RecordingFolder Footage => new(Place, Fast, TimeProvider.System);

    [Fact]
    public async Task A_link_that_leads_out_is_neither_listed_nor_read()
    {
        File.WriteAllText(_folder["secret.mp4"], "not granted");
        Directory.CreateDirectory(_folder["elsewhere"]);
        File.WriteAllText(Path.Combine(_folder["elsewhere"], "other.mp4"), "not granted");
        Write("own.mp4", "own");
        File.CreateSymbolicLink(Path.Combine(Place, "link.mp4"), _folder["secret.mp4"]);
        Directory.CreateSymbolicLink(Path.Combine(Place, "linked"), _folder["elsewhere"]);
        Assert.Equal(["own.mp4"], Footage.List()!.Select(file => file.Path));
        var listed = Write("changed.mp4", "changed");
        File.Delete(Path.Combine(Place, "changed.mp4"));
        File.CreateSymbolicLink(Path.Combine(Place, "changed.mp4"), _folder["secret.mp4"]);
        Assert.Null(await Footage.Hash(listed with { Size = 11, Modified = File.GetLastWriteTimeUtc(_folder["secret.mp4"]) }, Ct));
        Assert.Null(await Footage.Hash(listed with { Path = "../secret.mp4", Size = 11, Modified = File.GetLastWriteTimeUtc(_folder["secret.mp4"]) }, Ct));
    }

    [Fact]
    public async Task A_pipe_that_took_a_files_place_keeps_nobody_waiting()
    {
        var listed = Write("own.mp4", "own");
        var path = Path.Combine(Place, "own.mp4");
        File.Delete(path);
        using var making = Process.Start("mkfifo", [path]);
        await making.WaitForExitAsync(Ct);
        Assert.Equal(0, making.ExitCode);
        Assert.Null(await Task.Run(() => Footage.Hash(listed, Ct), Ct).WaitAsync(TimeSpan.FromSeconds(30), Ct));
    }

    [Fact]
    public async Task A_folder_that_is_reached_by_a_link_is_the_owners_wish()
    {
        var own = Write("own.mp4", "own");
        Directory.CreateSymbolicLink(_folder["by-link"], Place);
        Assert.NotNull(await new RecordingFolder(_folder["by-link"], Fast, TimeProvider.System).Hash(own, Ct));
    }

    [Fact]
    public async Task A_file_that_changes_goes_or_grows_has_no_hash()
    {
        var listed = Write("own.mp4", "own");
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("own"u8)), await Footage.Hash(listed, Ct));
        Assert.Null(await Footage.Hash(listed with { Size = 2 }, Ct));
        Assert.Null(await Footage.Hash(listed with { Size = 4 }, Ct));
        Assert.Null(await Footage.Hash(listed with { Modified = listed.Modified.AddSeconds(1) }, Ct));
        File.Delete(Path.Combine(Place, "own.mp4"));
        Assert.Null(await Footage.Hash(listed, Ct));
        Assert.Null(Footage.List());
    }

    [Fact]
    public void What_is_no_recording_or_holds_nothing_is_not_listed()
    {
        Write("index.db", "index");
        Write("empty.mp4", "");
        Write(".hidden.mp4", "hidden");
        Assert.Null(Footage.List());
        Write("A.MP4", "own");
        Assert.Equal(["A.MP4"], Footage.List()!.Select(file => file.Path));
    }

    [Fact]
    public async Task A_hundred_gigabytes_take_no_memory_and_can_be_left_off()
    {
        var path = Path.Combine(Place, "endless.mp4");
        using (var file = File.Create(path)) file.SetLength(100L << 30);
        var listed = Assert.Single(Footage.List()!);
        Assert.Equal(100L << 30, listed.Size);
        using var stop = new CancellationTokenSource();
        var before = GC.GetTotalAllocatedBytes();
        var hashing = Footage.Hash(listed, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hashing);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 50 << 20);
    }

    [Fact]
    public async Task It_is_read_no_faster_than_was_set()
    {
        var clock = new FakeTimeProvider();
        var listed = Write("long.mp4", new('x', 3_000_000));
        var hashing = new RecordingFolder(Place, new() { MegabytesASecond = 1 }, clock).Hash(listed, Ct);
        var began = clock.GetTimestamp();
        while (!hashing.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Yield();
        }

        Assert.NotNull(await hashing);
        Assert.True(clock.GetElapsedTime(began) >= TimeSpan.FromSeconds(2.9), $"{clock.GetElapsedTime(began)}");
    }

    public void Dispose() => _folder.Dispose();

    ListedFile Write(string name, string text)
    {
        var path = Path.Combine(Place, name);
        File.WriteAllText(path, text);
        return new(name, text.Length, File.GetLastWriteTimeUtc(path));
    }
}
