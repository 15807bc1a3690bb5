using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Compliance.Domain.Alerts;
using Compliance.Domain.Footage;
using Compliance.Domain.Kernel;
using Compliance.Domain.KnownClips;
using Compliance.Domain.Models;
using Compliance.Domain.Probes;
using Compliance.Domain.WatchLists;
using Microsoft.Extensions.Logging;

namespace Compliance.Probe.Tell;

/// <summary>The API cannot be reached or cannot answer now; later it may.</summary>
internal sealed class ApiAway(string detail) : Exception(detail)
{
    /// <summary>It no longer knows this box.</summary>
    public bool IsRevoked { get; init; }

    /// <summary>What it answered; null where nothing came.</summary>
    public HttpStatusCode? Status { get; init; }
}

/// <summary>The API will never take what was sent, however often.</summary>
internal sealed class ApiRefused(HttpStatusCode status, string? said = null) : Exception($"the API answered {(int)status}")
{
    public string Code { get; } = $"http.{(int)status}";

    /// <summary>The code of its refusal; null where it gave none that can be read.</summary>
    public string? Said => said;
}

/// <summary>The one door to the API, and the only file that knows its addresses. Signs in as this box, with its own key or the secret it was given.</summary>
internal sealed partial class ApiConnection(HttpClient http, ProbeOptions options, TimeProvider clock, ILogger<ApiConnection> log)
{
    /// <summary>Who was sent away knocks again now and then, should it have been a mistake.</summary>
    static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    /// <summary>Between the first two knocks with a secret that is not taken; doubled from knock to knock. Another secret is tried at once.</summary>
    static readonly TimeSpan WrongSecretPause = TimeSpan.FromSeconds(10);

    readonly Lock _gate = new();
    readonly ClockWatch _clock = new(clock);
    readonly TrustedLists _lists = new(options, log);
    Task<AuthenticationHeaderValue>? _granting;
    AuthenticationHeaderValue? _token;

    /// <summary>By the clock that only ticks: one on the wall that is set back would shut the door for as long.</summary>
    TimeSpan _tokenEnds, _shutUntil;
    string? _refusedSecret;
    int _refusals;
    volatile bool _isRevoked;

    /// <summary>How the probe's clock stands to the API's.</summary>
    public ClockState Clock => _clock.State;

    /// <summary>Null when nothing changed since <paramref name="revision"/>. Either answer is signed, and names what it was asked with: an answer of before confirms nothing now.</summary>
    public async Task<Assignments?> GetAssignments(string? revision, CancellationToken ct)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "probe/assignments");
        if (revision is not null) request.Headers.TryAddWithoutValidation("If-None-Match", $"\"{revision}\"");
        var asked = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        request.Headers.TryAddWithoutValidation(SignedList.AskedHeader, asked);
        return await Send(request, (answer, token) => Listed(answer, revision, asked, token), ct);
    }

    public async Task<IReadOnlyList<ObservationAnswer>> Observe(IReadOnlyList<Observation> observations, CancellationToken ct) =>
        await Send(Post("probe/observations", observations), Read<ObservationAnswer[]>, ct) ?? [];

    /// <summary>Told twice, each counts once.</summary>
    public Task TellMinutes(IReadOnlyList<MinuteMeasured> minutes, CancellationToken ct) =>
        Send(Post("probe/minutes", minutes), (_, _) => Task.FromResult(true), ct);

    /// <summary>Each with all that is known of it now.</summary>
    public async Task<IReadOnlyList<ObservationAnswer>> TellAlerts(IReadOnlyList<AlertTold> alerts, CancellationToken ct) =>
        await Send(Post("probe/alerts", alerts), Read<ObservationAnswer[]>, ct) ?? [];

    /// <summary>After the alert was told with the hash of the clip, or of its blurred copy.</summary>
    public Task KeepClip(Guid alert, bool isBlurred, byte[] mp4, CancellationToken ct)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, $"probe/alerts/{alert}/{(isBlurred ? "blurred-clip" : "clip")}") { Content = new ByteArrayContent(mp4) };
        request.Content.Headers.ContentType = new("video/mp4");
        return Send(request, (_, _) => Task.FromResult(true), ct);
    }

    /// <summary>The file of a model that is rolled out; whoever asks checks that it has that hash.</summary>
    public Task<byte[]> GetModel(string sha256, CancellationToken ct) => Send(new(HttpMethod.Get, $"probe/models/{sha256}"), (answer, token) => Bytes(answer, TreeFile.Largest, token), ct);

    /// <summary>The file of a known clip that is assigned to this box; whoever asks checks its hash.</summary>
    public Task<byte[]> GetKnownClip(Guid clip, CancellationToken ct) => Send(new(HttpMethod.Get, $"probe/known-clips/{clip}"), (answer, token) => Bytes(answer, KnownClip.Largest, token), ct);

    /// <summary>The lists of these operations, as far as they run now at venues of ours, for this box's memory.</summary>
    public async Task<IReadOnlyList<ListCopy>> GetWatchLists(IEnumerable<Guid> operations, CancellationToken ct) =>
        await Send(new(HttpMethod.Get, $"probe/watch-lists?operations={string.Join(',', operations)}"), Read<ListCopy[]>, ct) ?? [];

    public Task TellWiped(CopiesWiped wiped, CancellationToken ct) => Send(Post("probe/watch-lists/wiped", wiped), (_, _) => Task.FromResult(true), ct);

    public Task TellCandidate(CandidateTold candidate, CancellationToken ct) => Send(Post("probe/face-candidates", candidate), (_, _) => Task.FromResult(true), ct);

    /// <summary>Recordings to be fetched from recorders of venues we hold; one that no longer stands there is let go.</summary>
    public async Task<IReadOnlyList<FetchWish>> GetFetches(CancellationToken ct) => await Send(new(HttpMethod.Get, "probe/footage-fetches"), Read<FetchWish[]>, ct) ?? [];

    public Task TellFetch(Guid file, FetchTold told, CancellationToken ct) => Send(Post($"probe/footage-fetches/{file}/told", told), (_, _) => Task.FromResult(true), ct);

    /// <summary>Announced again, it says how much has come.</summary>
    public async Task<FootageReceived> AnnounceFetched(Guid file, FetchedFile fetched, CancellationToken ct) =>
        await Send(new(HttpMethod.Put, $"probe/footage-fetches/{file}") { Content = JsonContent.Create(fetched, options: EventCatalog.Json) }, Read<FootageReceived>, ct) ?? throw new ApiAway("an empty answer");

    public async Task<FootageReceived> SendFetched(Guid file, ReadOnlyMemory<byte> piece, long from, long whole, CancellationToken ct)
    {
        var content = new ReadOnlyMemoryContent(piece) { Headers = { ContentType = new("application/octet-stream"), ContentRange = new(from, from + piece.Length - 1, whole) } };
        return await Send(new(HttpMethod.Put, $"probe/footage-fetches/{file}/bytes") { Content = content }, Read<FootageReceived>, ct) ?? throw new ApiAway("an empty answer");
    }

    /// <summary>What a day was; told twice, it counts once.</summary>
    public Task State(DayStatement day, CancellationToken ct) => Send(Post("probe/statements", day), (_, _) => Task.FromResult(true), ct);

    /// <summary>True when the API let go of our verdicts while it did not hear us, and wants to be told them again.</summary>
    public Task<bool> Beat(Heartbeat heartbeat, CancellationToken ct) =>
        Send(Post("probe/heartbeat", heartbeat), (answer, _) => Task.FromResult(answer.StatusCode == HttpStatusCode.ResetContent), ct);

    /// <summary>Waits at the API until somebody wants a feed tested; null when nobody did for a while.</summary>
    public Task<FeedTest?> NextFeedTest(CancellationToken ct) =>
        Send(new(HttpMethod.Get, "probe/feed-tests?wait=20"), Read<FeedTest>, ct);

    public Task Answer(FeedTest test, FeedTestResult result, CancellationToken ct) =>
        Send(Post($"probe/feed-tests/{test.Id}/result", result), (_, _) => Task.FromResult(true), ct);

    /// <summary>Waits at the API until somebody may look at a camera of ours; null when nobody did for a while.</summary>
    public Task<LiveWish?> NextLiveWish(CancellationToken ct) => Send(new(HttpMethod.Get, "probe/live-wishes?wait=20"), Read<LiveWish>, ct);

    /// <summary>The way by which a camera's access units go out; it is we who dial.</summary>
    public async Task<ClientWebSocket> Bring(LiveWish wish, CancellationToken ct)
    {
        var socket = new ClientWebSocket();
        try
        {
            var address = new UriBuilder(new Uri(http.BaseAddress!, $"probe/live/{wish.Id}"));
            address.Scheme = address.Scheme == Uri.UriSchemeHttps ? Uri.UriSchemeWss : Uri.UriSchemeWs;
            socket.Options.SetRequestHeader("Authorization", (await Token(ct)).ToString());
            await socket.ConnectAsync(address.Uri, ct);
            return socket;
        }
        catch (Exception e) when (e is WebSocketException or HttpRequestException)
        {
            socket.Dispose();
            throw new ApiAway(e.Message);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Waits at the API until somebody looks for cameras in our network; null when nobody did for a while.</summary>
    public Task<NetworkSearch?> NextSearch(CancellationToken ct) => Send(new(HttpMethod.Get, "probe/network-searches?wait=20"), Read<NetworkSearch>, ct);

    public Task Answer(NetworkSearch search, NetworkSearchResult result, CancellationToken ct) =>
        Send(Post($"probe/network-searches/{search.Id}/result", result), (_, _) => Task.FromResult(true), ct);

    /// <summary>One that is not the API's own is as none: the list of before stands.</summary>
    async Task<Assignments?> Listed(HttpResponseMessage answer, string? revision, string asked, CancellationToken ct)
    {
        var isSame = answer.StatusCode == HttpStatusCode.NotModified;
        var body = isSame ? Encoding.ASCII.GetBytes(revision ?? "") : await answer.Content.ReadAsByteArrayAsync(ct);
        var signature = answer.Headers.TryGetValues(SignedList.Header, out var values) ? values.FirstOrDefault() : null;
        if (!_lists.Believes(signature, body, asked)) throw new ApiAway("the list is not signed by the API, or not as the answer to this question");
        return isSame ? null : JsonSerializer.Deserialize<Assignments>(body, EventCatalog.Json);
    }

    static HttpRequestMessage Post<T>(string path, T body) =>
        new(HttpMethod.Post, path) { Content = JsonContent.Create(body, options: EventCatalog.Json) };

    static async Task<T?> Read<T>(HttpResponseMessage answer, CancellationToken ct) where T : class =>
        answer.StatusCode is HttpStatusCode.NotModified or HttpStatusCode.NoContent ? null : await Json<T>(answer, EventCatalog.Json, ct);

    /// <exception cref="ApiAway">It is more than that: no file of ours is.</exception>
    static async Task<byte[]> Bytes(HttpResponseMessage answer, int largest, CancellationToken ct) =>
        await answer.Content.ReadAsByteArrayAsync(ct) is var bytes && bytes.Length <= largest ? bytes : throw new ApiAway("what was sent is too large");

    /// <summary>JSON is UTF-8 (RFC 8259), whatever else something in between says of its page.</summary>
    static async Task<T?> Json<T>(HttpResponseMessage answer, JsonSerializerOptions options, CancellationToken ct)
    {
        await using var body = await answer.Content.ReadAsStreamAsync(ct);
        return await JsonSerializer.DeserializeAsync<T>(body, options, ct);
    }

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
                    if (await Says(answer, "code", ct) == "probe.revoked") throw SentAway();
                }

                await Demand(answer, ct);
                return await read(answer, ct);
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException or UnauthorizedAccessException or JsonException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            throw new ApiAway(e.Message);
        }
    }

    /// <summary>The API refuses for good with these alone; anything else may be said by something in between, and passes.</summary>
    static async Task Demand(HttpResponseMessage answer, CancellationToken ct)
    {
        var status = answer.StatusCode;
        if ((int)status is >= 200 and < 300 || status == HttpStatusCode.NotModified) return;
        if (status is not (HttpStatusCode.BadRequest or HttpStatusCode.Conflict or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableEntity))
            throw new ApiAway($"the API answered {(int)status}") { Status = status };
        string? said = null;
        try
        {
            said = await Says(answer, "code", ct);
        }
        catch (Exception e) when (e is JsonException or HttpRequestException or IOException)
        {
            // That it refused stands all the same.
        }

        throw new ApiRefused(status, said);
    }

    /// <summary>Whoever comes while a token is being fetched waits for the same one.</summary>
    async Task<AuthenticationHeaderValue> Token(CancellationToken ct)
    {
        Task<AuthenticationHeaderValue> granting;
        lock (_gate)
        {
            if (Now < _shutUntil && (_isRevoked || options.Secret == _refusedSecret)) throw Shut();
            if (_token is not null && Now < _tokenEnds) return _token;
            if (_granting is not { IsCompleted: false }) _granting = Grant();
            granting = _granting;
        }

        return await granting.WaitAsync(ct);
    }

    async Task<AuthenticationHeaderValue> Grant()
    {
        var secret = options.Secret;
        using var form = new FormUrlEncodedContent(options.Identity is { } box ? new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = box.Box.ClientId,
            ["client_assertion_type"] = BoxAssertion.Type,
            ["client_assertion"] = BoxAssertion.Make(box.Sign, box.Box.ClientId, box.Box.Issuer, clock.GetUtcNow(), Guid.NewGuid()),
        }
        : new()
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = options.ClientId,
            ["client_secret"] = secret,
        });
        using var response = await http.PostAsync("connect/token", form);
        if (!response.IsSuccessStatusCode && await Says(response, "error", default) == "invalid_client") throw NotTaken(secret);
        if (!response.IsSuccessStatusCode) throw new ApiAway($"no token: {(int)response.StatusCode}");
        var granted = await Json<Granted>(response, JsonSerializerOptions.Web, default) ?? throw new ApiAway("no token: an empty answer");
        (_isRevoked, _refusals, _refusedSecret) = (false, 0, null);
        _tokenEnds = Now + TimeSpan.FromSeconds(granted.ExpiresIn * 0.8);
        return _token = new("Bearer", granted.AccessToken);
    }

    /// <summary>Unless somebody has fetched another one meanwhile.</summary>
    void Forget(AuthenticationHeaderValue refused)
    {
        lock (_gate)
            if (_token == refused) _token = null;
    }

    TimeSpan Now => clock.GetElapsedTime(0);

    ApiAway SentAway()
    {
        if (!_isRevoked) Revoked(log, options.SignsInAs);
        (_isRevoked, _shutUntil) = (true, Now + LongestPause);
        return Shut();
    }

    /// <summary>A wrong secret alone says nothing of the box. Only whoever was told of its revocation before stays revoked: its secret is void too.</summary>
    ApiAway NotTaken(string secret)
    {
        if (_isRevoked) return SentAway();
        _refusals = secret == _refusedSecret ? _refusals + 1 : 1;
        var pause = WrongSecretPause * Math.Pow(2, Math.Min(_refusals - 1, 10));
        if (pause > LongestPause) pause = LongestPause;
        (_refusedSecret, _shutUntil) = (secret, Now + pause);
        Refused(log, options.SignsInAs, options.Identity is null ? options.ClientSecretFile ?? "Probe:ClientSecret" : "Probe:EnrolmentCode", pause);
        return Shut();
    }

    ApiAway Shut() => new(_isRevoked ? "the API no longer knows this box" : "the API does not take this box's secret") { IsRevoked = _isRevoked };

    [LoggerMessage(LogLevel.Critical, "The API has revoked {ClientId}. This box is to be enrolled anew: an administrator makes a code, and it is started with it")]
    static partial void Revoked(ILogger log, string clientId);

    [LoggerMessage(LogLevel.Error, "The API does not take the key or secret of {ClientId}: it was changed, or the box was revoked. An administrator sees which, on the page of the probes: "
        + "a box that stands there gets a new code or secret, to be written to {Secret}; one that does not is enrolled anew with a code. Knocking again in {Pause}")]
    static partial void Refused(ILogger log, string clientId, string secret, TimeSpan pause);

    /// <summary>A word of an answer that explains itself in JSON; null when it does not.</summary>
    static async Task<string?> Says(HttpResponseMessage answer, string word, CancellationToken ct)
    {
        if (answer.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) != true) return null;
        var said = await Json<JsonElement>(answer, JsonSerializerOptions.Web, ct);
        return said.ValueKind == JsonValueKind.Object && said.TryGetProperty(word, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }

    sealed record Granted(
        [property: JsonPropertyName("access_token")] string AccessToken, [property: JsonPropertyName("expires_in")] int ExpiresIn);
}
