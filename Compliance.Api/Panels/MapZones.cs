using Compliance.Api.Entrance;
using Compliance.Api.Views;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Panels;

namespace Compliance.Api.Panels;

/// <summary>Which zone of the panel is where. One that watches a door names an exit of the same venue.</summary>
static class MapZones
{
    public static async Task<Answer> Handle(Guid deviceId, PanelZones body, Knock knock, IViewStore views, TimeProvider clock)
    {
        var venue = (await views.Find(DeviceCard.View, deviceId, knock.Ct))?.VenueId;
        foreach (var exit in body.Zones.Select(zone => zone.ExitId).OfType<Guid>())
        {
            if (await views.Find(DeviceCard.View, exit, knock.Ct) is not { Spec: ExitSpec, VenueId: var of } || of != venue)
                return new Refusal("panel.exit-foreign", "A zone watches an exit of the same venue.", "zones");
        }

        return await knock.Send(Panel.Decider, deviceId, new PanelCommand.MapZones(body.Zones, clock.GetUtcNow()));
    }
}
