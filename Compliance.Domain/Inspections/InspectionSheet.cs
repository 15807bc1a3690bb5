using Compliance.Domain.Rulebooks;

namespace Compliance.Domain.Inspections;

/// <summary>One inspection as the person who walks it sees it: the list, what was said and shown, what is still missing, who signed.</summary>
/// <param name="List">Null before it begins, and where its version of the rulebook is not on the shelf any more.</param>
/// <param name="Items">The latest word on each rule.</param>
/// <param name="Unanswered">Rules that somebody still has to answer.</param>
/// <param name="Failed">Rules that would be findings as things stand.</param>
/// <param name="WithoutPhoto">Failed ones that lack a photo or the reason for none.</param>
/// <param name="Findings">Of the act; null until it is issued.</param>
public sealed record InspectionSheet(
    Guid InspectionId, Guid VenueId, InspectionKind Kind, InspectionStage Stage, DateOnly Day, string Body, string Basis, IReadOnlyList<Guid> Walkers,
    string? Number, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, Checklist? List, IReadOnlyList<InspectionCommand.RecordItem> Items, IReadOnlyList<Photo> Photos,
    IReadOnlyList<string> Unanswered, IReadOnlyList<string> Failed, IReadOnlyList<string> WithoutPhoto,
    IReadOnlyList<Signature> Signatures, WhyUnsigned? Unsigned, IReadOnlyList<Finding>? Findings) : IDated
{
    /// <summary>Of a re-inspection: the act and what it ordered.</summary>
    public InspectionEvent.OrdersToVerify? Orders { get; init; }

    /// <summary>Visits that verify what this one ordered, the latest on top.</summary>
    public IReadOnlyList<InspectionRow> ReInspections { get; init; } = [];

    /// <summary>What was put before both sides to sign, measured part included; null while nobody signed.</summary>
    public SignedContent? Content { get; init; }

    /// <summary>Read again from the log it is what was signed; null where there is nothing to compare.</summary>
    public bool? ContentHolds { get; init; }

    /// <summary>Rules said to be met whose number nobody wrote down.</summary>
    public IReadOnlyList<string> WithoutFigure { get; init; } = [];

    /// <summary>Null of what nobody planned.</summary>
    public static InspectionSheet? Of(Inspection state, Checklist? list, DateTimeOffset? ended) => Shown(state, list, ended) is { } sheet ? sheet with { Orders = state.Orders } : null;

    static InspectionSheet? Shown(Inspection state, Checklist? list, DateTimeOffset? ended) => state switch
    {
        Inspection.Planned(var card, var number) => Bare(card, InspectionStage.Planned, number, null),
        Inspection.Dropped(var card, _) => Bare(card, InspectionStage.Cancelled, null, ended),
        Inspection.Running walk => Of(walk, InspectionStage.Running, list, null, null),
        Inspection.Done({ Card.Kind: var kind } walk, var findings) => Of(walk, InspectionStage.Done, list, ended, kind == InspectionKind.SelfCheck ? null : findings),
        _ => null,
    };

    static InspectionSheet Bare(InspectionEvent.Scheduled card, InspectionStage stage, string? number, DateTimeOffset? ended) => new(
        card.InspectionId, card.VenueId, card.Kind, stage, card.Day, card.Body, card.Basis, card.Walkers, number, null, ended, null, [], [], [], [], [], [], null, null);

    static InspectionSheet Of(Inspection.Running walk, InspectionStage stage, Checklist? list, DateTimeOffset? ended, IReadOnlyList<Finding>? findings) =>
        Bare(walk.Card, stage, walk.Number, ended) with
        {
            StartedAt = walk.Start.At,
            List = list,
            Items = [.. walk.Items.Select(i => new InspectionCommand.RecordItem(i.RuleId, i.Verdict, i.Statements, i.Listings, i.Remark, i.NoPhoto))],
            Photos = walk.Photos,
            Unanswered = Names(list, item => !walk.Answered(item)),
            Failed = Names(list, walk.Failed),
            WithoutPhoto = Names(list, walk.LacksPhoto),
            WithoutFigure = Names(list, walk.LacksFigure),
            Signatures = [.. walk.Signatures.Select(s => new Signature(s.SubjectId, s.As))],
            Unsigned = walk.Refused,
            Content = walk.Content,
            ContentHolds = list is null ? null : walk.Holds(list),
            Findings = findings,
        };

    static IReadOnlyList<string> Names(Checklist? list, Func<ChecklistItem, bool> which) => [.. list?.Items.Where(which).Select(i => i.Rule.RuleId) ?? []];
}

/// <summary>Who signed, and for whom.</summary>
public sealed record Signature(Guid SubjectId, Signatory As);
