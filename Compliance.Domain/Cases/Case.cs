using System.Diagnostics;
using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Cases;

/// <summary>Facts about one liability case. The system opens, computes, warns and bars; people decide, and the facts name them.</summary>
public abstract record CaseEvent(Guid CaseId, Guid VenueId)
{
    /// <param name="OffenceAt">When the term of the duty passed unmet.</param>
    /// <param name="BarredAt">After it nobody can be held liable: two months (KoAP article 62).</param>
    [EventName("case.opened.v1")]
    public sealed record Opened(
        Guid CaseId, Guid VenueId, Guid DutyId, DutyMatter Matter, Charge Charge, Responsible? Responsible,
        DateTimeOffset OffenceAt, DateTimeOffset BarredAt, DateTimeOffset At) : CaseEvent(CaseId, VenueId);

    [EventName("case.size-set.v1")]
    public sealed record SizeSet(Guid CaseId, Guid VenueId, SizeClass Size, Fine? Fine) : CaseEvent(CaseId, VenueId);

    /// <summary>The index of the day of the offence was entered after the case was charged: now the amount is known in tenge too.</summary>
    [EventName("case.amount-told.v1")]
    public sealed record AmountTold(Guid CaseId, Guid VenueId, Fine Fine, DateTimeOffset At) : CaseEvent(CaseId, VenueId);

    [EventName("case.pleaded.v1")]
    public sealed record Pleaded(Guid CaseId, Guid VenueId, Plea Plea, Writing Said, DateTimeOffset At) : CaseEvent(CaseId, VenueId);

    [EventName("case.warned-of-limitation.v1")]
    public sealed record WarnedOfLimitation(Guid CaseId, Guid VenueId, DateTimeOffset BarredAt, DateTimeOffset At) : CaseEvent(CaseId, VenueId);

    /// <summary>The minutes it rests on turned out to be excused or in other hands: an officer is asked to dismiss it, also where it was decided or settled already.</summary>
    [EventName("case.dismissal-proposed.v1")]
    public sealed record DismissalProposed(Guid CaseId, Guid VenueId, DateTimeOffset At) : CaseEvent(CaseId, VenueId);

    /// <summary>A later word on the outage gives its minutes back to the owner: the case can be decided again.</summary>
    [EventName("case.dismissal-withdrawn.v1")]
    public sealed record DismissalWithdrawn(Guid CaseId, Guid VenueId, DateTimeOffset At) : CaseEvent(CaseId, VenueId);

    /// <summary>The ruling that made it a repeat was cancelled: what the sanction table says of it is told again.</summary>
    /// <param name="Cancelled">The case whose ruling counts no more.</param>
    [EventName("case.charged-anew.v1")]
    public sealed record ChargedAnew(Guid CaseId, Guid VenueId, Charge Charge, Guid Cancelled, DateTimeOffset At) : CaseEvent(CaseId, VenueId);

    /// <param name="OfficerId">The opaque subject of whoever decided.</param>
    [EventName("case.decided.v1")]
    public sealed record Decided(
        Guid CaseId, Guid VenueId, CaseOutcome Outcome, Route Route, string Grounds, Guid OfficerId, DateTimeOffset At) : CaseEvent(CaseId, VenueId);

    /// <param name="Document">The ruling that set it.</param>
    [EventName("case.penalty-set.v1")]
    public sealed record PenaltySet(
        Guid CaseId, Guid VenueId, decimal Mci, int MciYear, decimal Tenge, string Document, Guid OfficerId, DateTimeOffset At) : CaseEvent(CaseId, VenueId);

    /// <summary>The charge it was set by holds no more: an officer sets it anew.</summary>
    /// <param name="Cancelled">The case whose ruling counts no more.</param>
    [EventName("case.penalty-lifted.v1")]
    public sealed record PenaltyLifted(Guid CaseId, Guid VenueId, decimal Mci, string Document, Guid Cancelled, DateTimeOffset At) : CaseEvent(CaseId, VenueId);

    /// <summary>The article's own amount was never read here: where the officer has the one he set from.</summary>
    [EventName("case.amount-sourced.v1")]
    public sealed record AmountSourced(Guid CaseId, Guid VenueId, string Source) : CaseEvent(CaseId, VenueId);

    [EventName("case.appealed.v1")]
    public sealed record Appealed(Guid CaseId, Guid VenueId, Writing Why, FrozenEvidence Evidence, DateTimeOffset At) : CaseEvent(CaseId, VenueId);

    [EventName("case.appeal-decided.v1")]
    public sealed record AppealDecided(
        Guid CaseId, Guid VenueId, AppealOutcome Outcome, string Grounds, Guid OfficerId, DateTimeOffset At) : CaseEvent(CaseId, VenueId);

    /// <param name="Document">What shows that it was paid or executed.</param>
    [EventName("case.settled.v1")]
    public sealed record Settled(Guid CaseId, Guid VenueId, string Document, DateTimeOffset At) : CaseEvent(CaseId, VenueId);

    [EventName("case.time-barred.v1")]
    public sealed record TimeBarred(Guid CaseId, Guid VenueId, DateTimeOffset At) : CaseEvent(CaseId, VenueId);
}

public abstract record CaseCommand
{
    public sealed record Open(
        Guid CaseId, Guid VenueId, Guid DutyId, DutyMatter Matter, Charge Charge, Responsible? Responsible,
        DateTimeOffset OffenceAt, DateTimeOffset BarredAt, DateTimeOffset At) : CaseCommand;
    /// <param name="Mci">The indices known now.</param>
    public sealed record SetSize(SizeClass Size, MciLine Mci) : CaseCommand;

    /// <summary>Say in tenge what was charged before its index was known.</summary>
    public sealed record TellAmount(MciLine Mci, DateTimeOffset At) : CaseCommand;
    public sealed record Answer(Plea Plea, Writing Said, DateTimeOffset At) : CaseCommand;
    public sealed record ProposeDismissal(DateTimeOffset At) : CaseCommand;
    public sealed record WithdrawDismissal(DateTimeOffset At) : CaseCommand;

    /// <param name="Charge">Without the size of the business, which the case knows.</param>
    public sealed record ChargeAnew(Charge Charge, Guid Cancelled, MciLine Mci, DateTimeOffset At) : CaseCommand;
    public sealed record Decide(CaseOutcome Outcome, string Grounds, Guid OfficerId, DateTimeOffset At) : CaseCommand;

    /// <param name="Source">The document that gives the amount, where the article's own was never read here.</param>
    /// <param name="Index">The indices known now.</param>
    public sealed record SetPenalty(decimal Mci, string Document, Guid OfficerId, DateTimeOffset At, MciLine Index, string? Source = null) : CaseCommand;
    public sealed record Appeal(Writing Why, FrozenEvidence Evidence, DateTimeOffset At) : CaseCommand;
    /// <param name="Involved">Who had a say in what the case rests on (<see cref="Cases.Involved"/>).</param>
    public sealed record DecideAppeal(AppealOutcome Outcome, string Grounds, Guid OfficerId, DateTimeOffset At, IReadOnlyList<Guid> Involved) : CaseCommand;
    public sealed record Settle(string Document, DateTimeOffset At) : CaseCommand;

    /// <summary>What the metronome asks: is it time to warn, is it too late?</summary>
    public sealed record Assess(DateTimeOffset Now) : CaseCommand;
}

/// <summary>A case is opened, may be pleaded, is decided once or barred by time; a decision may be appealed once, and is settled once.</summary>
public abstract record Case
{
    /// <summary>So long after the offence those who decide are warned that time runs out.</summary>
    public static readonly TimeSpan WarningAfter = TimeSpan.FromDays(45);

    public sealed record Unknown : Case;

    /// <param name="Excused">What it rests on lay in other hands after all: it can only be dismissed.</param>
    public sealed record Pending(CaseEvent.Opened Card, IReadOnlyList<Writing> Said, bool Warned, bool Excused = false) : Case;

    /// <param name="Reviewed">An appeal was decided: there is no second one.</param>
    public sealed record Decided(CaseEvent.Opened Card, CaseEvent.Decided Ruling, CaseEvent.PenaltySet? Penalty, bool Reviewed) : Case
    {
        /// <summary>A penalty that was lifted because the case was charged anew, while no other has been set.</summary>
        public CaseEvent.PenaltySet? Lifted { get; init; }

        /// <summary>It was charged anew after it was ruled: the ruling was made on another charge.</summary>
        public bool IsAnew { get; init; }

        /// <summary>What it rests on lay in other hands after all: an officer is asked to take the ruling back.</summary>
        public bool Excused { get; init; }

        /// <summary>It had been settled before it was excused.</summary>
        public bool WasSettled { get; init; }
    }

    public sealed record Appealed(Decided Before, CaseEvent.Appealed Appeal) : Case;

    /// <summary>Settled or cancelled: nothing more is to be done.</summary>
    /// <param name="Settled">As it was decided when it was settled; null where it was cancelled.</param>
    public sealed record Closed(CaseEvent.Opened Card, Decided? Settled = null) : Case;

    public sealed record Barred(CaseEvent.Opened Card) : Case;

    public static readonly Decider<Case, CaseCommand, CaseEvent> Decider = new("case", new Unknown(), Decide, Evolve);

    static Decision<CaseEvent> Decide(Case state, CaseCommand command) => (state, command) switch
    {
        (Unknown, CaseCommand.Open o) =>
            [new CaseEvent.Opened(o.CaseId, o.VenueId, o.DutyId, o.Matter, o.Charge, o.Responsible, o.OffenceAt, o.BarredAt, o.At)],
        (Unknown, _) => new Refusal("case.unknown", "No such case."),
        (_, CaseCommand.Open) => [],

        (_, CaseCommand.Decide { Grounds: var g }) when string.IsNullOrWhiteSpace(g) => NoGrounds("grounds"),
        (_, CaseCommand.DecideAppeal { Grounds: var g }) when string.IsNullOrWhiteSpace(g) => NoGrounds("grounds"),
        (_, CaseCommand.SetPenalty { Document: var d }) when string.IsNullOrWhiteSpace(d) => NoGrounds("document"),
        (_, CaseCommand.Settle { Document: var d }) when string.IsNullOrWhiteSpace(d) => NoGrounds("document"),

        (Pending { Card: var c } p, CaseCommand.Assess(var now)) =>
            now >= c.BarredAt ? [new CaseEvent.TimeBarred(c.CaseId, c.VenueId, c.BarredAt)]
            : now >= c.OffenceAt + WarningAfter && !p.Warned ? [new CaseEvent.WarnedOfLimitation(c.CaseId, c.VenueId, c.BarredAt, now)]
            : [],
        (_, CaseCommand.Assess) => [],

        (Pending { Excused: false, Card: var c }, CaseCommand.ProposeDismissal(var at)) => [new CaseEvent.DismissalProposed(c.CaseId, c.VenueId, at)],
        (Pending { Excused: true, Card: var c }, CaseCommand.WithdrawDismissal(var at)) => [new CaseEvent.DismissalWithdrawn(c.CaseId, c.VenueId, at)],
        (Decided or Appealed or Closed { Settled: not null }, CaseCommand.ProposeDismissal(var at)) =>
            RuledOf(state) is { Excused: false, Ruling.Outcome: not CaseOutcome.Dismissed, Card: var c } ? [new CaseEvent.DismissalProposed(c.CaseId, c.VenueId, at)] : [],
        (Decided or Appealed, CaseCommand.WithdrawDismissal(var at)) =>
            RuledOf(state) is { Excused: true, Card: var c } ? [new CaseEvent.DismissalWithdrawn(c.CaseId, c.VenueId, at)] : [],
        (_, CaseCommand.ProposeDismissal or CaseCommand.WithdrawDismissal) => [],

        (_, CaseCommand.ChargeAnew(var charge, var cancelled, var mci, var at)) => CardOf(state) is var c && c.Charge.Earlier == cancelled && charge.Earlier != cancelled
            ?
            [
                new CaseEvent.ChargedAnew(c.CaseId, c.VenueId, c.Charge.Size is { } size ? charge.For(size, c.OffenceAt, mci) : charge, cancelled, at),
                .. PenaltyOf(state) is { } penalty ? [new CaseEvent.PenaltyLifted(c.CaseId, c.VenueId, penalty.Mci, penalty.Document, cancelled, at)] : (CaseEvent[])[],
            ] : [],

        (Pending or Appealed or Decided { Penalty: null }, CaseCommand.TellAmount(var mci, var at)) => TellAmount(CardOf(state), mci, at),
        (_, CaseCommand.TellAmount) => [],

        (Barred { Card: var c }, CaseCommand.Decide { Outcome: CaseOutcome.Prescription } d) when c.Matter.Wording != Wording.Recommended =>
            [new CaseEvent.Decided(c.CaseId, c.VenueId, d.Outcome, c.Charge.Route, d.Grounds, d.OfficerId, d.At)], // an order holds nobody liable
        (Barred, _) => TooLate,
        (Closed, _) => new Refusal("case.closed", "The case is closed."),

        (Pending { Card: var c }, CaseCommand.SetSize set) => Size(c, set),
        (Decided { Penalty: null, Card: var c }, CaseCommand.SetSize set) => Size(c, set),
        (Pending { Card: var c } p, CaseCommand.Answer(var plea, var said, var at)) =>
            p.Said.Any(s => s.WritingId == said.WritingId) ? [] : [new CaseEvent.Pleaded(c.CaseId, c.VenueId, plea, said, at)],
        (_, CaseCommand.SetSize or CaseCommand.Answer) => AlreadyDecided,

        (Pending { Excused: true }, CaseCommand.Decide { Outcome: not CaseOutcome.Dismissed }) => ExcusedAlready,
        (Pending { Card: var c }, CaseCommand.Decide d) => Rule(c, d),
        (Decided { Ruling: var ruling }, CaseCommand.Decide d) when (ruling.Outcome, ruling.OfficerId, ruling.Grounds) == (d.Outcome, d.OfficerId, d.Grounds) => [],
        (Decided { Excused: true, Card: var c }, CaseCommand.Decide { Outcome: CaseOutcome.Dismissed } d) =>
            [new CaseEvent.Decided(c.CaseId, c.VenueId, d.Outcome, c.Charge.Route, d.Grounds, d.OfficerId, d.At)], // it frees: no limitation stands against that
        (Decided { Excused: true }, CaseCommand.Decide or CaseCommand.SetPenalty or CaseCommand.Settle) => ExcusedAlready,
        (Decided { IsAnew: true, Penalty: null, Ruling.Outcome: CaseOutcome.Referred } d, CaseCommand.Decide { Outcome: not CaseOutcome.Referred } milder) =>
            Rule(d.Lifted is null ? d.Card : d.Card with { BarredAt = DateTimeOffset.MaxValue }, milder), // one that was penalised in time is ruled anew
        (Decided or Appealed, CaseCommand.Decide) => AlreadyDecided,
        (Pending, _) => new Refusal("case.undecided", "The case has not been decided yet."),

        (Decided d, CaseCommand.SetPenalty set) => Penalise(d, set),
        (Decided d, CaseCommand.Appeal(var why, var evidence, var at)) =>
            d.WasSettled ? new Refusal("case.closed", "The case is closed.") // only an officer may take back what was settled
            : d.Reviewed ? new Refusal("case.reviewed", "The appeal has been decided; there is no second one.")
            : d.Ruling.Outcome == CaseOutcome.Dismissed ? new Refusal("case.nothing-to-appeal", "The case was dismissed; there is nothing to appeal against.")
            : [new CaseEvent.Appealed(d.Card.CaseId, d.Card.VenueId, why, evidence, at)],
        (Appealed { Appeal.Why: var why }, CaseCommand.Appeal again) when why.WritingId == again.Why.WritingId => [],
        (Decided d, CaseCommand.Settle(var document, var at)) => [new CaseEvent.Settled(d.Card.CaseId, d.Card.VenueId, document, at)],
        (Decided, CaseCommand.DecideAppeal) => new Refusal("case.not-appealed", "Nobody has appealed."),

        (Appealed { Before: var b }, CaseCommand.DecideAppeal { OfficerId: var officer }) when officer == b.Ruling.OfficerId || officer == b.Penalty?.OfficerId =>
            new Refusal("case.same-officer", "Whoever decided the case does not decide the appeal against it."),
        (Appealed, CaseCommand.DecideAppeal d) when d.Involved.Contains(d.OfficerId) =>
            new Refusal("case.involved-officer", "Whoever had a say in what the case rests on (its size, more time, whose minutes they were, the inspection) does not decide the appeal."),
        (Appealed { Before.Card: var c }, CaseCommand.DecideAppeal(var outcome, var grounds, var officer, var at, _)) =>
            [new CaseEvent.AppealDecided(c.CaseId, c.VenueId, outcome, grounds, officer, at)],
        (Appealed, _) => new Refusal("case.under-appeal", "The case is under appeal."),
        _ => throw new UnreachableException(),
    };

    /// <summary>Only law can be warned of, ordered or referred; and only in time.</summary>
    static Decision<CaseEvent> Rule(CaseEvent.Opened c, CaseCommand.Decide d) => d switch
    {
        _ when d.At >= c.BarredAt => TooLate,
        { Outcome: not (CaseOutcome.Dismissed or CaseOutcome.Recommendation) } when c.Matter.Wording == Wording.Recommended =>
            new Refusal("case.not-law", "This rests on no law: it can be dismissed, or something recommended."),
        { Outcome: CaseOutcome.Referred } when c.Charge.Sanction is null =>
            new Refusal("case.no-article", "No article is known that this could be referred under."),
        _ => [new CaseEvent.Decided(c.CaseId, c.VenueId, d.Outcome, c.Charge.Route, d.Grounds, d.OfficerId, d.At)],
    };

    static Decision<CaseEvent> Penalise(Decided d, CaseCommand.SetPenalty set)
    {
        if (d.Penalty is not null)
            return (d.Penalty.Mci, d.Penalty.Document) == (set.Mci, set.Document) ? [] : new Refusal("case.penalised", "The penalty has been set.");
        if (d.Lifted is null && set.At >= d.Card.BarredAt) return TooLate; // one that is set anew was set in time
        if (set.Mci > d.Lifted?.Mci) return new Refusal("case.amount-worse", "Charged anew, a case is not penalised harder than before.", "mci");
        if (d.Ruling.Outcome != CaseOutcome.Referred) return new Refusal("case.not-referred", "Only a case that was referred gets a penalty.");
        if (d.Card.Charge.Sanction is not { } article) return new Refusal("case.no-article", "No article is known that this could be referred under.");
        if (d.Card.Charge.Size is not { } size) return new Refusal("case.size-missing", "Set the size of the business first: what the article allows follows from it.");
        var range = Sanctions.Of(article, d.Card.OffenceAt)?.Fines.GetValueOrDefault(size);
        if (range is null && string.IsNullOrWhiteSpace(set.Source))
            return new Refusal("case.amount-unread", "What the article allows for this size was never read here: name the document that gives the amount.", "source");
        if (set.Mci <= 0 || range is not null && (set.Mci < range.From || set.Mci > range.To))
            return new Refusal("case.amount-outside", "The amount lies outside what the article allows.", "mci");
        if (Fine.Of(new(set.Mci, set.Mci), d.Card.OffenceAt, set.Index) is not { } fine)
            return new Refusal("case.mci-unknown", $"The monthly calculation index of {VenueZone.Day(d.Card.OffenceAt).Year} is not entered: enter it under Rulebooks, then set the penalty.");
        var penalty = new CaseEvent.PenaltySet(d.Card.CaseId, d.Card.VenueId, set.Mci, fine.MciYear, fine.FromTenge, set.Document, set.OfficerId, set.At);
        return range is null ? [new CaseEvent.AmountSourced(d.Card.CaseId, d.Card.VenueId, set.Source!), penalty] : [penalty];
    }

    static Decision<CaseEvent> Size(CaseEvent.Opened c, CaseCommand.SetSize set) => c.Charge.Size == set.Size ? []
        : [new CaseEvent.SizeSet(c.CaseId, c.VenueId, set.Size, c.Charge.For(set.Size, c.OffenceAt, set.Mci).Fine)];

    /// <summary>An amount that was told once stays as it was told.</summary>
    static Decision<CaseEvent> TellAmount(CaseEvent.Opened c, MciLine mci, DateTimeOffset at) =>
        c.Charge is { Fine: null, Size: { } size } && c.Charge.For(size, c.OffenceAt, mci).Fine is { } fine ? [new CaseEvent.AmountTold(c.CaseId, c.VenueId, fine, at)] : [];

    static Case Evolve(Case state, CaseEvent fact) => (state, fact) switch
    {
        (_, CaseEvent.Opened card) => new Pending(card, [], false),
        (Pending or Decided, CaseEvent.SizeSet f) => With(state, CardOf(state).Charge with { Size = f.Size, Fine = f.Fine }),
        (_, CaseEvent.AmountTold f) => With(state, CardOf(state).Charge with { Fine = f.Fine }),
        (Pending p, CaseEvent.Pleaded f) => p with { Said = [.. p.Said, f.Said] },
        (Pending p, CaseEvent.WarnedOfLimitation) => p with { Warned = true },
        (Pending p, CaseEvent.DismissalProposed) => p with { Excused = true },
        (Pending p, CaseEvent.DismissalWithdrawn) => p with { Excused = false },
        (Closed { Settled: { } b }, CaseEvent.DismissalProposed) => b with { Excused = true, WasSettled = true },
        (Decided d, CaseEvent.DismissalProposed) => d with { Excused = true },
        (Decided { WasSettled: true } d, CaseEvent.DismissalWithdrawn) => new Closed(d.Card, d with { Excused = false, WasSettled = false }),
        (Decided d, CaseEvent.DismissalWithdrawn) => d with { Excused = false },
        (Appealed { Before: var b } a, CaseEvent.DismissalProposed or CaseEvent.DismissalWithdrawn) => a with { Before = b with { Excused = fact is CaseEvent.DismissalProposed } },
        (Pending p, CaseEvent.Decided f) => new Decided(p.Card, f, null, false),
        (Decided d, CaseEvent.Decided { Outcome: CaseOutcome.Dismissed } f) when d.Excused => new Decided(d.Card, f, null, d.Reviewed),
        (Decided d, CaseEvent.Decided f) => d with { Ruling = f, Lifted = null, IsAnew = false },
        (Barred b, CaseEvent.Decided f) => new Decided(b.Card, f, null, false),
        (Decided d, CaseEvent.PenaltySet f) => d with { Penalty = f, Lifted = null },
        (Decided d, CaseEvent.PenaltyLifted) => d with { Penalty = null, Lifted = d.Penalty, WasSettled = false },
        (Appealed { Before: var b } a, CaseEvent.PenaltyLifted) => a with { Before = b with { Penalty = null, Lifted = b.Penalty, WasSettled = false } },
        (Closed { Settled: { } b }, CaseEvent.PenaltyLifted) => b with { Penalty = null, Lifted = b.Penalty },
        (Decided d, CaseEvent.Appealed f) => new Appealed(d, f),
        (Appealed a, CaseEvent.AppealDecided { Outcome: AppealOutcome.Upheld }) => a.Before with { Reviewed = true },
        (Decided d, CaseEvent.Settled) => new Closed(d.Card, d),
        (_, CaseEvent.AppealDecided) => new Closed(CardOf(state)),
        (_, CaseEvent.TimeBarred) => new Barred(CardOf(state)),
        (_, CaseEvent.ChargedAnew f) => Anew(With(state, f.Charge)),
        _ => state,
    };

    static CaseEvent.PenaltySet? PenaltyOf(Case state) => RuledOf(state)?.Penalty;

    /// <summary>As it was ruled; null where it was not, or where the ruling was cancelled.</summary>
    static Decided? RuledOf(Case state) => state switch { Decided d => d, Appealed a => a.Before, Closed c => c.Settled, _ => null };

    static CaseEvent.Opened CardOf(Case state) => state switch
    {
        Pending(var card, _, _, _) => card,
        Decided(var card, _, _, _) => card,
        Appealed a => a.Before.Card,
        Closed closed => closed.Card,
        Barred(var card) => card,
        _ => throw new UnreachableException(),
    };

    static Case Anew(Case state) => state switch
    {
        Decided d => d with { IsAnew = true },
        Appealed a => a with { Before = a.Before with { IsAnew = true } },
        Closed { Settled: { } b } closed => closed with { Settled = b with { IsAnew = true } },
        _ => state,
    };

    static Case With(Case state, Charge charge) => With(state, CardOf(state) with { Charge = charge });

    static Case With(Case state, CaseEvent.Opened card) => state switch
    {
        Pending p => p with { Card = card },
        Decided d => d with { Card = card },
        Appealed a => a with { Before = a.Before with { Card = card } },
        Closed closed => closed with { Card = card, Settled = closed.Settled is { } b ? b with { Card = card } : null },
        _ => new Barred(card),
    };

    static readonly Refusal TooLate = new("case.time-barred", "Two months have passed since the offence: nobody can be held liable any more.");

    static readonly Refusal ExcusedAlready = new("case.excused", "What it rests on was excused, or lay in other hands: it can only be dismissed.");

    static readonly Refusal AlreadyDecided = new("case.decided", "The case has been decided.");

    static Refusal NoGrounds(string field) => new("case.grounds-missing", "A decision names its grounds or its document.", field);
}
