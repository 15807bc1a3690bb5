using Compliance.Api.Entrance;
using Compliance.Api.Feeds;
using Compliance.Domain.Devices;

namespace Compliance.Api.Devices;

/// <summary>A new address for a camera; it has to be admitted anew.</summary>
static class ChangeFeed
{
    public static async Task<Answer> Handle(Guid deviceId, DeviceCommand.ChangeFeed body, Knock knock, FeedRules rules) =>
        rules.Faults(body.Feed, "feed") is { } fault ? fault : await knock.Send(Device.Decider, deviceId, body);
}
