using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Notices;
using Compliance.Domain.Outages;
using Compliance.Domain.Probes;
using Compliance.Domain.Subjects;
using Compliance.Domain.Venues;
using Compliance.Web.Shell;

namespace Compliance.Web;

/// <summary>
/// The only file that knows the API's URLs. It asks as the signed-in person, sees its own writes, and answers with a value
/// or a <see cref="Problem"/>: a page never meets an exception of the network.
/// </summary>
public sealed class ApiClient(HttpClient http, IAccess access)
{
    /// <summary>The API answers a feed test's long poll within this many seconds.</summary>
    const int FeedTestWait = 20;

    string? after;

    // Venues
    public Task<Answer<Page<VenueCard>>> Venues(string? cursor, int limit, string? search, CancellationToken ct) =>
        Get<Page<VenueCard>>($"venues?limit={limit}{With("after", cursor)}{With("search", search)}", ct);

    public Task<Answer<VenueCard>> Venue(Guid venue, CancellationToken ct) => Get<VenueCard>($"venues/{venue}", ct);

    public Task<Answer<CommandAnswer>> RegisterVenue(VenueCommand.Register command, CancellationToken ct) =>
        Send(HttpMethod.Put, $"venues/{command.VenueId}", command, ct);

    public Task<Answer<CommandAnswer>> GrantLegalBasis(Guid venue, LegalBasis basis, CancellationToken ct) =>
        Send(HttpMethod.Post, $"venues/{venue}/legal-bases", new VenueCommand.GrantLegalBasis(basis), ct);

    public Task<Answer<CommandAnswer>> WithdrawLegalBasis(Guid venue, VenueCommand.WithdrawLegalBasis command, CancellationToken ct) =>
        Send(HttpMethod.Post, $"venues/{venue}/legal-bases/withdrawn", command, ct);

    public Task<Answer<Subject>> Person(Guid subject, CancellationToken ct) => Get<Subject>($"subjects/{subject}", ct);

    // Devices
    public Task<Answer<IReadOnlyList<DeviceCard>>> Devices(Guid venue, CancellationToken ct) =>
        Get<IReadOnlyList<DeviceCard>>($"venues/{venue}/devices", ct);

    public Task<Answer<DeviceCard>> Device(Guid device, CancellationToken ct) => Get<DeviceCard>($"devices/{device}", ct);

    public Task<Answer<IReadOnlyList<DeviceTimeline>>> Timelines(Guid venue, CancellationToken ct) =>
        Get<IReadOnlyList<DeviceTimeline>>($"venues/{venue}/timeline", ct);

    public Task<Answer<Page<FeedRow>>> Feeds(string? cursor, int limit, CancellationToken ct) =>
        Get<Page<FeedRow>>($"feeds?limit={limit}{With("after", cursor)}", ct);

    public Task<Answer<CommandAnswer>> RegisterDevice(DeviceCommand.Register command, CancellationToken ct) =>
        Send(HttpMethod.Put, $"devices/{command.DeviceId}", command, ct);

    public Task<Answer<CommandAnswer>> ReportVerdict(Guid device, DeviceCommand.ReportVerdict command, CancellationToken ct) =>
        Send(HttpMethod.Post, $"devices/{device}/verdicts", command, ct);

    public Task<Answer<CommandAnswer>> RecordPanelTest(Guid device, DeviceCommand.RecordPanelTest command, CancellationToken ct) =>
        Send(HttpMethod.Post, $"devices/{device}/panel-tests", command, ct);

    public Task<Answer<CommandAnswer>> ChangeFeed(Guid device, Feed feed, CancellationToken ct) =>
        Send(HttpMethod.Put, $"devices/{device}/feed", new DeviceCommand.ChangeFeed(feed), ct);

    public Task<Answer<CommandAnswer>> RetireDevice(Guid device, DeviceCommand.Retire command, CancellationToken ct) =>
        Send(HttpMethod.Post, $"devices/{device}/retired", command, ct);

    /// <summary>The only way a camera's password travels: into the vault, never back.</summary>
    public Task<Answer<Done>> KeepCredentials(Guid device, FeedCredentials credentials, CancellationToken ct) =>
        Send<Done>(HttpMethod.Put, $"devices/{device}/feed-credentials", credentials, ct);

    // Feed tests
    public Task<Answer<Done>> StartFeedTest(FeedTest test, CancellationToken ct) =>
        Send<Done>(HttpMethod.Post, "feed-tests", test, ct);

    /// <summary>Waits for news of the test, as long as the API lets a caller wait.</summary>
    public Task<Answer<FeedTestState>> FeedTest(Guid test, CancellationToken ct) =>
        Get<FeedTestState>($"feed-tests/{test}?wait={FeedTestWait}", ct);

    // Outages and notices
    public Task<Answer<Page<OutageRow>>> OutagesOf(Guid venue, string? cursor, CancellationToken ct) =>
        Get<Page<OutageRow>>($"venues/{venue}/outages?limit=50{With("after", cursor)}", ct);

    public Task<Answer<Page<OutageRow>>> OpenOutages(string? cursor, CancellationToken ct) =>
        Get<Page<OutageRow>>($"outages?open=true&limit=100{With("after", cursor)}", ct);

    public Task<Answer<Page<NoticeRow>>> Notices(string? cursor, CancellationToken ct) =>
        Get<Page<NoticeRow>>($"notices?limit=50{With("after", cursor)}", ct);

    public Task<Answer<CommandAnswer>> MarkDelivered(Guid notice, CancellationToken ct) =>
        Send(HttpMethod.Post, $"notices/{notice}/delivered", null, ct);

    public Task<Answer<CommandAnswer>> MarkRead(Guid notice, CancellationToken ct) =>
        Send(HttpMethod.Post, $"notices/{notice}/read", null, ct);

    // Probes
    public Task<Answer<Page<ProbeCard>>> Probes(string? cursor, CancellationToken ct) =>
        Get<Page<ProbeCard>>($"probes?limit=100{With("after", cursor)}", ct);

    public Task<Answer<CommandAnswer>> AssignProbe(Guid probe, Guid venue, CancellationToken ct) =>
        Send(HttpMethod.Post, $"probes/{probe}/assigned", new ProbeCommand.Assign(venue), ct);

    // Report
    /// <summary>The PDF as the API writes it, byte by byte; the caller disposes the answer.</summary>
    public async Task<Answer<HttpResponseMessage>> Audit(Guid venue, DateOnly from, DateOnly to, string language, CancellationToken ct)
    {
        using var request = await Request(HttpMethod.Get,
            string.Create(CultureInfo.InvariantCulture, $"venues/{venue}/audit.pdf?from={from:yyyy-MM-dd}&to={to:yyyy-MM-dd}&language={language}"));
        try
        {
            var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            if (response.IsSuccessStatusCode) return response;
            using (response) return await Problem.Read(response, ct);
        }
        catch (Exception broken) when (Problem.Of(broken, ct) is { } problem)
        {
            return problem;
        }
    }

    // Changes
    /// <summary>Changes since <paramref name="lastId"/>, until the connection breaks (an exception says how).</summary>
    public async IAsyncEnumerable<SseItem<string>> Changes(string? lastId, [EnumeratorCancellation] CancellationToken ct)
    {
        using var request = await Request(HttpMethod.Get, "changes");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        if (lastId is not null) request.Headers.Add("Last-Event-ID", lastId);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        response.EnsureSuccessStatusCode();
        await using var stream = await response.Content.ReadAsStreamAsync(ct);
        yield return new SseItem<string>("", Shell.Changes.Connected);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(ct)) yield return item;
    }

    /// <summary>Every row of a list, page after page; a page that does not come is the problem of the whole.</summary>
    public static async Task<Answer<List<T>>> All<T>(Func<string?, Task<Answer<Page<T>>>> read)
    {
        var rows = new List<T>();
        string? cursor = null;
        do
        {
            var answer = await read(cursor);
            if (answer.Value is not { } page) return answer.Problem!;
            rows.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null);
        return rows;
    }

    Task<Answer<T>> Get<T>(string path, CancellationToken ct) where T : class => Send<T>(HttpMethod.Get, path, null, ct);

    async Task<Answer<CommandAnswer>> Send(HttpMethod method, string path, object? body, CancellationToken ct)
    {
        var answer = await Send<CommandAnswer>(method, path, body, ct);
        if (answer.Value is { } done) after = done.Position.ToString();
        return answer;
    }

    async Task<Answer<T>> Send<T>(HttpMethod method, string path, object? body, CancellationToken ct) where T : class
    {
        try
        {
            using var request = await Request(method, path);
            if (body is not null) request.Content = JsonContent.Create(body, body.GetType(), options: EventCatalog.Json);
            using var response = await http.SendAsync(request, ct);
            if (!response.IsSuccessStatusCode) return await Problem.Read(response, ct);
            if (typeof(T) == typeof(Done) || response.StatusCode == HttpStatusCode.NoContent) return (T)(object)Done.It;
            return (await response.Content.ReadFromJsonAsync<T>(EventCatalog.Json, ct))!;
        }
        catch (Exception broken) when (Problem.Of(broken, ct) is { } problem)
        {
            return problem;
        }
    }

    async Task<HttpRequestMessage> Request(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, path);
        if (await access.Token() is { } token) request.Headers.Authorization = new("Bearer", token);
        if (method == HttpMethod.Get) { if (after is not null) request.Headers.Add("Compliance-After", after); }
        else request.Headers.Add("Idempotency-Key", Guid.CreateVersion7().ToString());
        return request;
    }

    static string With(string name, string? value) => string.IsNullOrWhiteSpace(value) ? "" : $"&{name}={Uri.EscapeDataString(value)}";
}
