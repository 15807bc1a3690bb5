using Compliance.Api.Devices;
using Compliance.Api.Entrance;
using Compliance.Api.Feeds;
using Compliance.Api.Identity;
using Compliance.Api.Views;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;

namespace Compliance.Api.Probes;

/// <summary>
/// What a probe saw, in the order it saw it, answered one by one. The id of an observation is the id of its command, so a
/// spool emptied twice counts once. Only cameras of the probe's own venues may be spoken of.
/// </summary>
static class Observe
{
    const int Most = 500;

    public static async Task<IResult> Handle(
        Observation[] body, Caller probe, IEventLog log, IViewStore views, Telemetry telemetry, TimeProvider clock, CancellationToken ct)
    {
        if (body.Length > Most) throw new Malformed("body", $"At most {Most} observations at a time.");
        var (state, _, _) = await log.Load(Probe.Decider, new("probe", probe.Id), ct);
        var venues = state is Probe.Enrolled enrolled ? enrolled.Venues : [];
        var answers = new List<ObservationAnswer>(body.Length);
        foreach (var observation in body)
            answers.Add(new(observation.Id, await Refused(observation)));
        return TypedResults.Ok(answers);

        async Task<string?> Refused(Observation observation)
        {
            if (observation.ObservedAt > clock.GetUtcNow() + ReportVerdict.Allowance) return "observation.from-the-future";
            if (await views.Find(DeviceCard.View, observation.DeviceId, ct) is not { } device) return "device.unknown";
            if (!venues.Contains(device.VenueId)) return "probe.not-assigned";
            if (device.Spec is not CameraSpec) return "device.not-a-camera";
            if (observation is MeasurementObserved measurement) telemetry.Note(measurement);
            if (observation is not VerdictObserved seen) return null;
            var done = await log.Execute(Device.Decider, seen.DeviceId, Command(seen), new(seen.Id, probe.Actor), ct);
            return done.Refusal?.Code;
        }
    }

    static DeviceCommand.ReportVerdict Command(VerdictObserved seen) => new(
        seen.Verdict, seen.Since, seen.ObservedAt, EventIds.From(seen.Id, "outage"), Marked(seen), seen.Measured);

    /// <summary>Whose clock cannot be trusted is marked, never silently corrected.</summary>
    static string Marked(VerdictObserved seen) => seen.Clock.Synchronised ? seen.Detail
        : Detail.And(seen.Detail, Detail.Of(Reason.ProbeClockOff, Math.Round(seen.Clock.OffsetMs / 1000, 1)));
}
