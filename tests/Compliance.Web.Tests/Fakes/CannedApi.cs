using System.Net;
using System.Text;
using System.Text.Json;
using Compliance.Domain.Kernel;

namespace Compliance.Web.Tests.Fakes;

/// <summary>Answers by verb and path; what it was asked stands in <see cref="Asked"/>. A path nobody canned is 404.</summary>
sealed class CannedApi : HttpMessageHandler
{
    readonly Dictionary<string, Func<HttpResponseMessage>> answers = [];
    readonly Dictionary<string, (string Code, Func<string, bool> IsMeant)> refusals = [];
    readonly List<(string Door, string Body, string? After, string? Token, string? IfMatch, string Query)> asked = [];

    /// <summary>So far: a page may still be asking.</summary>
    public IReadOnlyList<(string Door, string Body, string? After, string? Token, string? IfMatch, string Query)> Asked
    {
        get { lock (asked) return [.. asked]; }
    }

    /// <param name="door"><c>GET /venues</c>, without the query.</param>
    public CannedApi On(string door, object row, HttpStatusCode status = HttpStatusCode.OK)
    {
        var json = JsonSerializer.Serialize(row, row.GetType(), EventCatalog.Json);
        answers[door] = () => new(status) { Content = new StringContent(json, Encoding.UTF8, status == HttpStatusCode.OK ? "application/json" : "application/problem+json") };
        return this;
    }

    /// <summary>Every path that begins so.</summary>
    public CannedApi OnAll(string door, object row) => On(door + "*", row);

    public CannedApi OnStream(string door, Stream stream)
    {
        answers[door] = () => new(HttpStatusCode.OK) { Content = new StreamContent(stream) };
        return this;
    }

    /// <summary>Says no to what is asked there in such words; to others it answers as before.</summary>
    public CannedApi Refuse(string door, string code, Func<string, bool> isMeant)
    {
        refusals[door] = (code, isMeant);
        return this;
    }

    public CannedApi Unreachable(string door)
    {
        answers[door] = () => throw new HttpRequestException("no route");
        return this;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var door = $"{request.Method} {request.RequestUri!.AbsolutePath}";
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        lock (asked) asked.Add((door, body, request.Headers.TryGetValues("Compliance-After", out var after) ? after.Single() : null, request.Headers.Authorization?.Parameter, request.Headers.IfMatch.SingleOrDefault()?.Tag, request.RequestUri.Query));
        if (refusals.TryGetValue(door, out var no) && no.IsMeant(body))
            return new(HttpStatusCode.Conflict) { Content = new StringContent($$"""{"code":"{{no.Code}}"}""", Encoding.UTF8, "application/problem+json") };
        var known = answers.Keys.FirstOrDefault(key => key == door) ?? answers.Keys.FirstOrDefault(key => (key.EndsWith('*') && door.StartsWith(key[..^1], StringComparison.Ordinal)));
        return known is null ? new(HttpStatusCode.NotFound) : answers[known]();
    }
}
