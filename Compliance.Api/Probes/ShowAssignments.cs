using System.Security.Cryptography;
using Compliance.Api.Entrance;
using Compliance.Api.Feeds;
using Compliance.Api.Identity;
using Compliance.Api.Vault;
using Compliance.Api.Views;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;
using Compliance.Domain.Venues;

namespace Compliance.Api.Probes;

/// <summary>
/// The cameras a probe has to watch, and how to open them. A venue without a legal basis in force today gives none: when
/// consent is withdrawn the feed stops, and the record stays.
/// </summary>
static class ShowAssignments
{
    const int Most = 1_000;

    public static async Task<IResult> Handle(
        HttpContext http, Caller probe, IViewStore views, SecretVault vault, Standard standard, Posts posts, CancellationToken ct)
    {
        if (await views.Find(ProbeCard.View, probe.Id, ct) is not { } card) return Problems.Of(new Refusal("probe.unknown", "No such probe."));
        var declared = new DeclaredParameters(standard.MinFps, standard.Width, standard.Height, null, standard.MinKbps);
        List<AssignedCamera> cameras = [];
        foreach (var id in card.Venues)
        {
            if (await views.Find(VenueCard.View, id, ct) is not { } venue || !venue.MayBeWatchedOn(posts.Today)) continue;
            foreach (var device in (await views.List(DeviceCard.View, [id], Most, null, ct)).Items)
                if (device.Spec is CameraSpec { Feed: var feed }) cameras.Add(Assign(device, feed, vault.FeedSecretOf(device.DeviceId, feed.Main), declared));
        }

        var revision = RevisionOf(cameras);
        http.Response.Headers.ETag = $"\"{revision}\"";
        return http.Request.Headers.IfNoneMatch == $"\"{revision}\"" ? Results.StatusCode(304) : TypedResults.Ok(new Assignments(probe.Id, revision, cameras));
    }

    static AssignedCamera Assign(DeviceCard device, Feed feed, FeedCredentials? secret, DeclaredParameters declared) =>
        new(device.DeviceId, device.VenueId, feed.Main, secret?.UserName, secret?.Password, declared, feed.Transport, device.ViewId);

    /// <summary>Changes with anything in the list, a password too. Only the probe that gets the passwords anyway ever sees it.</summary>
    static string RevisionOf(IReadOnlyList<AssignedCamera> cameras) => Convert.ToHexStringLower(
        SHA256.HashData([.. cameras.OrderBy(c => c.DeviceId).SelectMany(EventCatalog.Encode)]).AsSpan(0, 16));
}
