using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Api.Probes;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;
using Compliance.Domain.Venues;

namespace Compliance.Api.Feeds;

/// <summary>
/// A person who types a camera in wants to know whether it works; a probe of that very venue will try. A venue that is only
/// being typed in belongs to nobody yet: an owner may have its cameras tried by the probe that new venues go to.
/// </summary>
static class StartTest
{
    public static async Task<IResult> Handle(FeedTest body, Knock knock, Posts posts, VenueProbes probes, FeedTests tests, FeedRules rules)
    {
        if (body.Id == Guid.Empty) return Problems.Of(new Refusal("request.id-missing", "The caller makes the id of a test.", "id"));
        if (rules.Faults(body.Uri, "uri") is { } fault) return Problems.Of(fault);
        var (venue, _, _) = await knock.Log.Load(Venue.Decider, new("venue", body.VenueId), knock.Ct);
        if (venue is Venue.Gone) return Problems.Of(new Refusal("venue.closed", "The venue has been closed."));
        if (!await MayTest(venue, body.VenueId, knock, posts)) return Answer.Forbidden;
        var those = await probes.Of(body.VenueId, isNew: venue is Venue.Unknown, knock.Ct);
        if (those.Count == 0)
            return Problems.Of(new Refusal("feed-test.no-probe", "No probe watches this venue yet: ask the administrator to assign one, then try again."));
        return tests.Ask(body, knock.Caller.Id, those) switch
        {
            Asked.Accepted => TypedResults.Accepted($"/feed-tests/{body.Id}", new FeedTestState(body.Id, "waiting", null)),
            Asked.TooManyOfYours => Problems.TooMany("Your earlier tests are still waiting for an answer.", retryAfterSeconds: 10),
            _ => Problems.Busy(retryAfterSeconds: 10),
        };
    }

    static async Task<bool> MayTest(Venue venue, Guid venueId, Knock knock, Posts posts) => venue is Venue.Unknown
        ? knock.Caller.Is(Who.Owner)
        : await posts.Hold(knock.Caller, Who.Owner | Who.Manager | Who.Installer, new(venueId), knock.Ct);
}
