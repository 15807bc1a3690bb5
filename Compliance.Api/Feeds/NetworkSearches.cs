using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Api.Probes;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Compliance.Api.Feeds;

/// <summary>Looks into a venue's own network for cameras, by its box: asked by whoever registers them there, and told to nobody else.</summary>
sealed class NetworkSearches(TimeProvider clock) : Errands<NetworkSearch, NetworkSearchResult>(clock, search => search.Id)
{
    public static async Task<IResult> Start(NetworkSearch body, Knock knock, Posts posts, VenueProbes probes, NetworkSearches searches)
    {
        if (body.Id == Guid.Empty) return Problems.Of(new Refusal("request.id-missing", "The caller makes the id of a search.", "id"));
        if (!await posts.Hold(knock.Caller, Who.Owner | Who.Manager | Who.Installer, new(body.VenueId), knock.Ct)) return Entrance.Answer.Forbidden;
        var those = await probes.Of(body.VenueId, isNew: false, knock.Ct);
        if (those.Count == 0) return Problems.Of(new Refusal("feed-test.no-probe", "No probe watches this venue yet: ask the administrator to assign one, then try again."));
        return searches.Ask(body, knock.Caller.Id, those) switch
        {
            Asked.Accepted => TypedResults.Accepted($"/network-searches/{body.Id}", new NetworkSearchState(body.Id, "waiting", null)),
            Asked.TooManyOfYours => Problems.TooMany("Your earlier searches are still waiting for an answer.", retryAfterSeconds: 10),
            _ => Problems.Busy(retryAfterSeconds: 10),
        };
    }

    public static async Task<Shown<NetworkSearchState>> Show(Guid searchId, int? wait, Caller caller, NetworkSearches searches, CancellationToken ct) =>
        new(await searches.Stands(searchId, caller.Id, TimeSpan.FromSeconds(wait ?? 0), ct) is (var state, var result) ? new(searchId, state, result) : null);

    public static async Task<Results<Ok<NetworkSearch>, NoContent>> Take(int? wait, Caller probe, NetworkSearches searches, CancellationToken ct) =>
        await searches.Take(probe.Id, TimeSpan.FromSeconds(wait ?? 0), ct) is { } search ? TypedResults.Ok(search) : TypedResults.NoContent();

    public static IResult Answer(Guid searchId, NetworkSearchResult body, Caller probe, NetworkSearches searches) =>
        searches.Answer(searchId, probe.Id, (_, _) => body.Told()) ? TypedResults.NoContent() : Problems.Of(new Refusal("feed-test.unknown", "Nobody waits for that any more."));
}
