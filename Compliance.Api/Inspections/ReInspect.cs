using Compliance.Api.Entrance;
using Compliance.Domain.Inspections;
using Compliance.Domain.Kernel;

namespace Compliance.Api.Inspections;

/// <summary>A visit that verifies the orders of an act is planned from that act. An inspector plans one that he walks himself; one of the authority is whoever's takes it.</summary>
static class ReInspect
{
    public static async Task<Answer> Handle(Guid inspectionId, Guid visitId, ReInspectionPlan body, Knock knock, Visits visits)
    {
        if ((await visits.Find(inspectionId, knock.Ct)).State is not Inspection.Done act) return new Refusal("inspection.no-act", "There is no act of this inspection.");
        return ReInspections.Of(act, visitId, body.Day, knock.Caller.Is(Who.Inspector) ? [knock.Caller.Id] : []) is { } plan
            ? await knock.Send(Inspection.Decider, visitId, plan) : new Refusal("inspection.no-orders", "This act orders nothing that could be verified.");
    }
}
