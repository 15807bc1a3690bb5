using System.Collections.Frozen;
using System.Diagnostics;
using System.Text.Json.Serialization;
using Compliance.Domain.Detectors;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Devices;

/// <summary>Facts about one device. Each names its device and venue, so any reader can route it without a lookup.</summary>
public abstract record DeviceEvent(Guid DeviceId, Guid VenueId)
{
    [EventName("device.registered.v1")]
    public sealed record Registered(Guid DeviceId, Guid VenueId, DeviceSpec Spec) : DeviceEvent(DeviceId, VenueId);

    [EventName("device.feed-changed.v1")]
    public sealed record FeedChanged(Guid DeviceId, Guid VenueId, Feed Feed) : DeviceEvent(DeviceId, VenueId);

    /// <summary>Where the camera answers over ONVIF, on the host of its stream; null: at the usual place.</summary>
    [EventName("device.onvif-told.v1")]
    public sealed record OnvifTold(Guid DeviceId, Guid VenueId, Uri? Address) : DeviceEvent(DeviceId, VenueId);

    /// <summary>The admission test passed: police access worked once, with these values.</summary>
    [EventName("device.admitted.v1")]
    public sealed record Admitted(Guid DeviceId, Guid VenueId, Measured Measured, DateTimeOffset ObservedAt) : DeviceEvent(DeviceId, VenueId);

    [EventName("device.panel-tested.v1")]
    public sealed record PanelTested(Guid DeviceId, Guid VenueId, DateOnly Day, bool Passed, string Remark) : DeviceEvent(DeviceId, VenueId);

    [EventName("device.serviced.v1")]
    public sealed record Serviced(Guid DeviceId, Guid VenueId, DateOnly Day, string Remark) : DeviceEvent(DeviceId, VenueId);

    /// <param name="Since">When what the verdict says began: for a lost feed the last good access unit.</param>
    /// <param name="ObservedAt">When it was held true.</param>
    /// <param name="OutageId">The outage this verdict opens, continues or (with a good verdict) ends.</param>
    /// <param name="Continues">An earlier outage that ended only because no legal basis held any more: what was owed for it is owed on.</param>
    [EventName("device.verdict-changed.v2")]
    public sealed record VerdictChanged(
        Guid DeviceId, Guid VenueId, DeviceKind Kind, Verdict From, Verdict To,
        DateTimeOffset Since, DateTimeOffset ObservedAt, Guid? OutageId, string Detail, Measured? Measured,
        Guid? Continues = null) : DeviceEvent(DeviceId, VenueId);

    /// <summary>The same verdict of a camera holds for another reason, and has for a good while. It belongs to the outage that runs, and begins none.</summary>
    /// <param name="Since">When this reason was found first.</param>
    [EventName("device.reason-changed.v1")]
    public sealed record ReasonChanged(
        Guid DeviceId, Guid VenueId, Verdict Verdict, Guid OutageId, DateTimeOffset Since, DateTimeOffset ObservedAt, string Detail) : DeviceEvent(DeviceId, VenueId);

    /// <summary>The picture that the verdict just recorded rests on was kept, blurred; it is destroyed when the device's line is.</summary>
    /// <param name="Sha256">Of the JPEG, hexadecimal.</param>
    [EventName("device.still-kept.v1")]
    public sealed record StillKept(Guid DeviceId, Guid VenueId, DateTimeOffset KeptAt, string Sha256) : DeviceEvent(DeviceId, VenueId);

    /// <summary>What the device itself answered when the verdict just recorded came about.</summary>
    /// <param name="Text">Status line and headers, bounded, without a secret (<see cref="RawAnswer"/>).</param>
    [EventName("device.answer-kept.v1")]
    public sealed record AnswerKept(Guid DeviceId, Guid VenueId, string Text) : DeviceEvent(DeviceId, VenueId);

    /// <summary>
    /// The clock behind the verdict just recorded could not be trusted: that verdict counts from when it came in, and this is
    /// what the clock said.
    /// </summary>
    /// <param name="OffsetMs">How far it was ahead when last compared, milliseconds.</param>
    [EventName("device.clock-doubted.v1")]
    public sealed record ClockDoubted(
        Guid DeviceId, Guid VenueId, DateTimeOffset SaidSince, DateTimeOffset SaidObservedAt, double OffsetMs) : DeviceEvent(DeviceId, VenueId);

    /// <summary>In which hours the device must do its duty, from when this was recorded on. Until then: at all hours.</summary>
    [EventName("device.hours-mandated.v1")]
    public sealed record HoursMandated(Guid DeviceId, Guid VenueId, MandatedHours Hours) : DeviceEvent(DeviceId, VenueId);

    /// <summary>What the camera shows from now on is the view it has to show; a change of its feed ends that.</summary>
    [EventName("device.view-approved.v1")]
    public sealed record ViewApproved(Guid DeviceId, Guid VenueId, Guid ViewId) : DeviceEvent(DeviceId, VenueId);

    /// <summary>Its feed was changed, so the approval counts no more: whoever approves views is to look again.</summary>
    [EventName("device.view-ended.v1")]
    public sealed record ViewEnded(Guid DeviceId, Guid VenueId, Guid ViewId) : DeviceEvent(DeviceId, VenueId);

    /// <summary>Where people stand in its picture and how tall they look there, as somebody drew it: its detectors go by that from now on.</summary>
    [EventName("device.view-calibrated.v1")]
    public sealed record ViewCalibrated(Guid DeviceId, Guid VenueId, ViewCalibration Calibration) : DeviceEvent(DeviceId, VenueId);

    /// <summary>It shows another view, so what was drawn over the old one counts no more: its detectors guess until somebody draws anew.</summary>
    [EventName("device.calibration-ended.v1")]
    public sealed record CalibrationEnded(Guid DeviceId, Guid VenueId) : DeviceEvent(DeviceId, VenueId);

    /// <summary>Somebody asked for a picture of now to draw over, blurred in the box; nothing of it is kept but that it was asked for.</summary>
    [EventName("device.glimpse-asked.v1")]
    public sealed record GlimpseAsked(Guid DeviceId, Guid VenueId, Guid GlimpseId) : DeviceEvent(DeviceId, VenueId);

    [EventName("device.retired.v1")]
    public sealed record Retired(Guid DeviceId, Guid VenueId, string Reason, Guid? OutageId, DateTimeOffset At) : DeviceEvent(DeviceId, VenueId);
}

public abstract record DeviceCommand
{
    /// <param name="Onvif">Of a camera: where it answers over ONVIF; null: at the usual place of its stream's host.</param>
    public sealed record Register(Guid DeviceId, Guid VenueId, DeviceSpec Spec, Uri? Onvif = null) : DeviceCommand;

    /// <param name="Onvif">Likewise, from now on.</param>
    public sealed record ChangeFeed(Feed Feed, Uri? Onvif = null) : DeviceCommand;

    /// <param name="Today">The door's day: nobody tested tomorrow.</param>
    public sealed record RecordPanelTest(DateOnly Day, bool Passed, string Remark, [property: JsonIgnore] DateOnly Today = default) : DeviceCommand;
    public sealed record RecordService(DateOnly Day, string Remark, [property: JsonIgnore] DateOnly Today = default) : DeviceCommand;

    /// <param name="OutageId">The id a new outage gets, if this verdict opens one.</param>
    /// <param name="Receipt">What the door knows of the report; null for what the API concludes itself.</param>
    /// <param name="Still">The picture the verdict rests on, where there is one; the door has kept it.</param>
    /// <param name="Answer">What the device itself answered, where the verdict rests on that.</param>
    public sealed record ReportVerdict(
        Verdict Verdict, DateTimeOffset Since, DateTimeOffset ObservedAt, Guid OutageId, string Detail, Measured? Measured,
        Receipt? Receipt = null, [property: JsonIgnore] Still? Still = null, [property: JsonIgnore] string? Answer = null) : DeviceCommand;

    public sealed record MandateHours(MandatedHours Hours) : DeviceCommand;

    /// <param name="ViewId">Another one for each time the view is approved.</param>
    public sealed record ApproveView(Guid ViewId) : DeviceCommand;

    /// <param name="Exits">Those of its venue, as the door knows them.</param>
    public sealed record CalibrateView(ViewCalibration Calibration, [property: JsonIgnore] IReadOnlySet<Guid>? Exits = null) : DeviceCommand;

    /// <param name="GlimpseId">Another one for each picture.</param>
    public sealed record AskGlimpse(Guid GlimpseId) : DeviceCommand;

    /// <param name="ByOwner">The venue's own people ask: they take nothing away that is not as it must be.</param>
    public sealed record Retire(string Reason, DateTimeOffset At, [property: JsonIgnore] bool ByOwner = false) : DeviceCommand;
}

/// <summary>A device is registered once, goes through any number of verdicts, and is retired once.</summary>
public abstract record Device
{
    public sealed record Unregistered : Device;

    /// <param name="OutageId">The outage it is in, while its verdict is bad.</param>
    /// <param name="LastDays">The latest panel test and service, so that a second knock adds nothing.</param>
    public sealed record Live(
        DeviceEvent.Registered Card, bool Admitted, Verdict Verdict, DateTimeOffset ObservedAt, Guid? OutageId,
        (DeviceEvent.PanelTested? Test, DeviceEvent.Serviced? Service) LastDays) : Device
    {
        public MandatedHours Hours { get; init; }

        public Uri? Onvif { get; init; }

        /// <summary>The first outage of the failure that has not been seen mended, though a legal basis was missing in between.</summary>
        public Guid? Continues { get; init; }

        /// <summary>Why the verdict is held (<see cref="Detail.CauseOf"/>); null where nobody said.</summary>
        public string? Cause { get; init; }

        /// <summary>The view that was approved last, of the feed as it is now.</summary>
        public Guid? ViewId { get; init; }

        /// <summary>What was drawn over the view as it is now.</summary>
        public ViewCalibration? Calibration { get; init; }

        /// <summary>The blurred picture that was asked for last.</summary>
        public Guid? GlimpseId { get; init; }
    }

    /// <param name="Continues">As it was: what was owed for that outage is owed no more.</param>
    public sealed record Gone(Guid VenueId, Guid? Continues = null) : Device;

    public static readonly Decider<Device, DeviceCommand, DeviceEvent> Decider = new("device", new Unregistered(), Decide, Evolve);

    static Decision<DeviceEvent> Decide(Device state, DeviceCommand command) => (state, command) switch
    {
        (_, DeviceCommand.Register { Spec: ExitSpec { ClearWidthMm: < 300 or > 10_000 } or ExitSpec { ClearHeightMm: < 1_000 or > 10_000 } }) =>
            new Refusal("device.exit-impossible", "An exit is 300 to 10 000 mm wide and 1 000 to 10 000 mm high.", "spec"),

        (Unregistered, DeviceCommand.Register(var id, var venue, CameraSpec spec, { } onvif)) => [new DeviceEvent.Registered(id, venue, spec), new DeviceEvent.OnvifTold(id, venue, onvif)],
        (Unregistered, DeviceCommand.Register(var id, var venue, var spec, _)) => [new DeviceEvent.Registered(id, venue, spec)],
        (Live(var card, _, _, _, _, _), DeviceCommand.Register again) when Same(card, again) => [],
        (Live, DeviceCommand.Register) => new Refusal("device.already-registered", "This id belongs to another device."),

        (Live { Card.Spec: CameraSpec camera } live, DeviceCommand.ChangeFeed change) => Change(live, camera.Feed, change),
        (Live, DeviceCommand.ChangeFeed) => new Refusal("device.not-a-camera", "Only a camera has a feed."),

        (_, DeviceCommand.RecordPanelTest { Day: var day, Today: var today }) when day > today => DayAhead,
        (_, DeviceCommand.RecordService { Day: var day, Today: var today }) when day > today => DayAhead,
        (Live { Card: { Spec: FireAlarmSpec } card } live, DeviceCommand.RecordPanelTest(var day, var passed, var remark, _)) =>
            Once(live.LastDays.Test, new DeviceEvent.PanelTested(card.DeviceId, card.VenueId, day, passed, remark)),
        (Live, DeviceCommand.RecordPanelTest) => new Refusal("device.not-a-fire-alarm", "Only a fire alarm has a panel test."),
        (Live { Card: var card } live, DeviceCommand.RecordService(var day, var remark, _)) =>
            Once(live.LastDays.Service, new DeviceEvent.Serviced(card.DeviceId, card.VenueId, day, remark)),

        (Live live, DeviceCommand.ReportVerdict report) => Report(live, report),

        (Live { Card: var card } live, DeviceCommand.MandateHours(var hours)) =>
            live.Hours == hours ? [] : [new DeviceEvent.HoursMandated(card.DeviceId, card.VenueId, hours)],

        (Live { Card: { Spec: CameraSpec } card } live, DeviceCommand.ApproveView(var view)) =>
            live.ViewId == view ? [] : [new DeviceEvent.ViewApproved(card.DeviceId, card.VenueId, view), .. live.ViewId is null ? [] : EndedCalibration(live)],
        (Live { Card: { Spec: CameraSpec } card } live, DeviceCommand.CalibrateView(var drawn, var exits)) =>
            CalibrationFaults.Of(drawn, exits ?? FrozenSet<Guid>.Empty) is { } fault ? fault
            : CalibrationFaults.Rounded(drawn) is var calibration && calibration.Equals(live.Calibration) ? [] : [new DeviceEvent.ViewCalibrated(card.DeviceId, card.VenueId, calibration)],
        (Live { Card: { Spec: CameraSpec } card } live, DeviceCommand.AskGlimpse(var glimpse)) =>
            live.GlimpseId == glimpse ? [] : [new DeviceEvent.GlimpseAsked(card.DeviceId, card.VenueId, glimpse)],
        (Live, DeviceCommand.ApproveView or DeviceCommand.CalibrateView or DeviceCommand.AskGlimpse) => new Refusal("device.not-a-camera", "Only a camera has a view."),

        (Live { OutageId: not null } or Live { Continues: not null }, DeviceCommand.Retire { ByOwner: true }) =>
            new Refusal("device.out-of-order", "The device is not as it must be; until it is, only the authority takes it out of the record."),
        (Live { Card: var card, OutageId: var outage }, DeviceCommand.Retire(var reason, var at, _)) =>
            [new DeviceEvent.Retired(card.DeviceId, card.VenueId, reason, outage, at)],
        (Gone, DeviceCommand.Retire) => [],

        (Unregistered, _) => new Refusal("device.unknown", "No such device."),
        (Gone, _) => new Refusal("device.retired", "The device has been retired."),
        _ => throw new UnreachableException(),
    };

    /// <summary>A camera's first good verdict admits it. An older observation than the last one changes nothing: it came late from a spool.</summary>
    static Decision<DeviceEvent> Report(Live live, DeviceCommand.ReportVerdict report)
    {
        var (id, venue, kind) = (live.Card.DeviceId, live.Card.VenueId, live.Card.Spec.Kind);
        if (!report.Verdict.SuitsA(kind) || (report.Receipt is not null && !report.Verdict.IsOwed()))
            return new Refusal("device.verdict-unsuited", $"{report.Verdict} cannot be said of this kind of device.");
        var (since, observedAt, doubt) = ReportedTime.Of(report);
        if (observedAt < live.ObservedAt) return [];
        if (observedAt < report.Receipt?.WatchedSince) return new Refusal("device.observed-before-watched", "This was observed before its author watched the device.");
        DeviceEvent[] admitted = !live.Admitted && report is { Verdict: Verdict.Online, Measured: { } measured }
            ? [new DeviceEvent.Admitted(id, venue, measured, observedAt)] : [];
        if (report.Verdict == live.Verdict && !IsAnotherCause(live, report)) return new(admitted, null);
        var outage = report.Verdict.Availability() == Availability.Down ? live.OutageId ?? report.OutageId : live.OutageId;
        var began = ReportedTime.Within(since, live.ObservedAt, report.Receipt?.WatchedSince, observedAt);
        DeviceEvent changed = report.Verdict == live.Verdict
            ? new DeviceEvent.ReasonChanged(id, venue, live.Verdict, outage!.Value, began, observedAt, report.Detail)
            : new DeviceEvent.VerdictChanged(id, venue, kind, live.Verdict, report.Verdict, began, observedAt, outage, report.Detail, report.Measured, live.Continues);
        DeviceEvent[] beside =
        [
            .. report.Still is { } still ? [new DeviceEvent.StillKept(id, venue, still.KeptAt, still.Sha256)] : (DeviceEvent[])[],
            .. RawAnswer.Bounded(report.Answer) is { } answer ? [new DeviceEvent.AnswerKept(id, venue, answer)] : (DeviceEvent[])[],
            .. doubt is null ? [] : (DeviceEvent[])[new DeviceEvent.ClockDoubted(id, venue, report.Since, report.ObservedAt, doubt.OffsetMs)],
        ];
        return [.. admitted, changed, .. beside];
    }

    /// <summary>Only of a camera: what panels and contacts say of themselves comes with other words at any time.</summary>
    static bool IsAnotherCause(Live live, DeviceCommand.ReportVerdict report) =>
        live is { Card.Spec: CameraSpec, OutageId: not null, Cause: { } cause } && report.Verdict.Availability() == Availability.Down && Detail.CauseOf(report.Detail) is { } now && now != cause;

    static IEnumerable<DeviceEvent> EndedCalibration(Live live) => live.Calibration is null ? [] : [new DeviceEvent.CalibrationEnded(live.Card.DeviceId, live.Card.VenueId)];

    /// <summary>Another feed ends the approved view and the calibration; where the camera answers over ONVIF is told with it, or alone.</summary>
    static Decision<DeviceEvent> Change(Live live, Feed before, DeviceCommand.ChangeFeed change)
    {
        var (id, venue) = (live.Card.DeviceId, live.Card.VenueId);
        List<DeviceEvent> changed = [];
        if (before != change.Feed) changed.Add(new DeviceEvent.FeedChanged(id, venue, change.Feed));
        if (before != change.Feed && live.ViewId is { } ended) changed.Add(new DeviceEvent.ViewEnded(id, venue, ended));
        if (before != change.Feed) changed.AddRange(EndedCalibration(live));
        if (live.Onvif != change.Onvif) changed.Add(new DeviceEvent.OnvifTold(id, venue, change.Onvif));
        return new([.. changed], null);
    }

    static Device Evolve(Device state, DeviceEvent fact) => (state, fact) switch
    {
        (_, DeviceEvent.Registered card) => new Live(card, false, Verdict.Unknown, DateTimeOffset.MinValue, null, default),
        (Live { Card.Spec: CameraSpec camera } live, DeviceEvent.FeedChanged f) =>
            live with { Card = live.Card with { Spec = camera with { Feed = f.Feed } }, Admitted = false, ViewId = null },
        (Live live, DeviceEvent.OnvifTold f) => live with { Onvif = f.Address },
        (Live live, DeviceEvent.Admitted) => live with { Admitted = true },
        (Live live, DeviceEvent.PanelTested f) => live with { LastDays = (f, live.LastDays.Service) },
        (Live live, DeviceEvent.Serviced f) => live with { LastDays = (live.LastDays.Test, f) },
        (Live live, DeviceEvent.HoursMandated f) => live with { Hours = f.Hours },
        (Live live, DeviceEvent.ViewApproved f) => live with { ViewId = f.ViewId },
        (Live live, DeviceEvent.ViewCalibrated f) => live with { Calibration = f.Calibration },
        (Live live, DeviceEvent.GlimpseAsked f) => live with { GlimpseId = f.GlimpseId },
        (Live live, DeviceEvent.CalibrationEnded) => live with { Calibration = null },
        (Live live, DeviceEvent.VerdictChanged f) => live with
        {
            Verdict = f.To,
            ObservedAt = f.ObservedAt,
            OutageId = f.To.EndsOutage() ? null : f.OutageId,
            Continues = f.To == Verdict.NoLegalBasis ? live.Continues ?? f.OutageId : f.To.EndsOutage() ? null : live.Continues,
            Cause = Detail.CauseOf(f.Detail),
        },

        // The verdict was observed before: what ends it may have begun since then.
        (Live live, DeviceEvent.ReasonChanged f) => live with { Cause = Detail.CauseOf(f.Detail) },
        (_, DeviceEvent.Retired f) => new Gone(f.VenueId, (state as Live)?.Continues),
        _ => state,
    };

    static Refusal DayAhead => new("device.day-ahead", "What is recorded has been done: the day is not after today.", "day");

    static Decision<DeviceEvent> Once<TFact>(TFact? last, TFact fact) where TFact : DeviceEvent => fact.Equals(last) ? [] : [fact];

    static bool Same(DeviceEvent.Registered card, DeviceCommand.Register again) =>
        card.VenueId == again.VenueId && EventCatalog.Encode(card).AsSpan().SequenceEqual(
            EventCatalog.Encode(new DeviceEvent.Registered(card.DeviceId, again.VenueId, again.Spec)));
}
