using System.Diagnostics;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;

namespace Compliance.Domain.Panels;

/// <summary>A panel is enrolled, its zones are mapped, and each proves itself by an alarm that comes and goes; from then on it is supervised.</summary>
public abstract record Panel
{
    public sealed record Unknown : Panel;

    /// <param name="Conditions">What holds now; fires are among it.</param>
    /// <param name="Proved">Zones that alarmed and came back in a test since they were mapped.</param>
    /// <param name="Test">The one that runs.</param>
    /// <param name="SelfTested">When it tested itself last.</param>
    public sealed record Live(
        PanelEvent.Enrolled Card, IReadOnlyList<PanelZone> Zones, IReadOnlyList<int> Proved, PanelLink Link,
        IReadOnlyList<PanelCondition> Conditions, PanelTest? Test, DateTimeOffset? SelfTested, bool IsSelfTestMissed, PanelWorth Worth) : Panel
    {
        /// <summary>Through which probe it speaks; null before any heard it.</summary>
        public Guid? Holder { get; init; }

        /// <summary>Since when it is heard at all: from then on a daily test is expected.</summary>
        public DateTimeOffset? HeardSince { get; init; }

        public bool Has(PanelSignal signal) => Conditions.Any(c => c.Signal == signal);

        public bool Has(PanelSignal signal, int zone) => Conditions.Contains(new(signal, zone));

        /// <summary>The test that was closed last, so that a second knock opens none.</summary>
        public Guid? LastTest { get; init; }

        /// <summary>
        /// What the alarm is worth as a device. Mains lost with a battery that holds takes nothing from it; a bypass does while guests may be
        /// inside. Before every zone has proved itself, and while nobody hears it, nothing is known.
        /// </summary>
        public PanelWorth WorthOf(bool isOpen, bool isWatched = true) =>
            !isWatched || Link == PanelLink.Unknown ? PanelWorth.Unheard
            : Zones.Count == 0 || Zones.Count > Proved.Count ? new(Verdict.Unknown, Detail.Of(Reason.ZonesUnproved, Zones.Count - Proved.Count))
            : Link == PanelLink.CommFault ? new(Verdict.CommFault, Detail.Of(Reason.PanelSilent))
            : Has(PanelSignal.Fault) ? new(Verdict.Fault, Detail.Of(Reason.PanelTrouble, Numbers(PanelSignal.Fault)))
            : Has(PanelSignal.Battery) ? new(Verdict.Fault, Detail.Of(Has(PanelSignal.Mains) ? Reason.PowerFailing : Reason.BatteryBad))
            : isOpen && Has(PanelSignal.Bypass) ? new(Verdict.Fault, Detail.Of(Reason.ZonesBypassed, Numbers(PanelSignal.Bypass)))
            : new(Verdict.Ready, Detail.Of(Has(PanelSignal.Mains) ? Reason.OnBattery : Reason.PanelAnswers));

        string Numbers(PanelSignal signal) => string.Join(',', Conditions.Where(c => c.Signal == signal).Select(c => c.Zone).Order());
    }

    public static readonly Decider<Panel, PanelCommand, PanelEvent> Decider = new("panel", new Unknown(), Decide, Evolve);

    static Decision<PanelEvent> Decide(Panel state, PanelCommand command) => (state, command) switch
    {
        (_, PanelCommand.Enrol enrol) when PanelFaults.Of(enrol) is { } fault => fault,
        (Unknown, PanelCommand.Enrol enrol) => [CardOf(enrol)],
        (Live live, PanelCommand.Enrol enrol) => live.Card == CardOf(enrol) ? [] : [CardOf(enrol)],
        (Unknown, _) => new Refusal("panel.unknown", "No panel is enrolled for this fire alarm."),

        (_, PanelCommand.MapZones map) when PanelFaults.Of(map) is { } fault => fault,
        (Live live, PanelCommand.MapZones(var zones, var now)) =>
            live.Zones.SequenceEqual(zones) ? [] : Settle(live, [new PanelEvent.ZonesMapped(live.Card.PanelId, live.Card.VenueId, zones)], now, isOpen: false),

        (Live live, PanelCommand.OpenTest open) => Open(live, open),
        (Live live, PanelCommand.Hear heard) => Settle(live, [.. Goes(live, heard.By?.AfterHeard(live.Holder), heard.ReceivedAt), .. Hear(live, heard)], heard.ReceivedAt, heard.IsOpen),
        (Live live, PanelCommand.Take take) => take.By.AfterHeard(live.Holder) == live.Holder ? []
            : Settle(live, [.. Goes(live, take.By.Probe, take.Now), .. live.Link == PanelLink.Up ? (PanelEvent[])[] : [new PanelEvent.LinkChanged(live.Card.PanelId, live.Card.VenueId, live.Link, PanelLink.Up, take.Now, take.Now)]], take.Now, take.IsOpen),
        (Live live, PanelCommand.ReportLink { Link: PanelLink.Suspect or PanelLink.CommFault, By: { } by } silent) when by.AfterSilence(live.Holder) is var next && next != by.Probe =>
            next is null ? Hearing.HeardElsewhere : [.. Goes(live, next, silent.ObservedAt)],
        (Live live, PanelCommand.ReportLink(var link, var since, var at, var isOpen, var by)) => live.Link == link || link == PanelLink.Unknown
            ? [.. link == PanelLink.Up ? Goes(live, by?.AfterHeard(live.Holder), at) : []]
            : Settle(live, [.. Goes(live, link == PanelLink.Up ? by?.AfterHeard(live.Holder) : by?.Probe, at), new PanelEvent.LinkChanged(live.Card.PanelId, live.Card.VenueId, live.Link, link, since < at ? since : at, at)], since < at && link == PanelLink.CommFault ? since : at, isOpen, at),
        (Live live, PanelCommand.Assess assess) => Assess(live, assess),
        _ => throw new UnreachableException(),
    };

    /// <summary>A change of holder is a fact; that it stays is none.</summary>
    static PanelEvent[] Goes(Live live, Guid? to, DateTimeOffset at) =>
        to is { } probe && probe != live.Holder ? [new PanelEvent.Taken(live.Card.PanelId, live.Card.VenueId, probe, live.Holder, at)] : [];

    static Decision<PanelEvent> Open(Live live, PanelCommand.OpenTest open)
    {
        if (live.Test?.TestId == open.TestId || live.LastTest == open.TestId) return [];
        if (live.Zones.Count == 0) return new Refusal("panel.zones-missing", "Map the zones of the panel first.");
        if (live.Link is not (PanelLink.Up or PanelLink.Suspect)) return new Refusal("panel.not-heard", "The panel has not polled yet: connect it first.");
        if (live.Test is { } running && running.Until > open.Now) return new Refusal("panel.test-running", "A test of this panel runs already.");
        if (live.Has(PanelSignal.Fire)) return new Refusal("panel.fire", "The panel reports a fire: nothing is tested now.");
        var zone = live.Zones[(int)((uint)open.Draw % (uint)live.Zones.Count)].Number;
        return [.. Over(live, open.Now), new PanelEvent.TestOpened(live.Card.PanelId, live.Card.VenueId, open.TestId, zone, open.Now, open.Now + PanelTimes.TestWindow)];
    }

    static PanelEvent[] Hear(Live live, PanelCommand.Hear h)
    {
        var ((id, venue), test) = ((live.Card.PanelId, live.Card.VenueId), live.Test is { } t && h.ReceivedAt <= t.Until ? live.Test : null);
        return (h.Signal, h.On) switch
        {
            (PanelSignal.AutomaticTest, _) => !(live.SelfTested + PanelTimes.AutomaticTestsApart > h.ReceivedAt) ? [new PanelEvent.SelfTested(id, venue, h.ReceivedAt)] : [],
            (PanelSignal.ManualTest, _) => [],
            (PanelSignal.TestMode, true) when test is { Begun: false } => [new PanelEvent.TestBegun(id, venue, test.TestId, h.ReceivedAt), .. Began(PanelSignal.TestMode, 0)],
            (PanelSignal.TestMode, false) when test is { Begun: true } => [.. Ended(PanelSignal.TestMode, 0), .. Close(live, test, h.ReceivedAt, isOver: true)],
            (PanelSignal.Fire or PanelSignal.ZoneTest, true) when test is { Begun: true } && !live.Has(PanelSignal.Fire, h.Zone) => test.StillAlarming.Any(x => x.Zone == h.Zone)
                ? [] : [new PanelEvent.ZoneAlarmed(id, venue, test.TestId, h.Zone, Counts(live, test, h.Zone), h.SentAt, h.ReceivedAt)],
            (PanelSignal.Fire or PanelSignal.ZoneTest, false) when test is { Begun: true } && test.StillAlarming.Any(x => x.Zone == h.Zone) =>
                [new PanelEvent.ZoneRestored(id, venue, test.TestId, h.Zone, h.ReceivedAt)],
            (PanelSignal.ZoneTest, _) => [],
            (PanelSignal.Fire, true) => live.Has(PanelSignal.Fire, h.Zone) ? [] : [new PanelEvent.FireRaised(id, venue, h.Zone, h.SentAt, h.ReceivedAt)],
            (PanelSignal.Fire, false) => live.Has(PanelSignal.Fire, h.Zone) ? [new PanelEvent.FireRestored(id, venue, h.Zone, h.SentAt, h.ReceivedAt)] : [],
            (PanelSignal.Panic, _) => [], // a call for help is no state of the panel: PanicButton hears it
            (var signal, true) => Began(signal, h.Zone),
            (var signal, false) => Ended(signal, h.Zone),
        };

        PanelEvent[] Began(PanelSignal signal, int zone) => live.Has(signal, zone) ? [] : [new PanelEvent.ConditionBegan(id, venue, signal, zone, h.ReceivedAt)];
        PanelEvent[] Ended(PanelSignal signal, int zone) => live.Has(signal, zone) ? [new PanelEvent.ConditionEnded(id, venue, signal, zone, h.ReceivedAt)] : [];
    }

    /// <summary>One that is done and alarms once more adds nothing to the test, but is a fire if it stands at the end.</summary>
    static bool Counts(Live live, PanelTest test, int zone) => !test.Trials.Any(t => t.Zone == zone && t.IsDone) && (zone == test.AskedZone || test.HasAsked) && live.Zones.Any(z => z.Number == zone);

    static Decision<PanelEvent> Assess(Live live, PanelCommand.Assess assess)
    {
        var due = (live.SelfTested ?? live.HeardSince) + PanelTimes.AutomaticTestWithin;
        PanelEvent[] missed = due <= assess.Now && !live.IsSelfTestMissed ? [new PanelEvent.SelfTestMissed(live.Card.PanelId, live.Card.VenueId, due.Value)] : [];
        return Settle(live, [.. Over(live, assess.Now), .. missed], assess.Now, assess.IsOpen, isWatched: assess.IsWatched);
    }

    /// <summary>A test whose time has passed is closed by itself, and has failed.</summary>
    static PanelEvent[] Over(Live live, DateTimeOffset now) => live.Test is { } test && test.Until <= now ? Close(live, test, test.Until, isOver: false) : [];

    /// <summary>An alarm that still stands when its test is over is a fire: better one too many.</summary>
    static PanelEvent[] Close(Live live, PanelTest test, DateTimeOffset at, bool isOver)
    {
        var (id, venue, missing) = (live.Card.PanelId, live.Card.VenueId, test.Missing(live.Zones));
        return [new PanelEvent.TestClosed(id, venue, test.TestId, isOver && missing.Count == 0, missing, at), .. test.StillAlarming.Select(t => new PanelEvent.FireRaised(id, venue, t.Zone, null, t.AlarmedAt))];
    }

    /// <summary>Adds what follows for the device, when it is another thing than before.</summary>
    /// <param name="since">When it began to be so.</param>
    static Decision<PanelEvent> Settle(Live live, PanelEvent[] facts, DateTimeOffset since, bool isOpen, DateTimeOffset? at = null, bool isWatched = true)
    {
        var after = facts.Aggregate((Panel)live, Evolve) is Live next ? next : live;
        var stands = after.WorthOf(isOpen, isWatched);
        return stands == live.Worth ? new(facts, null)
            : [.. facts, new PanelEvent.WorthChanged(live.Card.PanelId, live.Card.VenueId, live.Worth, stands, since, at ?? since)];
    }

    static PanelEvent.Enrolled CardOf(PanelCommand.Enrol e) => new(e.PanelId, e.VenueId, e.Account, e.IsEncrypted, e.Source, e.PollSeconds);

    internal static Panel Evolve(Panel state, PanelEvent fact) => (state, fact) switch
    {
        (Unknown, PanelEvent.Enrolled f) => new Live(f, [], [], PanelLink.Unknown, [], null, null, false, PanelWorth.Unheard),
        (Live live, PanelEvent.Enrolled f) => live with { Card = f },
        (Live live, PanelEvent.ZonesMapped f) => live with { Zones = f.Zones, Proved = [.. live.Proved.Where(n => f.Zones.Any(z => z.Number == n && live.Zones.Contains(z)))] },
        (Live live, PanelEvent.Taken f) => live with { Holder = f.ProbeId },
        (Live live, PanelEvent.LinkChanged f) => live with { Link = f.To, HeardSince = live.HeardSince ?? (f.To == PanelLink.Up ? f.ObservedAt : null) },
        (Live live, PanelEvent.FireRaised f) => live.With(new(PanelSignal.Fire, f.Zone)),
        (Live live, PanelEvent.FireRestored f) => live.Without(new(PanelSignal.Fire, f.Zone)),
        (Live live, PanelEvent.ConditionBegan f) => live.With(new(f.Signal, f.Zone)),
        (Live live, PanelEvent.ConditionEnded f) => live.Without(new(f.Signal, f.Zone)),
        (Live live, PanelEvent.SelfTested f) => live with { SelfTested = f.ReceivedAt, IsSelfTestMissed = false },
        (Live live, PanelEvent.SelfTestMissed) => live with { IsSelfTestMissed = true },
        (Live live, PanelEvent.TestOpened f) => live with { Test = new(f.TestId, f.AskedZone, f.OpenedAt, f.Until, false, []) },
        (Live { Test: { } test } live, PanelEvent.TestBegun) => live with { Test = test with { Begun = true } },
        (Live { Test: { } test } live, PanelEvent.ZoneAlarmed f) => live with { Test = test.With(f) },
        (Live { Test: { } test } live, PanelEvent.ZoneRestored f) => live.Prove(test.With(f), f.Zone),
        (Live live, PanelEvent.TestClosed f) => live with { Test = null, LastTest = f.TestId },
        (Live live, PanelEvent.WorthChanged f) => live with { Worth = f.To },
        _ => state,
    };
}

static class Panels
{
    public static Panel.Live With(this Panel.Live live, PanelCondition condition) => live with { Conditions = [.. live.Conditions.Where(c => c != condition), condition] };

    public static Panel.Live Without(this Panel.Live live, PanelCondition condition) => live with { Conditions = [.. live.Conditions.Where(c => c != condition)] };

    public static Panel.Live Prove(this Panel.Live live, PanelTest test, int zone) => live with
    {
        Test = test,
        Proved = test.Trials.Any(t => t.Zone == zone && t.IsDone) && !live.Proved.Contains(zone) ? [.. live.Proved, zone] : live.Proved,
    };
}
