using Compliance.Api.Evidence;
using Compliance.Api.Identity;
using Compliance.Domain.Kernel;
using Compliance.Domain.Licences;
using Compliance.Domain.Venues;

namespace Compliance.Api.Reports;

/// <summary>Prints the certificate for the door: only one that is in force, read from the log itself.</summary>
static class Certificates
{
    static readonly Refusal NotPrintable = new("licence.not-printable", "There is no certificate in force to print.");
    static readonly Refusal Suspended = new("licence.suspended-print", "The certificate is suspended: it is not printed until an officer reinstates it.");

    public static async Task<IResult> Print(Guid venueId, IEventLog log, PageHtml pages, Issuer issuer, IssuerAddress address, TimeProvider clock, CancellationToken ct)
    {
        var (sheet, refusal) = await Compose(venueId, log, address.Portal, VenueZone.Day(clock.GetUtcNow()), ct);
        if (sheet is null) return Problems.Of(refusal!);
        try
        {
            var html = await pages.Render<CertificatePage>(nameof(CertificatePage.Sheet), sheet);
            var pdf = await issuer.Issue(new Manuscript(html, sheet.DocumentId, sheet.IssuedAt, new Dictionary<string, string> { [CertificateSheet.FileName] = sheet.Json() }), ct, Words.All["kk"], Words.All["ru"]);
            return Results.File(pdf, "application/pdf", $"certificate-{sheet.Permit.Number}.pdf");
        }
        catch (PrinterOutOfOrder broken)
        {
            return Problems.Of(StatusCodes.Status503ServiceUnavailable, broken.Code, broken.Message);
        }
    }

    public static async Task<(CertificateSheet? Sheet, Refusal? Refusal)> Compose(Guid venueId, IEventLog log, Uri portal, DateOnly today, CancellationToken ct)
    {
        var (state, facts) = (Licence.Decider.Initial, new List<Recorded>());
        await foreach (var recorded in log.Read(new("licence", venueId), ct))
        {
            var fact = (LicenceEvent)EventCatalog.Decode(recorded)!;
            state = Licence.Decider.Evolve(state, fact);
            if (fact is LicenceEvent.Granted) facts.Clear();
            if (fact is LicenceEvent.Granted or LicenceEvent.Renewed or LicenceEvent.ConditionAttached or LicenceEvent.ConditionLifted) facts.Add(recorded);
        }

        if (state is Licence.Suspended) return (null, Suspended);
        if (state is not Licence.Granted { Permit: var permit } || permit.Until < today) return (null, NotPrintable);
        if ((await log.Load(Venue.Decider, new("venue", venueId), ct)).State is not Venue.Open { Card.Details: var details }) return (null, NotPrintable);
        var link = new Uri(portal, $"/v/{permit.Number}");
        return (new(venueId, details, permit, link, QrCode.Of(link.AbsoluteUri), facts[^1].RecordedAt, [.. facts.Select(f => f.EventId)]), null);
    }
}
