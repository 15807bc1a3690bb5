using Compliance.Api.Entrance;
using Compliance.Domain.Inspections;
using Compliance.Domain.Venues;

namespace Compliance.Api.Inspections;

/// <summary>How a check ends: an inspection by its act, the owner's own by being complete. The list is made of the facts of this moment.</summary>
static class Conclude
{
    public static Task<Answer> IssueAct(Guid inspectionId, Knock knock, Visits visits, TimeProvider clock) =>
        By(inspectionId, knock, visits, list => new InspectionCommand.IssueAct(list, VenueZone.Day(clock.GetUtcNow())));

    public static Task<Answer> SelfCheck(Guid inspectionId, Knock knock, Visits visits) =>
        By(inspectionId, knock, visits, list => new InspectionCommand.CompleteSelfCheck(list, knock.Caller.Id));

    static async Task<Answer> By(Guid inspectionId, Knock knock, Visits visits, Func<Checklist, InspectionCommand> end)
    {
        var visit = await visits.Find(inspectionId, knock.Ct);
        if (await visits.MayWalk(visit.State, knock.Caller, knock.Ct) is { } stranger) return stranger;
        var list = await visits.ListOf(visit, knock.Ct);
        if (list is null && visit.State is Inspection.Running) return Visits.RulebookGone;
        return await knock.Send(Inspection.Decider, inspectionId, end(list ?? new("", "", "", [])));
    }
}
