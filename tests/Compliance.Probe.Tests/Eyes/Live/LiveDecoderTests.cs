using Compliance.Domain.Probes;
using Compliance.Probe.Eyes;
using Compliance.Probe.Eyes.Live;
using Compliance.Probe.Tests.EndToEnd;
using Compliance.Probe.Tests.Tell;
using Compliance.Probe.Watch.Rtp;
using Microsoft.Extensions.Logging.Abstractions;

namespace Compliance.Probe.Tests.Eyes.Live;

/// <summary>The child processes, fed with what a simulated camera sent.</summary>
public sealed class LiveDecoderTests
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData("h264/1"), InlineData("h265/1")]
    public async Task A_camera_becomes_ten_small_grey_frames_a_second_each_with_its_time(string camera)
    {
        var units = await Recorded(camera, 75);
        var seen = new List<LiveFrame>();
        await new LiveDecoder(TimeProvider.System, NullLogger<LiveDecoder>.Instance).Run(units.ToAsyncEnumerable(), seen.Add, Ct);
        var length = (units[^1].Timestamp - units[0].Timestamp) / 90_000.0;
        Assert.InRange(seen.Count, length * Frame.Rate - 2, length * Frame.Rate + 3);
        Assert.All(seen, frame => Assert.Equal((Frame.StandardWidth, 144), (frame.Frame.Width, frame.Frame.Height)));
        Assert.Equal(Enumerable.Range(0, seen.Count).Select(n => seen[0].Number + n), seen.Select(frame => frame.Number));
        Assert.InRange((LiveFrame.Time(units[^1].At) - seen[^1].Frame.At).TotalSeconds, -0.3, 0.5);
        Assert.True(seen[5].Frame.Luma.Distinct().Count() > 20); // a picture, and no grey of an error
    }

    [Fact]
    public async Task A_camera_that_starts_its_ticks_anew_gets_a_decoder_anew_and_garbage_ends_nothing()
    {
        var units = await Recorded("h264/1", 60);
        var again = units.Select(unit => unit with { Timestamp = unit.Timestamp + 900_000_000, At = unit.At.AddMinutes(5) });
        var garbage = new AccessUnit(VideoCodec.H264, true, units[^1].Timestamp + 3600, units[^1].At.AddSeconds(0.04), new byte[5000]);
        var seen = new List<LiveFrame>();
        await new LiveDecoder(TimeProvider.System, NullLogger<LiveDecoder>.Instance).Run(((IEnumerable<AccessUnit>)[.. units, garbage, .. again]).ToAsyncEnumerable(), seen.Add, Ct);
        var late = seen.Where(frame => frame.Frame.At > LiveFrame.Time(units[0].At.AddMinutes(4))).ToList();
        Assert.True(late.Count > 15, $"{late.Count} frames of {seen.Count}");
        Assert.True(seen.Count - late.Count > 15);
        Assert.Equal(Gap.Away, Assert.Single(seen, frame => frame.Before != Gap.Late).Before); // the five minutes were the camera's
        Assert.Equal(Gap.Away, late[0].Before);
    }

    [Fact]
    public async Task A_clip_plays_as_long_as_it_was_and_is_known_by_its_hash()
    {
        using var folder = new Folder();
        var units = await Recorded("h264/1", 100);
        var clip = (await Clips.Of(units, folder["."], 8 << 20, Ct))!;
        await File.WriteAllBytesAsync(folder["clip.mp4"], clip.Mp4, Ct);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(clip.Mp4)), clip.Sha256);
        var frames = await Footage.Frames(folder["clip.mp4"], Ct).ToListAsync(Ct);
        var length = (units[^1].Timestamp - units[0].Timestamp) / 90_000.0;
        Assert.InRange(frames.Count, length * Frame.Rate - 2, length * Frame.Rate + 3);
        Assert.Equal((int)Math.Ceiling((units[^1].At - units[0].At).TotalSeconds), clip.Seconds);
        Assert.Empty(Directory.EnumerateFiles(folder["."], "*.clip"));
    }

    [Fact]
    public async Task What_fits_in_no_size_and_what_is_no_video_gives_no_clip()
    {
        using var folder = new Folder();
        var units = await Recorded("h264/1", 30);
        Assert.Null(await Clips.Of(units, folder["."], 1000, Ct));
        Assert.Null(await Clips.Of([], folder["."], 8 << 20, Ct));
        Assert.Null(await Clips.Of([units[0] with { AnnexB = new byte[100] }], folder["."], 8 << 20, Ct));
        Assert.Empty(Directory.EnumerateFiles(folder["."]));
    }

    /// <summary>What the camera sent, from a keyframe on.</summary>
    static async Task<IReadOnlyList<AccessUnit>> Recorded(string camera, int count)
    {
        using var cameras = await Cameras.Serve();
        var outlet = Cameras.Outlet();
        using var tap = outlet.Fanout.Tap("test");
        await using var feed = await cameras.Open(cameras.Target(camera), outlet, null, Ct);
        return await tap.Units(Ct).Take(count).ToListAsync(Ct);
    }
}
