using Compliance.Domain.Cases;
using Compliance.Domain.Duties;
using Compliance.Domain.Evidence;
using Compliance.Domain.Kernel;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Venues;

namespace Compliance.Api.Reports;

/// <summary>The liability record of a venue as one document in one language.</summary>
/// <param name="Audit">The same facts as an audit: its availability section is printed here too.</param>
/// <param name="Requirements">What the rule of a duty demands, by duty.</param>
/// <param name="Texts">What people said in writing; null where its author was forgotten.</param>
public sealed record LiabilitySheet(
    LiabilityRecord Record, AuditReport Audit, IReadOnlyDictionary<Guid, Sentence> Requirements, IReadOnlyDictionary<Guid, string?> Texts) : IPaper
{
    readonly Dictionary<Guid, int> _numbers = Record.Facts.Select((fact, i) => (fact.EventId, Number: i + 1)).ToDictionary(x => x.EventId, x => x.Number);

    public Words Words => Audit.Words;

    public DateTimeOffset IssuedAt => Audit.IssuedAt;

    /// <summary>The same venue at the same place in its history is the same document, in whichever language; while its devices are counted every instant is another.</summary>
    public Guid DocumentId { get; } = EventIds.From(Record.Audit.VenueId, $"liability-record/{Record.Facts.Max(f => f.Position)}{(Record.ChangesByTime ? $"/{Audit.IssuedAt.UtcDateTime:O}" : "")}");

    /// <summary>What is attached: the facts and every figure computed from them.</summary>
    public FactsFile Attached => new(DocumentId, LiabilityRecord.Formula, Record.Facts)
    {
        VenueId = Record.Audit.VenueId, Period = Record.Audit.Period, Position = Record.Audit.Position, Figures = Figures.Of(Record),
    };

    public IReadOnlyList<Words> Languages => [Words];

    public string FileName => FileNames.Of("liability-record", this, Audit.Details, IssuedAt);

    Task<string> IPaper.Render(PageHtml pages) => pages.Render<LiabilityPage>(nameof(LiabilityPage.Sheet), this);

    public int NumberOf(Guid eventId) => _numbers.GetValueOrDefault(eventId);

    /// <summary>Its place among the cases, as the text refers to it.</summary>
    public int NumberOfCase(Guid id) => Record.Cases.Select(c => c.CaseId).ToList().IndexOf(id) + 1;

    public int NumberOfDuty(Guid id) => Record.Duties.Select(d => d.DutyId).ToList().IndexOf(id) + 1;

    /// <summary>How the outage a duty came from was confirmed; nothing of any other duty.</summary>
    public IEnumerable<string> Sight(DutyRow duty) => duty.Source is DutySource.OfOutage of && Record.Audit.Outages.FirstOrDefault(o => o.Row.OutageId == of.OutageId) is { } line
        ? Words.Sight(line.Row) : [];

    public CaseRow? CaseOf(DutyRow duty) => Record.Cases.LastOrDefault(c => c.DutyId == duty.DutyId);

    /// <summary>What it asks, and of which device where it came from one.</summary>
    public string TitleOf(DutyRow duty) => duty.Source switch
    {
        DutySource.OfOutage of => Words.Say("Lia_OfOutage", Place(of.DeviceId) ?? Words[of.Kind], Words[of.Verdict]),
        _ => Requirements.GetValueOrDefault(duty.DutyId)?.In(Words.Language) ?? duty.Matter.RuleId ?? Words["None"],
    };

    public string? Place(Guid device) => Record.Audit.Devices.FirstOrDefault(d => d.DeviceId == device)?.Spec is { } spec ? Words.Of(spec.PlaceKk, spec.PlaceRu) : null;

    public People People => Audit.People;

    /// <summary>Who decided an appeal, as he was called when he did.</summary>
    public string Reviewer(CaseRow row, Guid officer) => People.Name(officer, Record.Facts.Last(f => f.Stream.Id == row.CaseId && EventCatalog.Decode(f) is CaseEvent.AppealDecided).RecordedAt);

    public string Said(Writing writing) => Texts.GetValueOrDefault(writing.WritingId) is { } text ? Words.Say("Lia_Quote", text) : Words["Lia_SaidGone"];
}
