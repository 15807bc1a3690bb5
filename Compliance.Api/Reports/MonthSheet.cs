using System.Globalization;
using Compliance.Domain.Duties;
using Compliance.Domain.Evidence;
using Compliance.Domain.Kernel;
using Compliance.Domain.Reports;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Venues;

namespace Compliance.Api.Reports;

/// <summary>The report of one month as a document in one language.</summary>
/// <param name="Facts">So many of the venue's facts as its figures follow from.</param>
/// <param name="Requirements">What the rule of a duty demanded in the version it arose under, by duty.</param>
public sealed record MonthSheet(
    MonthReportEvent.Made Card, MonthFigures Figures, IReadOnlyList<Recorded> Facts, IReadOnlyDictionary<Guid, Sentence> Requirements, Words Words) : IPaper
{
    public Guid DocumentId => Card.ReportId;

    public DateTimeOffset IssuedAt => Card.At;

    public FactsFile Attached => new(DocumentId, MonthFigures.ReportFormula, Facts)
    {
        VenueId = Card.VenueId, Period = Figures.Audit.Period, Position = Facts.Max(f => f.Position), Figures = Compliance.Domain.Evidence.Figures.Of(Figures),
    };

    public IReadOnlyList<Words> Languages => [Words];

    public string FileName => FileNames.Of("report", this, Details, Card.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture));

    Task<string> IPaper.Render(PageHtml pages) => pages.Render<MonthPage>(nameof(MonthPage.Sheet), this);

    /// <summary>What the venue was called when the month ended.</summary>
    public VenueDetails Details => Figures.Audit.Papers.Details[^1].Value;

    public string VenueName => Words.Of(Details.NameKk, Details.NameRu);

    public string MonthName => Words.Say("Month_Of", Words[$"MonthName_{Card.Month.Month.ToString(CultureInfo.InvariantCulture)}"], Card.Month.Year.ToString(CultureInfo.InvariantCulture));

    /// <summary>What a duty is about: the device that failed, or what its rule demanded then.</summary>
    public string About(DutyRow duty) => (duty.Source is DutySource.OfOutage { DeviceId: var device } ? Place(device) : null) ?? Demanded(duty.DutyId, duty.Matter);

    public string Demanded(Guid duty, DutyMatter matter) => Requirements.GetValueOrDefault(duty)?.In(Words.Language) ?? matter.RuleId ?? Words["None"];

    public string? Place(Guid device) => Figures.Audit.Devices.FirstOrDefault(d => d.DeviceId == device)?.Spec is { } spec ? Words.Of(spec.PlaceKk, spec.PlaceRu) : null;
}
