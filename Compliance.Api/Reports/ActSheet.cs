using Compliance.Domain.Evidence;
using Compliance.Domain.Inspections;
using Compliance.Domain.Kernel;
using Compliance.Domain.Outages;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Venues;

namespace Compliance.Api.Reports;

/// <summary>The act of one inspection as a document in one language: what the Entrepreneurial Code (article 152) asks an act to say.</summary>
/// <param name="Facts">What the act rests on: the inspection's own facts, and those that measured items and statements cite.</param>
/// <param name="SignedAt">When each side signed or the refusal was recorded.</param>
public sealed record ActSheet(
    InspectionSheet Inspection, Checklist List, Sentence Rulebook, VenueDetails Venue, IReadOnlyList<Finding> Findings, People People,
    IReadOnlyList<Recorded> Facts, IReadOnlyDictionary<Signatory, DateTimeOffset> SignedAt, DateTimeOffset? RefusedAt) : IPaper
{
    readonly Dictionary<Guid, int> _numbers = Facts.Select((fact, i) => (fact.EventId, Number: i + 1)).ToDictionary(x => x.EventId, x => x.Number);

    /// <summary>One act is one document, in whichever language.</summary>
    public Guid DocumentId { get; } = EventIds.From(Inspection.InspectionId, "act");

    /// <summary>Outages that the act rests on and in which a camera brought no picture, as they stood when it was issued.</summary>
    public IReadOnlyList<(string Place, OutageRow Row)> DarkOutages { get; init; } = [];

    public DateTimeOffset IssuedAt => Inspection.EndedAt!.Value;

    /// <summary>How many items came to what, as the attached facts give it; null where they alone do not give the same list.</summary>
    public InspectionAct? Counted { get; init; }

    /// <summary>What is attached. Where the facts alone do not give the list again, no figure is claimed.</summary>
    public FactsFile Attached => Counted is null ? new(DocumentId, Acts.WithoutFigures, Facts) { VenueId = Inspection.VenueId, About = Inspection.InspectionId }
        : new(DocumentId, InspectionAct.Formula, Facts) { VenueId = Inspection.VenueId, About = Inspection.InspectionId, Position = Facts.Max(f => f.Position), Figures = Figures.Of(Counted) };

    public Words Words => People.Words;

    public IReadOnlyList<Words> Languages => [Words];

    public string FileName => FileNames.Of("act", this, Venue, IssuedAt);

    public Guid? Inspector => Inspection.Signatures.Where(s => s.As == Signatory.Inspector).Select(s => (Guid?)s.SubjectId).LastOrDefault();

    Task<string> IPaper.Render(PageHtml pages) => pages.Render<ActPage>(nameof(ActPage.Act), this);

    public string VenueName => Words.Of(Venue.NameKk, Venue.NameRu);

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
