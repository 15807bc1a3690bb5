using Compliance.Domain.Evidence;
using Compliance.Domain.Kernel;
using Compliance.Domain.Licences;
using Compliance.Domain.Venues;

namespace Compliance.Api.Reports;

/// <summary>The sheet that hangs at the door: what the certificate says, in both state languages, and a QR code that leads to how things stand now.</summary>
/// <param name="Link">The public page of the certificate.</param>
/// <param name="Qr">The same as an SVG picture.</param>
public sealed record CertificateSheet(CertificateRecord Record, Uri Link, string Qr) : IPaper
{
    public Permit Permit => Record.Permit;

    public VenueDetails Details => Record.Details;

    public DateTimeOffset IssuedAt => Record.At;

    public Guid DocumentId => EventIds.From(Record.VenueId, $"certificate-sheet/{Permit.Number}/{Record.Facts[^1].EventId:N}");

    /// <summary>What a sole trader gives in place of a BIN is not for the door.</summary>
    public string? Bin => Domain.Venues.Bin.IsOfAPerson(Details.Bin) ? null : Details.Bin;

    public FactsFile Attached => new(DocumentId, CertificateRecord.Formula, [.. Record.Facts.Select(WithoutPersonsNumber)])
    {
        VenueId = Record.VenueId, Position = Record.Facts.Max(f => f.Position), Figures = Figures.Of(Record),
    };

    public IReadOnlyList<Words> Languages => [Words.All["kk"], Words.All["ru"]];

    public string FileName => FileNames.Of("certificate", this, Details, Permit.Number);

    public bool HangsAtTheDoor => true;

    Task<string> IPaper.Render(PageHtml pages) => pages.Render<CertificatePage>(nameof(CertificatePage.Sheet), this);

    Recorded WithoutPersonsNumber(Recorded recorded) => Bin is not null ? recorded : EventCatalog.Decode(recorded) switch
    {
        VenueEvent.Registered f => recorded with { Data = EventCatalog.Encode(f with { Details = f.Details with { Bin = "" } }) },
        VenueEvent.DetailsCorrected f => recorded with { Data = EventCatalog.Encode(f with { Details = f.Details with { Bin = "" } }) },
        _ => recorded,
    };
}
