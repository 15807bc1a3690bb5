using System.Net;
using System.Text.Json;

namespace Compliance.Web.Shell;

/// <summary>What the API said: a value, or why there is none.</summary>
public readonly record struct Answer<T>(T? Value, Problem? Problem) where T : class
{
    public static implicit operator Answer<T>(T value) => new(value, null);
    public static implicit operator Answer<T>(Problem problem) => new(null, problem);
}

/// <summary>An answer without a body.</summary>
public sealed record Done
{
    public static readonly Done It = new();
}

/// <summary>Why the API did not do what was asked; a page shows it in the reader's language by <paramref name="Code"/>.</summary>
/// <param name="Code">Stable: a refusal's code, or one of the shell's own (<c>api.unreachable</c>, <c>http.403</c>).</param>
/// <param name="Fields">The members that are malformed, as the body spells them.</param>
/// <param name="Reasons">What the API found wrong, one line each, for those who can read a rulebook; the words are the API's own.</param>
public sealed record Problem(string Code, IReadOnlyList<string> Fields, IReadOnlyList<string>? Reasons = null)
{
    /// <summary>Asked again, the API would say the same.</summary>
    public bool IsFinal => Code is "http.403" or "http.404" or "http.410" or "request.not-allowed" or "request.unknown" or "venue.unknown";

    public static async Task<Problem> Read(HttpResponseMessage response, CancellationToken ct)
    {
        var byStatus = $"http.{(int)response.StatusCode}";
        try
        {
            using var body = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(ct), default, ct);
            var code = body.RootElement.TryGetProperty("code", out var own) ? own.GetString() : null;
            string[] fields = body.RootElement.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Object
                ? [.. errors.EnumerateObject().Select(e => e.Name)] : [];
            return new(code ?? byStatus, fields, [.. fields.SelectMany(field => errors.GetProperty(field) is { ValueKind: JsonValueKind.Array } said ? said.EnumerateArray().Select(one => $"{one}") : [])]);
        }
        catch (JsonException)
        {
            return new(byStatus, []);
        }
    }

    /// <summary>Broken machinery as a value; null for what is a bug, or the caller's own leaving.</summary>
    public static Problem? Of(Exception broken, CancellationToken ct) => broken switch
    {
        _ when ct.IsCancellationRequested => null,
        HttpRequestException { StatusCode: HttpStatusCode.Unauthorized } => new("http.401", []),
        HttpRequestException or IOException => new("api.unreachable", []),
        OperationCanceledException or TimeoutException => new("api.slow", []),
        JsonException => new("api.unreadable", []),
        _ => null,
    };
}
