using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Compliance.Domain.Alerts;
using Compliance.Domain.Footage;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;
using Compliance.Domain.WatchLists;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Http = Microsoft.AspNetCore.Http.Results;

namespace Compliance.Probe.Tests.Tell;

/// <summary>The API's side of the contract, over real HTTP, with troubles on request.</summary>
sealed class FakeApi : IAsyncDisposable
{
    readonly WebApplication _app;

    FakeApi()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            foreach (var converter in EventCatalog.Json.Converters) json.SerializerOptions.Converters.Add(converter);
            json.SerializerOptions.AllowOutOfOrderMetadataProperties = true;
        });
        _app = builder.Build();
        _app.Use(async (http, next) =>
        {
            if (IsTimeless) http.Response.Headers.Date = "-";
            if (Trouble is { } status) http.Response.StatusCode = status;
            else if (IsRevoked) await Send(http.Request.Path == "/connect/token" ? new { error = "invalid_client" } : new { code = "probe.revoked" });
            else if (Secret is not null && http.Request.Path == "/connect/token" && (await http.Request.ReadFormAsync())["client_secret"] != Secret) await Send(new { error = "invalid_client" });
            else if (http.Request.Path.Value is not ("/connect/token" or "/probe/enrolment") && http.Request.Headers.Authorization != $"Bearer token-{Tokens}") http.Response.StatusCode = 401;
            else await next(http);

            Task Send(object why)
            {
                http.Response.StatusCode = 401;
                Knocks++;
                return http.Response.WriteAsJsonAsync(why, why.GetType());
            }
        });
        _app.UseWebSockets();
        _app.MapPost("/connect/token", (HttpRequest request) =>
        {
            Assertion = request.Form["client_assertion"];
            return new { access_token = $"token-{++Tokens}", expires_in = 3600, who = request.Form["client_id"].ToString() };
        });
        _app.MapGet("/probe/assignments", (HttpContext http) =>
        {
            var isSame = http.Request.Headers.IfNoneMatch == $"\"{Assignments.Revision}\"";
            var body = isSame ? System.Text.Encoding.ASCII.GetBytes(Assignments.Revision) : JsonSerializer.SerializeToUtf8Bytes(Assignments, EventCatalog.Json);
            var signature = SignedList.Sign(
                signed => SigningKey.SignData(signed, HashAlgorithmName.SHA256), Box.ConfigurationKey, Assignments.ProbeId, TimeProvider.System.GetUtcNow(), body, http.Request.Headers[SignedList.AskedHeader]);
            http.Response.Headers[SignedList.Header] = Replayed ?? signature;
            LastSignature = signature;
            return isSame ? Http.StatusCode(304) : Http.Bytes(body, "application/json");
        });
        _app.MapPost("/probe/enrolment", (Enrolment box) =>
        {
            Enrolments.Enqueue(box);
            return box.Code == GoodCode ? Http.Ok(Box with { Issuer = Address }) : Http.StatusCode(409);
        });
        _app.MapPost("/probe/observations", (Observation[] observations) =>
        {
            Posts.Enqueue(observations);
            if (AnswersLost-- > 0) return Http.StatusCode(502);
            return Http.Ok(observations.Select(o => new ObservationAnswer(o.Id, Refuse(o))));
        });
        _app.MapPost("/probe/alerts", (AlertTold[] alerts) =>
        {
            Alerts.Enqueue(alerts);
            if (RefuseAlerts(alerts)) return Http.StatusCode(400);
            return Http.Ok(alerts.Select(told => new ObservationAnswer(told.AlertId, RefuseAlert(told))));
        });
        _app.MapPut("/probe/alerts/{id:guid}/clip", (Guid id, HttpRequest request) => Keep(Clips, id, request));
        _app.MapPut("/probe/alerts/{id:guid}/blurred-clip", (Guid id, HttpRequest request) => Keep(BlurredClips, id, request));
        _app.MapGet("/probe/models/{sha256}", (string sha256) =>
        {
            ModelsAsked.Enqueue(sha256);
            return Models.TryGetValue(sha256, out var file) ? Http.Bytes(file, "application/json") : Http.NotFound();
        });
        _app.MapGet("/probe/known-clips/{id:guid}", (Guid id) => KnownClips.TryGetValue(id, out var file) ? Http.Bytes(file) : Http.NotFound());
        _app.MapGet("/probe/watch-lists", (string operations) => Http.Ok(WatchLists.Where(list => operations.Contains($"{list.OperationId}", StringComparison.Ordinal))));
        _app.MapPost("/probe/watch-lists/wiped", (CopiesWiped wiped) =>
        {
            OnWiped(wiped);
            Wiped.Enqueue(wiped);
        });
        _app.MapPost("/probe/face-candidates", (CandidateTold told) =>
        {
            Candidates.Enqueue(told);
            return Http.Ok(new CommandAnswer(1, new(1, 1)));
        });
        _app.MapGet("/probe/footage-fetches", () => Http.Ok(Fetches));
        _app.MapPost("/probe/footage-fetches/{id:guid}/told", (Guid id, FetchTold told) =>
        {
            FetchesTold.Enqueue(told);
            return Fetches.Any(f => f.FileId == id) ? Http.NoContent() : Http.StatusCode(409);
        });
        _app.MapPut("/probe/footage-fetches/{id:guid}", (Guid id, FetchedFile file) =>
        {
            Announced.Enqueue(id);
            if (RefuseFetched(id) is var (status, code)) return Http.Json(new { code }, statusCode: status);
            Fetched = file;
            return Http.Ok(new FootageReceived(FetchedBytes.Length, file.Bytes, null));
        });
        _app.MapPut("/probe/footage-fetches/{id:guid}/bytes", async (HttpRequest request) =>
        {
            using var piece = new MemoryStream();
            await request.Body.CopyToAsync(piece);
            if (request.Headers.ContentRange != $"bytes {FetchedBytes.Length}-{FetchedBytes.Length + piece.Length - 1}/{Fetched!.Bytes}") return Http.StatusCode(409);
            FetchedBytes = [.. FetchedBytes, .. piece.ToArray()];
            return PieceAnswersLost-- > 0 ? Http.StatusCode(502) : Http.Ok(new FootageReceived(FetchedBytes.Length, Fetched.Bytes, null));
        });
        _app.MapPost("/probe/minutes", (MinuteMeasured[] minutes) =>
        {
            Minutes.Enqueue(minutes);
            return Http.Ok(new MinutesKept(minutes.Length));
        });
        _app.MapPost("/probe/statements", (DayStatement day) =>
        {
            Days.Enqueue(day);
            return Http.NoContent();
        });
        _app.MapPost("/probe/heartbeat", (Heartbeat beat) =>
        {
            Heartbeats.Enqueue(beat);
            var again = WantsAllAgain;
            WantsAllAgain = false;
            return Http.StatusCode(again ? 205 : 204);
        });
        _app.MapGet("/probe/feed-tests", async (CancellationToken ct) =>
        {
            using var wait = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
            if (FeedTest is null) await wait.WaitForNextTickAsync(ct);
            var test = FeedTest;
            FeedTest = null;
            return test is null ? Http.NoContent() : Http.Ok(test);
        });
        _app.MapGet("/probe/live-wishes", async (CancellationToken ct) =>
        {
            using var wait = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
            if (Wish is null) await wait.WaitForNextTickAsync(ct);
            var wish = Wish;
            Wish = null;
            return wish is null ? Http.NoContent() : Http.Ok(wish);
        });
        _app.MapGet("/probe/live/{id:guid}", async (Guid id, HttpContext http) =>
        {
            using var socket = await http.WebSockets.AcceptWebSocketAsync();
            var buffer = new byte[1 << 20];
            for (var length = 0; ;)
            {
                var read = await socket.ReceiveAsync(buffer.AsMemory(length), http.RequestAborted);
                if (read.MessageType == System.Net.WebSockets.WebSocketMessageType.Close) break;
                length += read.Count;
                if (!read.EndOfMessage) continue;
                Brought.Enqueue((id, buffer[..length]));
                length = 0;
            }
        });
        _app.MapGet("/probe/network-searches", async (CancellationToken ct) =>
        {
            using var wait = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
            if (Search is null) await wait.WaitForNextTickAsync(ct);
            var search = Search;
            Search = null;
            return search is null ? Http.NoContent() : Http.Ok(search);
        });
        _app.MapPost("/probe/network-searches/{id}/result", (Guid id, NetworkSearchResult result) =>
        {
            Found[id] = result;
            return Http.NoContent();
        });
        _app.MapPost("/probe/feed-tests/{id}/result", (Guid id, FeedTestResult result) =>
        {
            Results[id] = result;
            return Http.NoContent();
        });
    }

    /// <summary>What is handed out under a hash; a test may hand out something else.</summary>
    public ConcurrentDictionary<string, byte[]> Models { get; } = [];

    public ConcurrentDictionary<Guid, byte[]> KnownClips { get; } = [];

    public ConcurrentQueue<string> ModelsAsked { get; } = [];

    public IReadOnlyList<ListCopy> WatchLists { get; set; } = [];

    public ConcurrentQueue<CopiesWiped> Wiped { get; } = [];

    /// <summary>While the box waits for the answer.</summary>
    public Action<CopiesWiped> OnWiped { get; set; } = _ => { };

    public ConcurrentQueue<CandidateTold> Candidates { get; } = [];

    public NetworkSearch? Search { get; set; }

    /// <summary>Somebody may look at a camera; it is asked for once.</summary>
    public LiveWish? Wish { get; set; }

    /// <summary>Messages of live feeds, with the wish they came for.</summary>
    public ConcurrentQueue<(Guid Wish, byte[] Message)> Brought { get; } = [];

    public ConcurrentDictionary<Guid, NetworkSearchResult> Found { get; } = [];

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public Assignments Assignments { get; set; } = new(Guid.Empty, "0", []);
    public FeedTest? FeedTest { get; set; }

    /// <summary>By which the assignments are signed; another one is an impostor's.</summary>
    public ECDsa SigningKey { get; set; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>Of the last list, or of the answer that nothing changed; and what is sent in its place by somebody in between.</summary>
    public string? LastSignature { get; private set; }

    public string? Replayed { get; set; }

    /// <summary>As whom the box enrols, with the one code that is good.</summary>
    public BoxEnrolled Box => new(Guid.Empty, $"probe-{Guid.Empty:N}", new("http://issuer"), SigningKey.ExportSubjectPublicKeyInfoPem());

    public string GoodCode { get; set; } = "";

    public ConcurrentQueue<Enrolment> Enrolments { get; } = [];

    /// <summary>With which it asked for its last token.</summary>
    public string? Assertion { get; private set; }

    /// <summary>The next heartbeat is asked to tell everything again.</summary>
    public bool WantsAllAgain { get; set; }

    /// <summary>The box is out: neither a token nor a door opens.</summary>
    public bool IsRevoked { get; set; }

    /// <summary>The one key that fits; null while any does.</summary>
    public string? Secret { get; set; }

    /// <summary>How often it knocked since.</summary>
    public int Knocks { get; private set; }

    /// <summary>Every request is answered with this status.</summary>
    public int? Trouble { get; set; }

    /// <summary>Its answers bear no time that a made-up clock could be compared with.</summary>
    public bool IsTimeless { get; set; }

    /// <summary>So many times the observations are taken in, but the answer does not arrive.</summary>
    public int AnswersLost { get; set; }

    /// <summary>Recordings that the box is to fetch, what it told of them, and what came of the one.</summary>
    public FetchWish[] Fetches { get; set; } = [];
    public ConcurrentQueue<FetchTold> FetchesTold { get; } = [];
    public FetchedFile? Fetched { get; private set; }
    public byte[] FetchedBytes { get; private set; } = [];

    public ConcurrentQueue<Guid> Announced { get; } = [];

    /// <summary>With which status and code a file that is announced is refused; null: it is taken.</summary>
    public Func<Guid, (int Status, string Code)?> RefuseFetched { get; set; } = _ => null;

    /// <summary>So many pieces are taken in, but the answer does not arrive.</summary>
    public int PieceAnswersLost { get; set; }

    public Func<AlertTold, string?> RefuseAlert { get; set; } = _ => null;

    /// <summary>Whether alerts that come together are refused as a whole.</summary>
    public Func<AlertTold[], bool> RefuseAlerts { get; set; } = _ => false;

    /// <summary>With which status the clip of an alert is answered; null: it is taken.</summary>
    public Func<Guid, int?> TroubleOfClip { get; set; } = _ => null;
    public ConcurrentQueue<AlertTold[]> Alerts { get; } = [];
    public ConcurrentDictionary<Guid, byte[]> Clips { get; } = [];
    public ConcurrentDictionary<Guid, byte[]> BlurredClips { get; } = [];

    /// <summary>Clips that were sent, each time.</summary>
    public int ClipsSent => _clipsSent;

    int _clipsSent;

    async Task<IResult> Keep(ConcurrentDictionary<Guid, byte[]> clips, Guid id, HttpRequest request)
    {
        using var bytes = new MemoryStream();
        await request.Body.CopyToAsync(bytes);
        if (TroubleOfClip(id) is { } status) return Http.StatusCode(status);
        clips[id] = bytes.ToArray();
        Interlocked.Increment(ref _clipsSent);
        return Http.Ok(new CommandAnswer(1, new(1, 1)));
    }

    public Func<Observation, string?> Refuse { get; set; } = _ => null;
    public int Tokens { get; set; }
    public ConcurrentQueue<Observation[]> Posts { get; } = [];
    public ConcurrentQueue<MinuteMeasured[]> Minutes { get; } = [];
    public ConcurrentQueue<DayStatement> Days { get; } = [];
    public ConcurrentQueue<Heartbeat> Heartbeats { get; } = [];
    public ConcurrentDictionary<Guid, FeedTestResult> Results { get; } = [];

    /// <summary>The verdicts in effect: an id counts once, in the order of its first arrival.</summary>
    public IReadOnlyList<VerdictObserved> Verdicts => [.. Posts.SelectMany(p => p).OfType<VerdictObserved>().DistinctBy(v => v.Id)];

    public static async Task<FakeApi> Start()
    {
        var api = new FakeApi();
        await api._app.StartAsync();
        return api;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
