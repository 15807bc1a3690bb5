using System.Diagnostics;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Duties;

/// <summary>Facts about what an owner owes because something failed. Instants are as they were said; <see cref="DutyClock"/> orders them.</summary>
public abstract record DutyEvent(Guid DutyId, Guid VenueId)
{
    [EventName("duty.arose.v1")]
    public sealed record Arose(
        Guid DutyId, Guid VenueId, DutySource Source, DutyMatter Matter, DateTimeOffset HappenedAt, DateTimeOffset DetectedAt) : DutyEvent(DutyId, VenueId);

    /// <summary>A ruling gave it: when that one is cancelled or taken back, it is over.</summary>
    /// <param name="CaseId">The case that was ruled.</param>
    [EventName("duty.ordered.v1")]
    public sealed record Ordered(Guid DutyId, Guid VenueId, Guid CaseId) : DutyEvent(DutyId, VenueId);

    [EventName("duty.due-set.v1")]
    public sealed record DueSet(Guid DutyId, Guid VenueId, DateTimeOffset DueAt, DutyTerm Term) : DutyEvent(DutyId, VenueId);

    [EventName("duty.notified.v1")]
    public sealed record Notified(Guid DutyId, Guid VenueId, Guid NoticeId, DateTimeOffset At) : DutyEvent(DutyId, VenueId);

    [EventName("duty.delivered.v1")]
    public sealed record Delivered(Guid DutyId, Guid VenueId, Guid SubjectId, DateTimeOffset At) : DutyEvent(DutyId, VenueId);

    [EventName("duty.read.v1")]
    public sealed record Read(Guid DutyId, Guid VenueId, Guid SubjectId, DateTimeOffset At) : DutyEvent(DutyId, VenueId);

    [EventName("duty.extension-asked.v1")]
    public sealed record ExtensionAsked(Guid DutyId, Guid VenueId, DateTimeOffset Until, Writing Why, DateTimeOffset At) : DutyEvent(DutyId, VenueId);

    [EventName("duty.extension-granted.v1")]
    public sealed record ExtensionGranted(Guid DutyId, Guid VenueId, DateTimeOffset Until, string Grounds, DateTimeOffset At) : DutyEvent(DutyId, VenueId);

    [EventName("duty.extension-refused.v1")]
    public sealed record ExtensionRefused(Guid DutyId, Guid VenueId, string Grounds, DateTimeOffset At) : DutyEvent(DutyId, VenueId);

    /// <summary>Its term stands still while its device rests in an approved maintenance window; told again of the same window, it ends earlier.</summary>
    [EventName("duty.term-stayed.v1")]
    public sealed record TermStayed(Guid DutyId, Guid VenueId, Guid MaintenanceId, DateTimeOffset From, DateTimeOffset Until) : DutyEvent(DutyId, VenueId);

    /// <param name="DueAt">The end of the term, later by the time it stood still.</param>
    [EventName("duty.term-resumed.v1")]
    public sealed record TermResumed(Guid DutyId, Guid VenueId, DateTimeOffset DueAt, DateTimeOffset At) : DutyEvent(DutyId, VenueId);

    /// <summary>It would end while the venue is closed and its device owes nothing: it ends at the next opening.</summary>
    [EventName("duty.term-moved-to-opening.v1")]
    public sealed record TermMovedToOpening(Guid DutyId, Guid VenueId, DateTimeOffset DueAt) : DutyEvent(DutyId, VenueId);

    /// <param name="PhotoHash">SHA-256 of the picture that shows the repair, hexadecimal.</param>
    [EventName("duty.repair-shown.v1")]
    public sealed record RepairShown(Guid DutyId, Guid VenueId, string PhotoHash, DateTimeOffset At) : DutyEvent(DutyId, VenueId);

    /// <summary>An official has not acted in the time he has: it is put before the authority.</summary>
    /// <param name="DueAt">By when he should have.</param>
    /// <param name="NextAt">When it is told once more; null after the last time.</param>
    [EventName("duty.wait-escalated.v1")]
    public sealed record WaitEscalated(Guid DutyId, Guid VenueId, DutyWait Wait, WaitStage Stage, DateTimeOffset DueAt, DateTimeOffset? NextAt, DateTimeOffset At) : DutyEvent(DutyId, VenueId);

    [EventName("duty.fixed.v1")]
    public sealed record Fixed(Guid DutyId, Guid VenueId, DateTimeOffset At) : DutyEvent(DutyId, VenueId);

    [EventName("duty.verified.v1")]
    public sealed record Verified(Guid DutyId, Guid VenueId, VerifiedBy By, string Grounds, DateTimeOffset At) : DutyEvent(DutyId, VenueId);

    [EventName("duty.reopened.v1")]
    public sealed record Reopened(Guid DutyId, Guid VenueId, string Grounds, DateTimeOffset At) : DutyEvent(DutyId, VenueId);

    [EventName("duty.lapsed.v1")]
    public sealed record Lapsed(Guid DutyId, Guid VenueId, LapsedBecause Because, DateTimeOffset At) : DutyEvent(DutyId, VenueId);

    /// <summary>It had lapsed unmet only because nothing was asked for a while; it is asked again, and its term goes on where it stood.</summary>
    /// <param name="Source">What asks for it now.</param>
    [EventName("duty.went-on.v1")]
    public sealed record WentOn(Guid DutyId, Guid VenueId, DutySource Source, DateTimeOffset DueAt, DateTimeOffset At) : DutyEvent(DutyId, VenueId);

    /// <param name="DueAt">The end of the term that passed unmet: the offence is of that instant.</param>
    [EventName("duty.overstayed.v1")]
    public sealed record Overstayed(
        Guid DutyId, Guid VenueId, DutySource Source, DutyMatter Matter, DateTimeOffset DueAt) : DutyEvent(DutyId, VenueId);
}

public abstract record DutyCommand
{
    /// <param name="OrderedBy">The case whose ruling asks for it; null where none does.</param>
    public sealed record Arise(
        Guid DutyId, Guid VenueId, DutySource Source, DutyMatter Matter, DateTimeOffset HappenedAt, DateTimeOffset DetectedAt,
        DateTimeOffset DueAt, DutyTerm Term, Guid? OrderedBy = null) : DutyCommand;
    public sealed record Notify(Guid NoticeId, DateTimeOffset At) : DutyCommand;
    public sealed record MarkDelivered(Guid SubjectId, DateTimeOffset At) : DutyCommand;
    public sealed record MarkRead(Guid SubjectId, DateTimeOffset At) : DutyCommand;
    public sealed record AskExtension(DateTimeOffset Until, Writing Why, DateTimeOffset At) : DutyCommand;
    public sealed record GrantExtension(string Grounds, DateTimeOffset At) : DutyCommand;
    public sealed record RefuseExtension(string Grounds, DateTimeOffset At) : DutyCommand;
    public sealed record StayTerm(Guid MaintenanceId, DateTimeOffset From, DateTimeOffset Until) : DutyCommand;

    /// <param name="Due">The end of the term that lies in closed hours; of another term nothing is said.</param>
    public sealed record AwaitOpening(DateTimeOffset Due, DateTimeOffset Opening) : DutyCommand;

    /// <param name="Otherwise">What still says that it is not mended: no picture stands against that. Null where nothing does.</param>
    public sealed record ShowRepair(string PhotoHash, DateTimeOffset At, SaysOtherwise? Otherwise = null) : DutyCommand;

    /// <summary>It is met again, as <paramref name="By"/> found; null: as somebody says who answers for it.</summary>
    public sealed record Meet(VerifiedBy? By, DateTimeOffset At) : DutyCommand;

    /// <summary>An inspector has looked.</summary>
    public sealed record Verify(string Grounds, DateTimeOffset At) : DutyCommand;
    public sealed record Reopen(string Grounds, DateTimeOffset At) : DutyCommand;

    /// <param name="Of">Only while this outage asks for it; null: whatever asks for it.</param>
    public sealed record Lapse(LapsedBecause Because, DateTimeOffset At, Guid? Of = null) : DutyCommand;

    /// <summary>What the metronome asks: has an official waited too long?</summary>
    public sealed record EscalateWaits(DateTimeOffset Now) : DutyCommand;

    /// <summary>What the metronome asks: is its term over?</summary>
    public sealed record Assess(DateTimeOffset Now) : DutyCommand;
}

/// <summary>A duty arises, has a term, is mended and found to be met, or lapses. One of a rule arises again when the rule fails again.</summary>
public abstract record Duty
{
    public sealed record Unknown : Duty;

    /// <param name="Asked">An extension nobody has decided on.</param>
    /// <param name="Photo">The picture that showed the repair last.</param>
    /// <param name="Stays">Times in which its term stands still and that have not been added to it yet.</param>
    /// <param name="Counted">The windows that have been added to it.</param>
    public sealed record Owed(
        DutyEvent.Arose Card, DutyClock Clock, DutyEvent.ExtensionAsked? Asked, string? Photo, bool Overstayed, IReadOnlyList<DutyEvent.TermStayed> Stays,
        IReadOnlyList<Guid> Counted) : Duty
    {
        /// <summary>What was put before the authority because an official had not acted.</summary>
        public IReadOnlyList<DutyEvent.WaitEscalated> Escalated { get; init; } = [];

        /// <summary>The case whose ruling gave it; null where none did.</summary>
        public Guid? OrderedBy { get; init; }
    }

    /// <summary>Nothing is owed any more; its message may still be read.</summary>
    /// <param name="At">Since when.</param>
    public sealed record Over(DutyEvent.Arose Card, DutyClock Clock, DateTimeOffset At) : Duty
    {
        /// <summary>As it was when nothing was asked any more, though nobody had met it: it goes on when it is asked again. Null where it is over for good.</summary>
        public Owed? Waits { get; init; }
    }

    public static readonly Decider<Duty, DutyCommand, DutyEvent> Decider = new("duty", new Unknown(), Decide, Evolve);

    static Decision<DutyEvent> Decide(Duty state, DutyCommand command) => (state, command) switch
    {
        (Unknown, DutyCommand.Arise arise) => Arise(arise),
        (Over { Waits: { } before } over, DutyCommand.Arise { OrderedBy: { } by } arise) when by != before.OrderedBy => arise.DetectedAt > over.At ? Arise(arise) : [],
        (Over { Waits: not null } over, DutyCommand.Arise arise) => arise.DetectedAt > over.At ? [over.GoesOn(arise)] : [],
        (Over over, DutyCommand.Arise arise) => arise.DetectedAt > over.At ? Arise(arise) : [],
        (Owed, DutyCommand.Arise) => [],

        (Owed { Card: var card, Clock: var clock }, DutyCommand.Notify or DutyCommand.MarkDelivered or DutyCommand.MarkRead) => Mark(card, clock, command),
        (Over { Card: var card, Clock: var clock }, DutyCommand.Notify or DutyCommand.MarkDelivered or DutyCommand.MarkRead) => Mark(card, clock, command),

        (_, DutyCommand.GrantExtension { Grounds: var g }) when string.IsNullOrWhiteSpace(g) => NoGrounds,
        (_, DutyCommand.RefuseExtension { Grounds: var g }) when string.IsNullOrWhiteSpace(g) => NoGrounds,
        (_, DutyCommand.Verify { Grounds: var g }) when string.IsNullOrWhiteSpace(g) => NoGrounds,
        (_, DutyCommand.Reopen { Grounds: var g }) when string.IsNullOrWhiteSpace(g) => NoGrounds,

        (Owed o, DutyCommand.AskExtension ask) => AskExtension(o, ask),
        (Owed { Asked: { } asked, Card: var c }, DutyCommand.GrantExtension(var grounds, var at)) =>
            [new DutyEvent.ExtensionGranted(c.DutyId, c.VenueId, asked.Until, grounds, at)],
        (Owed { Asked: not null } o, DutyCommand.RefuseExtension(var grounds, var at)) =>
            [new DutyEvent.ExtensionRefused(o.Card.DutyId, o.Card.VenueId, grounds, at), .. Late(o with { Asked = null }, at)],
        (Owed, DutyCommand.GrantExtension or DutyCommand.RefuseExtension) =>
            new Refusal("duty.no-extension-asked", "Nobody asks for more time."),

        (Owed { Card.Source: DutySource.OfOutage { Kind: Devices.DeviceKind.Camera } }, DutyCommand.ShowRepair) =>
            new Refusal("duty.probe-sees-it", "The probe itself finds when this device works again."),
        (Owed, DutyCommand.ShowRepair { Otherwise: SaysOtherwise.Device }) =>
            new Refusal("duty.device-says-otherwise", "The device itself still says that this is not mended; a picture does not stand against it."),
        (Owed, DutyCommand.ShowRepair { Otherwise: SaysOtherwise.Rule }) =>
            new Refusal("duty.measured-otherwise", "What is measured still breaks the rule; a picture does not stand against it."),
        (_, DutyCommand.ShowRepair { PhotoHash: var hash }) when hash.Length != 64 || !hash.All(char.IsAsciiHexDigitLower) =>
            new Refusal("duty.photo-missing", "A repair is shown by a picture.", "photoHash"),
        (Owed o, DutyCommand.ShowRepair(var hash, var at, _)) => hash == o.Photo ? []
            : [new DutyEvent.RepairShown(o.Card.DutyId, o.Card.VenueId, hash, at), .. Fixed(o, at)],

        (Owed o, DutyCommand.Meet(null, var at)) => Fixed(o, at),
        (Owed o, DutyCommand.Meet({ } by, var at)) => [.. Fixed(o, at), new DutyEvent.Verified(o.Card.DutyId, o.Card.VenueId, by, "", at)],
        (Owed o, DutyCommand.Verify(var grounds, var at)) =>
            [.. Fixed(o, at), new DutyEvent.Verified(o.Card.DutyId, o.Card.VenueId, VerifiedBy.Inspector, grounds, at)],
        (Owed { Clock.Fixed: not null, Card: var c }, DutyCommand.Reopen(var grounds, var at)) => [new DutyEvent.Reopened(c.DutyId, c.VenueId, grounds, at)],
        (Owed, DutyCommand.Reopen) => new Refusal("duty.not-shown", "Nobody says that this is mended."),
        (Owed { Card.Source: DutySource.OfOutage { OutageId: var asks } }, DutyCommand.Lapse { Of: { } of }) when of != asks => [],
        (Over { Waits.Card.Source: DutySource.OfOutage { OutageId: var asked } }, DutyCommand.Lapse { Of: { } of }) when of != asked => [],
        (Owed { Card: var c }, DutyCommand.Lapse(LapsedBecause.Excused or LapsedBecause.RulingCancelled, var at, _) lapse) => [new DutyEvent.Lapsed(c.DutyId, c.VenueId, lapse.Because, at)],
        (Owed o, DutyCommand.Lapse(var because, var at, _)) => [.. Until(o, at), new DutyEvent.Lapsed(o.Card.DutyId, o.Card.VenueId, because, at)],

        (Owed o, DutyCommand.EscalateWaits(var now)) => o.Escalate(now),
        (Over or Unknown, DutyCommand.EscalateWaits) => [],
        (Owed o, DutyCommand.StayTerm c) => o.Stay(c),
        (Owed { Overstayed: false, Stays: [], Clock: { Fixed: null, Due: var due }, Card: var c }, DutyCommand.AwaitOpening(var end, var opening)) =>
            due == end && opening > end ? [new DutyEvent.TermMovedToOpening(c.DutyId, c.VenueId, opening)] : [],
        (Owed, DutyCommand.AwaitOpening) => [],
        (Owed o, DutyCommand.Assess(var now)) => o.Stays.Any(s => s.Until <= now) ? [.. Until(o, now)] : [.. Late(o, now)],
        (Over, DutyCommand.Assess) => [],

        (Over { Waits: not null } over, DutyCommand.Meet({ } by, var at)) when at > over.At => over.FoundMet(by, at),
        (Over { Waits: not null, Card: var c }, DutyCommand.Lapse(var because, var at, _)) when !because.IsForNow() =>
            [new DutyEvent.Lapsed(c.DutyId, c.VenueId, because, at)],
        (Over, DutyCommand.Meet or DutyCommand.Lapse or DutyCommand.StayTerm or DutyCommand.AwaitOpening) => [],
        (Over, _) => new Refusal("duty.over", "Nothing is owed here any more."),
        (Unknown, _) => new Refusal("duty.unknown", "No such duty."),
        _ => throw new UnreachableException(),
    };

    static Decision<DutyEvent> Arise(DutyCommand.Arise a) =>
    [
        new DutyEvent.Arose(a.DutyId, a.VenueId, a.Source, a.Matter, a.HappenedAt, a.DetectedAt),
        .. a.OrderedBy is { } by ? [new DutyEvent.Ordered(a.DutyId, a.VenueId, by)] : (DutyEvent[])[],
        new DutyEvent.DueSet(a.DutyId, a.VenueId, a.DueAt, a.Term),
    ];

    /// <summary>The first message, the first screen it stood on and the first who read it count.</summary>
    static Decision<DutyEvent> Mark(DutyEvent.Arose c, DutyClock clock, DutyCommand command) => (clock, command) switch
    {
        ({ Notified: null }, DutyCommand.Notify(var notice, var at)) => [new DutyEvent.Notified(c.DutyId, c.VenueId, notice, at)],
        ({ Delivered: null }, DutyCommand.MarkDelivered(var who, var at)) => [new DutyEvent.Delivered(c.DutyId, c.VenueId, who, at)],
        ({ Read: null }, DutyCommand.MarkRead(var who, var at)) => [new DutyEvent.Read(c.DutyId, c.VenueId, who, at)],
        _ => [],
    };

    static Decision<DutyEvent> AskExtension(Owed o, DutyCommand.AskExtension ask) => o switch
    {
        { Asked: { } asked } when (asked.Until, asked.Why) == (ask.Until, ask.Why) => [],
        { Asked: not null } => new Refusal("duty.extension-pending", "The extension you asked for has not been decided yet."),
        _ when o.WithStays().Due <= ask.At => new Refusal("duty.extension-late", "More time is asked for before the term is over."),
        _ when ask.Until <= o.WithStays().Due => new Refusal("duty.extension-backward", "The new term ends later than the one there is.", "until"),
        _ => [new DutyEvent.ExtensionAsked(o.Card.DutyId, o.Card.VenueId, ask.Until, ask.Why, ask.At)],
    };

    /// <summary>What was mended after its term had overstayed, even where nobody assessed it in between.</summary>
    static Decision<DutyEvent> Fixed(Owed o, DateTimeOffset at)
    {
        if (o.Clock.Fixed is not null) return [];
        if (o.Resume(at) is { } resumed) return [resumed, .. Fixed((Owed)Evolve(o, resumed), at)];
        var isLate = !o.Overstayed && TermOf(o).Fix(at).OverstaysAt(at);
        var isFixed = new DutyEvent.Fixed(o.Card.DutyId, o.Card.VenueId, at);
        return isLate ? [Overstays(o), isFixed] : [isFixed];
    }

    /// <summary>What was true of its term until then: what stood still is added to it, and then it may have passed.</summary>
    static IEnumerable<DutyEvent> Until(Owed o, DateTimeOffset now) =>
        o.Resume(now) is { } resumed ? [resumed, .. Late((Owed)Evolve(o, resumed), now)] : Late(o, now);

    /// <summary>
    /// Who asked in time for more waits for an officer and not in default, but no longer than until the day that was asked for, and never so
    /// long that the silence of an officer outlives the limitation.
    /// </summary>
    static DutyClock TermOf(Owed o) => o is { Asked: { } asked, Clock.Due: not null } && o.WithStays() is { Due: { } due } clock
        ? clock.SetDue(asked.Until < due + OfficialTerms.BeforeLimitation ? asked.Until : due + OfficialTerms.BeforeLimitation) : o.WithStays();

    static IEnumerable<DutyEvent> Late(Owed o, DateTimeOffset now) => !o.Overstayed && TermOf(o).OverstaysAt(now) ? [Overstays(o)] : [];

    static DutyEvent.Overstayed Overstays(Owed o) => new(o.Card.DutyId, o.Card.VenueId, o.Card.Source, o.Card.Matter, TermOf(o).Due!.Value);

    static Duty Evolve(Duty state, DutyEvent fact) => (state, fact) switch
    {
        (_, DutyEvent.Arose card) => new Owed(card, DutyClock.Begin(card.HappenedAt, card.DetectedAt), null, null, false, [], []),
        (Owed o, DutyEvent.Ordered f) => o with { OrderedBy = f.CaseId },
        (Owed o, DutyEvent.TermStayed f) => o with { Stays = [.. o.Stays.Where(s => s.MaintenanceId != f.MaintenanceId), f] },
        (Owed o, DutyEvent.TermResumed f) => o with { Clock = o.Clock.After(f), Stays = o.StaysAfter(f.At), Counted = o.CountedAfter(f.At) },
        (Owed o, DutyEvent.WaitEscalated f) => o with { Escalated = [.. o.Escalated, f] },
        (Owed o, DutyEvent.Overstayed) => o with { Overstayed = true },
        (Owed o, DutyEvent.ExtensionAsked f) => o with { Asked = f },
        (Owed o, DutyEvent.ExtensionGranted or DutyEvent.ExtensionRefused) => o with { Clock = o.Clock.After(fact), Asked = null },
        (Owed o, DutyEvent.RepairShown f) => o with { Photo = f.PhotoHash },
        (Owed o, DutyEvent.Reopened) => o with { Clock = o.Clock.After(fact), Photo = null },
        (Owed o, DutyEvent.Verified) => new Over(o.Card, o.Clock.After(fact), o.Clock.After(fact).Verified!.Value),
        (Owed o, DutyEvent.Lapsed f) => new Over(o.Card, o.Clock, f.At) { Waits = f.Because.IsForNow() ? o : null },
        (Over { Waits: { } o } over, DutyEvent.WentOn f) => over.After(o, f),
        (Over { Waits: not null } over, DutyEvent.Lapsed f) => over with { Waits = null, At = f.At },
        (Over { Waits: not null } over, DutyEvent.Fixed) => over with { Clock = over.Clock.After(fact) },
        (Over { Waits: not null } over, DutyEvent.Verified f) => new Over(over.Card, over.Clock.After(fact), f.At),
        (Owed o, _) => o with { Clock = o.Clock.After(fact) },
        (Over over, DutyEvent.Notified or DutyEvent.Delivered or DutyEvent.Read) => over with { Clock = over.Clock.After(fact) },
        _ => state,
    };

    static readonly Refusal NoGrounds = new("duty.grounds-missing", "A decision names its grounds.", "grounds");
}
