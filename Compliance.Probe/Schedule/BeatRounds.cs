using Compliance.Domain.Probes;
using Compliance.Probe.Tell;
using Microsoft.Extensions.Logging;

namespace Compliance.Probe.Schedule;

/// <summary>Gives the API a sign of life, which prolongs the leases, and hears whether it wants everything told again.</summary>
internal sealed partial class BeatRounds(
    ApiConnection api, WatchedCameras watched, PanelRounds hearing, ContactRounds doors, EyesRounds eyes, FaceRounds faces, JudgeRounds judge, BoxGauge gauge, Outbox outbox, ProbeFile file, ProbeOptions options, TimeProvider clock, ILogger<BeatRounds> log)
    : Rounds("The heartbeat", clock, log)
{
    /// <summary>Of the program, and of the package it came in.</summary>
    internal static readonly string Version = typeof(BeatRounds).Assembly.GetName().Version!.ToString(3);

    bool _isDamageSaid;

    protected override async Task Round(DateTimeOffset now, CancellationToken ct)
    {
        if (!_isDamageSaid && file.SetAside is var (place, fault)) Damaged(log, fault, place);
        _isDamageSaid = true;
        try
        {
            var beat = new Heartbeat(options.ProbeId, Math.Round(judge.TakeWorstLateMs()), watched.Count, judge.IsBlind, outbox.Spool.Depth, outbox.Spool.Refused, Version, file.SetAside is not null)
            {
                Health = gauge.Read() with { Eyes = options.Eyes.On ? eyes.Health.With(faces.Frames) : null },
            };
            if (!await api.Beat(beat, ct)) return;
            judge.TellAgain();
            hearing.TellAgain();
            doors.TellAgain();
        }
        catch (Exception e) when (e is ApiAway or ApiRefused)
        {
            // The missing beat is itself the message.
        }
    }

    [LoggerMessage(LogLevel.Critical, "The file of this box is damaged ({Fault}) and lies aside as {Place} now: what waited in it is not told, cameras' certificates are pinned anew at their next sight")]
    static partial void Damaged(ILogger log, string fault, string place);
}
