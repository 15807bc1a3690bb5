using Compliance.Api.Entrance;
using Compliance.Api.Views;
using Compliance.Domain.Devices;
using Compliance.Domain.Recordings;

namespace Compliance.Api.Recordings;

/// <summary>Of which hours a camera's recordings are proven; without an answer where nobody ever told of one.</summary>
static class Show
{
    public static async Task<Shown<RecordedHours>> Handle(Guid deviceId, IViewStore views, CancellationToken ct) => new(
        await views.Find(RecordedHours.View, deviceId, ct)
        ?? (await views.Find(DeviceCard.View, deviceId, ct) is { Spec: CameraSpec } camera ? new(deviceId, camera.VenueId, default, "", default) : null));
}
