using Compliance.Domain.Detectors;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Devices;

/// <summary>One device as every desk shows it: what it is, what is held true of it, since when, and by which fact.</summary>
/// <param name="Revision">Of the device's stream: the ETag a change must name.</param>
/// <param name="VerdictEventId">The fact that carries the verdict; null while nothing has been said.</param>
public sealed record DeviceCard(
    Guid DeviceId, Guid VenueId, DeviceSpec Spec, long Revision, bool Admitted,
    Verdict Verdict, string Detail, DateTimeOffset? Since, DateTimeOffset? ObservedAt, Guid? OutageId, Guid? VerdictEventId, Measured? Measured)
{
    public MandatedHours Hours { get; init; }

    /// <summary>The approved view of a camera; null while nobody approved one.</summary>
    public Guid? ViewId { get; init; }

    /// <summary>The blurred picture the verdict rests on; null where there is none.</summary>
    public Still? Still { get; init; }

    /// <summary>What the device itself answered when the verdict came about; null where it rests on no answer.</summary>
    public string? Answer { get; init; }

    /// <summary>Since when an approved view counts no more because the feed was changed; null once it is approved anew.</summary>
    public DateTimeOffset? ViewEndedAt { get; init; }

    /// <summary>Where a camera answers over ONVIF; null: at the usual place.</summary>
    public Uri? Onvif { get; init; }

    /// <summary>Since when the verdict holds for the reason it has now, where it held for another before; null where it is the first.</summary>
    public DateTimeOffset? ReasonSince { get; init; }

    /// <summary>The probe that told the verdict; null where no probe did.</summary>
    public Guid? SaidBy { get; init; }

    /// <summary>What somebody drew over a camera's view, for its detectors; null where they guess.</summary>
    public CalibrationCard? Calibrated { get; init; }

    /// <summary>Since when what was drawn counts no more, because it was of another view; null once it is drawn anew.</summary>
    public DateTimeOffset? CalibrationEndedAt { get; init; }

    public static readonly View<DeviceCard> View = new(
        "device-card", 11, fact => (fact as DeviceEvent)?.DeviceId, Apply, card => card.VenueId, SortOf);

    /// <summary>What is down stands on top, the latest first; then what nobody knows; the rest venue by venue.</summary>
    static string SortOf(DeviceCard card) => card.Verdict.Availability() switch
    {
        Availability.Down => $"0{(card.Since is { } since ? ViewOrder.NewestFirst(since) : "")}",
        var other => $"{(other == Availability.Unknown ? 1 : 2)}{card.VenueId:N}{(int)card.Spec.Kind}{card.Spec.PlaceRu}",
    };

    /// <summary>Probes sign as <c>probe:{id}</c>.</summary>
    static Guid? ProbeIn(string actor) => actor.StartsWith("probe:", StringComparison.Ordinal) && Guid.TryParse(actor.AsSpan(6), out var probe) ? probe : null;

    static DeviceCard? Apply(DeviceCard? card, object fact, Recorded recorded)
    {
        DeviceCard? next = (card, fact) switch
        {
            (null, DeviceEvent.Registered f) => new(
                f.DeviceId, f.VenueId, f.Spec, 0, false, Verdict.Unknown, "", null, null, null, null, null),
            ({ Spec: CameraSpec camera }, DeviceEvent.FeedChanged f) => card with { Spec = camera with { Feed = f.Feed }, Admitted = false, ViewId = null },
            ({ }, DeviceEvent.OnvifTold f) => card with { Onvif = f.Address },
            ({ }, DeviceEvent.Admitted f) => card with { Admitted = true, Measured = f.Measured },
            ({ Spec: FireAlarmSpec alarm }, DeviceEvent.PanelTested { Passed: true } f) => card with { Spec = alarm with { LastTest = f.Day } },
            ({ Spec: FireAlarmSpec alarm }, DeviceEvent.Serviced f) => card with { Spec = alarm with { LastService = f.Day } },
            ({ }, DeviceEvent.VerdictChanged f) => card with
            {
                Verdict = f.To, Detail = f.Detail, Since = f.Since, ObservedAt = f.ObservedAt, VerdictEventId = recorded.EventId,
                OutageId = f.To.EndsOutage() ? null : f.OutageId, Measured = f.Measured ?? card.Measured, Still = null, Answer = null, ReasonSince = null, SaidBy = ProbeIn(recorded.Origin.Actor),
            },
            ({ }, DeviceEvent.ReasonChanged f) => card with { Detail = f.Detail, ReasonSince = f.Since, Answer = null },
            ({ }, DeviceEvent.StillKept f) => card with { Still = new(f.KeptAt, f.Sha256) },
            ({ }, DeviceEvent.AnswerKept f) => card with { Answer = f.Text },
            ({ }, DeviceEvent.HoursMandated f) => card with { Hours = f.Hours },
            ({ }, DeviceEvent.ViewApproved f) => card with { ViewId = f.ViewId, ViewEndedAt = null },
            ({ }, DeviceEvent.ViewEnded) => card with { ViewEndedAt = recorded.RecordedAt },
            ({ }, DeviceEvent.ViewCalibrated f) => card with { Calibrated = new(f.Calibration, recorded.RecordedAt, recorded.Origin.Actor), CalibrationEndedAt = null },
            ({ }, DeviceEvent.CalibrationEnded) => card with { Calibrated = null, CalibrationEndedAt = recorded.RecordedAt },
            (_, DeviceEvent.Retired) => null,
            _ => card,
        };
        return next is null ? null : next with { Revision = recorded.Revision };
    }
}

/// <param name="By">Whoever drew it, as the log stamped the actor: <c>user:{subject id}</c>.</param>
public sealed record CalibrationCard(ViewCalibration View, DateTimeOffset At, string By);
