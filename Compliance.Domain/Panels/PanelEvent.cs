using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;

namespace Compliance.Domain.Panels;

/// <summary>Facts about the panel of one fire alarm. It bears the id of the alarm in the register. No poll is a fact.</summary>
public abstract record PanelEvent(Guid PanelId, Guid VenueId)
{
    /// <param name="Account">The number it reports under, hexadecimal in capitals. Its key stands in the vault.</param>
    /// <param name="IsEncrypted">It has a key, and is not believed without.</param>
    /// <param name="Source">Where it reports from; null: from anywhere.</param>
    [EventName("panel.enrolled.v1")]
    public sealed record Enrolled(Guid PanelId, Guid VenueId, string Account, bool IsEncrypted, string? Source, int PollSeconds) : PanelEvent(PanelId, VenueId);

    [EventName("panel.zones-mapped.v1")]
    public sealed record ZonesMapped(Guid PanelId, Guid VenueId, IReadOnlyList<PanelZone> Zones) : PanelEvent(PanelId, VenueId);

    /// <summary>From now on it speaks through this probe, whose silence counts.</summary>
    /// <param name="From">Through which it spoke before; null the first time.</param>
    [EventName("panel.taken.v1")]
    public sealed record Taken(Guid PanelId, Guid VenueId, Guid ProbeId, Guid? From, DateTimeOffset At) : PanelEvent(PanelId, VenueId);

    /// <param name="Since">When it was heard last, for one that fell silent.</param>
    [EventName("panel.link-changed.v1")]
    public sealed record LinkChanged(Guid PanelId, Guid VenueId, PanelLink From, PanelLink To, DateTimeOffset Since, DateTimeOffset ObservedAt) : PanelEvent(PanelId, VenueId);

    /// <summary>A fire: an alarm outside of any test, or one that still stood when the test was over.</summary>
    /// <param name="SentAt">By the panel's clock, whole seconds; null when it said none.</param>
    /// <param name="ReceivedAt">When the probe had it.</param>
    [EventName("panel.fire-raised.v1")]
    public sealed record FireRaised(Guid PanelId, Guid VenueId, int Zone, DateTimeOffset? SentAt, DateTimeOffset ReceivedAt) : PanelEvent(PanelId, VenueId);

    [EventName("panel.fire-restored.v1")]
    public sealed record FireRestored(Guid PanelId, Guid VenueId, int Zone, DateTimeOffset? SentAt, DateTimeOffset ReceivedAt) : PanelEvent(PanelId, VenueId);

    /// <summary>Read where it was written before; now <see cref="Alerts.PanicEvent.Wired"/> says it, in a stream that those who read of the panel do not read.</summary>
    [EventName("panel.panic-raised.v1")]
    public sealed record PanicRaised(Guid PanelId, Guid VenueId, int Zone, DateTimeOffset? SentAt, DateTimeOffset ReceivedAt) : PanelEvent(PanelId, VenueId);

    /// <summary>Anything but a fire began: a fault, mains lost, a zone bypassed …</summary>
    [EventName("panel.condition-began.v1")]
    public sealed record ConditionBegan(Guid PanelId, Guid VenueId, PanelSignal Signal, int Zone, DateTimeOffset ReceivedAt) : PanelEvent(PanelId, VenueId);

    [EventName("panel.condition-ended.v1")]
    public sealed record ConditionEnded(Guid PanelId, Guid VenueId, PanelSignal Signal, int Zone, DateTimeOffset ReceivedAt) : PanelEvent(PanelId, VenueId);

    /// <summary>The panel said that it tested itself.</summary>
    [EventName("panel.self-tested.v1")]
    public sealed record SelfTested(Guid PanelId, Guid VenueId, DateTimeOffset ReceivedAt) : PanelEvent(PanelId, VenueId);

    /// <param name="Due">By when it should have come.</param>
    [EventName("panel.self-test-missed.v1")]
    public sealed record SelfTestMissed(Guid PanelId, Guid VenueId, DateTimeOffset Due) : PanelEvent(PanelId, VenueId);

    /// <param name="AskedZone">Drawn at random: until this zone has alarmed, no alarm counts.</param>
    [EventName("panel.test-opened.v1")]
    public sealed record TestOpened(Guid PanelId, Guid VenueId, Guid TestId, int AskedZone, DateTimeOffset OpenedAt, DateTimeOffset Until) : PanelEvent(PanelId, VenueId);

    /// <summary>The panel is in test: its alarms are tests until it says that the test is over.</summary>
    [EventName("panel.test-begun.v1")]
    public sealed record TestBegun(Guid PanelId, Guid VenueId, Guid TestId, DateTimeOffset ReceivedAt) : PanelEvent(PanelId, VenueId);

    /// <param name="Counts">The zone that was asked for has alarmed in this test, and the zone is one of the map.</param>
    [EventName("panel.zone-alarmed.v1")]
    public sealed record ZoneAlarmed(Guid PanelId, Guid VenueId, Guid TestId, int Zone, bool Counts, DateTimeOffset? SentAt, DateTimeOffset ReceivedAt) : PanelEvent(PanelId, VenueId);

    [EventName("panel.zone-restored.v1")]
    public sealed record ZoneRestored(Guid PanelId, Guid VenueId, Guid TestId, int Zone, DateTimeOffset ReceivedAt) : PanelEvent(PanelId, VenueId);

    /// <param name="Passed">Every zone of the map alarmed, counted and came back, and the panel said that the test is over.</param>
    /// <param name="Missing">Zones that did not.</param>
    [EventName("panel.test-closed.v1")]
    public sealed record TestClosed(Guid PanelId, Guid VenueId, Guid TestId, bool Passed, IReadOnlyList<int> Missing, DateTimeOffset At) : PanelEvent(PanelId, VenueId);

    /// <summary>What follows for the fire alarm as a device turned.</summary>
    [EventName("panel.worth-changed.v1")]
    public sealed record WorthChanged(Guid PanelId, Guid VenueId, PanelWorth From, PanelWorth To, DateTimeOffset Since, DateTimeOffset ObservedAt) : PanelEvent(PanelId, VenueId);
}

public abstract record PanelCommand
{
    public sealed record Enrol(Guid PanelId, Guid VenueId, string Account, bool IsEncrypted, string? Source, int PollSeconds) : PanelCommand;
    public sealed record MapZones(IReadOnlyList<PanelZone> Zones, DateTimeOffset Now) : PanelCommand;

    /// <param name="Draw">A random number: which zone is asked for.</param>
    public sealed record OpenTest(Guid TestId, int Draw, DateTimeOffset Now) : PanelCommand;

    /// <param name="IsOpen">The venue is open now.</param>
    public sealed record Hear(PanelSignal Signal, bool On, int Zone, DateTimeOffset? SentAt, DateTimeOffset ReceivedAt, bool IsOpen, Hearing? By = null) : PanelCommand;

    public sealed record ReportLink(PanelLink Link, DateTimeOffset Since, DateTimeOffset ObservedAt, bool IsOpen, Hearing? By = null) : PanelCommand;

    /// <summary>A probe hears it, and its holder does not or is gone.</summary>
    public sealed record Take(Hearing By, DateTimeOffset Now, bool IsOpen) : PanelCommand;

    /// <summary>What the metronome asks: is a test over, is one overdue, has the venue opened with a zone bypassed?</summary>
    /// <param name="IsWatched">Some probe of the venue is heard; else nobody knows of the panel.</param>
    public sealed record Assess(DateTimeOffset Now, bool IsOpen, bool IsWatched) : PanelCommand;
}
