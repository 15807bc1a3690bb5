using Compliance.Api.Entrance;
using Microsoft.AspNetCore.Authorization;

namespace Compliance.Api;

/// <summary>One line of the table of doors.</summary>
sealed record Door(string Verb, string Path, Who Who, Delegate Slice)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var door = routes.MapMethods(Path, [Verb], Slice).AddEndpointFilter(new KnownQuestions(this)).AddEndpointFilter<ReadYourWrites>();
        if (Who == Who.Anyone) door.AllowAnonymous();
        else door.RequireAuthorization(new AuthorizationPolicyBuilder().AddRequirements(new Pass(Who)).Build());
        door.WithTags(Path.Split('/')[1]);
    }
}
