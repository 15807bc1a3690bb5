using Compliance.Api.Entrance;
using Compliance.Domain.Kernel;
using Compliance.Domain.Maintenance;

namespace Compliance.Api.Maintenance;

/// <summary>A window is asked for at a venue, for devices that stand there. The id stands in the body; the clock is ours.</summary>
static class Request
{
    public static async Task<Answer> Handle(Guid venueId, MaintenanceCommand.Request body, Knock knock, Posts posts, TimeProvider clock)
    {
        if (body.VenueId != venueId) return Problems.OtherId("venueId");
        foreach (var device in body.DeviceIds)
        {
            if (await posts.PlaceOf(device, knock.Ct) is not { } place || place.VenueId != venueId)
                return new Refusal("maintenance.device-elsewhere", "This device does not stand at the venue.", "deviceIds");
        }

        return await knock.Send(MaintenanceWindow.Decider, body.MaintenanceId, body with { At = clock.GetUtcNow() });
    }
}
