using System.Reflection;
using Compliance.Domain.Kernel;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;

namespace Compliance.Api.Entrance;

/// <summary>What a query's door answers about one thing: the thing, with the revision a change must name; 404 where there is none.</summary>
sealed record Shown<T>(T? Row, long? Revision = null) : IResult, IEndpointMetadataProvider where T : class
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (Row is null) return Problems.Of(new Refusal("request.unknown", "There is no such thing.")).ExecuteAsync(httpContext);
        if (Revision is { } revision)
        {
            var tag = Answer.ETag(revision);
            httpContext.Response.Headers.ETag = tag;
            if (httpContext.Request.Headers.IfNoneMatch == tag) return Results.StatusCode(StatusCodes.Status304NotModified).ExecuteAsync(httpContext);
        }

        return Results.Ok(Row).ExecuteAsync(httpContext);
    }

    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(T), ["application/json"]));
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status404NotFound, typeof(ProblemDetails), ["application/problem+json"]));
    }
}
