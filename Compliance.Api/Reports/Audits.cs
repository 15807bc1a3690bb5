using Compliance.Api.Feeds;
using Compliance.Api.Venues;
using Compliance.Domain.Evidence;
using Compliance.Domain.Kernel;

namespace Compliance.Api.Reports;

/// <summary>Makes an audit of the facts of a venue.</summary>
sealed class Audits(VenueStreams streams, NameOf nameOf, TimeProvider clock)
{
    /// <summary>Null when the venue was not registered before the period ended. A period that has not ended yet ends now.</summary>
    /// <param name="readable">Of which devices the reader sees the address.</param>
    /// <param name="formula">The version of the formula of availability to compute by.</param>
    public async Task<AuditReport?> Compose(Guid venueId, Period asked, Words words, Func<Guid, bool> readable, CancellationToken ct, string formula = AvailabilityFormula.Current)
    {
        var now = clock.GetUtcNow();
        var facts = (await streams.Of(venueId, ct)).Where(f => f.Stream.Category is "venue" or "device" or "outage" or "maintenance").ToArray(); // its figures rest on nothing else
        return VenueAudit.Of(venueId, asked.To > now ? asked with { To = now } : asked, facts, formula) is { } audit
            ? new(Shown(audit, readable), now, new(nameOf, words)) : null;
    }

    /// <summary>Withheld when all is computed: no figure rests on an address.</summary>
    static VenueAudit Shown(VenueAudit audit, Func<Guid, bool> readable) => audit with
    {
        Devices = [.. audit.Devices.Select(d => readable(d.DeviceId) ? d : d with { Card = d.Card with { Value = Addresses.Without(d.Card.Value) } })],
        Facts = [.. audit.Facts.Select(f => !Addresses.AreIn(f.Stream) || readable(f.Stream.Id) ? f : Addresses.Without(f))],
    };
}
