using Compliance.Domain.Devices;
using Compliance.Domain.Probes;
using Compliance.Probe.Judge;
using Compliance.Probe.Look;
using Compliance.Probe.Tell;
using Microsoft.Extensions.Logging;

namespace Compliance.Probe.Schedule;

/// <summary>Once a second goes past every camera, lets the judge hear what happened, and tells what he now holds true.</summary>
internal sealed partial class JudgeRounds(
    WatchedCameras watched, CanaryRounds canaries, Outbox outbox, ApiConnection api, ProbeOptions options, TimeProvider clock, ILogger<JudgeRounds> log)
    : Rounds("A round of the judge", clock, log)
{
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);
    const int GlanceSeconds = 10;

    readonly List<VerdictObserved> _untold = [];
    readonly BlindBudget _budget = new(options.Judge);
    DateTimeOffset? _last, _inTimeSince;
    double _worstLateMs;
    volatile bool _tellsAgain;

    /// <summary>The fault is on our own side.</summary>
    public bool IsBlind { get; private set; }

    /// <summary>How late the rounds were at worst since this was asked last, milliseconds.</summary>
    public double TakeWorstLateMs() => Interlocked.Exchange(ref _worstLateMs, 0);

    /// <summary>In the next round all verdicts are told again, not only those that change.</summary>
    public void TellAgain() => _tellsAgain = true;

    protected override Task Round(DateTimeOffset now, CancellationToken ct)
    {
        var late = now - (_last ?? now - Beat) - Beat;
        _last = now;
        _worstLateMs = Math.Max(_worstLateMs, late.TotalMilliseconds);
        Round(now, late);
        return Task.CompletedTask;
    }

    /// <param name="late">How late it comes: by the probe's own doing, or negative when the clock on the wall was set back.</param>
    internal void Round(DateTimeOffset now, TimeSpan late)
    {
        Judge(now, late);
        Send();
    }

    void Judge(DateTimeOffset now, TimeSpan late)
    {
        var (cameras, swept) = (watched.Cameras.ToArray(), watched.Swept.Cameras.ToArray());
        var seen = cameras.Where(c => c.State.Phase is Phase.Online or Phase.Suspect);
        var isSetBack = late < -Beat;
        if (late > options.Judge.LoopLate || isSetBack || _inTimeSince is null) _inTimeSince = now;
        var sights = seen.Select(c => new Sight(c.Assigned.VenueId, c.State.Phase == Phase.Suspect ? c.State.LastGood : null, c.State.HealthySince)).ToArray();
        var sweptSights = swept.Where(c => c.Last?.At >= now - options.Sweep.Recent).Select(c => new SweptSight(c.Assigned.VenueId, c.Last!.Value.Good, c.IsInDoubt)).ToArray();
        var delivers = (cameras.Length == 0 && !Array.Exists(sweptSights, g => !g.Good)) || Array.Exists(cameras, c => c.State.HealthySince is not null) || Array.Exists(sweptSights, g => g.Good);
        var told = Blindness.IsBlind([], canaries.State, delivers, late, options.Judge);
        var counted = canaries.State != Canaries.Alive && !told
            && (Blindness.IsBlind(Blindness.InDoubt(sights, _inTimeSince.Value, now, options.Judge), late, options.Judge) || Blindness.IsBlind(sweptSights, options.Judge));
        var blind = told | _budget.Believes(counted, delivers, sights.Select(s => s.VenueId).Concat(sweptSights.Select(s => s.VenueId)).Distinct().Count(), now);
        if (blind != IsBlind) Blinded(log, blind);
        (IsBlind, watched.Swept.IsBlind) = (blind, blind);
        var again = _tellsAgain;
        _tellsAgain = false;
        foreach (var camera in swept) Note(camera, now, again);
        foreach (var camera in cameras)
        {
            // Moments appointed by the clock before would be as late as it was set back.
            if (isSetBack) camera.NextMeasurement = now;
            try
            {
                Pass(camera, now, again);
            }
            catch (Exception e)
            {
                // One camera's bug is not the others'.
                Mishaps.Met(e, $"Judging camera {camera.Assigned.DeviceId}");
            }
        }
    }

    void Note(SweptCamera camera, DateTimeOffset now, bool again)
    {
        if (camera.TakeNews(again) is not { } held) return;
        if (held.UnseenSince is { } unseen)
            _untold.Add(new(Guid.CreateVersion7(now), camera.Assigned.DeviceId, held.Since, api.Clock, Verdict.Unknown, unseen, null, Detail.Of(Reason.BetweenLooks)));
        _untold.Add(new(Guid.CreateVersion7(now), camera.Assigned.DeviceId, now, api.Clock, held.Verdict, again ? held.Since : held.ReasonSince ?? held.Since, camera.Measured, held.Detail) { Answer = held.Answer });
        Holds(log, camera.Assigned.DeviceId, held.Verdict, held.Since, held.Detail);
    }

    void Pass(WatchedCamera camera, DateTimeOffset now, bool again)
    {
        var (before, meter) = (camera.State.Told, camera.Outlet.Meter);
        while (camera.Watch.Attempts.TryDequeue(out var attempt)) Hear(camera, new Sign.Failed(attempt.EndedAt, attempt.Cause, attempt.Detail, attempt.Doubted, attempt.Answer));
        while (camera.Looks.TryDequeue(out var look)) Hear(camera, look);
        while (camera.Proved.TryDequeue(out var proved)) Hear(camera, proved);
        Hear(camera, new Sign.Glanced(now, meter.LastAccessUnitAt, IsBlind));
        if (camera.State.Phase == Phase.Offline) camera.Window.Clear();
        else if (camera.Window.Add(meter, (int)options.Judge.Window.TotalSeconds, now) is { } seen) Hear(camera, new Sign.Windowed(now, seen.Measurement, seen.Unreadable, seen.From));

        var glance = meter.Measure(GlanceSeconds, now);
        if (camera.State.Told != before || (again && camera.State.Told.Verdict.Availability() != Availability.Unknown)) Note(camera, before, now, glance);
        if (now < camera.NextMeasurement || glance.WindowSeconds < 1) return;
        camera.NextMeasurement = now + options.MeasurementsEvery;
        outbox.Show(new MeasurementObserved(Guid.CreateVersion7(now), camera.Assigned.DeviceId, now, api.Clock, glance with { HasClock = camera.Pictures.HasClock, Proofs = camera.Record.Proofs }));
    }

    void Hear(WatchedCamera camera, Sign sign) => camera.State = CameraJudge.Hear(camera.State, sign, camera.Assigned.Declared, options.Judge);

    void Note(WatchedCamera camera, Held before, DateTimeOffset now, Measurement glance)
    {
        var told = camera.State.Told;
        var since = told != before && told.Verdict == before.Verdict ? told.ReasonSince ?? told.Since : told.Since;
        _untold.Add(new(Guid.CreateVersion7(now), camera.Assigned.DeviceId, now, api.Clock, told.Verdict, since,
            glance.WindowSeconds > 0 ? glance.ToMeasured() : null, told.Verdict == Verdict.ParameterViolation ? BesideDeclared(told.Detail, camera.Record.Proofs?.Declared) : told.Detail)
        {
            Answer = told.Answer,
            Still = told.Verdict.IsSeen() && camera.Pictures.Newest is { } picture ? Glimpse.Jpeg(picture) : null,
        });
        Holds(log, camera.Assigned.DeviceId, told.Verdict, told.Since, told.Detail);
    }

    /// <summary>What came stands beside what the camera itself says it sends.</summary>
    static string BesideDeclared(string detail, DeclaredVideo? declared) => declared is null ? detail : Detail.And(detail, Detail.Of(
        Reason.CameraDeclares, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{declared.Codec}/{declared.Width}×{declared.Height}/{declared.Fps}fps/{declared.Kbps}kbps")));

    /// <summary>What the disk does not take is tried again in the next round.</summary>
    void Send()
    {
        try
        {
            outbox.Tell(_untold);
            _untold.Clear();
        }
        catch (Exception e) when (e is SpoolFull or Microsoft.Data.Sqlite.SqliteException)
        {
            NoRoom(log, e.Message, _untold.Count);
        }
    }

    [LoggerMessage(LogLevel.Information, "Camera {DeviceId}: {Verdict} since {Since:O}: {Detail}")]
    static partial void Holds(ILogger log, Guid deviceId, Verdict verdict, DateTimeOffset since, string detail);

    [LoggerMessage(LogLevel.Warning, "Blind: {Blind}")]
    static partial void Blinded(ILogger log, bool blind);

    [LoggerMessage(LogLevel.Error, "The spool takes nothing ({Why}); {Count} verdicts wait in memory")]
    static partial void NoRoom(ILogger log, string why, int count);
}
