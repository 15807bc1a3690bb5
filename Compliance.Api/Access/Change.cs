using Compliance.Api.Entrance;
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

    public static Task<Answer> Review(Guid sessionId, AccessCommand.Review body, Knock knock) =>
        knock.Send(AccessSession.Decider, sessionId, body with { By = knock.Caller.SubjectId });
}
