using Compliance.Api.Entrance;
using Compliance.Api.Subjects;
using Compliance.Domain.Cases;
using Compliance.Domain.Kernel;

namespace Compliance.Api.Cases;

/// <summary>What an owner says: an explanation, force majeure, an appeal. An appeal freezes the facts as they stand at that moment.</summary>
static class Plead
{
    static readonly Refusal Silent = new("case.words-missing", "Say it in words.", "said"), NoReason = new("case.words-missing", "Say it in words.", "why");

    public static async Task<Answer> Answer(Guid caseId, CasePlea body, Knock knock, Writings writings, TimeProvider clock)
    {
        if (string.IsNullOrWhiteSpace(body.Said)) return Silent;
        return await writings.Keep(body.Said, knock, said => knock.Send(Case.Decider, caseId, new CaseCommand.Answer(body.Plea, said, clock.GetUtcNow())));
    }

    public static async Task<Answer> Appeal(Guid caseId, CaseAppeal body, Knock knock, Writings writings, TimeProvider clock)
    {
        if (string.IsNullOrWhiteSpace(body.Why)) return NoReason;
        var (state, _, _) = await knock.Log.Load(Case.Decider, new("case", caseId), knock.Ct);
        var evidence = Evidences.Freeze(state is Case.Decided d ? await CaseFile.Of(knock.Log, d.Card.DutyId, caseId, knock.Ct) : []);
        return await writings.Keep(body.Why, knock, why => knock.Send(Case.Decider, caseId, new CaseCommand.Appeal(why, evidence, clock.GetUtcNow())));
    }
}
