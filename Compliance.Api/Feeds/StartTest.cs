using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;

namespace Compliance.Api.Feeds;

/// <summary>A person who types a camera in wants to know whether it works; a probe with time will try.</summary>
static class StartTest
{
    public static IResult Handle(FeedTestRequest body, Caller caller, FeedTests tests, FeedRules rules)
    {
        if (body.Id == Guid.Empty) return Problems.Of(new Refusal("request.id-missing", "The caller makes the id of a test.", "id"));
        if (rules.Faults(body.Uri, "uri") is { } fault) return Problems.Of(fault);
        return tests.Ask(body, caller.Id)
            ? TypedResults.Accepted($"/feed-tests/{body.Id}", new FeedTestState(body.Id, "waiting", null))
            : Problems.Busy(retryAfterSeconds: 10);
    }
}
