using Compliance.Api.Devices;
using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Api.Probes;
using Compliance.Api.Views;
using Compliance.Domain.Alerts;
using Compliance.Domain.Detectors;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;

namespace Compliance.Api.Alerts;

/// <summary>
/// What a box's detectors saw, answered one by one like its observations: only of cameras of venues it holds, under its lease, and of no
/// time before it was given them; and only what a detector saw while a basis allowed it there. What was told before is told again without harm.
/// </summary>
static class Tell
{
    const int Most = 100;

    public static async Task<IResult> Handle(
        AlertTold[] body, Caller probe, IEventLog log, Leases leases, Beginnings beginnings, IViewStore views, TimeProvider clock, CancellationToken ct)
    {
        if (body.Length > Most) throw new Malformed("body", $"At most {Most} alerts at a time.");
        var (now, venues) = (clock.GetUtcNow(), await log.VenuesOf(probe.Id, ct));
        var answers = new List<ObservationAnswer>(body.Length);
        foreach (var told in body) answers.Add(new(told.AlertId, await Refused(told)));
        return TypedResults.Ok(answers);

        async Task<string?> Refused(AlertTold told)
        {
            if (await views.Find(DeviceCard.View, told.DeviceId, ct) is not { } device) return "device.unknown";
            if (!venues.TryGetValue(device.VenueId, out var assigned)) return "probe.not-assigned";
            if (device.Spec is not CameraSpec) return "device.not-a-camera";
            var registered = (await beginnings.Of(new("device", told.DeviceId), ct))?.At ?? assigned;
            var receipt = new Receipt(now, registered, told.Clock);
            var seenAt = receipt.Doubts(told.ObservedAt) ? now : told.SeenFrom;
            if (told.Kind.SeenBy() is { } detector && !(await views.All(DetectorBasisRow.View, [device.VenueId], ct)).Any(basis => basis.Allowed(detector, told.DeviceId, seenAt))) return "alert.no-basis";
            return await leases.Speak(probe.Id, device.VenueId, async held =>
            {
                var since = held.CountsFrom(assigned) is var counts && registered > counts ? registered : counts;
                var tell = new AlertCommand.Tell(told, device.VenueId, receipt with { WatchedSince = since });
                // Each telling is a command of its own: what it adds follows from what it says.
                var origin = new Origin(EventIds.From(told.AlertId, $"told/{told.Clip?.Sha256}/{told.SeenUntil:O}{(told.Blurred is { } blurred ? $"/{blurred.Sha256}" : null)}"), probe.Actor);
                return (await log.Execute(Alert.Decider, told.AlertId, tell, origin, ct)).Refusal?.Code;
            }, "probe.lease-lost", ct);
        }
    }
}
