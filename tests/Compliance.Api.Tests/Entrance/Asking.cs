using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Compliance.Domain.Kernel;

namespace Compliance.Api.Tests.Entrance;

/// <summary>How tests talk to doors: JSON as the contract writes it.</summary>
static class Asking
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<HttpResponseMessage> Ask(this HttpClient client, string verb, string path, object? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new(verb), path);
        if (body is not null) request.Content = JsonContent.Create(body, body.GetType(), options: EventCatalog.Json);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ct);
    }

    /// <summary>A command that is expected to pass; answers where the log stands then.</summary>
    public static async Task<CommandAnswer> Do(this HttpClient client, string verb, string path, object? body = null)
    {
        using var answer = await client.Ask(verb, path, body);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{verb} {path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(Ct)}");
        return (await answer.Content.ReadFromJsonAsync<CommandAnswer>(EventCatalog.Json, Ct))!;
    }

    /// <summary>A query that sees what <paramref name="after"/> did.</summary>
    public static async Task<T> Get<T>(this HttpClient client, string path, CommandAnswer? after = null)
    {
        using var answer = await client.Ask("GET", path, null, after is null ? [] : [("Compliance-After", after.Position.ToString())]);
        Assert.True(answer.IsSuccessStatusCode, $"GET {path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(Ct)}");
        return (await answer.Content.ReadFromJsonAsync<T>(EventCatalog.Json, Ct))!;
    }

    public static async Task<JsonElement> Json(this HttpResponseMessage answer) =>
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Ct)).RootElement;

    /// <summary>The status, the stable code and the field at fault: <c>400 request.malformed details.bin</c>.</summary>
    public static async Task<string> Refusal(this HttpResponseMessage answer)
    {
        using var _ = answer;
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await answer.Json();
        var field = problem.TryGetProperty("errors", out var errors) ? $" {errors.EnumerateObject().Single().Name}" : "";
        return $"{(int)answer.StatusCode} {problem.GetProperty("code")}{field}";
    }

    /// <summary>Asks again until it is so; what never comes fails the test instead of holding all of them up.</summary>
    /// <returns>The answer that is so.</returns>
    public static async Task<T> Until<T>(Func<Task<T>> ask, Func<T, bool> isSo, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(isSo))] string said = "")
    {
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(30));
        for (var waited = System.Diagnostics.Stopwatch.StartNew(); ; await again.WaitForNextTickAsync(Ct))
        {
            if (await ask() is var now && isSo(now)) return now;
            Assert.True(waited.Elapsed < Listener.Patience, $"It did not come: {said}");
        }
    }

    public static Task Until(Func<Task<bool>> isSo, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(isSo))] string said = "") => Until(isSo, so => so, said);

    /// <summary>Listens from now on (or from where an earlier listener was); connected when it returns.</summary>
    public static async Task<Listener> Listen(this HttpClient client, string? lastId = null)
    {
        var answer = await client.Ask("GET", "/changes", null, lastId is null ? [] : [("Last-Event-ID", lastId)]);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        return new(answer, SseParser.Create(await answer.Content.ReadAsStreamAsync(Ct)).EnumerateAsync(Ct).GetAsyncEnumerator(Ct));
    }
}

/// <summary>One connection to /changes.</summary>
sealed class Listener(HttpResponseMessage answer, IAsyncEnumerator<SseItem<string>> items) : IDisposable
{
    /// <summary>What never comes fails the test that waits for it, instead of holding all of them up.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public async Task<SseItem<string>> Next() =>
        await items.MoveNextAsync().AsTask().WaitAsync(Patience, TestContext.Current.CancellationToken) ? items.Current : throw new InvalidOperationException("the stream of changes ended");

    /// <summary>The next change of a view; others are passed over.</summary>
    public async Task<SseItem<string>> Until(string view)
    {
        for (var waited = System.Diagnostics.Stopwatch.StartNew(); ; Assert.True(waited.Elapsed < Patience, $"Nothing of {view} was heard."))
            if (await Next() is { } item && item.Data.Contains($"\"{view}\"", StringComparison.Ordinal)) return item;
    }

    public void Dispose() => answer.Dispose();
}
