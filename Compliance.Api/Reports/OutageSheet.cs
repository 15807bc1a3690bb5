using Compliance.Domain.Duties;
using Compliance.Domain.Evidence;
using Compliance.Domain.Kernel;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Venues;

namespace Compliance.Api.Reports;

/// <summary>The report of one outage as a document in one language.</summary>
/// <param name="Requirements">What the rule of a duty demanded in the version it arose under, by duty.</param>
public sealed record OutageSheet(OutageReport Report, People People, IReadOnlyDictionary<Guid, Sentence> Requirements) : IPaper
{
    readonly Dictionary<Guid, int> _numbers = Report.Facts.Select((fact, i) => (fact.EventId, Number: i + 1)).ToDictionary(x => x.EventId, x => x.Number);

    public Words Words => People.Words;

    public DateTimeOffset IssuedAt => Report.At;

    /// <summary>The same outage at the same place in its history is the same document; while it runs every instant is another.</summary>
    public Guid DocumentId { get; } = EventIds.From(Report.Outage.OutageId, $"outage-report/{Report.Facts.Max(f => f.Position)}{(Report.ChangesByTime ? $"/{Report.At.UtcDateTime:O}" : "")}");

    public FactsFile Attached => new(DocumentId, OutageReport.Formula, Report.Facts)
    {
        VenueId = Report.Audit.VenueId, About = Report.Outage.OutageId, Period = new(Report.Outage.StartedAt, Report.At), Position = Report.Facts.Max(f => f.Position), Figures = Figures.Of(Report),
    };

    public IReadOnlyList<Words> Languages => [Words];

    public string FileName => FileNames.Of("outage", this, Details, Report.Outage.StartedAt);

    Task<string> IPaper.Render(PageHtml pages) => pages.Render<OutagePage>(nameof(OutagePage.Sheet), this);

    /// <summary>What the venue was called when it ended.</summary>
    public VenueDetails Details => Report.Audit.Papers.Details[^1].Value;

    public string VenueName => Words.Of(Details.NameKk, Details.NameRu);

    public string Place => Report.Device?.Spec is { } spec ? Words.Of(spec.PlaceKk, spec.PlaceRu) : Words["None"];

    public int NumberOf(Guid eventId) => _numbers.GetValueOrDefault(eventId);

    public string TitleOf(DutyRow duty) => Requirements.GetValueOrDefault(duty.DutyId)?.In(Words.Language) ?? duty.Matter.RuleId ?? Words["None"];
}
