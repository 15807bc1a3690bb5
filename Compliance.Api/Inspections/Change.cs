using Compliance.Api.Entrance;
using Compliance.Api.Rulebooks;
using Compliance.Domain.Inspections;
using Compliance.Domain.Kernel;

namespace Compliance.Api.Inspections;

/// <summary>The steps of a walk, each by those who may walk it.</summary>
static class Change
{
    /// <summary>A visit for which nobody is named is the inspector's who takes it.</summary>
    public static Task<Answer> Take(Guid inspectionId, Knock knock) =>
        knock.Send(Inspection.Decider, inspectionId, new InspectionCommand.Take(knock.Caller.Id));

    /// <summary>The authority registers a check on behalf of its officers.</summary>
    public static async Task<Answer> Register(Guid inspectionId, InspectionCommand.RegisterCheck body, Knock knock, Visits visits) =>
        knock.Caller.Is(Who.Authority) ? await knock.Send(Inspection.Decider, inspectionId, body) : await Walked(inspectionId, knock, visits, body);

    public static async Task<Answer> Cancel(Guid inspectionId, InspectionCommand.Cancel body, Knock knock, Visits visits)
    {
        var ofOfficers = (await visits.Find(inspectionId, knock.Ct)).State is not Inspection.Unknown and var known && Inspection.CardOf(known).Kind != InspectionKind.SelfCheck;
        return ofOfficers && knock.Caller.Is(Who.Authority) ? await knock.Send(Inspection.Decider, inspectionId, body) : await Walked(inspectionId, knock, visits, body);
    }

    /// <summary>It begins now, on the version of its rulebook that is in force now.</summary>
    public static async Task<Answer> Start(Guid inspectionId, Knock knock, Visits visits, Library library, TimeProvider clock)
    {
        var (state, _, _) = await visits.Find(inspectionId, knock.Ct);
        if (await visits.MayWalk(state, knock.Caller, knock.Ct) is { } stranger) return stranger;
        var now = clock.GetUtcNow();
        return await library.InForce(Inspection.CardOf(state).Rulebook, now, knock.Ct) is { Book: var book, Hash: var hash }
            ? await knock.Send(Inspection.Decider, inspectionId, new InspectionCommand.Start(book.Id, book.Version, hash, now))
            : Visits.RulebookGone;
    }

    public static async Task<Answer> RecordItem(Guid inspectionId, InspectionCommand.RecordItem body, Knock knock, Visits visits)
    {
        var visit = await visits.Find(inspectionId, knock.Ct);
        if (await visits.MayWalk(visit.State, knock.Caller, knock.Ct) is { } stranger) return stranger;
        if (visit.State is Inspection.Running && (await visits.ListOf(visit, knock.Ct))?.Items.All(i => i.Rule.RuleId != body.RuleId) == true)
            return new Refusal("inspection.rule-unknown", "The list has no such item.", "ruleId");
        return await knock.Send(Inspection.Decider, inspectionId, body);
    }

    public static async Task<Answer> RefuseSignature(Guid inspectionId, Unsigned body, Knock knock, Visits visits)
    {
        var visit = await visits.Find(inspectionId, knock.Ct);
        if (await visits.MayWalk(visit.State, knock.Caller, knock.Ct) is { } stranger) return stranger;
        return await visits.ToSign(visit, knock.Ct) is { } shown
            ? await knock.Send(Inspection.Decider, inspectionId, new InspectionCommand.RefuseSignature(body.Because, shown.List, shown.MeasuredAt)) : Visits.RulebookGone;
    }

    /// <summary>An officer named in the visit signs for the state, whoever answers for the venue signs for it; each on his own account.</summary>
    public static async Task<Answer> Sign(Guid inspectionId, Knock knock, Visits visits, Posts posts)
    {
        var visit = await visits.Find(inspectionId, knock.Ct);
        var state = visit.State;
        if (state is Inspection.Unknown) return new Refusal("inspection.unknown", "No such inspection.");
        var stranger = await visits.MayWalk(state, knock.Caller, knock.Ct);
        Signatory? role = stranger is null && Inspection.CardOf(state).Kind != InspectionKind.SelfCheck ? Signatory.Inspector
            : await posts.Hold(knock.Caller, Who.Owner | Who.Manager, new(Inspection.CardOf(state).VenueId), knock.Ct) ? Signatory.Venue : null;
        if (role is not { } side) return stranger!;
        return await visits.ToSign(visit, knock.Ct) is { } shown
            ? await knock.Send(Inspection.Decider, inspectionId, new InspectionCommand.Sign(knock.Caller.Id, side, shown.List, shown.MeasuredAt)) : Visits.RulebookGone;
    }

    static async Task<Answer> Walked(Guid inspectionId, Knock knock, Visits visits, InspectionCommand command) =>
        await visits.MayWalk((await visits.Find(inspectionId, knock.Ct)).State, knock.Caller, knock.Ct) is { } stranger ? stranger
            : await knock.Send(Inspection.Decider, inspectionId, command);
}
