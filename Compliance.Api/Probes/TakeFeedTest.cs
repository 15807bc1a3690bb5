using Compliance.Api.Entrance;
using Compliance.Api.Feeds;
using Compliance.Api.Identity;
using Compliance.Domain.Probes;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Compliance.Api.Probes;

/// <summary>A probe with time waits here for a feed to test: 204 when nobody asked for <c>wait</c> seconds.</summary>
static class TakeFeedTest
{
    public static async Task<Results<Ok<FeedTest>, NoContent>> Handle(int? wait, Caller probe, FeedTests tests, CancellationToken ct) =>
        await tests.Take(probe.Id, TimeSpan.FromSeconds(wait ?? 0), ct) is { } test ? TypedResults.Ok(test) : TypedResults.NoContent();
}
