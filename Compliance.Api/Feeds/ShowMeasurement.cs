using Compliance.Api.Entrance;
using Compliance.Domain.Probes;

namespace Compliance.Api.Feeds;

static class ShowMeasurement
{
    public static Shown<Measurement> Handle(Guid deviceId, Telemetry telemetry) => new(telemetry.Of(deviceId)?.Measurement);
}
