using Compliance.Api.Views;
using Compliance.Domain.Venues;

namespace Compliance.Api.Venues;

/// <summary>
/// Which streams make a venue, as of everything that was written before somebody asked: what he signs or prints may not lack a device only because a view is behind.
/// </summary>
sealed class Rolls(IViewStore views, OwnWrites writes)
{
    /// <exception cref="TimeoutException">The views are too far behind; asked again in a moment they may be there.</exception>
    public async Task<VenueRoll?> Of(Guid venueId, CancellationToken ct)
    {
        await writes.Demand(ct);
        return await views.Find(VenueRoll.View, venueId, ct);
    }
}
