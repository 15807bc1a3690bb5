using System.Collections.Concurrent;
using Compliance.Domain.Alerts;
using Compliance.Domain.Detectors;
using Compliance.Probe.Eyes;
using Compliance.Probe.Eyes.Live;
using Compliance.Probe.Tests.EndToEnd;
using Compliance.Probe.Tests.Tell;
using Compliance.Probe.Watch.Rtp;

namespace Compliance.Probe.Tests.Eyes.Live;

/// <summary>What is told of one alert, in which order, and what waits for what.</summary>
public sealed class AlertTellingTests : IDisposable
{
    /// <summary>Two seconds of a camera, for all these tests.</summary>
    static readonly Lazy<Task<IReadOnlyList<AccessUnit>>> Units = new(Recorded);

    readonly Folder _folder = new();
    readonly ConcurrentQueue<SeenAlert> _told = [];

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_alert_and_its_clip_wait_for_no_blurred_copy_and_bytes_are_told_once()
    {
        var units = await Units.Value;
        var blurred = new TaskCompletionSource<BlurredCopy?>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var means = Means(TimeSpan.Zero, (_, _) => blurred.Task);
        var telling = new AlertTelling(Guid.NewGuid(), Seen(units, false), Ring(units), means, Ct);
        var clip = await telling.Clipped;
        Assert.NotNull(clip);
        telling.Ended(Seen(units, true));
        Assert.Equal([(0, false), (clip.Mp4.Length, false), (0, true)], _told.Select(one => (one.Clip?.Mp4.Length ?? 0, one.Until is not null)));
        Assert.All(_told, one => Assert.Null(one.Blurred));
        Assert.False(telling.Blurred.IsCompleted);

        blurred.SetResult(new(new([4, 5], new('d', 64), clip.Seconds), ClipBlur.Faces, new('e', 64)));
        await telling.Blurred;
        Assert.Equal(4, _told.Count);
        var last = _told.Last();
        Assert.Equal((clip.Sha256, 0, 2, true), (last.Clip!.Sha256, last.Clip.Mp4.Length, last.Blurred!.Clip.Mp4.Length, last.Until is not null));
    }

    [Fact]
    public async Task When_the_probe_ends_the_clip_of_an_alert_that_stands_is_told_yet_and_no_copy_waited_for()
    {
        var units = await Units.Value;
        using var means = Means(TimeSpan.FromHours(1), Never);
        using var stop = new CancellationTokenSource();
        var telling = new AlertTelling(Guid.NewGuid(), Seen(units, false), Ring(units), means, stop.Token);
        await stop.CancelAsync();
        await means.AllTold();
        Assert.True(telling.Blurred.IsCompletedSuccessfully);
        Assert.NotEmpty(_told.Last().Clip!.Mp4);
        Assert.Empty(Directory.EnumerateFiles(_folder["."]));

        static async Task<BlurredCopy?> Never(Clip clip, CancellationToken ct)
        {
            await Task.Delay(Timeout.Infinite, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return null;
        }
    }

    [Fact]
    public async Task Bytes_that_could_not_be_kept_are_told_again()
    {
        var (units, full) = (await Units.Value, true);
        using var means = Means(TimeSpan.Zero, null, seen => seen.Clip is null || !full);
        var telling = new AlertTelling(Guid.NewGuid(), Seen(units, false), Ring(units), means, Ct);
        var clip = (await telling.Clipped)!;
        full = false;
        telling.Ended(Seen(units, true));
        telling.Ended(Seen(units, true));
        Assert.Equal([0, clip.Mp4.Length, clip.Mp4.Length, 0], _told.Select(one => one.Clip?.Mp4.Length ?? 0));
    }

    EyesMeans Means(TimeSpan clipAfter, BlurClip? blur, Func<SeenAlert, bool>? keeps = null) => new([], (_, _, _) => Task.CompletedTask, (seen, _) =>
    {
        _told.Enqueue(seen);
        return keeps?.Invoke(seen) ?? true;
    }, new() { ClipAfter = clipAfter }, _folder["."], TimeProvider.System) { Blur = blur };

    static UnitRing Ring(IReadOnlyList<AccessUnit> units)
    {
        var ring = new UnitRing(TimeSpan.FromMinutes(1), 32 << 20);
        foreach (var unit in units) ring.Add(unit);
        return ring;
    }

    static Probe.Eyes.Live.Sighting Seen(IReadOnlyList<AccessUnit> units, bool over)
    {
        var at = LiveFrame.Time(units[^1].At);
        return new(new(AlertKind.Fight, at, at, 0.8, over), new("fights", new('a', 64), 0.6, new('b', 64)), 50, 0);
    }

    static async Task<IReadOnlyList<AccessUnit>> Recorded()
    {
        using var cameras = await Cameras.Serve();
        var outlet = Cameras.Outlet();
        using var tap = outlet.Fanout.Tap("test");
        await using var feed = await cameras.Open(cameras.Target("h264/1"), outlet, null, Ct);
        return await tap.Units(Ct).Take(50).ToListAsync(Ct);
    }
}
