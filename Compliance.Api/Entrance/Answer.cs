using System.Globalization;
using System.Reflection;
using Compliance.Domain.Kernel;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;

namespace Compliance.Api.Entrance;

/// <summary>What a command's door answers: where the stream and the log stand now, or why not.</summary>
sealed record Answer(Executed? Executed, IResult? Instead = null) : IResult, IEndpointMetadataProvider
{
    public const string Position = "Compliance-Position";

    public static readonly Answer Forbidden = new(null, Results.StatusCode(StatusCodes.Status403Forbidden));

    public static implicit operator Answer(Executed executed) => new(executed, executed switch
    {
        { Refusal: { } refusal } => Problems.Of(refusal),
        { Stale: true } => Problems.Stale(executed.Revision),
        _ => null,
    });

    public static implicit operator Answer(Refusal refusal) => new(null, Problems.Of(refusal));

    public bool IsDone => Instead is null;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (Instead is not null || Executed is null) return (Instead ?? Results.NoContent()).ExecuteAsync(httpContext);
        var headers = httpContext.Response.Headers;
        headers.ETag = ETag(Executed.Revision);
        headers[Position] = Executed.Position.ToString();
        return Results.Ok(new CommandAnswer(Executed.Revision, Executed.Position)).ExecuteAsync(httpContext);
    }

    public static string ETag(long revision) => string.Create(CultureInfo.InvariantCulture, $"\"{revision}\"");

    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(CommandAnswer), ["application/json"]));
        foreach (var status in (int[])[400, 404, 409, 412])
            builder.Metadata.Add(new ProducesResponseTypeMetadata(status, typeof(ProblemDetails), ["application/problem+json"]));
    }
}
