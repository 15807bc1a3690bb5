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
/// With its parts (<c>ApiClient.*.cs</c>, one a noun) the only file that knows the API's URLs. It asks as the signed-in person, sees its own writes, and answers with a value
/// or a <see cref="Problem"/>: a page never meets an exception of the network.
/// </summary>
public sealed partial class ApiClient(HttpClient http, IAccess access)
{
    /// <summary>The API answers a feed test's long poll within this many seconds.</summary>
    const int FeedTestWait = 20;

    /// <summary>The API refuses to give more rows at once.</summary>
    const int LongestPage = 200;

    // Venues
    public Task<Answer<Page<VenueCard>>> Venues(string? cursor, int limit, string? search, CancellationToken ct) =>
        Get<Page<VenueCard>>($"venues?limit={limit}{With("after", cursor)}{With("search", search)}", ct);

    public Task<Answer<VenueCard>> Venue(Guid venue, CancellationToken ct) => Get<VenueCard>($"venues/{venue}", ct);

    public Task<Answer<CommandAnswer>> RegisterVenue(VenueCommand.Register command, CancellationToken ct) =>
        Send(HttpMethod.Put, $"venues/{command.VenueId}", command, ct);

    public Task<Answer<CommandAnswer>> CorrectDetails(Guid venue, VenueDetails details, long revision, CancellationToken ct) =>
        Send(HttpMethod.Put, $"venues/{venue}/details", new VenueCommand.CorrectDetails(details), ct, revision);

    public Task<Answer<CommandAnswer>> SetCapacity(Guid venue, int capacity, long revision, CancellationToken ct) =>
        Send(HttpMethod.Put, $"venues/{venue}/capacity", new VenueCommand.SetCapacity(capacity), ct, revision);

    public Task<Answer<CommandAnswer>> NameProvider(Guid venue, string provider, long? revision, CancellationToken ct) =>
        Send(HttpMethod.Put, $"venues/{venue}/provider", new VenueCommand.NameProvider(provider), ct, revision);

    public Task<Answer<CommandAnswer>> SetOpeningHours(Guid venue, HoursForm hours, long revision, CancellationToken ct) =>
        Send(HttpMethod.Put, $"venues/{venue}/opening-hours", hours, ct, revision);

    /// <summary>Appoints whoever has that contact; the answer holds a link, once, where the person is new.</summary>
    /// <param name="key">The same for every try: only the try that made the account gets its link.</param>
    public async Task<Answer<InvitedPerson>> InvitePerson(Guid venue, PersonInvitation person, Guid key, CancellationToken ct)
    {
        var answer = await Send<InvitedPerson>(HttpMethod.Post, $"venues/{venue}/people/invited", person, ct, key: key);
        if (answer.Value is { } invited) access.After = invited.Position.ToString();
        return answer;
    }

    public Task<Answer<CommandAnswer>> RelievePerson(Guid venue, VenueCommand.RelievePerson command, long revision, CancellationToken ct) =>
        Send(HttpMethod.Post, $"venues/{venue}/people/relieved", command, ct, revision);

    public Task<Answer<CommandAnswer>> CloseVenue(Guid venue, string reason, CancellationToken ct) =>
        Send(HttpMethod.Post, $"venues/{venue}/closed", new VenueCommand.Close(reason), ct);

    public Task<Answer<CommandAnswer>> GrantLegalBasis(Guid venue, LegalBasis basis, CancellationToken ct) =>
        Send(HttpMethod.Post, $"venues/{venue}/legal-bases", new VenueCommand.GrantLegalBasis(basis), ct);

    public Task<Answer<CommandAnswer>> WithdrawLegalBasis(Guid venue, VenueCommand.WithdrawLegalBasis command, CancellationToken ct) =>
        Send(HttpMethod.Post, $"venues/{venue}/legal-bases/withdrawn", command, ct);

    public Task<Answer<Page<LegalBasisRow>>> LegalBases(string? cursor, int limit, CancellationToken ct) =>
        Get<Page<LegalBasisRow>>($"legal-bases?limit={limit}{With("after", cursor)}", ct);

    // Persons
    public Task<Answer<Subject>> Person(Guid subject, CancellationToken ct) => Get<Subject>($"subjects/{subject}", ct);

    public Task<Answer<Page<ForgottenPerson>>> Forgotten(string? cursor, int limit, CancellationToken ct) =>
        Get<Page<ForgottenPerson>>($"subjects/forgotten?limit={limit}{With("after", cursor)}", ct);

    public Task<Answer<CommandAnswer>> Forget(Guid subject, CancellationToken ct) =>
        Send(HttpMethod.Post, $"subjects/{subject}/key-destroyed", null, ct);

    // Devices
    public Task<Answer<IReadOnlyList<DeviceCard>>> Devices(Guid venue, CancellationToken ct) =>
        Get<IReadOnlyList<DeviceCard>>($"venues/{venue}/devices", ct);

    public Task<Answer<DeviceCard>> Device(Guid device, CancellationToken ct) => Get<DeviceCard>($"devices/{device}", ct);

    public Task<Answer<IReadOnlyList<DeviceTimeline>>> Timelines(Guid venue, CancellationToken ct) =>
        Get<IReadOnlyList<DeviceTimeline>>($"venues/{venue}/timeline", ct);

    public Task<Answer<Page<FeedRow>>> Feeds(Availability? state, string? district, string? cursor, int limit, CancellationToken ct) =>
        Get<Page<FeedRow>>($"feeds?limit={limit}{With("after", cursor)}{With("state", state?.ToString())}{With("district", district)}", ct);

    public Task<Answer<IReadOnlyList<FeedTally>>> FeedTally(CancellationToken ct) => Get<IReadOnlyList<FeedTally>>("feeds/tally", ct);

    public Task<Answer<CommandAnswer>> RegisterDevice(DeviceCommand.Register command, CancellationToken ct) =>
        Send(HttpMethod.Put, $"devices/{command.DeviceId}", command, ct);

    public Task<Answer<CommandAnswer>> ReportVerdict(Guid device, DeviceCommand.ReportVerdict command, CancellationToken ct) =>
        Send(HttpMethod.Post, $"devices/{device}/verdicts", command, ct);

    public Task<Answer<CommandAnswer>> RecordPanelTest(Guid device, DeviceCommand.RecordPanelTest command, CancellationToken ct) =>
        Send(HttpMethod.Post, $"devices/{device}/panel-tests", command, ct);

    /// <summary>The blurred picture a verdict rests on; the caller disposes the answer.</summary>
    public Task<Answer<HttpResponseMessage>> Still(Guid device, string sha256, CancellationToken ct) => Document($"devices/{device}/stills/{Uri.EscapeDataString(sha256)}", ct);

    public Task<Answer<CommandAnswer>> ChangeFeed(Guid device, DeviceCommand.ChangeFeed command, CancellationToken ct) =>
        Send(HttpMethod.Put, $"devices/{device}/feed", command, ct);

    public Task<Answer<CommandAnswer>> ApproveView(Guid device, Guid view, CancellationToken ct) =>
        Send(HttpMethod.Put, $"devices/{device}/approved-view", new DeviceCommand.ApproveView(view), ct);

    public Task<Answer<CommandAnswer>> RetireDevice(Guid device, DeviceCommand.Retire command, CancellationToken ct) =>
        Send(HttpMethod.Post, $"devices/{device}/retired", command, ct);

    public Task<Answer<CommandAnswer>> MandateHours(Guid device, MandatedHours hours, CancellationToken ct) =>
        Send(HttpMethod.Put, $"devices/{device}/mandated-hours", new DeviceCommand.MandateHours(hours), ct);

    /// <summary>The only way a camera's password travels: into the vault, never back.</summary>
    public Task<Answer<Done>> KeepCredentials(Guid device, FeedCredentials credentials, CancellationToken ct) =>
        Send<Done>(HttpMethod.Put, $"devices/{device}/feed-credentials", credentials, ct);

    // What a probe does on the venue's network while a person waits
    public Task<Answer<Done>> StartNetworkSearch(NetworkSearch search, CancellationToken ct) =>
        Send<Done>(HttpMethod.Post, "network-searches", search, ct);

    public Task<Answer<NetworkSearchState>> NetworkSearch(Guid search, CancellationToken ct) =>
        Get<NetworkSearchState>($"network-searches/{search}?wait={FeedTestWait}", ct);

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

    public Task<Answer<UnreadNotices>> UnreadNotices(CancellationToken ct) => Get<UnreadNotices>("notices/unread", ct);

    public Task<Answer<CommandAnswer>> MarkDelivered(Guid notice, CancellationToken ct) =>
        Send(HttpMethod.Post, $"notices/{notice}/delivered", null, ct);

    public Task<Answer<CommandAnswer>> MarkRead(Guid notice, CancellationToken ct) =>
        Send(HttpMethod.Post, $"notices/{notice}/read", null, ct);

    /// <summary>All that were issued up to then, whatever page is shown.</summary>
    public Task<Answer<CommandAnswer>> MarkAllRead(DateTimeOffset until, CancellationToken ct) =>
        Send(HttpMethod.Post, "notices/read", new NoticesRead(until), ct);

    // Report
    /// <summary>The PDF as the API writes it, byte by byte; the caller disposes the answer.</summary>
    public Task<Answer<HttpResponseMessage>> Audit(Guid venue, DateOnly from, DateOnly to, PaperWish wish, CancellationToken ct) =>
        Document(string.Create(CultureInfo.InvariantCulture, $"venues/{venue}/audit.pdf?from={from:yyyy-MM-dd}&to={to:yyyy-MM-dd}&{wish.Query}"), ct);

    /// <summary>What the API prints or keeps, as it comes; the caller disposes the answer.</summary>
    async Task<Answer<HttpResponseMessage>> Document(string path, CancellationToken ct, object? asked = null, string? lastId = null)
    {
        try
        {
            using var request = await Request(asked is null ? HttpMethod.Get : HttpMethod.Post, path);
            if (asked is not null) request.Content = JsonContent.Create(asked, asked.GetType(), options: EventCatalog.Json);
            if (lastId is not null) request.Headers.TryAddWithoutValidation("Last-Event-ID", lastId);
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
    /// <summary>The stream itself, for whoever hands it on; the caller disposes the answer.</summary>
    public Task<Answer<HttpResponseMessage>> ChangesAsTheyCome(string? lastId, CancellationToken ct) => Document("changes", ct, lastId: lastId);

    /// <summary>The API says something every fifteen seconds at least: a line that is silent for longer than two of them is dead, though nobody said so.</summary>
    static readonly TimeSpan Silence = TimeSpan.FromSeconds(40);

    /// <summary>Changes since <paramref name="lastId"/>, until the connection breaks (an exception says how).</summary>
    public async IAsyncEnumerable<SseItem<string>> Changes(string? lastId, [EnumeratorCancellation] CancellationToken ct)
    {
        using var request = await Request(HttpMethod.Get, "changes");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        if (lastId is not null) request.Headers.Add("Last-Event-ID", lastId);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        response.EnsureSuccessStatusCode();
        await using var stream = new ImpatientStream(await response.Content.ReadAsStreamAsync(ct), Silence, TimeProvider.System);
        yield return new SseItem<string>("", Shell.Changes.Connected);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(ct)) yield return item;
    }

    /// <summary>Every row of a list, page after page; a page that does not come is the problem of the whole.</summary>
    public static async Task<Answer<List<T>>> All<T>(Func<string?, int, Task<Answer<Page<T>>>> read)
    {
        var answer = await AtLeast(int.MaxValue, null, read);
        return answer.Value is { } page ? page.Items.ToList() : answer.Problem!;
    }

    /// <summary>That many rows of a list behind the cursor, or all there are: the API's pages may come short, and hold no more than <see cref="LongestPage"/>.</summary>
    public static async Task<Answer<Page<T>>> AtLeast<T>(int rows, string? cursor, Func<string?, int, Task<Answer<Page<T>>>> read)
    {
        var found = new List<T>();
        do
        {
            var answer = await read(cursor, Math.Min(rows - found.Count, LongestPage));
            if (answer.Value is not { } page) return answer.Problem!;
            found.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null && found.Count < rows);
        return new Page<T>(found, cursor);
    }

    Task<Answer<T>> Get<T>(string path, CancellationToken ct) where T : class => Send<T>(HttpMethod.Get, path, null, ct);

    /// <param name="ifRevision">The revision the person looked at: if it is no longer the newest, the command is stale.</param>
    async Task<Answer<CommandAnswer>> Send(HttpMethod method, string path, object? body, CancellationToken ct, long? ifRevision = null)
    {
        var answer = await Send<CommandAnswer>(method, path, body, ct, ifRevision);
        if (answer.Value is { } done) access.After = done.Position.ToString();
        return answer;
    }

    async Task<Answer<T>> Send<T>(HttpMethod method, string path, object? body, CancellationToken ct, long? ifRevision = null, Guid? key = null) where T : class
    {
        try
        {
            using var request = await Request(method, path, ifRevision, key);
            if (body is not null) request.Content = body as HttpContent ?? JsonContent.Create(body, body.GetType(), options: EventCatalog.Json);
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

    async Task<HttpRequestMessage> Request(HttpMethod method, string path, long? ifRevision = null, Guid? key = null)
    {
        var request = new HttpRequestMessage(method, path);
        if (await access.Token() is { } token) request.Headers.Authorization = new("Bearer", token);
        if (method != HttpMethod.Get) request.Headers.Add("Idempotency-Key", (key ?? Guid.CreateVersion7()).ToString());
        else if (access.After is { } after) request.Headers.Add("Compliance-After", after);
        if (ifRevision is { } revision) request.Headers.IfMatch.Add(new(string.Create(CultureInfo.InvariantCulture, $"\"{revision}\"")));
        return request;
    }

    static string With(string name, string? value) => string.IsNullOrWhiteSpace(value) ? "" : $"&{name}={Uri.EscapeDataString(value)}";
}
