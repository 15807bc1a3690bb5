using Compliance.Api.Entrance;
using Compliance.Api.Rulebooks;
using Compliance.Api.Views;
using Compliance.Domain.Cases;
using Compliance.Domain.Kernel;

namespace Compliance.Api.Cases;

/// <summary>What an officer does with a case. The fact names the one who knocks; nobody decides in another's name.</summary>
static class Decide
{
    public static async Task<Answer> Size(Guid caseId, CaseSize body, Knock knock) =>
        await knock.Send(Case.Decider, caseId, new CaseCommand.SetSize(body.Size, await Indices.Known(knock.Log, knock.Ct)));

    public static Task<Answer> Rule(Guid caseId, CaseRuling body, Knock knock, TimeProvider clock) =>
        knock.Send(Case.Decider, caseId, new CaseCommand.Decide(body.Outcome, body.Grounds, knock.Caller.SubjectId, clock.GetUtcNow()));

    public static async Task<Answer> Penalise(Guid caseId, CasePenalty body, Knock knock, TimeProvider clock) => await knock.Send(Case.Decider, caseId,
        new CaseCommand.SetPenalty(body.Mci, body.Document, knock.Caller.SubjectId, clock.GetUtcNow(), await Indices.Known(knock.Log, knock.Ct), body.Source));

    /// <summary>Who had a say before is read from the record itself: the log stamped it.</summary>
    public static async Task<Answer> Review(Guid caseId, AppealRuling body, Knock knock, IViewStore views, TimeProvider clock)
    {
        var involved = await views.Find(CaseRow.View, caseId, knock.Ct) is { } row ? Involved.In(await CaseFile.Around(knock.Log, views, row, knock.Ct)) : [];
        return await knock.Send(Case.Decider, caseId, new CaseCommand.DecideAppeal(body.Outcome, body.Grounds, knock.Caller.SubjectId, clock.GetUtcNow(), involved));
    }

    public static Task<Answer> Settle(Guid caseId, CaseSettlement body, Knock knock, TimeProvider clock) =>
        knock.Send(Case.Decider, caseId, new CaseCommand.Settle(body.Document, clock.GetUtcNow()));
}
