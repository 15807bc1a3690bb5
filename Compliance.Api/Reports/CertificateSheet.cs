using System.Text.Encodings.Web;
using System.Text.Json;
using Compliance.Domain.Kernel;
using Compliance.Domain.Licences;
using Compliance.Domain.Venues;

namespace Compliance.Api.Reports;

/// <summary>The sheet that hangs at the door: what the certificate says, in both state languages, and a QR code that leads to how things stand now.</summary>
/// <param name="Link">The public page of the certificate.</param>
/// <param name="Qr">The same as an SVG picture.</param>
/// <param name="IssuedAt">When what it says was decided: printed again, it is the same sheet.</param>
/// <param name="RestsOn">The facts it rests on, oldest first.</param>
public sealed record CertificateSheet(
    Guid VenueId, VenueDetails Details, Permit Permit, Uri Link, string Qr, DateTimeOffset IssuedAt, IReadOnlyList<Guid> RestsOn)
{
    public const string FileName = "certificate.json";

    static readonly JsonSerializerOptions Readable = new(EventCatalog.Json) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public Guid DocumentId => EventIds.From(VenueId, $"certificate-sheet/{Permit.Number}/{RestsOn[^1]:N}");

    /// <summary>What a sole trader gives in place of a BIN is not for the door.</summary>
    public string? Bin => Domain.Venues.Bin.IsOfAPerson(Details.Bin) ? null : Details.Bin;

    /// <summary>The same for a machine, attached to the PDF.</summary>
    public string Json() => JsonSerializer.Serialize(
        new { document = DocumentId, VenueId, Permit.Number, Details.NameKk, Details.NameRu, Bin, Details.Address, Permit.From, Permit.Until, Permit.Conditions, Link, RestsOn }, Readable);
}
