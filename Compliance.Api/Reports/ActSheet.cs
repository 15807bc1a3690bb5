using Compliance.Domain.Evidence;
using Compliance.Domain.Inspections;
using Compliance.Domain.Kernel;
using Compliance.Domain.Outages;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Venues;

namespace Compliance.Api.Reports;

/// <summary>The act of one inspection as a document in one language: what the Entrepreneurial Code (article 152) asks an act to say.</summary>
/// <param name="People">Names from the vault by subject; whose name is forgotten has none here either.</param>
/// <param name="Facts">What the act rests on: the inspection's own facts, and those that measured items and statements cite.</param>
/// <param name="SignedAt">When each side signed or the refusal was recorded.</param>
public sealed record ActSheet(
    InspectionSheet Inspection, Checklist List, Sentence Rulebook, VenueDetails Venue, IReadOnlyList<Finding> Findings, Words Words,
    IReadOnlyDictionary<Guid, string?> People, IReadOnlyList<Recorded> Facts, IReadOnlyDictionary<Signatory, DateTimeOffset> SignedAt, DateTimeOffset? RefusedAt)
{
    readonly Dictionary<Guid, int> _numbers = Facts.Select((fact, i) => (fact.EventId, Number: i + 1)).ToDictionary(x => x.EventId, x => x.Number);

    /// <summary>One act is one document, in whichever language.</summary>
    public Guid DocumentId { get; } = EventIds.From(Inspection.InspectionId, "act");

    /// <summary>Outages that the act rests on and in which a camera brought no picture, as they stood when it was issued.</summary>
    public IReadOnlyList<(string Place, OutageRow Row)> DarkOutages { get; init; } = [];

    public DateTimeOffset IssuedAt => Inspection.EndedAt!.Value;

    /// <summary>What is attached. What the act says is read from the facts; it prints no figure of its own.</summary>
    internal FactsFile Attached => new(DocumentId, Acts.Formula, Facts);

    /// <summary>Who signs it with a certificate of his own, where he has one.</summary>
    internal Guid? Inspector => Inspection.Signatures.Where(s => s.As == Signatory.Inspector).Select(s => (Guid?)s.SubjectId).LastOrDefault();

    public string VenueName => Words.Of(Venue.NameKk, Venue.NameRu);

    public string NameOf(Guid subject) => People.GetValueOrDefault(subject) ?? subject.ToString();

    public ChecklistItem? Item(string rule) => List.Items.FirstOrDefault(i => i.Rule.RuleId == rule);

    /// <summary>Numbers of the facts that decided an item, as the appendix lists them.</summary>
    public IReadOnlyList<int> Cited(ChecklistItem item) =>
        [.. item.Rule.Grounds.SelectMany(g => g.By).Distinct().Select(id => _numbers.GetValueOrDefault(id)).Where(n => n > 0).Order()];

    /// <summary>No value decides it: it stands on what the inspector saw.</summary>
    public bool IsOnWord(ChecklistItem item) => item.State == ItemState.Asked && item.Rule.Outcome == Outcome.Unknown
        && Inspection.Items.FirstOrDefault(i => i.RuleId == item.Rule.RuleId)?.Verdict is Found.Met or Found.NotMet;

    /// <summary>What a person said of it, or what the values say.</summary>
    public string Result(ChecklistItem item) => Inspection.Failed.Contains(item.Rule.RuleId) ? Words["Act_Outcome_Fail"]
        : Inspection.Items.FirstOrDefault(i => i.RuleId == item.Rule.RuleId)?.Verdict is { } said && item.State == ItemState.Asked ? Words[$"Act_Found_{said}"]
        : Words[$"Act_Outcome_{item.Rule.Outcome}"];
}
