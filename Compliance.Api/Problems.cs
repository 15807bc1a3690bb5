using System.Text.Json;
using System.Text.RegularExpressions;
using Compliance.Api.EventLog;
using Compliance.Domain.Kernel;
using Microsoft.AspNetCore.Diagnostics;

namespace Compliance.Api;

/// <summary>A request that cannot be read: 400 with the field named.</summary>
sealed class Malformed(string field, string because) : BadHttpRequestException(because)
{
    public string Field { get; } = field;
}

/// <summary>
/// Every answer that says no, as problem+json (RFC 9457): <c>type</c> and <c>code</c> are stable, <c>detail</c> is for
/// people, <c>errors</c> names the fields of a malformed request. Nothing of the machine's inside ever stands in one.
/// </summary>
static partial class Problems
{
    public static IResult Of(Refusal refusal) => refusal switch
    {
        { Field: not null } => Of(400, refusal.Code, refusal.Because, Errors([refusal, .. refusal.Others ?? []])),
        { Code: var code } when code.EndsWith(".unknown", StringComparison.Ordinal) => Of(404, code, refusal.Because),
        _ => Of(409, refusal.Code, refusal.Because),
    };

    /// <summary>The id in the path and the one in the body must agree.</summary>
    public static Refusal OtherId(string field) => new("request.id-mismatch", "The path names another id than the body.", field);

    public static IResult Stale(long revision) =>
        Of(412, "request.stale", $"It has changed since you looked: it stands at revision {revision} now. Look again and decide anew.");

    public static IResult Busy(int retryAfterSeconds) => new Later(Of(503, "request.later", "Not now; ask again in a moment."), retryAfterSeconds);

    public static IResult TooMany(string because, int retryAfterSeconds) => new Later(Of(429, "request.too-many", because), retryAfterSeconds);

    public static IResult Of(int status, string code, string because, string? field = null) =>
        Of(status, code, because, field is null ? null : Errors([new(code, because, field)]));

    static Dictionary<string, string[]> Errors(IEnumerable<Refusal> refusals) =>
        refusals.GroupBy(r => r.Field!).ToDictionary(field => field.Key, field => field.Select(r => r.Because).ToArray());

    static IResult Of(int status, string code, string because, Dictionary<string, string[]>? errors) => Results.Problem(
        because, statusCode: status, type: $"urn:compliance:{code}", extensions: new Dictionary<string, object?>
        {
            ["code"] = code,
            ["errors"] = errors,
        }.Where(e => e.Value is not null));

    /// <summary>Bare status codes of the framework (401, 403, 404, 405) get the same shape.</summary>
    public static void Complete(ProblemDetailsContext context)
    {
        var (problem, code) = (context.ProblemDetails, context.ProblemDetails.Status switch
        {
            400 => "request.malformed",
            401 => "request.not-signed-in",
            403 => "request.not-allowed",
            404 => "request.unknown",
            405 => "request.wrong-verb",
            413 => "request.too-large",
            415 => "request.media-type",
            _ => "fault",
        });
        if (!problem.Extensions.TryAdd("code", code)) return;
        problem.Type = $"urn:compliance:{code}";
        problem.Detail = null;
    }

    /// <summary>Their mistake, not ours: it does not go into our log as an error.</summary>
    public static bool IsTheirs(ExceptionHandlerSuppressDiagnosticsContext context) => context.Exception is BadHttpRequestException;

    /// <summary>Answers for exceptions: the framework's about requests it could not read, and everything else as a fault of ours.</summary>
    public static Task Answer(HttpContext http)
    {
        var thrown = http.Features.Get<IExceptionHandlerFeature>()?.Error;
        return (thrown switch
        {
            Malformed malformed => Of(400, "request.malformed", malformed.Message, malformed.Field),
            BadHttpRequestException { StatusCode: 413 } => Of(413, "request.too-large", "The request is larger than this door takes."),
            BadHttpRequestException { StatusCode: 415 } => Of(415, "request.media-type", "The body of a request is application/json."),
            BadHttpRequestException { InnerException: JsonException json } => Of(400, "request.malformed", "This member is missing or is not of the kind it must be.", FieldOf(json)),
            BadHttpRequestException bad => Of(400, "request.malformed", "The request cannot be read.", Parameter().Match(bad.Message) is { Success: true } m ? JsonNamingPolicy.CamelCase.ConvertName(m.Groups[1].Value) : "body"),
            TimeoutException or EventLogException => Busy(1),
            FormatException when http.Request.Query.ContainsKey("after") => Of(400, "request.malformed", "This cursor is not from here.", "after"),
            _ => Of(500, "fault", "Something is broken on our side; it has been written down."),
        }).ExecuteAsync(http);
    }

    /// <summary><c>$.details.bin</c> is <c>details.bin</c>; a missing member stands only in the message, in quotes, after the type's own name.</summary>
    static string FieldOf(JsonException json)
    {
        var path = (json.Path ?? "$").TrimStart('$').TrimStart('.');
        var missing = Missing().Match(json.Message);
        return missing.Success ? $"{path}.{missing.Groups[1].Value}".TrimStart('.') : path.Length > 0 ? path : "body";
    }

    [GeneratedRegex(@"including: '([^']+)'")]
    private static partial Regex Missing();

    [GeneratedRegex(@"parameter ""\S+ (\w+)""")]
    private static partial Regex Parameter();

    sealed record Later(IResult Problem, int Seconds) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.RetryAfter = $"{Seconds}";
            return Problem.ExecuteAsync(httpContext);
        }
    }
}
