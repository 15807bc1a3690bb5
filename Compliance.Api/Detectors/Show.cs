using Compliance.Api.Entrance;
using Compliance.Api.Views;
using Compliance.Domain.Detectors;
using Compliance.Domain.Kernel;

namespace Compliance.Api.Detectors;

/// <summary>What may watch, and what does: those who are watched read it like those who allow it.</summary>
static class Show
{
    public static async Task<VenueDetectors> OfVenue(Guid venueId, IViewStore views, CancellationToken ct) =>
        new(await views.All(DetectorBasisRow.View, [venueId], ct), await views.All(DetectorCard.View, [venueId], ct));

    public static Task<Page<DetectorBasisRow>> Bases([AsParameters] Paging paging, IViewStore views, CancellationToken ct) =>
        views.List(DetectorBasisRow.View, null, paging.Size, paging.After, ct);
}
