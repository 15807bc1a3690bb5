using Compliance.Api.Entrance;
using Compliance.Api.Feeds;
using Compliance.Api.Licences;
using Compliance.Api.Probes;
using Compliance.Api.Vault;
using Compliance.Api.Views;
using Compliance.Domain.Devices;
using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;
using Compliance.Domain.Licences;
using Compliance.Domain.Probes;
using Compliance.Domain.Venues;

namespace Compliance.Api.Register;

/// <summary>What the QR code on a certificate leads to: asked by the certificate's number, or by the venue's id.</summary>
static class AtTheDoor
{
    /// <summary>Longer ago than this is not "now": a probe tells within seconds.</summary>
    static readonly TimeSpan Fresh = TimeSpan.FromMinutes(3);

    /// <summary>More is not counted at the door.</summary>
    const int MostOrders = 200;

    static readonly Refusal NoSuch = new("licence.number-unknown", "No certificate has this number.");

    public static async Task<IResult> Handle(
        string key, IViewStore views, Beginnings beginnings, SecretVault vault, Vouching vouching, TimeProvider clock, HttpResponse response, CancellationToken ct)
    {
        var (number, now) = (CertificateNumber.Parse(key), clock.GetUtcNow());
        if (await VenueOf(key, number, beginnings, ct) is not { } venue || await views.Find(RegisterRow.View, venue, ct) is not { } row)
            return Problems.Of(StatusCodes.Status404NotFound, NoSuch.Code, NoSuch.Because);
        var (on, at) = (row.On(VenueZone.Day(now)), await vouching.LastFor(venue, now, ct));
        var orders = await OpenOrders(venue, views, ct);
        response.Headers.CacheControl = "public, max-age=15";
        return TypedResults.Ok(new DoorPage(
            venue, on.NameKk, on.NameRu, on.Address, on.District, on.State, on.Closed, on.Number, number == on.Number ? null : number, on.From, on.Until, on.Conditions,
            at, now - at <= Fresh, orders, vault.Words(venue, on.Reply), on.Reply?.At, now));
    }

    /// <summary>Open duties stand on top, so that those long over are never read; whoever asks from the street costs one page, however much a venue owes.</summary>
    static async Task<int> OpenOrders(Guid venue, IViewStore views, CancellationToken ct) =>
        (await views.List(DutyRow.View, [venue], MostOrders, null, ct)).Items.TakeWhile(duty => duty.IsOpen).Count(duty => duty.Source is DutySource.OfFinding);

    static async Task<Guid?> VenueOf(string key, string? number, Beginnings beginnings, CancellationToken ct) =>
        number is null ? Guid.TryParse(key, out var venue) ? venue : null
        : (await beginnings.Of(new("certificate", Certificate.IdOf(number)), ct))?.Fact is CertificateEvent.NumberTaken taken ? taken.VenueId : null;
}

/// <summary>Until when the probe vouches for what is held true of a venue's cameras. Of which camera, the public does not learn.</summary>
sealed class Vouching(IViewStore views, Telemetry telemetry, Presence presence, ProbeRules rules)
{
    /// <summary>The last whole minute; null when no camera's state is known, or never was.</summary>
    public async Task<DateTimeOffset?> LastFor(Guid venueId, DateTimeOffset now, CancellationToken ct)
    {
        var cameras = (await views.List(DeviceCard.View, [venueId], rules.Most, null, ct)).Items.Where(d => d.Spec is CameraSpec).ToList();
        var seen = cameras.SelectMany(camera => (DateTimeOffset?[])[camera.ObservedAt, telemetry.Of(camera.DeviceId)?.ObservedAt]);
        // A verdict that stands is vouched for again with each sign of life of a probe that sees.
        var beats = cameras.Any(camera => camera.Verdict.Availability() != Availability.Unknown)
            ? (await views.All(ProbeCard.View, null, ct)).Where(p => p.Venues.Contains(venueId) && p is { Silent: false, Blind: false }).Select(p => presence.LastHeard(p.ProbeId)) : [];
        return seen.Concat(beats).Where(at => at <= now).Max() is { } last ? new DateTimeOffset(last.UtcTicks - (last.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero) : null;
    }
}
