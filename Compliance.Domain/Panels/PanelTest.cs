namespace Compliance.Domain.Panels;

/// <summary>What one zone did in a test.</summary>
/// <param name="Delay">From the alarm by the panel's clock (whole seconds) to its receipt; null where the panel said no time.</param>
public sealed record ZoneTrial(int Zone, bool Counts, DateTimeOffset AlarmedAt, DateTimeOffset? RestoredAt, TimeSpan? Delay)
{
    public bool IsDone => Counts && RestoredAt is not null;
}

/// <summary>
/// A test with people at the detectors. It is opened for half an hour with a zone drawn at random; the panel goes into test; the zone that
/// was asked for alarms first, so that nobody plays an earlier test back; each zone alarms and comes back; the panel says that it is over.
/// </summary>
public sealed record PanelTest(Guid TestId, int AskedZone, DateTimeOffset OpenedAt, DateTimeOffset Until, bool Begun, IReadOnlyList<ZoneTrial> Trials)
{
    public bool HasAsked => Trials.Any(t => t.Zone == AskedZone);

    /// <summary>Zones that alarm still.</summary>
    public IEnumerable<ZoneTrial> StillAlarming => Trials.Where(t => t.RestoredAt is null);

    public IReadOnlyList<int> Missing(IEnumerable<PanelZone> map) =>
        [.. map.Select(z => z.Number).Where(n => !Trials.Any(t => t.Zone == n && t.IsDone)).Order()];

    internal PanelTest With(PanelEvent.ZoneAlarmed f) => this with
    {
        Trials = [.. Trials.Where(t => t.Zone != f.Zone || (t.IsDone && !f.Counts)), new(f.Zone, f.Counts, f.ReceivedAt, null, f.ReceivedAt - f.SentAt)],
    };

    internal PanelTest With(PanelEvent.ZoneRestored f) => this with { Trials = [.. Trials.Select(t => t.Zone == f.Zone && t.RestoredAt is null ? t with { RestoredAt = f.ReceivedAt } : t)] };
}
