using System.Globalization;
using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;
using Compliance.Domain.Rulebooks;

namespace Compliance.Domain.Cases;

/// <summary>One case as owner and authority both see it: what is urgent stands on top, then the undecided, those that run out of time first.</summary>
/// <param name="PenalisedAt">When it was penalised (a warning is a penalty): what a repeat is counted from.</param>
/// <param name="ExcusedAt">Since when an officer is asked to dismiss it, because its minutes were excused or lay in other hands, or it rests on an order of a ruling that was cancelled.</param>
/// <param name="EventIds">The facts this row rests on, oldest first.</param>
/// <param name="Revision">Of the case's own stream: the ETag a decision must name.</param>
public sealed record CaseRow(
    Guid CaseId, Guid VenueId, Guid DutyId, DutyMatter Matter, Charge Charge, Responsible? Responsible,
    DateTimeOffset OffenceAt, DateTimeOffset BarredAt, DateTimeOffset OpenedAt, DateTimeOffset? WarnedAt, CaseState State,
    IReadOnlyList<Pleading> Pleadings, Ruling? Ruling, Penalty? Penalty, Review? Appeal, string? SettledBy, DateTimeOffset? PenalisedAt,
    IReadOnlyList<Guid> EventIds, long Revision, DateTimeOffset? ExcusedAt = null)
{
    public static readonly View<CaseRow> View = new(
        "case-list", 7, fact => (fact as CaseEvent)?.CaseId, Apply, row => row.VenueId, row => row.Sort);

    /// <summary>A penalty that counts no more because the case was charged anew; an officer sets it again.</summary>
    public Penalty? Lifted { get; init; }

    /// <summary>It was charged anew after it was ruled, and may be ruled more mildly.</summary>
    public bool IsAnew { get; init; }

    /// <summary>It had been settled before it turned out to be excused.</summary>
    public bool WasSettled { get; init; }

    /// <summary>It was ruled against its owner before it turned out that it can only be dismissed: an officer is asked to take that back.</summary>
    public bool IsToBeReconsidered => this is { State: CaseState.Decided or CaseState.Appealed, ExcusedAt: not null, Ruling.Outcome: not CaseOutcome.Dismissed };

    /// <summary>Its ruling was cancelled or taken back, or it was dismissed at once: nothing follows from it any more.</summary>
    public bool CountsNoMore => State == CaseState.Cancelled || Ruling?.Outcome == CaseOutcome.Dismissed;

    /// <summary>Where the officer has the amount from, where the article's own was never read here.</summary>
    public string? AmountSource { get; init; }

    /// <summary>What an officer has to do before anything else: its limitation draws near, it can only be dismissed, an appeal waits, a penalty is to be set anew, or a ruling to be taken back. These stand on top.</summary>
    public bool IsUrgent => IsToBeReconsidered || this is { State: CaseState.Open, WarnedAt: not null } or { State: CaseState.Open, ExcusedAt: not null } or { State: CaseState.Appealed } or { State: CaseState.Decided, Lifted: not null };

    string Sort => State switch
    {
        CaseState.Open when IsUrgent => $"0{Ticks(BarredAt)}",
        _ when IsUrgent => $"1{Ticks(State == CaseState.Appealed ? Appeal!.At : ExcusedAt ?? Lifted!.At)}",
        CaseState.Open => $"2{Ticks(BarredAt)}",
        CaseState.Decided => $"3{ViewOrder.NewestFirst(OpenedAt)}",
        _ => $"4{ViewOrder.NewestFirst(OpenedAt)}",
    };

    static string Ticks(DateTimeOffset at) => at.UtcTicks.ToString("D20", CultureInfo.InvariantCulture);

    static CaseRow? Apply(CaseRow? row, object fact, Recorded recorded) => (row, fact) switch
    {
        (null, CaseEvent.Opened f) => new(
            f.CaseId, f.VenueId, f.DutyId, f.Matter, f.Charge, f.Responsible, f.OffenceAt, f.BarredAt, f.At, null, CaseState.Open,
            [], null, null, null, null, null, [recorded.EventId], recorded.Revision),
        ({ }, CaseEvent f) => Apply(row, f) with { EventIds = [.. row.EventIds, recorded.EventId], Revision = recorded.Revision },
        _ => row,
    };

    static CaseRow Apply(CaseRow row, CaseEvent fact) => fact switch
    {
        CaseEvent.SizeSet f => row with { Charge = row.Charge with { Size = f.Size, Fine = f.Fine } },
        CaseEvent.AmountTold f => row with { Charge = row.Charge with { Fine = f.Fine } },
        CaseEvent.ChargedAnew f => row with { Charge = f.Charge, IsAnew = row.Ruling is not null },
        CaseEvent.AmountSourced f => row with { AmountSource = f.Source },
        CaseEvent.Pleaded f => row with { Pleadings = [.. row.Pleadings, new(f.Plea, f.Said, f.At)] },
        CaseEvent.WarnedOfLimitation f => row with { WarnedAt = f.At },
        CaseEvent.DismissalProposed f when row.State == CaseState.Settled => row with { ExcusedAt = f.At, WasSettled = true, State = CaseState.Decided },
        CaseEvent.DismissalProposed f => row with { ExcusedAt = f.At },
        CaseEvent.DismissalWithdrawn when row is { WasSettled: true, State: CaseState.Decided } => row with { ExcusedAt = null, WasSettled = false, State = CaseState.Settled },
        CaseEvent.DismissalWithdrawn => row with { ExcusedAt = null },
        CaseEvent.Decided f => row with
        {
            State = CaseState.Decided, Ruling = new(f.Outcome, f.Grounds, f.OfficerId, f.At), Lifted = null, IsAnew = false, WasSettled = false,
            Penalty = f.Outcome == CaseOutcome.Dismissed ? null : row.Penalty,
            ExcusedAt = row.State == CaseState.TimeBarred ? null : row.ExcusedAt, // what is ordered after it was barred is looked at anew
            PenalisedAt = f.Outcome == CaseOutcome.Warning ? row.Lifted?.At ?? f.At : null, // what is set anew counts from the penalty it stands for
        },
        CaseEvent.PenaltySet f => row with { Penalty = new(f.Mci, f.MciYear, f.Tenge, f.Document, f.At), PenalisedAt = row.Lifted?.At ?? f.At, Lifted = null },
        CaseEvent.PenaltyLifted => row with { Penalty = null, Lifted = row.Penalty, WasSettled = false, State = row.State == CaseState.Settled ? CaseState.Decided : row.State },
        CaseEvent.Appealed f => row with { State = CaseState.Appealed, Appeal = new(f.Why, f.Evidence, f.At, null, null, null) },
        CaseEvent.AppealDecided f => row with
        {
            State = f.Outcome == AppealOutcome.Upheld ? CaseState.Decided : CaseState.Cancelled,
            Appeal = row.Appeal! with { Outcome = f.Outcome, Grounds = f.Grounds, OfficerId = f.OfficerId },
        },
        CaseEvent.Settled f => row with { State = CaseState.Settled, SettledBy = f.Document },
        CaseEvent.TimeBarred => row with { State = CaseState.TimeBarred },
        _ => row,
    };
}

public sealed record Pleading(Plea Plea, Writing Said, DateTimeOffset At);

public sealed record Ruling(CaseOutcome Outcome, string Grounds, Guid OfficerId, DateTimeOffset At);

public sealed record Penalty(decimal Mci, int MciYear, decimal Tenge, string Document, DateTimeOffset At);

/// <summary>An appeal with the evidence frozen at its making; outcome, grounds and officer are null while nobody has decided it.</summary>
public sealed record Review(Writing Why, FrozenEvidence Evidence, DateTimeOffset At, AppealOutcome? Outcome, string? Grounds, Guid? OfficerId);
