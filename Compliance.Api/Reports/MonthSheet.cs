using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Compliance.Domain.Cases;
using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;
using Compliance.Domain.Reports;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Venues;

namespace Compliance.Api.Reports;

/// <summary>The report of one month as a document in one language.</summary>
public sealed record MonthSheet(MonthReportEvent.Made Card, MonthFigures Figures, Words Words)
{
    public const string FileName = "month.json";

    static readonly JsonSerializerOptions Readable = new(EventCatalog.Json) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What the venue was called when the month ended.</summary>
    public VenueDetails Details => Figures.Audit.Papers.Details[^1].Value;

    public string VenueName => Words.Of(Details.NameKk, Details.NameRu);

    public string MonthName => Words.Say("Month_Of", Words[$"MonthName_{Card.Month.Month.ToString(CultureInfo.InvariantCulture)}"], Card.Month.Year.ToString(CultureInfo.InvariantCulture));

    /// <summary>What a duty or a case is about: the device that failed, or the requirement in the reader's language.</summary>
    public string About(DutyMatter matter, DutySource? source = null) => source is DutySource.OfOutage { DeviceId: var device } && Place(device) is { } place ? place
        : RulebookShelf.All[RulebookShelf.Usual].Rules.FirstOrDefault(rule => rule.Id == matter.RuleId)?.Requirement is { } asked
            ? Words.Language switch { "kk" => asked.Kk, "ru" => asked.Ru, _ => asked.En } : matter.RuleId ?? Words["None"];

    public string? Place(Guid device) => Figures.Audit.Devices.FirstOrDefault(d => d.DeviceId == device)?.Spec is { } spec ? Words.Of(spec.PlaceKk, spec.PlaceRu) : null;

    /// <summary>The same for a machine, attached to the PDF; nothing that a person wrote stands in it.</summary>
    public string Json() => JsonSerializer.Serialize(new
    {
        document = Card.ReportId, Card.VenueId, month = Card.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture), Card.Formula, Card.At, Figures.Audit.Period,
        devices = Figures.Audit.Devices.Select(d => new { d.DeviceId, d.Spec.Kind, d.Score?.Value.Mandated.Share, d.Score?.Value.Mandated.LeastShare, d.Score?.Value.Mandated.Portions }),
        outages = Figures.Audit.Outages.Select(o => new { o.Row.OutageId, o.Row.DeviceId, o.Row.Verdict, o.Row.StartedAt, o.Row.EndedAt }),
        duties = Figures.Duties.Select(d => new { d.DutyId, d.Matter.RuleId, d.State, d.Clock }),
        cases = Figures.Cases.Select(c => new { c.CaseId, c.Matter.RuleId, c.State, c.OpenedAt }),
        inspections = Figures.Inspections.Select(i => new { i.InspectionId, i.Kind, i.EndedAt, i.Findings }),
        Figures.Complaints,
    }, Readable);
}
