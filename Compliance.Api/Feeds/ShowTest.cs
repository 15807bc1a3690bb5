using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Domain.Devices;

namespace Compliance.Api.Feeds;

/// <summary>How a test stands, for the one who asked for it. <c>wait</c>: seconds to hold the answer back for news, 25 at most.</summary>
static class ShowTest
{
    public static async Task<Shown<FeedTestState>> Handle(Guid testId, int? wait, Caller caller, FeedTests tests, CancellationToken ct) =>
        new(await tests.Watch(testId, caller.Id, TimeSpan.FromSeconds(wait ?? 0), ct));
}
