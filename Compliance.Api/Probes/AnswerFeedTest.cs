using Compliance.Api.Entrance;
using Compliance.Api.Feeds;
using Compliance.Api.Identity;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;

namespace Compliance.Api.Probes;

/// <summary>What became of a feed test, from the probe that took it.</summary>
static class AnswerFeedTest
{
    public static IResult Handle(Guid testId, FeedTestResult body, Caller probe, FeedTests tests) =>
        tests.Answer(testId, probe.Id, body) ? TypedResults.NoContent()
            : Problems.Of(new Refusal("feed-test.unknown", "Nobody waits for that any more."));
}
