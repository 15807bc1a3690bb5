using Compliance.Domain.Probes;
using Compliance.Probe.Tell;
using Compliance.Probe.Watch.Contacts;
using Compliance.Probe.Watch.Panels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Compliance.Probe.Schedule;

/// <summary>Asks the API whom to watch, and gives it a sign of life.</summary>
internal sealed partial class ApiRounds(ApiConnection api, Roster roster, PanelRoster panels, PanelRounds hearing, ContactRoster contacts, ContactRounds doors, JudgeRounds judge, Outbox outbox, ProbeFile file, ProbeOptions options, TimeProvider clock, ILogger<ApiRounds> log)
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
        string? revision = null;
        var isAway = false;
        using var timer = new PeriodicTimer(options.AssignmentsEvery, clock);
        do
        {
            try
            {
                if (await api.GetAssignments(revision, ct) is { } assignments)
                {
                    await roster.Follow(assignments, ct);
                    panels.Follow(assignments.Panels);
                    contacts.Follow(assignments.Contacts);
                    revision = assignments.Revision;
                }

                isAway = false;
            }
            catch (Exception e) when (e is ApiAway or ApiRefused)
            {
                if (e is ApiAway { IsRevoked: true })
                {
                    if (roster.Count > 0) Dismissed(log, roster.Count);
                    await roster.Dismiss();
                    panels.Follow([]);
                    contacts.Follow([]);
                    revision = null;
                }

                if (!isAway) NoAssignments(log, e.Message);
                isAway = true;
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                _mishaps.Met(e, "Following assignments");
            }
        }
        while (await timer.WaitForNextTickAsync(ct));
    }

    async Task BeatOnAndOn(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(options.HeartbeatEvery, clock);
        while (await timer.WaitForNextTickAsync(ct))
        {
            try
            {
                var beat = new Heartbeat(options.ProbeId, Math.Round(judge.TakeWorstLateMs()), roster.Count, judge.IsBlind, outbox.Spool.Depth, outbox.Spool.Refused, Version, file.SetAside is not null);
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

    [LoggerMessage(LogLevel.Warning, "No assignments: {Why}; those that are watched go on as before")]
    static partial void NoAssignments(ILogger log, string why);

    [LoggerMessage(LogLevel.Critical, "The file of this box is damaged ({Fault}) and lies aside as {Place} now: what waited in it is not told, cameras' certificates are pinned anew at their next sight")]
    static partial void Damaged(ILogger log, string fault, string place);

    [LoggerMessage(LogLevel.Critical, "This box is revoked: {Count} cameras are let go and their credentials forgotten")]
    static partial void Dismissed(ILogger log, int count);
}
