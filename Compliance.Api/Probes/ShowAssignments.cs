using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Compliance.Api.Entrance;
using Compliance.Api.Feeds;
using Compliance.Api.Identity;
using Compliance.Api.Panels;
using Compliance.Api.Vault;
using Compliance.Api.Views;
using Compliance.Domain.Contacts;
using Compliance.Domain.Detectors;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Panels;
using Compliance.Domain.Probes;
using Compliance.Domain.Venues;
using Compliance.Domain.WatchLists;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Compliance.Api.Probes;

/// <summary>
/// What a probe has to watch, and how to open it, signed: the cameras of those of its venues that it holds, and of those that are free, which
/// it gets by asking (<see cref="Leases"/>). A venue without a legal basis in force today gives no cameras: when consent is withdrawn the
/// feed stops, and the record stays; a detector runs on those of its cameras that a basis of its own names. A fire alarm and a door show nobody, and need no basis; they speak to each probe that hears them.
/// </summary>
static class ShowAssignments
{
    const int Most = 1_000;

    public static async Task<IResult> Handle(
        HttpContext http, Caller probe, IViewStore views, SecretVault vault, Standard standard, Posts posts, Leases leases, ConfigurationSigner signer, IOptions<JsonOptions> json, TimeProvider clock, CancellationToken ct)
    {
        if (await views.Find(ProbeCard.View, probe.Id, ct) is not { } card) return Problems.Of(new Refusal("probe.unknown", "No such probe."));
        var declared = new DeclaredParameters(standard.MinFps, standard.Width, standard.Height, null, standard.MinKbps);
        List<AssignedCamera> cameras = [];
        List<AssignedPanel> panels = [];
        List<AssignedContact> contacts = [];
        List<AssignedDetector> detectors = [];
        foreach (var id in card.Venues)
        {
            if (await views.Find(VenueCard.View, id, ct) is not { ClosedBecause: null } venue) continue;
            panels.AddRange((await views.List(PanelCard.View, [id], Most, null, ct)).Items.Select(panel => Assign(panel, vault)));
            contacts.AddRange((await views.List(ContactCard.View, [id], Most, null, ct)).Items.Select(Assign));
            if (!venue.MayBeWatchedOn(posts.Today) || !await leases.Ask(probe.Id, id, ct)) continue;
            var bases = (await views.List(DetectorBasisRow.View, [id], Most, null, ct)).Items.Where(row => row.End is null && clock.GetUtcNow() < row.Card.Until).ToList();
            detectors.AddRange(bases.Where(row => row.Card.Detector != Detector.WatchList).SelectMany(row => Assign(row.Card)));
            detectors.AddRange((await views.All(WatchOperationRow.View, [id], ct))
                .Where(row => row.Stage == OperationStage.Approved && clock.GetUtcNow() < row.Card.Until && bases.Exists(basis => basis.Card.BasisId == row.Card.BasisId)).SelectMany(row => Assign(row.Card)));
            var every = (await views.Find(VenueWatchRow.View, id, ct))?.EverySeconds;
            foreach (var device in (await views.List(DeviceCard.View, [id], Most, null, ct)).Items)
                if (device.Spec is CameraSpec { Feed: var feed }) cameras.Add(Assign(device, feed, vault.FeedSecretOf(device.DeviceId, feed.Main), declared) with { CheckSeconds = every });
        }

        detectors.RemoveAll(detector => cameras.TrueForAll(camera => camera.DeviceId != detector.DeviceId));
        var models = await Models.Registry.For(probe.Id, views, ct);
        var clips = await KnownClips.Clips.For(probe.Id, views, ct);
        var revision = RevisionOf([.. cameras.OrderBy(c => c.DeviceId), .. detectors.OrderBy(d => (d.BasisId, d.DeviceId, d.OperationId)), .. panels.OrderBy(p => p.DeviceId), .. contacts.OrderBy(c => c.DeviceId), .. models, .. clips]);
        http.Response.Headers.ETag = $"\"{revision}\"";
        var asked = http.Request.Headers[SignedList.AskedHeader] is [{ Length: > 0 and <= SignedList.LongestAsked } number] ? number : null;
        if (http.Request.Headers.IfNoneMatch == $"\"{revision}\"")
        {
            // Signed too, as the answer to this question: who stands in between must not keep alive what was withdrawn.
            http.Response.Headers[SignedList.Header] = signer.Sign(probe.Id, Encoding.ASCII.GetBytes(revision), asked);
            return Results.StatusCode(304);
        }

        var body = JsonSerializer.SerializeToUtf8Bytes(new Assignments(probe.Id, revision, cameras) { Panels = panels, Contacts = contacts, Detectors = detectors, Models = models, KnownClips = clips }, json.Value.SerializerOptions);
        http.Response.Headers[SignedList.Header] = signer.Sign(probe.Id, body, asked);
        return TypedResults.Bytes(body, "application/json");
    }

    static AssignedCamera Assign(DeviceCard device, Feed feed, FeedCredentials? secret, DeclaredParameters declared) =>
        new(device.DeviceId, device.VenueId, feed.Main, secret?.UserName, secret?.Password, declared, feed.Transport, device.ViewId, device.Onvif)
        {
            SubStream = feed.Sub is { } sub && FeedSecrets.IsSameMachine(sub, feed.Main) ? sub : null, Calibration = device.Calibrated?.View,
        };

    static IEnumerable<AssignedDetector> Assign(DetectorBasisEvent.Granted basis) =>
        basis.Cameras.Select(camera => new AssignedDetector(basis.BasisId, camera, basis.VenueId, basis.Detector, basis.Hours, basis.From, basis.Until));

    /// <summary>Faces are compared only while an operation runs under the authority's basis.</summary>
    static IEnumerable<AssignedDetector> Assign(WatchOperationEvent.Planned operation) =>
        operation.Cameras.Select(camera => new AssignedDetector(operation.BasisId, camera, operation.VenueId, Detector.WatchList, operation.Hours, operation.From, operation.Until, operation.OperationId));

    static AssignedPanel Assign(PanelCard panel, SecretVault vault)
    {
        var card = panel.State.Card;
        return new(panel.PanelId, panel.VenueId, card.Account, card.IsEncrypted ? vault.PanelKeyOf(panel.PanelId) : null, card.Source, card.PollSeconds);
    }

    static AssignedContact Assign(ContactCard contact) => new(contact.DeviceId, contact.VenueId, contact.State.Card.Source, contact.State.Card.Address);

    /// <summary>Changes with anything in the list, a password too. Only the probe that gets the passwords anyway ever sees it.</summary>
    static string RevisionOf(IReadOnlyList<object> assigned) => Convert.ToHexStringLower(
        SHA256.HashData([.. assigned.SelectMany(EventCatalog.Encode)]).AsSpan(0, 16));
}
