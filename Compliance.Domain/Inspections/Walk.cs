using Compliance.Domain.Kernel;
using Compliance.Domain.Rulebooks;

namespace Compliance.Domain.Inspections;

/// <summary>What may happen while a check is being walked, and what it must hold before it ends.</summary>
static class Walk
{
    static readonly Refusal SelfCheck = new("inspection.self-check", "The owner's own check is neither signed twice nor ended by an act.");

    extension(Inspection.Running walk)
    {
        bool IsOwn => walk.Card.Kind == InspectionKind.SelfCheck;

        public Decision<InspectionEvent> Record(InspectionCommand.RecordItem item)
        {
            if (walk.IsOwn && item.Remark is not null)
                return new Refusal("inspection.remark-official", "Only an officer's remark stands in the record.", "remark");
            if (!walk.IsOwn && item is { Verdict: Found.NotMet, Remark: null })
                return new Refusal("inspection.remark-missing", "Say what was found: a failed item is described.", "remark");
            var fact = new InspectionEvent.ItemRecorded(
                walk.Card.InspectionId, walk.Card.VenueId, item.RuleId, item.Verdict, item.Statements, item.Listings, item.Remark, item.NoPhoto);
            return walk.Item(item.RuleId) is { } before && EventCatalog.Encode(before).AsSpan().SequenceEqual(EventCatalog.Encode(fact)) ? [] : [fact];
        }

        public Decision<InspectionEvent> Attach(Photo photo) => walk.Photos.FirstOrDefault(p => p.PhotoId == photo.PhotoId) switch
        {
            null when walk.Photos.Count >= Inspection.MostPhotos =>
                new Refusal("inspection.photos-many", $"One inspection has no more than {Inspection.MostPhotos} photos."),
            null => [new InspectionEvent.PhotoAttached(walk.Card.InspectionId, walk.Card.VenueId, photo)],
            var known when known == photo => [],
            _ => new Refusal("inspection.photo-taken", "This id belongs to another photo."),
        };

        public Decision<InspectionEvent> Sign(InspectionCommand.Sign sign)
        {
            if (walk.IsOwn) return SelfCheck;
            if (walk.Signatures.Any(s => s.SubjectId == sign.SubjectId && s.As != sign.As))
                return new Refusal("inspection.signs-for-both", "One person cannot sign for both sides.");
            var content = SignedContent.Of(walk, sign.List, sign.MeasuredAt);
            return walk.SignedAs(sign.As) && walk.IsStill(content) ? []
                : [new InspectionEvent.Signed(walk.Card.InspectionId, walk.Card.VenueId, sign.SubjectId, sign.As, content)];
        }

        public Decision<InspectionEvent> Refuse(InspectionCommand.RefuseSignature refuse)
        {
            if (walk.IsOwn) return SelfCheck;
            var content = SignedContent.Of(walk, refuse.List, refuse.MeasuredAt);
            if (walk.SignedAs(Signatory.Venue) && walk.IsStill(content)) return new Refusal("inspection.signed-already", "The venue has signed.");
            return walk.Refused == refuse.Because && walk.IsStill(content) ? []
                : [new InspectionEvent.SignatureRefused(walk.Card.InspectionId, walk.Card.VenueId, refuse.Because, content)];
        }

        /// <summary>It is what was signed. Signatures that are older than the naming of their content stand for whatever is there.</summary>
        public bool IsStill(SignedContent? content) => walk.Content is null || content is null || walk.Content.Hash == content.Hash;

        public Decision<InspectionEvent> Issue(Checklist list, DateOnly day)
        {
            if (walk.IsOwn) return SelfCheck;
            if (walk.Lacks(list) is { } lacks) return lacks;
            if (!walk.SignedAs(Signatory.Inspector)) return new Refusal("inspection.signature-missing", "The officer has not signed.");
            if (!walk.SignedAs(Signatory.Venue) && walk.Refused is null)
                return new Refusal("inspection.signature-missing", "The venue has neither signed nor refused to.");
            if (walk.Holds(list) == false) return new Refusal("inspection.content-changed", "This is not what was signed: something was measured or written since. Both sides sign anew.");
            if (walk.Content is { LastDay: var last } && day > last)
                return new Refusal("inspection.signatures-old", "Too many days have passed since it was signed: both sides sign anew.");
            return
            [
                .. ReInspections.Checked(walk, list),
                new InspectionEvent.ActIssued(walk.Card.InspectionId, walk.Card.VenueId, list.Rulebook, list.Version, list.Hash,
                    [.. list.Items.Where(i => walk.Failed(i)).Select(i => walk.Finding(i, day))]),
            ];
        }

        public Decision<InspectionEvent> Complete(Checklist list, Guid subject)
        {
            if (!walk.IsOwn) return new Refusal("inspection.not-self-check", "An inspection ends by an act.");
            return walk.Lacks(list) is { } lacks ? lacks : [new InspectionEvent.SelfCheckCompleted(walk.Card.InspectionId, walk.Card.VenueId, subject)];
        }

        /// <summary>What somebody has to say or show before the list can be closed; null when nothing is missing.</summary>
        Refusal? Lacks(Checklist list)
        {
            if ((list.Rulebook, list.Version, list.Hash) != (walk.Start.Rulebook, walk.Start.Version, walk.Start.Hash))
                return new("inspection.rulebook-other", "The list is of another version than the inspection began with.");
            if (Named(list, item => !walk.Answered(item)) is { } open) return new("inspection.item-unanswered", $"Not answered yet: {open}.");
            if (Named(list, item => item.Rule.Outcome == Outcome.Fail && walk.Item(item.Rule.RuleId)?.Verdict is Found.Met or Found.NotApplicable) is { } said)
                return new("inspection.verdict-contradicts", $"The values written down say otherwise: {said}.");
            if (Named(list, walk.LacksFigure) is { } unmeasured) return new("inspection.figure-missing", $"Met, but by which value? Write it down, or say that it was not checked: {unmeasured}.");
            return Named(list, walk.LacksPhoto) is { } bare ? new("inspection.photo-missing", $"A failed item needs a photo, or the reason why there is none: {bare}.") : null;
        }

        /// <summary>Measured items answer themselves; another one is answered when its values decide it, or a person does.</summary>
        public bool Answered(ChecklistItem item) => item.State != ItemState.Asked
            || (walk.Item(item.Rule.RuleId) is { } said && (said.Verdict is not null || item.Rule.Outcome is not Outcome.Unknown));

        /// <summary>An officer may find a thing wanting where the values pass; nobody talks a failure away.</summary>
        public bool Failed(ChecklistItem item) => item.State != ItemState.FoldedAway
            && (item.Rule.Outcome == Outcome.Fail || walk.Item(item.Rule.RuleId)?.Verdict == Found.NotMet);

        /// <summary>"Met" is no answer where the rule asks for a number, a day or a text and nobody knows it, nor where only an instrument could.</summary>
        public bool LacksFigure(ChecklistItem item) => item.State == ItemState.Asked && item.Rule.Outcome == Outcome.Unknown
            && walk.Item(item.Rule.RuleId)?.Verdict == Found.Met && (item.LacksMeasurement || item.Questions.Any(q => q is { Type: not (null or WordType.Flag), Found: null }));

        public bool LacksPhoto(ChecklistItem item) => walk.Failed(item)
            && (item.State == ItemState.Asked || walk.Item(item.Rule.RuleId)?.Verdict == Found.NotMet)
            && walk.Item(item.Rule.RuleId)?.NoPhoto is null && walk.Photos.All(p => p.RuleId != item.Rule.RuleId);

        Finding Finding(ChecklistItem item, DateOnly day) => new(
            Inspections.Finding.IdOf(walk.Card.InspectionId, item.Rule.RuleId), item.Rule.RuleId, item.Rule.Severity, item.Wording, item.Rule.HardStop,
            item.Rule.Sanction, day.AddDays(RepairDays.Of(item.Rule.Severity)), walk.Item(item.Rule.RuleId)?.Remark ?? item.Values);
    }

    static string? Named(Checklist list, Func<ChecklistItem, bool> which) =>
        string.Join(", ", list.Items.Where(which).Select(i => i.Rule.RuleId)) is { Length: > 0 } names ? names : null;
}

/// <summary>
/// How long a venue has to put a finding right. The Entrepreneurial Code asks for no less than ten calendar days, and thirty are
/// used in practice (sources K61, K25): the grave ones get the shortest time the Code allows.
/// </summary>
public static class RepairDays
{
    public const int Shortest = 10, Usual = 30;

    public static int Of(Severity severity) => severity == Severity.Critical ? Shortest : Usual;
}
