using System.Diagnostics;
using Compliance.Domain.Probes;
using Compliance.Probe.Look;
using Compliance.Probe.Tell;
using Compliance.Probe.Watch.Rtp;

namespace Compliance.Probe.Tests.Tell;

/// <summary>What a camera sends in H.265 reaches a screen that decodes H.264 only: each picture, in order, with the instant it was received.</summary>
public sealed class TranscoderTests
{
    static readonly DateTimeOffset Begin = new(2026, 11, 30, 20, 0, 0, TimeSpan.Zero);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_picture_comes_out_as_h264_with_its_instant_and_the_first_can_be_begun_with()
    {
        const int pictures = 30;
        var sent = await Units(pictures);
        Assert.Equal(pictures, sent.Count);
        var came = await Transcoder.ToH264(sent.ToAsyncEnumerable(), Ct).ToListAsync(Ct);
        Assert.Equal(sent.Select(unit => unit.At), came.Select(unit => unit.At));
        Assert.True(came[0].Keyframe);
        Assert.All(came, unit => Assert.Equal(VideoCodec.H264, unit.Codec));
        using var decoder = new Decoder(new(), TimeProvider.System);
        Assert.NotNull(Assert.Single(await decoder.Gray([came[0]], Ct)));
    }

    [Fact]
    public async Task Whoever_comes_when_all_places_are_taken_waits_for_his_turn()
    {
        using var places = new SemaphoreSlim(1);
        var sent = await Units(5);
        var first = Transcoder.ToH264(Endless(sent, Ct), Ct, places).GetAsyncEnumerator(Ct);
        Assert.True(await first.MoveNextAsync());
        await using var second = Transcoder.ToH264(sent.ToAsyncEnumerable(), Ct, places).GetAsyncEnumerator(Ct);
        var came = second.MoveNextAsync().AsTask();
        Assert.Equal((0, false), (places.CurrentCount, came.IsCompleted));
        await first.DisposeAsync();
        Assert.True(await came);
    }

    static async IAsyncEnumerable<AccessUnit> Endless(IReadOnlyList<AccessUnit> units, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var unit in units) yield return unit;
        await Task.Delay(Timeout.Infinite, ct);
    }

    /// <summary>Pictures of 640x360 with their delimiters (ITU-T H.265, 7.3.2.5), by which they are told apart here.</summary>
    static async Task<IReadOnlyList<AccessUnit>> Units(int count)
    {
        using var ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg",
        [
            "-nostdin", "-v", "quiet", "-f", "lavfi", "-i", "testsrc2=s=640x360:r=25", "-frames:v", $"{count}", "-c:v", "libx265", "-preset", "ultrafast",
            "-x265-params", "log-level=none:bframes=0:keyint=15:aud=1", "-f", "hevc", "pipe:1",
        ])
        { RedirectStandardOutput = true })!;
        using var whole = new MemoryStream();
        await ffmpeg.StandardOutput.BaseStream.CopyToAsync(whole, Ct);
        var bytes = whole.ToArray();
        byte[] delimiter = [0, 0, 0, 1, 0x46, 0x01];
        var starts = new List<int>();
        for (var at = 0; bytes.AsSpan(at).IndexOf(delimiter) is >= 0 and var next; at += next + 1) starts.Add(at + next);
        return [.. starts.Select((start, n) => new AccessUnit(VideoCodec.H265, n % 15 == 0, (uint)n * 3600, Begin.AddMilliseconds(40 * n), bytes.AsMemory(start, (n + 1 < starts.Count ? starts[n + 1] : bytes.Length) - start)))];
    }
}
