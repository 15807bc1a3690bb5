using System.Collections.Concurrent;
using Compliance.Domain.Kernel;
using Compliance.Domain.Panels;
using Compliance.Domain.Probes;
using Compliance.Probe.Judge;
using Compliance.Probe.Tell;
using Compliance.Probe.Watch.Panels;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Compliance.Probe.Schedule;

/// <summary>Whether the fault is on our own side.</summary>
internal delegate bool ProbeIsBlind();

/// <summary>Tells what panels say, at once, and once a second whether each is still heard.</summary>
internal sealed partial class PanelRounds(EnrolledPanels enrolled, ProbeIsBlind isBlind, Outbox outbox, ApiConnection api, ProbeOptions options, TimeProvider clock, ILogger<PanelRounds> log)
    : Rounds("A round of the panels", clock, log)
{
    readonly ConcurrentDictionary<Guid, (LinkState Held, PanelLink Told)> _links = [];
    DateTimeOffset _nextPulse;
    volatile bool _tellsAgain;

    public void TellAgain() => _tellsAgain = true;

    /// <summary>On disk before the panel gets its answer.</summary>
    public bool Keep(EnrolledPanel panel, PanelMessage message)
    {
        var device = panel.Assigned.DeviceId;
        _links.AddOrUpdate(device, _ => (PanelJudge.Heard(LinkState.Begin(message.ReceivedAt), message.ReceivedAt), PanelLink.Unknown),
            (_, link) => (PanelJudge.Heard(link.Held, message.ReceivedAt), link.Told));
        if (message.Said.Count == 0) return true;
        try
        {
            outbox.Tell([.. message.Said.Select((said, i) => new PanelSignalObserved(
                EventIds.From(message.Id, $"{i}"), device, message.ReceivedAt, api.Clock, said.Signal, said.On, said.Zone, message.SentAt))]);
            return true;
        }
        catch (Exception e) when (e is SpoolFull or SqliteException)
        {
            NoRoom(log, e.Message);
            return false;
        }
    }

    public void Round(DateTimeOffset now)
    {
        var again = _tellsAgain;
        _tellsAgain = false;
        var panels = enrolled.All.Select(panel => panel.Assigned).ToDictionary(panel => panel.DeviceId);
        foreach (var gone in _links.Keys.Where(id => !panels.ContainsKey(id))) _links.TryRemove(gone, out _);
        var pulses = now >= _nextPulse;
        if (pulses) _nextPulse = now + options.MeasurementsEvery;
        foreach (var (id, panel) in panels)
        {
            var (held, told) = _links.AddOrUpdate(id, _ => (LinkState.Begin(now), PanelLink.Unknown),
                (_, link) => (PanelJudge.Pass(link.Held, now, panel.PollSeconds, isBlind()), link.Told));
            if ((held.Link != told || again) && held.Link != PanelLink.Unknown) Tell(id, held, now);
            if (pulses && held.Heard is { } heard) outbox.Show(new PanelHeard(Guid.CreateVersion7(now), id, now, api.Clock, heard));
        }
    }

    void Tell(Guid id, LinkState held, DateTimeOffset now)
    {
        try
        {
            outbox.Tell([new PanelLinkObserved(Guid.CreateVersion7(now), id, now, api.Clock, held.Link, held.Since)]);
            _links.AddOrUpdate(id, _ => (held, held.Link), (_, link) => (link.Held, held.Link));
            Holds(log, id, held.Link, held.Since);
        }
        catch (Exception e) when (e is SpoolFull or SqliteException)
        {
            NoRoom(log, e.Message);
        }
    }

    protected override Task Round(DateTimeOffset now, CancellationToken ct)
    {
        Round(now);
        return Task.CompletedTask;
    }

    [LoggerMessage(LogLevel.Information, "Panel {DeviceId}: {Link} since {Since:O}")]
    static partial void Holds(ILogger log, Guid deviceId, PanelLink link, DateTimeOffset since);

    [LoggerMessage(LogLevel.Error, "What a panel said cannot be kept ({Why}): it gets no answer and will say it again")]
    static partial void NoRoom(ILogger log, string why);
}
