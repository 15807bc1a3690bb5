using System.Globalization;
using Compliance.Domain.Evidence;
using Compliance.Domain.Kernel;
using Compliance.Domain.Reports;

namespace Compliance.Api.Reports;

/// <summary>The transparency report of a year as a document in one language: numbers only, with no fact attached that could undo what is withheld.</summary>
public sealed record YearSheet(TransparencyReport Report, DateTimeOffset IssuedAt, Words Words) : IPaper
{
    public Guid DocumentId { get; } = EventIds.From(Guid.Empty, $"transparency-report/{Report.Year}/{Report.Position}/{Report.Period.To.UtcDateTime:O}");

    public FactsFile Attached => new(DocumentId, TransparencyReport.Formula, []) { Period = Report.Period, Position = Report.Position, Figures = Report.Figures };

    public IReadOnlyList<Words> Languages => [Words];

    public string FileName => $"transparency-{Report.Year}-{Words.Language}";

    Task<string> IPaper.Render(PageHtml pages) => pages.Render<YearPage>(nameof(YearPage.Sheet), this);

    public string YearName => Report.Year.ToString(CultureInfo.InvariantCulture);
}
