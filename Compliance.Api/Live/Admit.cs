using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Domain.Access;
using Compliance.Domain.Kernel;

namespace Compliance.Api.Live;

/// <summary>Gives the officer whose session runs a ticket for one of its cameras.</summary>
static class Admit
{
    public static async Task<IResult> Handle(Guid sessionId, LiveWanted body, Knock knock, LiveSessions sessions, LiveTickets tickets, IssuerAddress address)
    {
        var (state, _, _) = await knock.Log.Load(AccessSession.Decider, new("access", sessionId), knock.Ct);
        if (state is AccessSession.Unknown) return Problems.Of(new Refusal("access.unknown", "No such access session."));
        if (state is not AccessSession.Running { Card: var card }) return Problems.Of(new Refusal("access.over", "This access session is over: open another one, with its own reason."));
        if (card.OfficerId != knock.Caller.SubjectId) return Answer.Forbidden;
        if (!card.Cameras.Contains(body.DeviceId)) return Problems.Of(new Refusal("access.camera-not-named", "This camera was not named when the access session was opened.", "deviceId"));
        if (await sessions.WhyNot(sessionId, knock.Ct) is not null) return Problems.Of(new Refusal("access.over", "This access session is over: open another one, with its own reason."));
        var (text, expires) = tickets.Give(card.OfficerId, sessionId, body.DeviceId);
        return TypedResults.Ok(new LiveAdmission(new Uri(address.Issuer, "live"), text, expires));
    }
}
