using Compliance.Domain.Alerts;
using Compliance.Domain.Drills;
using Compliance.Domain.Kernel;
using Compliance.Web.Shell;

namespace Compliance.Web;

/// <summary>Alerts and incidents: the desk's queue, what an officer does with an incident, what was held back, and what others are told.</summary>
public sealed partial class ApiClient
{
    public Task<Answer<Page<IncidentLine>>> OpenIncidents(string? district, string? cursor, int limit, CancellationToken ct) =>
        Get<Page<IncidentLine>>($"incidents?open=true&limit={limit}{With("after", cursor)}{With("district", district)}", ct);

    public Task<Answer<IncidentLine>> Incident(Guid incident, CancellationToken ct) => Get<IncidentLine>($"incidents/{incident}", ct);

    public Task<Answer<DeskCounts>> DeskCounts(string? district, CancellationToken ct) => Get<DeskCounts>(district is null ? "alerts/counts" : $"alerts/counts?district={Uri.EscapeDataString(district)}", ct);

    public Task<Answer<CommandAnswer>> TakeIncident(Guid incident, CancellationToken ct) => Send(HttpMethod.Post, $"incidents/{incident}/taken", null, ct);

    public Task<Answer<CommandAnswer>> ConfirmIncident(Guid incident, CancellationToken ct) => Send(HttpMethod.Post, $"incidents/{incident}/confirmed", null, ct);

    public Task<Answer<CommandAnswer>> RejectIncident(Guid incident, RejectReason reason, string? grounds, CancellationToken ct) =>
        Send(HttpMethod.Post, $"incidents/{incident}/rejected", new IncidentRejection(reason, grounds), ct);

    public Task<Answer<CommandAnswer>> UndoIncident(Guid incident, IncidentStep step, CancellationToken ct) =>
        Send(HttpMethod.Post, $"incidents/{incident}/undone", new IncidentCommand.Undo(step), ct);

    public Task<Answer<CommandAnswer>> DispatchIncident(Guid incident, CancellationToken ct) => Send(HttpMethod.Post, $"incidents/{incident}/dispatched", null, ct);

    public Task<Answer<CommandAnswer>> IncidentArrived(Guid incident, CancellationToken ct) => Send(HttpMethod.Post, $"incidents/{incident}/arrived", null, ct);

    public Task<Answer<CommandAnswer>> CloseIncident(Guid incident, IncidentOutcome outcome, string? grounds, CancellationToken ct) =>
        Send(HttpMethod.Post, $"incidents/{incident}/closed", new IncidentEnd(outcome, grounds), ct);

    public Task<Answer<CommandAnswer>> MergeIncident(Guid incident, Guid into, CancellationToken ct) =>
        Send(HttpMethod.Post, $"incidents/{incident}/merged", new IncidentCommand.Merge(into), ct);

    public Task<Answer<CommandAnswer>> PreserveClip(Guid incident, IncidentCommand.Preserve command, CancellationToken ct) =>
        Send(HttpMethod.Post, $"incidents/{incident}/preserved", command, ct);

    /// <summary>The blurred copy. That it is seen stands in the log; the caller disposes the answer.</summary>
    public Task<Answer<HttpResponseMessage>> Clip(Guid incident, Guid alert, CancellationToken ct) => Document($"incidents/{incident}/clips/{alert}", ct);

    /// <summary>What a clip is needed for as it was recorded: said before it is asked for.</summary>
    public Task<Answer<CommandAnswer>> UnblurClip(Guid incident, Guid alert, UnblurReason reason, string? caseNumber, CancellationToken ct) =>
        Send(HttpMethod.Post, $"incidents/{incident}/clips/{alert}/unblurred", new IncidentCommand.Unblur(reason, caseNumber), ct);

    /// <summary>As it was recorded; the caller disposes the answer.</summary>
    public Task<Answer<HttpResponseMessage>> OriginalClip(Guid incident, Guid alert, CancellationToken ct) => Document($"incidents/{incident}/clips/{alert}/original", ct);

    public Task<Answer<Page<UnblurredClip>>> UnblurredClips(string? cursor, int limit, CancellationToken ct) =>
        Get<Page<UnblurredClip>>($"incidents/unblurred?limit={limit}{With("after", cursor)}", ct);

    public Task<Answer<Page<HeldBackAlert>>> HeldBackAlerts(string? cursor, int limit, CancellationToken ct) =>
        Get<Page<HeldBackAlert>>($"alerts/held-back?limit={limit}{With("after", cursor)}", ct);

    public Task<Answer<CommandAnswer>> ShowAlert(Guid alert, CancellationToken ct) => Send(HttpMethod.Post, $"alerts/{alert}/shown", null, ct);

    public Task<Answer<IReadOnlyList<AlertWeek>>> AlertWeeks(CancellationToken ct) => Get<IReadOnlyList<AlertWeek>>("alerts/weeks", ct);

    public Task<Answer<IReadOnlyList<DeskOutage>>> DeskOutages(CancellationToken ct) => Get<IReadOnlyList<DeskOutage>>("incidents/desk-outages", ct);

    public Task<Answer<IReadOnlyList<AnswerDay>>> DeskAnswers(CancellationToken ct) => Get<IReadOnlyList<AnswerDay>>("incidents/answers", ct);

    public Task<Answer<Page<EndedIncident>>> EndedIncidents(Guid venue, bool onlyUnblurred, string? cursor, int limit, CancellationToken ct) =>
        Get<Page<EndedIncident>>($"venues/{venue}/alerts?limit={limit}{(onlyUnblurred ? "&unblurred=true" : "")}{With("after", cursor)}", ct);

    // Drills
    /// <param name="district">Whose desk's; null: of all desks.</param>
    public Task<Answer<DrillShift>> OwnDrills(string? district, CancellationToken ct) => Get<DrillShift>(district is null ? "drills/mine" : $"drills/mine?district={Uri.EscapeDataString(district)}", ct);

    public Task<Answer<IReadOnlyList<DrillMonth>>> DrillMonths(CancellationToken ct) => Get<IReadOnlyList<DrillMonth>>("drills", ct);

    // Calls for help from within a venue
    public Task<Answer<PanicShown>> Panics(Guid venue, CancellationToken ct) => Get<PanicShown>($"venues/{venue}/panic", ct);

    public Task<Answer<CommandAnswer>> PressPanic(Guid venue, PanicForm press, CancellationToken ct) => Send(HttpMethod.Post, $"venues/{venue}/panic", press, ct);

    public Task<Answer<CommandAnswer>> PressGuardPanic(Guid venue, GuardPanicForm press, CancellationToken ct) => Send(HttpMethod.Post, $"public/venues/{venue}/guard-panic", press, ct);

    // Browsers that are rung
    public Task<Answer<PushKey>> PushKey(CancellationToken ct) => Get<PushKey>("push/key", ct);

    public Task<Answer<Done>> KeepPushDevice(PushDevice device, CancellationToken ct) => Send<Done>(HttpMethod.Post, "push/devices", device, ct);

    public Task<Answer<Done>> RemovePushDevice(PushDeviceGone device, CancellationToken ct) => Send<Done>(HttpMethod.Post, "push/devices/removed", device, ct);
}
