using System.Diagnostics;
using System.Globalization;
using Compliance.Domain.Probes;
using Compliance.Probe.Watch.Rtp;

namespace Compliance.Probe.Look;

/// <summary>
/// Decodes keyframes in child processes (<c>ffmpeg</c>), one picture at a time for all cameras: a child that a hostile stream
/// crashes takes nothing with it. Never pictures in a log or an event.
/// </summary>
internal sealed class Decoder(LookSettings settings, TimeProvider clock) : IDisposable
{
    const int MaxStill = 4 << 20;

    /// <summary>A gray picture of 64 by 64 of our own making.</summary>
    const string OwnH264 = "AAAAAWdCwArZBCbARAAAAwAEAAADAMg8SJkgAAAAAWjLg8sgAAABZYiECvJigAF5OTk6666666666668", OwnH265 = "AAAAAUABDAH//wFgAAADAJAAAAMAAAMAHpWYCQAAAAFCAQEBYAAAAwCQAAADAAADAB6gIIEFllZpJMrwFoCAAAADAIAAAAyEAAAAAUQBwXK0IkAAAAEoAa8dgPcBW9a+zPA=";

    readonly SemaphoreSlim _turn = new(1);
    readonly StandingDecoder _h264 = new(VideoCodec.H264, Convert.FromBase64String(OwnH264)), _h265 = new(VideoCodec.H265, Convert.FromBase64String(OwnH265));

    /// <summary>One gray picture of <see cref="GrayPicture.Bytes"/> for each keyframe; null where it does not decode.</summary>
    public async Task<IReadOnlyList<GrayPicture?>> Gray(IReadOnlyList<AccessUnit> keyframes, CancellationToken ct)
    {
        var pictures = new GrayPicture?[keyframes.Count];
        foreach (var codec in keyframes.Select((unit, i) => (unit, i)).GroupBy(x => x.unit.Codec))
            await Gray(codec.Key, [.. codec.Select(x => (x.unit, x.i))], pictures, ct);
        return pictures;
    }

    /// <summary>One gray picture of this size; null when the keyframe does not decode.</summary>
    public async Task<byte[]?> Gray(AccessUnit keyframe, int width, int height, CancellationToken ct)
    {
        var raw = await Run(keyframe.Codec, [keyframe], 2 * width * height,
            ["-frames:v", "1", "-vf", string.Create(CultureInfo.InvariantCulture, $"scale={width}:{height}:flags=area"), "-pix_fmt", "gray", "-f", "rawvideo"], ct);
        return raw.Length == width * height ? raw : null;
    }

    /// <summary>Cut out of every so many pictures of one run that begins with a keyframe, in reading size; null where others came than went in.</summary>
    /// <param name="units">In the order of decoding, all of one codec.</param>
    public async Task<IReadOnlyList<ClockStrip>?> Strips(IReadOnlyList<AccessUnit> units, OpenCvSharp.Rect place, int every, CancellationToken ct)
    {
        var (count, size) = ((units.Count + every - 1) / every, place.Width * place.Height);
        var raw = await Run(units[0].Codec, units, (count + 1) * size,
        [
            "-vf", string.Create(CultureInfo.InvariantCulture, $"select=not(mod(n\\,{every})),scale={ReadablePicture.Width}:{ReadablePicture.Height}:flags=area,crop={place.Width}:{place.Height}:{place.X}:{place.Y}"),
            "-pix_fmt", "gray", "-vsync", "passthrough", "-f", "rawvideo",
        ], ct);
        return raw.Length == count * size ? [.. Enumerable.Range(0, count).Select(i => new ClockStrip(place.Width, place.Height, raw[(i * size)..((i + 1) * size)]))] : null;
    }

    /// <summary>One JPEG, at most 640 pixels wide; null when the keyframe does not decode.</summary>
    public async Task<byte[]?> Still(AccessUnit keyframe, CancellationToken ct)
    {
        var jpeg = await Run(keyframe.Codec, [keyframe], MaxStill, ["-frames:v", "1", "-vf", "scale='min(640,iw)':-2", "-q:v", "5", "-f", "mjpeg"], ct);
        return jpeg.Length > 0 ? jpeg : null;
    }

    /// <summary>Whether a picture of our own decodes: otherwise it is no camera's fault that another does not.</summary>
    public async Task<bool> IsWell(VideoCodec codec, CancellationToken ct) =>
        await Gray(new(codec, true, 0, default, Convert.FromBase64String(codec == VideoCodec.H264 ? OwnH264 : OwnH265)), 64, 64, ct) is not null;

    public void Dispose()
    {
        _h264.Dispose();
        _h265.Dispose();
        _turn.Dispose();
    }

    /// <summary>By the decoder that stands ready; what it does not bring to an end is decoded by one of its own.</summary>
    async Task Gray(VideoCodec codec, (AccessUnit Unit, int Index)[] batch, GrayPicture?[] pictures, CancellationToken ct)
    {
        if (await Standing(codec == VideoCodec.H264 ? _h264 : _h265, [.. batch.Select(b => Lone(b.Unit))], ct) is not { } all) await Alone(codec, batch, pictures, ct);
        else
            for (var i = 0; i < batch.Length; i++) pictures[batch[i].Index] = all[i];
    }

    async Task<IReadOnlyList<GrayPicture>?> Standing(StandingDecoder decoder, IReadOnlyList<ReadOnlyMemory<byte>> keyframes, CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            using var limit = new CancellationTokenSource(settings.DecodeWithin, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
            return await decoder.Gray(keyframes, either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>All in one process; when pictures are missing, in halves, until the broken one is alone.</summary>
    async Task Alone(VideoCodec codec, (AccessUnit Unit, int Index)[] batch, GrayPicture?[] pictures, CancellationToken ct)
    {
        // One more than wanted is let through, so that too many are noticed.
        var most = batch.Length + 1;
        var raw = await Run(codec, batch.Select(b => b.Unit), most * GrayPicture.Bytes,
            ["-frames:v", most.ToString(CultureInfo.InvariantCulture), "-vf", $"scale={GrayPicture.Width}:{GrayPicture.Height}:flags=area,format=gray", "-autoscale", "0", "-pix_fmt", "gray", "-vsync", "passthrough", "-f", "rawvideo"], ct);
        if (raw.Length == batch.Length * GrayPicture.Bytes)
        {
            for (var i = 0; i < batch.Length; i++) pictures[batch[i].Index] = new(raw.AsMemory(i * GrayPicture.Bytes, GrayPicture.Bytes));
        }
        else if (batch.Length > 1)
        {
            await Alone(codec, batch[..(batch.Length / 2)], pictures, ct);
            await Alone(codec, batch[(batch.Length / 2)..], pictures, ct);
        }
    }

    async Task<byte[]> Run(VideoCodec codec, IEnumerable<AccessUnit> units, int most, string[] output, CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            using var limit = new CancellationTokenSource(settings.DecodeWithin, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
            using var child = Process.Start(new ProcessStartInfo(
                "ffmpeg", ["-hide_banner", "-loglevel", "quiet", "-threads", "1", "-f", codec == VideoCodec.H264 ? "h264" : "hevc", "-i", "pipe:0", .. output, "pipe:1"])
            { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
            try
            {
                var feeding = Feed(child, units, either.Token);
                var result = await ReadAtMost(child.StandardOutput.BaseStream, most, either.Token);
                if (result is null) child.Kill();
                await feeding;
                return result ?? [];
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                return [];
            }
            finally
            {
                if (!child.HasExited) child.Kill();
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>All there is; null when that is more than <paramref name="most"/> bytes.</summary>
    internal static async Task<byte[]?> ReadAtMost(Stream stream, int most, CancellationToken ct)
    {
        using var result = new MemoryStream();
        var buffer = new byte[64 << 10];
        while (await stream.ReadAsync(buffer, ct) is > 0 and var read)
        {
            if (result.Length + read > most) return null;
            result.Write(buffer, 0, read);
        }

        return result.ToArray();
    }

    static async Task Feed(Process child, IEnumerable<AccessUnit> units, CancellationToken ct)
    {
        try
        {
            await using var input = child.StandardInput.BaseStream;
            foreach (var unit in units) await input.WriteAsync(Lone(unit), ct);
        }
        catch (IOException)
        {
            // The decoder gave up reading; what it wrote until then is all there is.
        }
    }

    /// <summary>One picture. In H.265 a clean random access picture that is not the first counts on its neighbours; called broken-link it stands alone.</summary>
    static ReadOnlyMemory<byte> Lone(AccessUnit unit)
    {
        const int cleanRandomAccess = 21, brokenLink = 16;
        var one = OnePicture.Of(unit.Codec, unit.AnnexB);
        if (unit.Codec == VideoCodec.H264) return one;
        var bytes = one.ToArray();
        for (var at = 0; at + 3 < bytes.Length; at++)
            if (bytes.AsSpan(at, 3).SequenceEqual<byte>([0, 0, 1]) && ((bytes[at + 3] >> 1) & 0x3F) == cleanRandomAccess)
                bytes[at + 3] = (byte)((bytes[at + 3] & 0x81) | (brokenLink << 1));
        return bytes;
    }
}
