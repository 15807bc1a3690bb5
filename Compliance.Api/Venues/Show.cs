using Compliance.Api.Entrance;
using Compliance.Api.Views;
using Compliance.Domain.Venues;

namespace Compliance.Api.Venues;

static class Show
{
    public static async Task<Shown<VenueCard>> Handle(Guid venueId, IViewStore views, CancellationToken ct)
    {
        var card = await views.Find(VenueCard.View, venueId, ct);
        return new(card, card?.Revision);
    }
}
