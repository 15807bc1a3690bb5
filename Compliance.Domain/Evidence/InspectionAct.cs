using Compliance.Domain.Inspections;
using Compliance.Domain.Kernel;
using Compliance.Domain.Rulebooks;

namespace Compliance.Domain.Evidence;

/// <summary>The act of one inspection, computed from stored facts and from nothing else: the walk, and the list as it stood when it was signed.</summary>
public sealed record InspectionAct(Inspection.Done Done, Checklist List)
{
    /// <summary>How the act follows from the facts; a new name when the rule changes.</summary>
    public const string Formula = "inspection-act.v4";

    /// <summary>What became of one item: each is counted once.</summary>
    public enum ItemCount { Failed, Measured, Met, NotApplicable, NotChecked }

    /// <summary>How many items came to what.</summary>
    public IReadOnlyDictionary<ItemCount, int> Counts { get; } = Enum.GetValues<ItemCount>().ToDictionary(count => count, count => List.Items.Count(item => CountOf(Done.Walk, item) == count));

    /// <param name="facts">The inspection's own, and what was known of the venue then: its streams, or so much of them that the same list follows.</param>
    /// <returns>Null where no act was issued, or the text of its rulebook is neither delivered with this program nor among the facts.</returns>
    public static InspectionAct? Of(Guid inspectionId, IReadOnlyList<Recorded> facts)
    {
        Recorded[] own = [.. facts.Where(f => f.Stream == new StreamId("inspection", inspectionId)).OrderBy(f => f.Revision)];
        if (Inspection.Decider.Fold(own.Select(EventCatalog.Decode).OfType<InspectionEvent>()) is not Inspection.Done { Walk.Card.Kind: not InspectionKind.SelfCheck } done) return null;
        if (BookOf(done.Walk.Start, facts) is not { } book) return null;
        var at = done.Walk.Content?.MeasuredAt ?? own[^1].RecordedAt;
        return FactSheet.Of(done.Walk.Card.VenueId, at, KnownTo(done.Walk, facts), done.Walk.Content is null ? null : inspectionId) is { } known
            ? new(done, Checklist.Of(known, book, done.Walk.Start.Hash, byOfficer: true)) : null;
    }

    /// <summary>
    /// What was known when the list was measured that was signed: nothing that the log took after the first signature under it, even where
    /// a clock gives both the same instant.
    /// </summary>
    public static IReadOnlyList<Recorded> KnownTo(Inspection.Running walk, IReadOnlyList<Recorded> facts)
    {
        if (walk.Content is not { } signed) return facts;
        var first = facts.Where(f => f.Stream == new StreamId("inspection", walk.Card.InspectionId) && Under(EventCatalog.Decode(f)) == signed).MinBy(f => f.Revision);
        return first is null ? facts : [.. facts.Where(f => f.Position < first.Position)];

        static SignedContent? Under(object? fact) => fact switch { InspectionEvent.Signed f => f.Content, InspectionEvent.SignatureRefused f => f.Content, _ => null };
    }

    /// <summary>The very text the inspection began with, by its hash.</summary>
    static Rulebook? BookOf(InspectionEvent.Started start, IReadOnlyList<Recorded> facts) =>
        RulebookShelf.Deliveries(start.Rulebook).FirstOrDefault(d => d.Hash == start.Hash)?.Book
            ?? facts.Where(f => f.Stream.Category == "rulebook").Select(EventCatalog.Decode).Select(TextIn)
                .Where(text => text is not null && RulebookVersions.HashOf(text) == start.Hash).Select(text => RulebookFile.Read($"{start.Rulebook}.json", text!).Rulebook).FirstOrDefault();

    /// <summary>The text a fact brings; null where it brings none.</summary>
    public static string? TextIn(object? fact) => fact switch { RulebookEvent.Drafted f => f.Text, RulebookEvent.Amended f => f.Text, _ => null };

    static ItemCount CountOf(Inspection.Running walk, ChecklistItem item) =>
        walk.Failed(item) ? ItemCount.Failed
        : item.State == ItemState.Measured ? ItemCount.Measured
        : item.State == ItemState.FoldedAway || item.Rule.Outcome == Outcome.NotApplicable || walk.Item(item.Rule.RuleId)?.Verdict == Found.NotApplicable ? ItemCount.NotApplicable
        : item.Rule.Outcome == Outcome.Pass || walk.Item(item.Rule.RuleId)?.Verdict == Found.Met ? ItemCount.Met
        : ItemCount.NotChecked;
}
