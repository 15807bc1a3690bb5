using Compliance.Api.Entrance;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;

namespace Compliance.Api.Devices;

/// <summary>A person says what he saw of a fire alarm or an exit. Of a camera only its own stream speaks, through a probe.</summary>
static class ReportVerdict
{
    public static async Task<Answer> Handle(Guid deviceId, DeviceCommand.ReportVerdict body, Knock knock, TimeProvider clock)
    {
        if (body.ObservedAt > clock.GetUtcNow() + Allowance) return new Refusal("device.observed-later", "Nobody has seen that yet.", "observedAt");
        var (state, _, _) = await knock.Log.Load(Device.Decider, new("device", deviceId), knock.Ct);
        return state is Device.Live { Card.Spec: CameraSpec }
            ? new Refusal("device.measured-only", "What is true of a camera is measured, not said.")
            : await knock.Send(Device.Decider, deviceId, body);
    }

    /// <summary>How far another machine's clock may run ahead of ours.</summary>
    public static readonly TimeSpan Allowance = TimeSpan.FromMinutes(2);
}
