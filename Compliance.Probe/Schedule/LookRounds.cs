using Compliance.Domain.Devices;
using Compliance.Probe.Judge;
using Compliance.Probe.Look;
using Compliance.Probe.Watch.Rtp;
using Microsoft.Extensions.Logging;

namespace Compliance.Probe.Schedule;

/// <summary>Every few seconds takes one keyframe of each camera and looks whether there is a picture in it.</summary>
internal sealed partial class LookRounds(WatchedCameras watched, Decoder decoder, ProbeOptions options, TimeProvider clock, ILogger<LookRounds> log)
    : Rounds("Looking at pictures", clock, log)
{
    /// <summary>Few enough that the pictures of one decoding, which come one after another, fit into some ten megabytes.</summary>
    const int Together = 64;

    bool _isComplaining;

    protected override async Task Round(DateTimeOffset now, CancellationToken ct)
    {
        try
        {
            await Round(ct);
            _isComplaining = false;
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or IOException)
        {
            if (!_isComplaining) NoDecoder(log, e.Message);
            _isComplaining = true;
        }
    }

    /// <summary>All side by side: a chunk whose keyframes are slow to come keeps nobody else waiting.</summary>
    internal Task Round(CancellationToken ct) =>
        Task.WhenAll(watched.Cameras.Where(c => c.State.Phase == Phase.Online).Chunk(Together).Select(some => Look(some, ct)));

    async Task Look(WatchedCamera[] cameras, CancellationToken ct)
    {
        var keyframes = await Task.WhenAll(cameras.Select(camera => Keyframe(camera, ct)));
        foreach (var (camera, _) in cameras.Zip(keyframes).Where(x => x.Second is null)) InVain(camera, null);
        var seen = cameras.Zip(keyframes).Where(x => x.Second is not null).ToArray();
        if (seen.Length == 0) return;
        var pictures = await decoder.Gray([.. seen.Select(x => x.Second!)], ct);
        foreach (var ((camera, keyframe), picture) in seen.Zip(pictures))
            if (picture is not null) Look(camera, picture, keyframe!.At, keyframe);
        var broken = seen.Zip(pictures).Where(x => x.Second is null).Select(x => x.First).ToArray();
        foreach (var some in broken.GroupBy(x => x.Second!.Codec))
            if (await decoder.IsWell(some.Key, ct)) foreach (var (camera, keyframe) in some) InVain(camera, keyframe);
    }

    /// <summary>Media comes and no picture. What came instead is the evidence.</summary>
    /// <param name="keyframe">The one that does not decode; null where none came whole.</param>
    void InVain(WatchedCamera camera, AccessUnit? keyframe)
    {
        var now = Clock.GetUtcNow();
        var (units, keyframes, bytes) = camera.Outlet.Meter.Came(now);
        var came = Detail.Of(Reason.NoPicture, units, keyframes, bytes / 1000);
        camera.Looks.Enqueue(new Sign.LookedInVain(now, keyframe is null ? came : Detail.And(came, Detail.Of(Reason.KeyframeUndecodable, keyframe.AnnexB.Length))));
    }

    internal void Look(WatchedCamera camera, GrayPicture picture, DateTimeOffset at, AccessUnit? keyframe = null)
    {
        try
        {
            var facts = PictureFacts.Of(picture);
            var (fault, evidence) = camera.Pictures.Look(picture, facts, at);
            camera.Looks.Enqueue(new Sign.Looked(at, fault, evidence));
            if (options.Proofs.On && keyframe is not null && fault is null) Repeats(camera, keyframe, picture, facts, at);
            Looked(log, camera.Assigned.DeviceId, facts, fault, evidence);
        }
        catch (Exception e)
        {
            // One camera's picture is not the others'.
            Mishaps.Met(e, $"Looking at camera {camera.Assigned.DeviceId}");
        }
    }

    static void Repeats(WatchedCamera camera, AccessUnit keyframe, GrayPicture picture, PictureFacts facts, DateTimeOffset at)
    {
        var (loop, evidence) = camera.Repetition.Look(keyframe, picture, facts, at);
        if (loop is not null || camera.State.Disproven.NothingRepeats is not null) camera.Proved.Enqueue(new(at, ProofOf.NothingRepeats, loop, evidence));
    }

    /// <summary>Waited for over several rounds where keyframes are rare, so that none falls between two looks. The one that came while nobody looked is old.</summary>
    async Task<AccessUnit?> Keyframe(WatchedCamera camera, CancellationToken ct)
    {
        if (camera.Awaited is { IsCompletedSuccessfully: true } came && Clock.GetUtcNow() - (await came).At > 2 * options.Look.Every) camera.Awaited = null;
        var awaited = camera.Awaited ??= camera.Outlet.Fanout.NextKeyframe(CancellationToken.None);
        try
        {
            var keyframe = await awaited.WaitAsync(options.Look.KeyframeWithin, Clock, ct);
            camera.Awaited = null;
            return keyframe;
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    [LoggerMessage(LogLevel.Debug, "Camera {DeviceId}: picture of {Facts} {Fault} {Evidence}")]
    static partial void Looked(ILogger log, Guid deviceId, PictureFacts facts, Verdict? fault, string evidence);

    [LoggerMessage(LogLevel.Error, "Pictures cannot be decoded: {Why}")]
    static partial void NoDecoder(ILogger log, string why);
}
