using Compliance.Api.Entrance;
using Compliance.Domain.Detectors;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;

namespace Compliance.Api.Detectors;

/// <summary>The authority allows a detector on named cameras of a venue. The ids stand in path and body; the clock is ours.</summary>
static class Grant
{
    public static async Task<Answer> Handle(Guid venueId, Guid basisId, DetectorBasisCommand.Grant body, Knock knock, Beginnings beginnings, TimeProvider clock)
    {
        if (body.VenueId != venueId) return Problems.OtherId("venueId");
        if (body.BasisId != basisId) return Problems.OtherId("basisId");
        foreach (var camera in body.Cameras)
        {
            if ((await beginnings.Of(new("device", camera), knock.Ct))?.Fact is not DeviceEvent.Registered { Spec: CameraSpec } card || card.VenueId != venueId)
                return new Refusal("detectorbasis.camera-elsewhere", "This is no camera of the venue.", "cameras");
        }

        return await knock.Send(DetectorBasis.Decider, basisId, body with { At = clock.GetUtcNow() });
    }
}
