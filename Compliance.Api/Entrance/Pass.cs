using Compliance.Api.Identity;
using Compliance.Domain.Kernel;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace Compliance.Api.Entrance;

/// <summary>The policy of one door, as its line in the table says.</summary>
sealed record Pass(Who Who) : IAuthorizationRequirement;

/// <summary>
/// The one place where permission is given. It asks the log itself, not a view: whoever was relieved a moment ago no longer
/// passes, and whoever registered a moment ago already does.
/// </summary>
sealed class PassHandler(Posts posts, Bearers bearers) : AuthorizationHandler<Pass>
{
    static readonly Refusal Unknown = new("request.unknown", "There is no such thing.");

    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, Pass requirement)
    {
        if (context.Resource is not HttpContext http || Caller.From(context.User) is not { } caller) return;
        if (await bearers.SentAway(caller, http.RequestAborted) is { } away)
        {
            context.Fail(new TurnedAway(this, StatusCodes.Status401Unauthorized, away));
            return;
        }

        var door = requirement.Who;
        if (caller.Is(door) || (door.Has(Who.SignedIn) && !caller.IsMachine))
        {
            context.Succeed(requirement);
            return;
        }

        if (!caller.Is(door.OfIt())) return;
        if (await posts.PlaceOf(http.Request.RouteValues, http.RequestAborted) is not { } place)
            context.Fail(new TurnedAway(this, StatusCodes.Status404NotFound, Unknown));
        else if (await posts.Hold(caller, door.OfIt(), place, http.RequestAborted))
            context.Succeed(requirement);
    }
}

/// <summary>Why somebody is turned away otherwise than with a bare "not you".</summary>
sealed class TurnedAway(IAuthorizationHandler handler, int status, Refusal why) : AuthorizationFailureReason(handler, why.Because)
{
    public IResult Answer => Problems.Of(status, why.Code, why.Because);
}

/// <summary>Where the path leads to nothing there is nothing to forbid: 404. Who is one of us no more is told so: 401.</summary>
sealed class PassAnswer : IAuthorizationMiddlewareResultHandler
{
    readonly AuthorizationMiddlewareResultHandler _usual = new();

    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult) =>
        authorizeResult.AuthorizationFailure?.FailureReasons.OfType<TurnedAway>().FirstOrDefault() is { } away
            ? away.Answer.ExecuteAsync(context)
            : _usual.HandleAsync(next, context, policy, authorizeResult);
}
