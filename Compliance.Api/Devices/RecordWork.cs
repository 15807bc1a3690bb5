using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Domain.Devices;

namespace Compliance.Api.Devices;

/// <summary>Tests and services that somebody made by hand, on a day that has been.</summary>
static class RecordWork
{
    public static Task<Answer> Test(Guid deviceId, DeviceCommand.RecordPanelTest body, Knock knock, Posts posts) =>
        knock.Send(Device.Decider, deviceId, body with { Today = posts.Today });

    public static Task<Answer> Service(Guid deviceId, DeviceCommand.RecordService body, Knock knock, Posts posts) =>
        knock.Send(Device.Decider, deviceId, body with { Today = posts.Today });
}
