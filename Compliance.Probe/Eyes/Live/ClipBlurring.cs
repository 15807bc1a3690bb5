using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Compliance.Domain.Alerts;
using Compliance.Hosting;
using Compliance.Probe.Eyes.Faces;
using Compliance.Probe.Eyes.Persons;
using Compliance.Probe.Schedule;
using Microsoft.Extensions.Logging;
using OpenCvSharp;

namespace Compliance.Probe.Eyes.Live;

/// <summary>A copy of a clip in which nobody is to be recognised.</summary>
/// <param name="DetectorSha256">The network that looked for faces; null where none is installed.</param>
internal sealed record BlurredCopy(Clip Clip, ClipBlur Blur, string? DetectorSha256);

/// <summary>Null where no copy came of it.</summary>
internal delegate Task<BlurredCopy?> BlurClip(Clip clip, CancellationToken ct);

/// <summary>
/// Makes the copy of a clip that desks are shown: every face hidden that was found, and the heads of persons who were found without one; where no face was found or nothing looks for faces, the whole picture softened. One clip at a time, by children that
/// let all others go first; a frame is looked at only in a lane of the detectors. The copy is no larger than the picture in which faces were looked for: what is too small to be found is too small to be known.
/// </summary>
internal sealed partial class ClipBlurring(Func<FaceFinder?> open, PersonFinder? persons, SemaphoreSlim lanes, string folder, long largest, ILogger<ClipBlurring> log) : IDisposable
{
    public const double Rate = 12.5;

    /// <summary>Each so many frames are looked at: six times a second.</summary>
    const int Each = 2;

    /// <summary>So many clips wait at most; what comes then is not blurred, and stays hidden until somebody says why he needs it.</summary>
    const int MostWaiting = 8;

    const int WholeWidth = 640, MostWidth = 960;

    static readonly TimeSpan Patience = TimeSpan.FromMinutes(10), MostOfFrame = TimeSpan.FromSeconds(10);

    readonly SemaphoreSlim _turn = new(1);
    readonly CancellationTokenSource _over = new();
    readonly Mishaps _mishaps = new(log);
    int _waiting;

    public async Task<BlurredCopy?> Of(Clip clip, CancellationToken ct)
    {
        if (Interlocked.Increment(ref _waiting) > MostWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            NotMade(log, "too many wait");
            return null;
        }

        var path = Path.Combine(folder, $"{Guid.NewGuid():N}.clip");
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(_over.Token, ct);
            await _turn.WaitAsync(patience.Token);
            try
            {
                patience.CancelAfter(Patience); // its own work, not the wait for others
                await File.WriteAllBytesAsync(path, clip.Mp4, patience.Token);
                return await Make(path, clip, patience.Token);
            }
            finally
            {
                _turn.Release();
                File.Delete(path);
            }
        }
        catch (Exception e) when (e is FootageUnreadable or IOException or System.ComponentModel.Win32Exception or OperationCanceledException or ObjectDisposedException)
        {
            if (!_over.IsCancellationRequested && !ct.IsCancellationRequested) NotMade(log, e.Message);
            return null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            _mishaps.Met(e, "Blurring a clip");
            return null;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <summary>The networks go after this: a frame that lies in one of them is waited for.</summary>
    public void Dispose()
    {
        _over.Cancel();
        _turn.Wait(MostOfFrame);
        _over.Dispose();
    }

    async Task<BlurredCopy?> Make(string path, Clip clip, CancellationToken ct)
    {
        using var finder = open();
        var width = Math.Min(MostWidth, finder?.Slot.Input.Width ?? WholeWidth);
        var size = string.Create(CultureInfo.InvariantCulture, $"'trunc(min({width},iw)/2)*2':-2");
        var hidden = finder is null ? null : await Find(path, size, finder, ct);
        var mp4 = await Write(path, size, hidden is null ? (_, picture) => FacePicture.Soften(picture) : (n, picture) => FacePicture.BlurPlaces(picture, hidden[Math.Min(n, hidden.Count - 1)]), ct);
        if (mp4 is not { Length: > 0 } || mp4.LongLength > largest)
        {
            NotMade(log, "nothing that could be sent came of it");
            return null;
        }

        return new(new(mp4, Convert.ToHexStringLower(SHA256.HashData(mp4)), clip.Seconds), hidden is null ? ClipBlur.WholePicture : ClipBlur.Faces, finder?.Slot.Sha256);
    }

    /// <summary>Null where no face was found in all of the clip: then it is likelier that this finder sees none there than that there are none.</summary>
    async Task<IReadOnlyList<IReadOnlyList<Rect2f>>?> Find(string path, string size, FaceFinder finder, CancellationToken ct)
    {
        var (seen, count, hasFaces) = (new List<FacesSeen>(), 0, false);
        await foreach (var frame in Footage.FramesInColour(path, Rate, size, isLast: true, ct))
        {
            var n = count++;
            if (n % Each != 0) continue;
            await lanes.WaitAsync(ct);
            try
            {
                using var picture = frame.Bgr();
                Rect2f[] boxes = [.. finder.Find(picture, FaceTrails.Least).Select(face => face.Box)];
                hasFaces |= boxes.Length > 0;
                seen.Add(new(n, [.. boxes, .. Heads(picture, boxes)]));
            }
            finally
            {
                lanes.Release();
            }
        }

        return hasFaces ? FaceTrails.Of(seen, count, Rate) : null;
    }

    /// <summary>Of persons, where a network finds them, whose face was not found: turned away, in the dark, behind an arm.</summary>
    IEnumerable<Rect2f> Heads(Mat picture, Rect2f[] faces) =>
        (persons?.Find(picture) ?? []).Select(person => person.Head).Where(head => !faces.Any(face => head.Contains(new Point2f(face.X + (face.Width / 2), face.Y + (face.Height / 2)))));

    async Task<byte[]?> Write(string path, string size, Action<int, Mat> blur, CancellationToken ct)
    {
        var made = Path.Combine(folder, $"{Guid.NewGuid():N}.clip");
        Process? child = null;
        try
        {
            var (n, row) = (0, Array.Empty<byte>());
            await foreach (var frame in Footage.FramesInColour(path, Rate, size, isLast: true, ct))
            {
                using var picture = frame.Bgr();
                blur(n++, picture);
                child ??= Encoder(frame.Width, frame.Height, made);
                if (row.Length == 0) row = new byte[frame.Width * frame.Height * 3];
                System.Runtime.InteropServices.Marshal.Copy(picture.Data, row, 0, row.Length);
                await child.StandardInput.BaseStream.WriteAsync(row, ct);
            }

            if (child is null) return null;
            child.StandardInput.Close();
            await child.WaitForExitAsync(ct);
            return child.ExitCode == 0 && File.Exists(made) ? await File.ReadAllBytesAsync(made, ct) : null;
        }
        finally
        {
            if (child is { HasExited: false }) child.Kill();
            child?.Dispose();
            File.Delete(made);
        }
    }

    static Process Encoder(int width, int height, string path)
    {
        var child = Process.Start(new ProcessStartInfo("ffmpeg",
        [
            "-hide_banner", "-loglevel", "quiet", "-f", "rawvideo", "-pix_fmt", "bgr24", "-video_size", string.Create(CultureInfo.InvariantCulture, $"{width}x{height}"),
            "-framerate", Rate.ToString(CultureInfo.InvariantCulture), "-i", "pipe:0", "-c:v", "libx264", "-preset", "veryfast", "-crf", "26", "-maxrate", "1200k", "-bufsize", "2400k",
            "-pix_fmt", "yuv420p", "-threads", "1", "-movflags", "+faststart", "-f", "mp4", "-y", path,
        ])
        { RedirectStandardInput = true })!;
        child.LetOthersFirst();
        return child;
    }

    [LoggerMessage(Microsoft.Extensions.Logging.LogLevel.Warning, "No blurred copy of a clip was made: {Why}")]
    static partial void NotMade(ILogger log, string why);
}
