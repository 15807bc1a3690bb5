using Compliance.Probe.Judge;
using Compliance.Probe.Look;
using Compliance.Probe.Watch.Rtp;
using Microsoft.Extensions.Logging;

namespace Compliance.Probe.Schedule;

/// <summary>Every few seconds takes one keyframe of each camera and looks whether there is a picture in it.</summary>
internal sealed partial class LookRounds(Roster roster, Decoder decoder, ProbeOptions options, TimeProvider clock, ILogger<LookRounds> log) 
    : Rounds("Looking at pictures", options.Look.Every, clock, log)
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
        Task.WhenAll(roster.Cameras.Where(c => c.State.Phase == Phase.Online).Chunk(Together).Select(some => Look(some, ct)));

    async Task Look(WatchedCamera[] cameras, CancellationToken ct)
    {
        var keyframes = await Task.WhenAll(cameras.Select(camera => Keyframe(camera, ct)));
        var seen = cameras.Zip(keyframes).Where(x => x.Second is not null).ToArray();
        if (seen.Length == 0) return;
        var pictures = await decoder.Gray([.. seen.Select(x => x.Second!)], ct);
        foreach (var ((camera, keyframe), picture) in seen.Zip(pictures))
            if (picture is not null) Look(camera, picture, keyframe!.At, keyframe);
    }

    internal void Look(WatchedCamera camera, GrayPicture picture, DateTimeOffset at, AccessUnit? keyframe = null)
    {
        try
        {
            var facts = PictureFacts.Of(picture);
            var (fault, evidence) = camera.Pictures.Look(picture, facts, at);
            camera.Looks.Enqueue(new(at, fault, evidence));
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

    async Task<AccessUnit?> Keyframe(WatchedCamera camera, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(options.Look.KeyframeWithin, Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        try
        {
            return await camera.Outlet.Fanout.NextKeyframe(either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return null;
        }
    }

    [LoggerMessage(LogLevel.Debug, "Camera {DeviceId}: picture of {Facts} {Fault} {Evidence}")]
    static partial void Looked(ILogger log, Guid deviceId, PictureFacts facts, Domain.Devices.Verdict? fault, string evidence);

    [LoggerMessage(LogLevel.Error, "Pictures cannot be decoded: {Why}")]
    static partial void NoDecoder(ILogger log, string why);
}
