using Compliance.Api.Feeds;
using Compliance.Api.Views;
using Compliance.Domain.Alerts;
using Compliance.Domain.Contacts;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Panels;
using Compliance.Domain.Probes;
using Compliance.Domain.Venues;

namespace Compliance.Api.Panels;

/// <summary>
/// What panels and contacts say through a probe becomes facts of theirs. From a doubtful clock it counts from when it came in, and has
/// lasted as long as it says.
/// </summary>
sealed class PanelReports(IEventLog log, IViewStore views, Telemetry telemetry, Ears ears)
{
    /// <returns>Null when it was taken, else the code of the refusal.</returns>
    public async Task<string?> Take(Observation observation, Guid probe, DeviceCard device, Receipt receipt, Origin origin, CancellationToken ct)
    {
        if (observation.ObservedAt < receipt.WatchedSince) return "device.observed-before-watched";
        var (at, shift) = Instant(observation, receipt);
        ears.Note(probe, observation);
        var hours = (await views.Find(VenueCard.View, device.VenueId, ct))?.Hours ?? OpeningWeeks.None;
        return (observation, device.Spec) switch
        {
            (PanelHeard f, FireAlarmSpec) => Heard(f, receipt.At),
            (PanelSignalObserved { Signal: PanelSignal.Panic } f, FireAlarmSpec) => await Calls(f),
            (PanelSignalObserved f, FireAlarmSpec) => await Send(Panel.Decider, new PanelCommand.Hear(f.Signal, f.On, f.Zone, f.SentAt, at, hours.IsOpen(at), await By(Holder(await Load(Panel.Decider))))),
            (PanelLinkObserved f, FireAlarmSpec) => await Send(Panel.Decider, new PanelCommand.ReportLink(f.Link, f.Since + shift, at, hours.IsOpen(at), await By(Holder(await Load(Panel.Decider))))),
            (ContactObserved f, ExitSpec) => await Send(Contact.Decider, new ContactCommand.Report(f.State, f.Since + shift, at, hours.OpenSince(at), await By(Holder(await Load(Contact.Decider))))),
            _ => "device.observation-unsuited",
        };

        Task<Hearing?> By(Guid? holder) => ears.Of(device.DeviceId, device.VenueId, holder, probe, ct);

        async Task<string?> Calls(PanelSignalObserved f) =>
            await Load(Panel.Decider) is not Panel.Live ? "panel.unknown"
            : f.On ? (await log.Execute(PanicButton.Decider, device.VenueId, new PanicCommand.Wire(device.VenueId, device.DeviceId, f.Zone, f.SentAt, at), origin, ct)).Refusal?.Code : null;

        async Task<TState> Load<TState, TCommand, TEvent>(Decider<TState, TCommand, TEvent> decider) where TEvent : notnull => (await log.Load(decider, new(decider.Category, device.DeviceId), ct)).State;

        async Task<string?> Send<TState, TCommand, TEvent>(Decider<TState, TCommand, TEvent> decider, TCommand command) where TEvent : notnull =>
            (await log.Execute(decider, device.DeviceId, command, origin, ct)).Refusal?.Code;
    }

    static Guid? Holder(Panel panel) => (panel as Panel.Live)?.Holder;

    static Guid? Holder(Contact contact) => (contact as Contact.Live)?.Holder;

    string? Heard(PanelHeard heard, DateTimeOffset now)
    {
        telemetry.Heard(heard.DeviceId, heard.LastHeard < now ? heard.LastHeard : now);
        return null;
    }

    static (DateTimeOffset At, TimeSpan Shift) Instant(Observation observation, Receipt receipt) =>
        receipt.Doubts(observation.ObservedAt) ? (receipt.At, receipt.At - observation.ObservedAt) : (observation.ObservedAt, TimeSpan.Zero);
}
