using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Compliance.Api.Entrance;

/// <summary>What the doors' signatures do not say by themselves, for /openapi/v1.json.</summary>
static class OpenApi
{
    public static Task Describe(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken ct)
    {
        document.Info = new()
        {
            Title = "Compliance",
            Version = "v1",
            Description = "Compliance of camera, fire alarm and exit mandates. Commands answer the log position they reached; a query that carries it in Compliance-After sees them.",
        };
        return Task.CompletedTask;
    }

    public static Task Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        var isCommand = context.Description.HttpMethod != HttpMethods.Get;
        foreach (var (name, meaning) in isCommand ? Commands : Queries)
            (operation.Parameters ??= []).Add(new OpenApiParameter
            {
                Name = name, In = ParameterLocation.Header, Description = meaning, Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
        return Task.CompletedTask;
    }

    static readonly (string, string)[] Commands =
    [
        (Knock.Key, "A UUID the caller made for this command: sent again under it, the command counts once."),
        ("If-Match", "The ETag the decision rests on; 412 when the thing has changed since."),
    ];

    static readonly (string, string)[] Queries = [(ReadYourWrites.After, "The position that a command answered: the query waits until the views show it.")];
}
