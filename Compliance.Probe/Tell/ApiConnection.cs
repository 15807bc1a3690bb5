using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;

namespace Compliance.Probe.Tell;

/// <summary>The API cannot be reached or cannot answer now; later it may.</summary>
internal sealed class ApiAway(string detail) : Exception(detail)
{
    /// <summary>It no longer knows this box.</summary>
    public bool IsRevoked { get; init; }
}

/// <summary>The API will never take what was sent, however often.</summary>
internal sealed class ApiRefused(HttpStatusCode status) : Exception($"the API answered {(int)status}")
{
    public string Code { get; } = $"http.{(int)status}";
}

/// <summary>The one door to the API, and the only file that knows its addresses. Signs in as this box, by client credentials.</summary>
internal sealed class ApiConnection(HttpClient http, ProbeOptions options, TimeProvider clock)
{
    /// <summary>Who was sent away knocks again now and then, should it have been a mistake.</summary>
    static readonly TimeSpan RevokedPause = TimeSpan.FromMinutes(10);

    /// <summary>A key that does not fit was rotated most likely: the file soon holds the new one.</summary>
    static readonly TimeSpan WrongKeyPause = TimeSpan.FromSeconds(10);

    readonly Lock _gate = new();
    readonly ClockWatch _clock = new(clock);
    Task<AuthenticationHeaderValue>? _granting;
    AuthenticationHeaderValue? _token;
    DateTimeOffset _tokenEnds, _shutUntil;
    volatile bool _isRevoked;

    /// <summary>How the probe's clock stands to the API's.</summary>
    public ClockState Clock => _clock.State;

    /// <summary>Null when nothing changed since <paramref name="revision"/>.</summary>
    public async Task<Assignments?> GetAssignments(string? revision, CancellationToken ct)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "probe/assignments");
        if (revision is not null) request.Headers.TryAddWithoutValidation("If-None-Match", $"\"{revision}\"");
        return await Send(request, Read<Assignments>, ct);
    }

    public async Task<IReadOnlyList<ObservationAnswer>> Observe(IReadOnlyList<Observation> observations, CancellationToken ct) =>
        await Send(Post("probe/observations", observations), Read<ObservationAnswer[]>, ct) ?? [];

    /// <summary>True when the API let go of our verdicts while it did not hear us, and wants to be told them again.</summary>
    public Task<bool> Beat(Heartbeat heartbeat, CancellationToken ct) =>
        Send(Post("probe/heartbeat", heartbeat), (answer, _) => Task.FromResult(answer.StatusCode == HttpStatusCode.ResetContent), ct);

    /// <summary>Waits at the API until somebody wants a feed tested; null when nobody did for a while.</summary>
    public Task<FeedTest?> NextFeedTest(CancellationToken ct) =>
        Send(new(HttpMethod.Get, "probe/feed-tests?wait=20"), Read<FeedTest>, ct);

    public Task Answer(FeedTest test, FeedTestResult result, CancellationToken ct) =>
        Send(Post($"probe/feed-tests/{test.Id}/result", result), (_, _) => Task.FromResult(true), ct);

    static HttpRequestMessage Post<T>(string path, T body) =>
        new(HttpMethod.Post, path) { Content = JsonContent.Create(body, options: EventCatalog.Json) };

    static async Task<T?> Read<T>(HttpResponseMessage answer, CancellationToken ct) where T : class =>
        answer.StatusCode is HttpStatusCode.NotModified or HttpStatusCode.NoContent ? null : await answer.Content.ReadFromJsonAsync<T>(EventCatalog.Json, ct);

    async Task<T> Send<T>(HttpRequestMessage request, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken ct)
    {
        try
        {
            using (request)
            {
                request.Headers.Authorization = await Token(ct);
                using var answer = await http.SendAsync(request, ct);
                if (answer.Headers.Date is { } theirs) _clock.Compare(theirs);
                if (answer.StatusCode == HttpStatusCode.Unauthorized)
                {
                    Forget(request.Headers.Authorization);
                    if (await Says(answer, "code", ct) == "probe.revoked") throw ShutOut(revoked: true);
                }

                Demand(answer.StatusCode);
                return await read(answer, ct);
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            throw new ApiAway(e.Message);
        }
    }

    static void Demand(HttpStatusCode status)
    {
        if ((int)status is >= 200 and < 300 || status == HttpStatusCode.NotModified) return;
        var mayPass = (int)status >= 500 || status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
            or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.NotFound;
        throw mayPass ? new ApiAway($"the API answered {(int)status}") : new ApiRefused(status);
    }

    /// <summary>Whoever comes while a token is being fetched waits for the same one.</summary>
    async Task<AuthenticationHeaderValue> Token(CancellationToken ct)
    {
        Task<AuthenticationHeaderValue> granting;
        lock (_gate)
        {
            if (clock.GetUtcNow() < _shutUntil) throw Shut();
            if (_token is not null && clock.GetUtcNow() < _tokenEnds) return _token;
            if (_granting is not { IsCompleted: false }) _granting = Grant();
            granting = _granting;
        }

        return await granting.WaitAsync(ct);
    }

    async Task<AuthenticationHeaderValue> Grant()
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = options.ClientId,
            ["client_secret"] = options.Secret,
        });
        using var response = await http.PostAsync("connect/token", form);
        if (!response.IsSuccessStatusCode && await Says(response, "error", default) == "invalid_client") throw ShutOut(_isRevoked);
        if (!response.IsSuccessStatusCode) throw new ApiAway($"no token: {(int)response.StatusCode}");
        var granted = await response.Content.ReadFromJsonAsync<Granted>() ?? throw new ApiAway("no token: an empty answer");
        _isRevoked = false;
        _tokenEnds = clock.GetUtcNow() + TimeSpan.FromSeconds(granted.ExpiresIn * 0.8);
        return _token = new("Bearer", granted.AccessToken);
    }

    /// <summary>Unless somebody has fetched another one meanwhile.</summary>
    void Forget(AuthenticationHeaderValue refused)
    {
        lock (_gate)
            if (_token == refused) _token = null;
    }

    /// <summary>A wrong key alone says nothing of the box. Only whoever was told of its revocation before stays revoked: its key is void too.</summary>
    ApiAway ShutOut(bool revoked)
    {
        (_isRevoked, _shutUntil) = (revoked, clock.GetUtcNow() + (revoked ? RevokedPause : WrongKeyPause));
        return Shut();
    }

    ApiAway Shut() => new(_isRevoked ? "the API no longer knows this box" : "the API does not take this box's secret") { IsRevoked = _isRevoked };

    /// <summary>A word of an answer that explains itself in JSON; null when it does not.</summary>
    static async Task<string?> Says(HttpResponseMessage answer, string word, CancellationToken ct)
    {
        if (answer.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) != true) return null;
        var said = await answer.Content.ReadFromJsonAsync<JsonElement>(ct);
        return said.ValueKind == JsonValueKind.Object && said.TryGetProperty(word, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }

    sealed record Granted(
        [property: JsonPropertyName("access_token")] string AccessToken, [property: JsonPropertyName("expires_in")] int ExpiresIn);
}
