using Compliance.Api.Drills;
using Compliance.Api.Entrance;
using Compliance.Api.Subjects;
using Compliance.Domain.Alerts;
using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;

namespace Compliance.Api.Alerts;

/// <summary>What an officer does with an incident. Who it is and when comes from the door; what may be done, the incident says.</summary>
static class Handling
{
    public static Task<Answer> Take(Guid incidentId, Knock knock, DrillDesk drills, TimeProvider clock) => Send(incidentId, knock, drills, new IncidentCommand.Take(By(knock), clock.GetUtcNow()));

    public static Task<Answer> Confirm(Guid incidentId, Knock knock, DrillDesk drills, TimeProvider clock) => Send(incidentId, knock, drills, new IncidentCommand.Confirm(By(knock), clock.GetUtcNow()));

    public static Task<Answer> Reject(Guid incidentId, IncidentRejection body, Knock knock, DrillDesk drills, Writings writings, TimeProvider clock) =>
        Say(incidentId, body.Grounds, knock, drills, writings, said => Send(incidentId, knock, drills, new IncidentCommand.Reject(body.Reason, said, By(knock), clock.GetUtcNow())));

    public static Task<Answer> Undo(Guid incidentId, IncidentCommand.Undo body, Knock knock, DrillDesk drills, TimeProvider clock) =>
        Send(incidentId, knock, drills, body with { By = By(knock), At = clock.GetUtcNow() });

    public static Task<Answer> Dispatch(Guid incidentId, Knock knock, DrillDesk drills, TimeProvider clock) => Send(incidentId, knock, drills, new IncidentCommand.Dispatch(By(knock), clock.GetUtcNow()));

    public static Task<Answer> Arrive(Guid incidentId, Knock knock, DrillDesk drills, TimeProvider clock) => Send(incidentId, knock, drills, new IncidentCommand.Arrive(By(knock), clock.GetUtcNow()));

    public static Task<Answer> Close(Guid incidentId, IncidentEnd body, Knock knock, DrillDesk drills, Writings writings, TimeProvider clock) =>
        Say(incidentId, body.Grounds, knock, drills, writings, said => Send(incidentId, knock, drills, new IncidentCommand.Close(body.Outcome, said, By(knock), clock.GetUtcNow())));

    /// <summary>Where the other one is, and whether it is open, its own stream says.</summary>
    public static async Task<Answer> Merge(Guid incidentId, IncidentCommand.Merge body, Knock knock, DrillDesk drills, TimeProvider clock)
    {
        var (target, _, _) = await knock.Log.Load(Incident.Decider, new(Incident.Decider.Category, body.Into), knock.Ct);
        var venue = target is Incident.Untaken or Incident.Taken or Incident.Confirmed or Incident.Dispatched or Incident.Arrived ? ((Incident.Known)target).Matter.Venue : (Guid?)null;
        return await Send(incidentId, knock, drills, body with { VenueOfTarget = venue, By = By(knock), At = clock.GetUtcNow() });
    }

    public static async Task<Answer> Preserve(Guid incidentId, IncidentCommand.Preserve body, Knock knock, DrillDesk drills, TimeProvider clock)
    {
        var (alert, _, _) = await knock.Log.Load(Alert.Decider, new(Alert.Decider.Category, body.AlertId), knock.Ct);
        return await Send(incidentId, knock, drills, body with { HasClip = alert is Alert.Known and ({ HasClip: true } or { HasBlurred: true }), By = By(knock), At = clock.GetUtcNow() });
    }

    /// <summary>What a clip is needed for as it was recorded. It may be seen only after this stands in the log.</summary>
    public static async Task<Answer> Unblur(Guid incidentId, Guid alertId, IncidentCommand.Unblur body, Knock knock, DrillDesk drills, TimeProvider clock)
    {
        var (alert, _, _) = await knock.Log.Load(Alert.Decider, new(Alert.Decider.Category, alertId), knock.Ct);
        return await Send(incidentId, knock, drills, body with { AlertId = alertId, HasClip = alert is Alert.Known { HasClip: true }, By = By(knock), At = clock.GetUtcNow() });
    }

    /// <summary>Out of what was held back: an incident of its own.</summary>
    public static async Task<Answer> Show(Guid alertId, Knock knock, DrillDesk drills, TimeProvider clock) =>
        await drills.Fetch(alertId, knock.Ct) ?? await knock.Send(Alert.Decider, alertId, new AlertCommand.Show(EventIds.From(alertId, "incident"), knock.Caller.SubjectId, clock.GetUtcNow()));

    /// <summary>An officer's own words may name a person: they go to the vault, and the fact names them. Of a drill none are kept, but that there were some counts.</summary>
    static async Task<Answer> Say(Guid incidentId, string? words, Knock knock, DrillDesk drills, Writings writings, Func<Writing?, Task<Answer>> send) =>
        string.IsNullOrWhiteSpace(words) ? await send(null) : Incident.WordsRefused(words) is { } no ? no
        : await drills.IsOne(incidentId, knock.Ct) ? await send(new(Guid.Empty, knock.Caller.SubjectId, "")) : await writings.Keep(words, knock, send);

    static Officer By(Knock knock) => new(knock.Caller.SubjectId, knock.Caller.Is(Who.Supervisor));

    static async Task<Answer> Send(Guid incidentId, Knock knock, DrillDesk drills, IncidentCommand command) =>
        await drills.Handle(incidentId, command, knock.Origin, knock.Ct, knock.IfRevision) ?? await knock.Send(Incident.Decider, incidentId, command);
}
