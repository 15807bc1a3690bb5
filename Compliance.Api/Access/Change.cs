using Compliance.Api.Entrance;
using Compliance.Api.Subjects;
using Compliance.Domain.Access;
using Compliance.Domain.Kernel;

namespace Compliance.Api.Access;

/// <summary>What becomes of an access session; who does it and when is the door's own.</summary>
static class Change
{
    public static Task<Answer> Extend(Guid sessionId, AccessCommand.Extend body, Knock knock, TimeProvider clock) =>
        knock.Send(AccessSession.Decider, sessionId, body with { By = knock.Caller.SubjectId, At = clock.GetUtcNow() });

    public static async Task<Answer> Close(Guid sessionId, Knock knock, TimeProvider clock, Live.LiveSessions live)
    {
        var (state, _, _) = await knock.Log.Load(AccessSession.Decider, new("access", sessionId), knock.Ct);
        if (state is AccessSession.Running { Card.OfficerId: var officer } && officer != knock.Caller.SubjectId && !knock.Caller.Is(Who.Supervisor)) return Answer.Forbidden;
        var answer = await knock.Send(AccessSession.Decider, sessionId, new AccessCommand.Close(knock.Caller.SubjectId, clock.GetUtcNow()));
        await live.Look(sessionId, knock.Ct);
        return answer;
    }

    public static Task<Answer> TakeStill(Guid sessionId, AccessCommand.TakeStill body, Knock knock, TimeProvider clock) =>
        knock.Send(AccessSession.Decider, sessionId, body with { By = knock.Caller.SubjectId, At = clock.GetUtcNow() });

    /// <summary>A reviewer's own words may name a person: they go to the vault, and the fact names them.</summary>
    public static async Task<Answer> Review(Guid sessionId, AccessVerdict body, Knock knock, Writings writings) =>
        AccessSession.WordsRefused(body.Grounds) is { } no ? no
            : await writings.Keep(body.Grounds, knock, said => knock.Send(AccessSession.Decider, sessionId, new AccessCommand.Review(body.Justified, said, knock.Caller.SubjectId)));
}
