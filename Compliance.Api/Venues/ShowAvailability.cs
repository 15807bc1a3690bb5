using Compliance.Api.Entrance;
using Compliance.Domain.Devices;
using Compliance.Domain.Evidence;

namespace Compliance.Api.Venues;

/// <summary>The attributed availability of a venue over the last ninety days, straight from the log by the current formula.</summary>
static class ShowAvailability
{
    public static async Task<Shown<VenueAvailability>> Handle(Guid venueId, VenueStreams streams, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return new(VenueAudit.Of(venueId, new(now - DeviceTimeline.Kept, now), await streams.Of(venueId, ct)) is { } audit ? VenueAvailability.Of(audit) : null);
    }
}
