using Compliance.Api.Identity;
using Compliance.Domain.Evidence;
using Compliance.Domain.Kernel;
using Compliance.Domain.Licences;
using Compliance.Domain.Venues;

namespace Compliance.Api.Reports;

/// <summary>Prints the certificate for the door: only one that is in force, read from the log itself.</summary>
static class Certificates
{
    static readonly Refusal NotPrintable = new("licence.not-printable", "There is no certificate in force to print.");
    static readonly Refusal Suspended = new("licence.suspended-print", "The certificate is suspended: it is not printed until an officer reinstates it.");

    /// <param name="wish">It is written in both state languages whichever is asked for.</param>
    public static async Task<IResult> Print(Guid venueId, [AsParameters] Wish wish, IEventLog log, Papers papers, IssuerAddress address, TimeProvider clock, CancellationToken ct)
    {
        var (sheet, refusal) = await Compose(venueId, log, address.Portal, VenueZone.Day(clock.GetUtcNow()), ct);
        return await papers.Answer(wish, _ => Task.FromResult<IPaper?>(sheet), _ => refusal!, ct);
    }

    public static async Task<(CertificateSheet? Sheet, Refusal? Refusal)> Compose(Guid venueId, IEventLog log, Uri portal, DateOnly today, CancellationToken ct)
    {
        var facts = await log.ReadMany([new("licence", venueId), new("venue", venueId)], ct).ToListAsync(ct);
        var state = Licence.Decider.Fold(facts.Select(EventCatalog.Decode).OfType<LicenceEvent>());
        if (state is Licence.Suspended) return (null, Suspended);
        if (state is not Licence.Granted { Permit: var permit } || permit.Until < today) return (null, NotPrintable);
        if (facts.Select(EventCatalog.Decode).Any(fact => fact is VenueEvent.Closed) || CertificateRecord.Of(venueId, facts) is not { } record) return (null, NotPrintable);
        var link = new Uri(portal, $"/v/{permit.Number}");
        return (new(record, link, QrCode.Of(link.AbsoluteUri)), null);
    }
}
