using Compliance.Domain.Probes;
using Compliance.Probe.Tell;
using Compliance.Probe.Watch.Contacts;
using Compliance.Probe.Watch.Panels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Compliance.Probe.Schedule;

/// <summary>Follows the assignments, and gives the API a sign of life, which prolongs the leases.</summary>
internal sealed partial class ApiRounds(ApiConnection api, IAssignments assignments, Roster roster, PanelRoster panels, PanelRounds hearing, ContactRoster contacts, ContactRounds doors, JudgeRounds judge, BoxGauge gauge, Outbox outbox, ProbeFile file, ProbeOptions options, TimeProvider clock, ILogger<ApiRounds> log)
    : BackgroundService
{
    static readonly string Version = typeof(ApiRounds).Assembly.GetName().Version!.ToString();

    readonly Mishaps _mishaps = new(log);

    /// <summary>Says goodbye to the cameras, so that none keeps a session for us.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await roster.StopAll();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (file.SetAside is var (place, fault)) Damaged(log, fault, place);
        return Task.WhenAll(FollowAssignments(stoppingToken), BeatOnAndOn(stoppingToken));
    }

    async Task FollowAssignments(CancellationToken ct)
    {
        await foreach (var next in assignments.Changes(ct))
        {
            try
            {
                await roster.Follow(next, ct);
                panels.Follow(next.Panels);
                contacts.Follow(next.Contacts);
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                _mishaps.Met(e, "Following assignments");
            }
        }
    }

    async Task BeatOnAndOn(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(options.HeartbeatEvery, clock);
        while (await timer.WaitForNextTickAsync(ct))
        {
            try
            {
                var beat = new Heartbeat(options.ProbeId, Math.Round(judge.TakeWorstLateMs()), roster.Count, judge.IsBlind, outbox.Spool.Depth, outbox.Spool.Refused, Version, file.SetAside is not null)
                {
                    Health = gauge.Read(),
                };
                if (!await api.Beat(beat, ct)) continue;
                judge.TellAgain();
                hearing.TellAgain();
                doors.TellAgain();
            }
            catch (Exception e) when (e is ApiAway or ApiRefused)
            {
                // The missing beat is itself the message.
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                _mishaps.Met(e, "The heartbeat");
            }
        }
    }

    [LoggerMessage(LogLevel.Critical, "The file of this box is damaged ({Fault}) and lies aside as {Place} now: what waited in it is not told, cameras' certificates are pinned anew at their next sight")]
    static partial void Damaged(ILogger log, string fault, string place);
}
