using System.Diagnostics;
using Compliance.Api.Detectors;
using Compliance.Api.Devices;
using Compliance.Api.Entrance;
using Compliance.Api.Feeds;
using Compliance.Api.Identity;
using Compliance.Api.Measures;
using Compliance.Api.Panels;
using Compliance.Api.Recordings;
using Compliance.Api.Views;
using Compliance.Domain.Detectors;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.KnownClips;
using Compliance.Domain.Probes;

namespace Compliance.Api.Probes;

/// <summary>
/// What a probe saw, in the order it saw it, answered one by one. The id of an observation is the id of its command, so a
/// spool emptied twice counts once. Only devices of the probe's own venues may be spoken of, of cameras by the probe that holds the
/// venue, and of no time before it was given them. What a doubtful clock says is taken, and marked.
/// </summary>
static class Observe
{
    const int Most = 500;

    public static async Task<IResult> Handle(
        Observation[] body, Caller probe, IEventLog log, Leases leases, Beginnings beginnings, IViewStore views, Telemetry telemetry, PanelReports reports, StillStore stills, Presence presence, Drills.DrillBell bell, TimeProvider clock,
        CancellationToken ct)
    {
        if (body.Length > Most) throw new Malformed("body", $"At most {Most} observations at a time.");
        if (body is [.., var newest]) presence.Heard(probe.Id, newest.Clock);
        var (now, venues) = (clock.GetUtcNow(), await log.VenuesOf(probe.Id, ct));
        var answers = new List<ObservationAnswer>(body.Length);
        foreach (var observation in body)
        {
            using var activity = ActivityContext.TryParse(observation.Trace, null, isRemote: true, out var seen) ? ApiMeasures.Source.StartActivity("take observation", ActivityKind.Consumer, seen) : null;
            var refused = await Refused(observation);
            activity?.SetTag("compliance.refused", refused);
            ApiMeasures.Observations.Add(1, ApiMeasures.Tag("kind", observation.GetType().Name), ApiMeasures.Tag("outcome", refused ?? "taken"));
            answers.Add(new(observation.Id, refused));
        }

        return TypedResults.Ok(answers);

        async Task<string?> Refused(Observation observation)
        {
            if (await views.Find(DeviceCard.View, observation.DeviceId, ct) is not { } device) return "device.unknown";
            if (!venues.TryGetValue(device.VenueId, out var assigned)) return "probe.not-assigned";
            var receipt = new Receipt(now, Later(assigned, (await beginnings.Of(new("device", observation.DeviceId), ct))?.At), observation.Clock);
            if (observation is RecordingObserved hour) return await TellHour.Take(hour, device, receipt, log, new(observation.Id, probe.Actor), ct);
            if (observation is not (MeasurementObserved or VerdictObserved or DetectorObserved or ShowingObserved))
                return await reports.Take(observation, probe.Id, device, receipt, new(observation.Id, probe.Actor), ct);
            if (device.Spec is not CameraSpec) return "device.not-a-camera";
            return await leases.Speak(probe.Id, device.VenueId, held => Take(observation, device.VenueId, receipt with { WatchedSince = Later(receipt.WatchedSince, held.CountsFrom(assigned)) }), "probe.lease-lost", ct);
        }

        async Task<string?> Take(Observation observation, Guid venue, Receipt receipt)
        {
            if (observation is MeasurementObserved measurement) telemetry.Note(measurement, now);
            if (observation is DetectorObserved detector) return await TellDetector.Take(detector, venue, receipt, log, new(observation.Id, probe.Actor), ct);
            if (observation is ShowingObserved showing) return await KnownClips.TakeShowing.Take(showing, venue, receipt, log, bell, new(observation.Id, probe.Actor), ct);
            if (observation is not VerdictObserved seen) return null;
            var still = seen.Still is { } jpeg ? stills.Keep(seen.DeviceId, now, jpeg) : null;
            var command = new DeviceCommand.ReportVerdict(
                seen.Verdict, seen.Since, seen.ObservedAt, EventIds.From(seen.Id, "outage"), seen.Detail, seen.Measured, receipt, still, seen.Answer);
            return (await log.Execute(Device.Decider, seen.DeviceId, command, new(seen.Id, probe.Actor), ct)).Refusal?.Code;
        }
    }

    static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset? b) => b > a ? b.Value : a;
}
