using Compliance.Api.Entrance;
using Compliance.Domain.Devices;

namespace Compliance.Api.Devices;

/// <summary>The doors that ask nothing more than what the device itself decides.</summary>
static class Change
{
    public static Task<Answer> By<TCommand>(Guid deviceId, TCommand body, Knock knock) where TCommand : DeviceCommand =>
        knock.Send(Device.Decider, deviceId, body);
}
