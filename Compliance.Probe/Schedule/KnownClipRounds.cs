using System.Security.Cryptography;
using Compliance.Domain.Detectors;
using Compliance.Domain.KnownClips;
using Compliance.Domain.Venues;
using Compliance.Probe.Eyes;
using Compliance.Probe.Eyes.Live;
using Compliance.Probe.Tell;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Compliance.Probe.Schedule;

/// <summary>Where chance comes from: a number from 0 up to, and without, the one given. In earnest it is one that nobody can foresee.</summary>
internal delegate int Draw(int below);

/// <summary>
/// Once a night, at an instant that only the box knows and only when it has come, one known clip is played into the detector of one camera, beside the camera's own frames; what the
/// detector made of it is told, and so is why it was not shown. What the clip shows the box is not told.
/// </summary>
internal sealed partial class KnownClipRounds : Rounds
{
    /// <summary>How long the file is waited for; and what fetching and playing may take, so that it is over before the hours are.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60), Whole = TimeSpan.FromMinutes(2);

    readonly EyesRounds _eyes;
    readonly ShownNights _nights;
    readonly Outbox _outbox;
    readonly ApiConnection _api;
    readonly EyesMeans _means;
    readonly KnownClipSettings _settings;
    readonly Draw _draw;
    readonly ILogger _log;
    volatile IReadOnlyList<AssignedKnownClip> _clips = [];
    volatile IReadOnlyList<AssignedDetector> _detectors = [];
    (DateOnly Night, DateTimeOffset At)? _due;

    /// <summary>Clips lie in the clear only while one is played; what a crash left is thrown away.</summary>
    public KnownClipRounds(EyesRounds eyes, ShownNights nights, Outbox outbox, ApiConnection api, EyesMeans means, KnownClipSettings settings, Draw draw, TimeProvider clock, ILogger<KnownClipRounds> log)
        : base("A round of the known clips", clock, log)
    {
        (_eyes, _nights, _outbox, _api, _means, _settings, _draw, _log) = (eyes, nights, outbox, api, means, settings, draw, log);
        if (Directory.Exists(means.Folder))
            foreach (var left in Directory.EnumerateFiles(means.Folder, "*.known")) File.Delete(left);
    }

    public void Follow(IReadOnlyList<AssignedKnownClip> clips, IReadOnlyList<AssignedDetector> detectors) => (_clips, _detectors) = (clips, detectors);

    protected override async Task Round(DateTimeOffset now, CancellationToken ct)
    {
        var at = now - TimeSpan.FromMilliseconds(_api.Clock.OffsetMs);
        if (!_settings.On || _clips.Count == 0 || NightOf(at) is not { } night || night.End - at < Whole || _nights.Last == night.Day)
        {
            _due = null;
            return;
        }

        if (_due?.Night != night.Day) _due = (night.Day, at + TimeSpan.FromSeconds(_draw(Math.Max(1, (int)(night.End - at - Whole).TotalSeconds))));
        if (at < _due.Value.At) return;
        _due = null;
        _nights.Keep(night.Day); // first: a clip that breaks something is not played again and again
        await Show(_clips[_draw(_clips.Count)], now, ct);
    }

    /// <summary>The day on which the hours began that this instant lies in, and when they end; null outside of them.</summary>
    (DateOnly Day, DateTimeOffset End)? NightOf(DateTimeOffset at)
    {
        if (!_settings.Hours.Covers(at)) return null;
        var (day, time) = (VenueZone.Day(at), TimeOnly.FromDateTime(VenueZone.Local(at).DateTime));
        var began = _settings.From < _settings.Until || time >= _settings.From ? day : day.AddDays(-1);
        return (began, VenueZone.At(_settings.From < _settings.Until ? began : began.AddDays(1), _settings.Until));
    }

    async Task Show(AssignedKnownClip clip, DateTimeOffset now, CancellationToken ct)
    {
        var running = await _eyes.Running(clip.Detector, ct);
        if (running.Count == 0)
        {
            // Where no camera is to be watched at all there is nothing to measure.
            if (_detectors.FirstOrDefault(one => one.Detector == clip.Detector) is { } rests) Tell(clip, rests.DeviceId, now, null, null, NotShown.NothingRan);
            return;
        }

        var device = running[_draw(running.Count)];
        if (await Fetch(clip, ct) is not { } path)
        {
            Tell(clip, device, now, null, null, NotShown.ClipMissing);
            return;
        }

        try
        {
            if (await _eyes.Beside(device, clip.Detector, ct) is not { } beside)
            {
                Tell(clip, device, now, null, null, NotShown.DetectorStopped);
                return;
            }

            await Play(clip, device, beside, path, now, ct);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Where the detector may run no longer, this may not either.</summary>
    async Task Play(AssignedKnownClip clip, Guid device, BesideSense beside, string path, DateTimeOffset now, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var ending = StopWith(beside.Ends, stop);
        try
        {
            Tell(clip, device, now, beside.Sense.Model, await ClipShowing.Play(Footage.Frames(path, stop.Token), beside.Sense, _means.Lanes, Clock, stop.Token), null);
        }
        catch (FootageUnreadable)
        {
            Tell(clip, device, now, null, null, NotShown.ClipUnreadable);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            Tell(clip, device, now, null, null, NotShown.DetectorStopped);
        }
        finally
        {
            await stop.CancelAsync();
            await ending;
        }
    }

    static async Task StopWith(Task ends, CancellationTokenSource stop)
    {
        await ends.WaitAsync(stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await stop.CancelAsync();
    }

    /// <summary>Where it lies; null where it cannot be had, or is another than was named.</summary>
    async Task<string?> Fetch(AssignedKnownClip clip, CancellationToken ct)
    {
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
            patience.CancelAfter(Patience);
            var file = await _api.GetKnownClip(clip.ClipId, patience.Token);
            if (Convert.ToHexStringLower(SHA256.HashData(file)) != clip.Sha256) throw new ApiAway("it has another hash than was named");
            return await Write(file, ct);
        }
        catch (Exception e) when (e is ApiAway or ApiRefused or IOException or UnauthorizedAccessException || e is OperationCanceledException && !ct.IsCancellationRequested)
        {
            NotHad(_log, clip.ClipId, e.Message);
            return null;
        }
    }

    /// <summary>What could not be written whole is not left lying.</summary>
    async Task<string> Write(byte[] file, CancellationToken ct)
    {
        var path = Path.Combine(_means.Folder, $"{Guid.NewGuid():N}.known");
        try
        {
            await File.WriteAllBytesAsync(path, file, ct);
            return path;
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    void Tell(AssignedKnownClip clip, Guid device, DateTimeOffset began, DetectorModel? model, ShownClip? shown, NotShown? because)
    {
        try
        {
            _outbox.Tell([new ShowingObserved(
                Guid.CreateVersion7(began), device, Clock.GetUtcNow(), _api.Clock, clip.ClipId, clip.Detector, model, shown?.After is not null, shown?.After?.TotalSeconds, shown?.Score, shown?.Analysed ?? 0, shown?.Skipped ?? 0, because)]);
            // Neither which clip nor what came of it: the log of a box is read in the venue.
            Shown(_log, device, because?.ToString() ?? "to the end");
        }
        catch (Exception e) when (e is SpoolFull or SqliteException)
        {
            NoRoom(_log, e.Message);
        }
    }

    [LoggerMessage(LogLevel.Information, "A known clip was shown beside camera {DeviceId}: {How}")]
    static partial void Shown(ILogger log, Guid deviceId, string how);

    [LoggerMessage(LogLevel.Warning, "Known clip {ClipId} cannot be had: {Why}")]
    static partial void NotHad(ILogger log, Guid clipId, string why);

    [LoggerMessage(LogLevel.Error, "The spool takes nothing ({Why}); that a known clip was shown is not told")]
    static partial void NoRoom(ILogger log, string why);
}
