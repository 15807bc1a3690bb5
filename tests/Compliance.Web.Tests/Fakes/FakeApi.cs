using System.Security.Claims;
using System.Security.Cryptography;
using System.Threading.Channels;
using Compliance.Domain.Alerts;
using Compliance.Domain.Cases;
using Compliance.Domain.Complaints;
using Compliance.Domain.Contacts;
using Compliance.Domain.Devices;
using Compliance.Domain.Exports;
using Compliance.Domain.Guards;
using Compliance.Domain.Duties;
using Compliance.Domain.Inspections;
using Compliance.Domain.Kernel;
using Compliance.Domain.Maintenance;
using Compliance.Domain.Notices;
using Compliance.Domain.Outages;
using Compliance.Domain.Probes;
using Compliance.Domain.Reports;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Subjects;
using Compliance.Domain.Venues;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Compliance.Web.Tests.Fakes;

/// <summary>
/// Stands in for the API: an issuer that lets everyone in as <see cref="Role"/>, and canned rows. For looking at pages;
/// the end-to-end test has the real one.
/// </summary>
sealed class FakeApi : IAsyncDisposable
{
    readonly WebApplication app;
    readonly RsaSecurityKey key = new(RSA.Create(2048)) { KeyId = "fake" };
    readonly Dictionary<string, string> nonces = [];
    readonly System.Collections.Concurrent.ConcurrentDictionary<Channel<string>, bool> listeners = [];

    public string Role { get; set; } = "owner";
    public City City { get; } = City.Of(DateTimeOffset.UtcNow);
    public string Url { get; private set; } = "";
    /// <summary>What anybody handed in.</summary>
    public System.Collections.Concurrent.ConcurrentBag<ComplaintForm> Complaints { get; } = [];
    /// <summary>Who called for help in the portal.</summary>
    public System.Collections.Concurrent.ConcurrentBag<PanicForm> Calls { get; } = [];
    /// <summary>The pictures of an inspection that came in: the question of the call, and the bytes.</summary>
    public System.Collections.Concurrent.ConcurrentBag<(IQueryCollection Said, byte[] Bytes)> Photos { get; } = [];
    /// <summary>The first days of the audits that were asked for; each is printed when the press says so.</summary>
    public System.Collections.Concurrent.ConcurrentBag<string> Printed { get; } = [];
    public TaskCompletionSource Press { get; } = new();
    /// <summary>Browsers that asked to be told, in their order, and those that no longer do.</summary>
    public System.Collections.Concurrent.ConcurrentQueue<PushDevice> PushDevices { get; } = [];
    public System.Collections.Concurrent.ConcurrentQueue<PushDeviceGone> PushDevicesGone { get; } = [];
    /// <summary>No picture is taken: the device's hash does not fit what arrived.</summary>
    public bool RefusesPhotos { get; set; }
    public IReadOnlyList<CaseShown> Cases => field ??= [City.Case(City, CaseState.Open, City.Person), City.Case(City, CaseState.Decided, Guid.NewGuid()), City.Case(City, CaseState.Appealed, Guid.NewGuid()), City.Case(City, CaseState.TimeBarred, City.Person), City.Case(City, CaseState.Open, City.Person) is var mute ? mute with { Case = mute.Case with { Pleadings = [] } } : null!];
    public IReadOnlyList<DutyShown> Duties => field ??= [City.Exit(City, TimeSpan.FromHours(-3)), City.Exit(City, TimeSpan.FromHours(1.5)), City.Exit(City, TimeSpan.FromHours(-9), DutyState.Mended)];

    FakeApi()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            foreach (var converter in EventCatalog.Json.Converters) json.SerializerOptions.Converters.Add(converter);
        });
        app = builder.Build();
        MapIssuer();
        MapRows();
    }

    public static async Task<FakeApi> Start()
    {
        var fake = new FakeApi();
        await fake.app.StartAsync();
        fake.Url = fake.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return fake;
    }

    /// <summary>Says to every listener that a row of a view changed.</summary>
    public void Announce(string view, Guid key, Guid group)
    {
        foreach (var listener in listeners.Keys)
            listener.Writer.TryWrite($"id: {key:N}\nevent: change\ndata: {{\"view\":\"{view}\",\"key\":\"{key}\",\"group\":\"{group}\"}}\n\n");
    }

    /// <summary>Ends every stream of changes, as a server does that goes.</summary>
    public void HangUp()
    {
        foreach (var listener in listeners.Keys) listener.Writer.TryComplete();
    }

    /// <summary>The clip of every alert; none where it is empty.</summary>
    public byte[] Clip { get; set; } = [];

    /// <summary>On the desk beside those that always are.</summary>
    public System.Collections.Concurrent.ConcurrentQueue<IncidentLine> Raised { get; } = [];

    void MapIssuer()
    {
        app.MapGet("/.well-known/openid-configuration", () => new Dictionary<string, object>
        {
            ["issuer"] = Url + "/", ["authorization_endpoint"] = $"{Url}/authorize", ["token_endpoint"] = $"{Url}/token",
            ["jwks_uri"] = $"{Url}/jwks", ["end_session_endpoint"] = $"{Url}/logout",
        });
        app.MapGet("/jwks", () =>
        {
            var jwk = JsonWebKeyConverter.ConvertFromRSASecurityKey(new(key.Rsa.ExportParameters(false)) { KeyId = key.KeyId });
            return new { keys = new[] { new { kty = jwk.Kty, n = jwk.N, e = jwk.E, kid = key.KeyId, use = "sig", alg = "RS256" } } };
        });
        app.MapGet("/authorize", (string redirect_uri, string state, string nonce) =>
        {
            var code = Guid.NewGuid().ToString("N");
            nonces[code] = nonce;
            return Results.Redirect($"{redirect_uri}?code={code}&state={Uri.EscapeDataString(state)}");
        });
        app.MapPost("/token", (HttpRequest request) =>
        {
            var id = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
            {
                Issuer = Url + "/", Audience = "portal", Expires = DateTime.UtcNow.AddHours(1),
                SigningCredentials = new(key, SecurityAlgorithms.RsaSha256),
                Subject = new ClaimsIdentity([
                    new("sub", City.Person.ToString()), new("name", "Айгүл Сейітқызы"), new("role", Role), new("nonce", nonces[request.Form["code"]!])]),
            });
            return new { access_token = "fake", token_type = "Bearer", expires_in = 3600, refresh_token = "fake", id_token = id };
        });
        app.MapGet("/logout", (string post_logout_redirect_uri, string? state) => Results.Redirect($"{post_logout_redirect_uri}?state={state}"));
    }

    void MapRows()
    {
        app.MapGet("/venues", (string? search) => new Page<VenueCard>([.. City.Venues.Where(v => search is null || v.Details.NameRu.Contains(search, StringComparison.OrdinalIgnoreCase))], null));
        app.MapGet("/venues/{id:guid}", (Guid id) => City.Venues.Find(v => v.VenueId == id) is { } venue ? Results.Ok(venue) : Results.NotFound());
        app.MapGet("/venues/{id:guid}/devices", (Guid id) => City.Devices.Where(d => d.VenueId == id));
        app.MapGet("/venues/{id:guid}/availability", (Guid id) => City.AvailabilityOf(id));
        app.MapGet("/public/venues/{id:guid}/sign", (Guid id) => City.Venues.Find(v => v.VenueId == id) is { Details: var d } ? Results.Ok(new VenueSign(id, d.NameKk, d.NameRu, d.Address, d.District)) : Results.NotFound());
        app.MapPut("/public/complaints/{id:guid}", (Guid id, ComplaintForm form) => { Complaints.Add(form); return new ComplaintStatus(id, ComplaintNumber.Of(id), ComplaintState.Received, null, null); });
        app.MapGet("/public/complaints/{id:guid}", (Guid id) => new ComplaintStatus(id, ComplaintNumber.Of(id), ComplaintState.Answered, ComplaintOutcome.MeasuresTaken, new DateOnly(2026, 11, 20)));
        app.MapGet("/complaints", () => new Page<ComplaintRow>(City.Complaints, null));
        app.MapGet("/complaints/figures", () => new ComplaintFigures(
            [new("Алмалы", ComplaintCategory.Noise, 14, 9, 6), new("Алмалы", ComplaintCategory.BlockedExit, 3, 3, 2), new("Медеу", ComplaintCategory.Minors, 5, 2, 1)], PublishedCount.All));
        app.MapGet("/venues/{id:guid}/guards", (Guid id) => Standing.Shown(id, City.Now));
        app.MapGet("/venues/{id:guid}/guards/telephone", () => new PostTelephone("+77273000002"));
        app.MapGet("/venues/{id:guid}/guards/on-duty", (Guid id) => Standing.Shown(id, City.Now).Duty is var d ? new GuardNumber(id, d.At, d.OnDuty, d.Needed, d.Persons, d.Capacity) : null);
        app.MapGet("/venues/{id:guid}/guards/code", (Guid id) => new GuardCode("https://compliance.example.kz/guard/1/abc", Qr, DateTimeOffset.UtcNow.AddSeconds(30)));
        app.MapGet("/venues/{id:guid}/incidents", (Guid id) => Standing.Book(id, City.Now));
        app.MapPost("/public/venues/{id:guid}/guard-code", () => new CheckInTicket("ticket"));
        app.MapGet("/venues/{id:guid}/panic", () => Incidents.Calls(City.Now));
        app.MapPost("/venues/{id:guid}/panic", (PanicForm form) => { Calls.Add(form); return new CommandAnswer(0, new(1, 1)); });
        app.MapPost("/public/venues/{id:guid}/guard-panic", () => new CommandAnswer(0, new(1, 1)));
        app.MapPost("/public/venues/{id:guid}/guard-check", (GuardCheck check) => new GuardChecked(check.Number, DateTimeOffset.UtcNow, check.Leaving, new(1, 1), Guid.NewGuid(), check.Leaving ? null : "pass"));
        app.MapGet("/contests", () => new Page<ContestRow>(City.Contests, null));
        app.MapGet("/maintenance", (Guid? venue) => new Page<MaintenanceRow>([.. City.Maintenance.Where(m => venue is null || m.VenueId == venue)], null));
        app.MapGet("/venues/{id:guid}/timeline", (Guid id) => City.Timelines.Where(d => d.VenueId == id));
        app.MapGet("/venues/{id:guid}/outages", (Guid id) => new Page<OutageRow>([.. City.Outages.Where(d => d.VenueId == id)], null));
        app.MapGet("/batches", () => new Page<AuditBatchRow>(
        [
            new(Guid.NewGuid(), new(2026, 10, 1), new(2026, 10, 31), "kk", City.Now.AddMinutes(-4), BatchStage.Running, 214, 87, new Dictionary<Guid, string>()),
            new(Guid.NewGuid(), new(2026, 9, 1), new(2026, 9, 30), "ru", City.Now.AddDays(-2), BatchStage.Stopped, 214, 12, new Dictionary<Guid, string>()),
            new(Guid.NewGuid(), new(2026, 8, 1), new(2026, 8, 31), "kk", City.Now.AddDays(-31), BatchStage.Over, 209, 208, new Dictionary<Guid, string> { [Guid.NewGuid()] = "report.before-registration" }),
        ], null));
        app.MapGet("/venues/{id:guid}/reports", (Guid id) => new Page<MonthReportRow>([new(Guid.NewGuid(), id, new(2026, 10, 1), City.Now), new(Guid.NewGuid(), id, new(2026, 9, 1), City.Now.AddDays(-30))], null));
        app.MapGet("/public/documents/{id:guid}", (Guid id) => new DocumentPage(
            id, DocumentState.Issued, "liability-record.v2", City.Now.AddDays(-3), null, 2,
            [new(new('b', 64), ["kk"], City.Now.AddDays(-1), 48_120), new(new('c', 64), ["ru"], City.Now.AddDays(-3), 47_002)], "records.example.kz/log+01020304+AQ==", 48_233, "q83vq83vq83vq83vq83vq83vq83vq83vq83vq83vq80=", null));
        app.MapPost("/public/documents/checked", () => new CheckedDocument(new('b', 64), true, City.Person, City.Now.AddDays(-1), [new("signature", true, "Unchanged since the seal signed it."), new("signature", null, "The seal is one for development."), new("proof", true, "All 214 facts stand in the log, unchanged.")]));
        app.MapGet("/venues/{id:guid}/exports", (Guid id) => new Page<VenueFileRow>([new(Guid.NewGuid(), id, $"user:{City.Person}", FileReader.Inspector, City.Now.AddDays(-2), 1_284, 3_400_000, new('a', 64)), new(Guid.NewGuid(), id, $"user:{City.Person}", FileReader.Owner, City.Now.AddDays(-9), null, null, null)], null));
        app.MapGet("/venues/{id:guid}/exports/running", () => Array.Empty<VenueFileProgress>());
        app.MapGet("/venues/{id:guid}/audit.pdf", async (HttpContext http) =>
        {
            Printed.Add($"{http.Request.Query["from"]}");
            await Press.Task.WaitAsync(http.RequestAborted);
            return Results.File("%PDF-1.7\n%%EOF"u8.ToArray(), "application/pdf", "audit.pdf");
        });
        app.MapGet("/venues/{id:guid}/compliance", (Guid id, string? rulebook) => City.Venues.Find(v => v.VenueId == id) is { } venue
            ? Results.Ok(Law.Of(venue, City.Devices, City.Now, rulebook ?? "kz-nightclub-2025-2026")) : Results.NotFound());
        app.MapGet("/rulebooks/{id}", (string id) => Results.Text(RulebookShelf.Text(id), "application/json"));
        app.MapGet("/rulebooks/{id}/versions", (string id) => Law.Versions);
        app.MapGet("/rulebooks/{id}/diff", (string id) => Law.Diff);
        app.MapGet("/rulebooks/{id}/what-if", (string id) => Law.Trial(City));
        app.MapGet("/compliance/statistics", () => Law.Fleet(City));
        app.MapGet("/rulebooks", () => RulebookShelf.Ids.Select(id => RulebookCard.Of(RulebookShelf.All[id], RulebookShelf.Hash(id))));
        app.MapGet("/devices/{id:guid}/stills/{sha256}", () => Results.Bytes(Convert.FromBase64String(Still), "image/jpeg"));
        app.MapGet("/devices/{id:guid}/panel", (Guid id) => City.Devices.Find(d => d.DeviceId == id) is { Spec: FireAlarmSpec } d && d.VenueId != City.Venues[2].VenueId ? Results.Ok(Alarms.Shown(id, d.VenueId, City.Now, d.VenueId == City.Venues[1].VenueId)) : Results.NotFound());
        app.MapGet("/devices/{id:guid}/contact", (Guid id) => City.Devices.Find(d => d.DeviceId == id) is { Spec: ExitSpec } d ? Results.Ok(Alarms.Contact(id, d.VenueId, City.Now, ContactState.Blocked)) : Results.NotFound());
        app.MapGet("/devices/{id:guid}/measurements", (Guid id) => City.Devices.Find(d => d.DeviceId == id) is { Spec: CameraSpec } d ? Results.Ok(Days.Of(d, City.Now)) : Results.NotFound());
        app.MapGet("/devices/{id:guid}/recordings", (Guid id) => City.Devices.Find(d => d.DeviceId == id) is { Spec: CameraSpec } d ? Results.Ok(Days.Recorded(d, City.Now)) : Results.NotFound());
        app.MapGet("/devices/{id:guid}/measurement", (Guid id) => City.Devices.Find(d => d.DeviceId == id) is { Spec: CameraSpec } d ? Results.Ok(Days.Newest(d, City.Now)) : Results.NotFound());
        app.MapGet("/devices/{id:guid}", (Guid id) => City.Devices.Find(d => d.DeviceId == id) is { } device ? Results.Ok(device) : Results.NotFound());
        app.MapGet("/inspections", () => new Page<InspectionRow>([Walks.Row(City), Walks.Row(City, InspectionStage.Planned) with { InspectionId = Guid.NewGuid(), Number = null }], null));
        app.MapGet("/venues/{id:guid}/inspections", (Guid id) => new Page<InspectionRow>([Walks.Row(City)], null));
        app.MapGet("/inspections/{id:guid}", (Guid id) => Role == "inspector" ? Walks.Running(City) : Walks.Running(City, InspectionKind.SelfCheck));
        app.MapPut("/inspections/{id:guid}/photos/{photo:guid}", async (HttpRequest request) =>
        {
            using var bytes = new MemoryStream();
            await request.Body.CopyToAsync(bytes);
            if (RefusesPhotos) return Results.Problem(statusCode: 400, extensions: new Dictionary<string, object?> { ["code"] = "inspection.photo-changed" });
            Photos.Add((request.Query, bytes.ToArray()));
            return Results.Ok(new CommandAnswer(1, new(1, 1)));
        });
        app.MapGet("/outages", () => new Page<OutageRow>([.. City.Outages.Where(o => o.EndedAt is null)], null));
        app.MapGet("/outage-groups", (Guid? venue) => new Page<OutageGroupRow>([.. City.OutageGroups.Where(g => venue is null || g.VenueId == venue)], null));
        app.MapGet("/notices", () => new Page<NoticeRow>([.. Standing.Missed(City.Venues[0].VenueId, City.Now), .. City.Notices.OrderByDescending(n => n.IssuedAt)], null));
        app.MapGet("/cases", () => new Page<CaseRow>([.. Cases.Select(c => c.Case)], null));
        app.MapGet("/cases/{id:guid}", (Guid id) => Cases[Role == "owner" ? 1 : 2] is var shown ? shown with { Case = shown.Case with { CaseId = id } } : null);
        app.MapGet("/waiting", () => new Page<WaitingDuty>([.. Duties.Take(3).Select((shown, i) => new WaitingDuty(shown, [new(i == 0 ? DutyWait.Repair : DutyWait.Extension, City.Now.AddDays(-20), City.Now.AddDays(i - 1)) { Stage = i == 0 ? WaitStage.Term : null }]))], null));
        app.MapGet("/waiting/cases", () => new Page<CaseRow>([.. Cases.Select(c => c.Case).Where(row => row.IsUrgent)], null));
        app.MapGet("/waiting/figures", () => new WaitingFigures(1 + Cases.Count(c => c.Case.IsUrgent), Role == "authority" ? City.Now.Year + 1 : null));
        app.MapGet("/mci", () => new MciShown([new(new(City.Now.Year, 4, 1), 4_500, "2026 жылғы республикалық бюджет туралы заң, 9-бап", Confidence.Read, City.Person, City.Now.AddDays(-90), 4_450, "цифра қате терілген"), .. new MciLine([]).All().Reverse()], City.Now.Year + 1));
        app.MapGet("/duties", () => new Page<DutyShown>(Duties, null));
        app.MapGet("/duties/{id:guid}", (Guid id) => Duties[0] with { Duty = Duties[0].Duty with { DutyId = id } });
        app.MapGet("/probes", () => new Page<ProbeCard>(City.Probes, null));
        app.MapGet("/subjects/{id:guid}", (Guid id) => new Subject(id, "Айгүл Сейітқызы", null));
        app.MapGet("/feeds", (Availability? state) => new Page<FeedRow>([.. City.Devices.Where(d => d.Spec is CameraSpec && (state is null || d.Verdict.Availability() == state))
            .OrderBy(d => d.Verdict.Availability() switch { Availability.Down => 0, Availability.Unknown => 1, _ => 2 }).Select(Feed)], null));
        app.MapGet("/feeds/tally", () => City.Venues.Select(v => v.Devices.Values.Where(d => d.Kind == DeviceKind.Camera).ToLookup(d => d.Verdict.Availability())
            is var c ? new FeedTally(v.Details.District, c[Availability.Up].Count(), c[Availability.Down].Count(), c[Availability.Unknown].Count()) : null));
        app.MapGet("/notices/unread", () => new UnreadNotices(City.Notices.Count(n => !n.IsReadBy(City.Person))));
        app.MapGet("/legal-bases", () => new Page<LegalBasisRow>(City.Bases, null));
        app.MapLicences(City);
        app.MapIncidents(City, Raised);
        app.MapGet("/incidents/{id:guid}/clips/{alert:guid}", () => Clip.Length > 0 ? Results.Bytes(Clip, "video/mp4") : Results.NotFound());
        app.MapPlans(City);
        app.MapGet("/push/key", () => new PushKey("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"));
        app.MapPost("/push/devices", (PushDevice device) => { PushDevices.Enqueue(device); return Results.NoContent(); });
        app.MapPost("/push/devices/removed", (PushDeviceGone device) => { PushDevicesGone.Enqueue(device); return Results.NoContent(); });
        app.MapGet("/subjects/forgotten", () => new Page<ForgottenPerson>([new(City.Bases[0].VenueId, City.Now.AddDays(-3), $"user:{City.Person}")], null));
        app.MapPost("/venues/{id:guid}/people/invited", (Guid id) => new InvitedPerson(id, "https://compliance.example.kz/welcome?account=0196f000-0000-7000-8000-000000000001&token=Q2ZESjhQeGlMdU5vS2VuRm9yQVNjcmVlbnNob3Q", Qr, 4, new(1, 1)));
        app.MapPost("/probes/{id:guid}/code", (Guid id) => new EnrolmentCode(id, "K7QM-2XRT-9DWP", City.Now.AddMinutes(15)));
        app.MapFleet(City);
        app.MapDetectors(City, () => Role);
        app.MapModels(City);
        app.MapReceivers(City);
        app.MapFootage(City);
        app.MapAccess(City);
        app.MapWatchLists(City);
        app.MapPost("/feed-tests", () => Results.Accepted());
        app.MapGet("/feed-tests/{id:guid}", (Guid id) => new FeedTestState(id, "done", new(
            Verdict.Online, "", new(2, 25, 3_950, 2, VideoCodec.H264, "High", "4.1", 1920, 1080, 8, 0, DateTimeOffset.UtcNow), Still, [
                new("connect", true, 12, ""), new("describe", true, 31, ""), new("setup", true, 18, ""), new("play", true, 9, ""),
                new("keyframe", true, 640, ""), new("measure", true, 2_010, ""), new("still", true, 140, "")])));
        app.MapPut("/venues/{id:guid}/guards/{guard:guid}", (Guid guard) => new GuardPin(guard, 4, "071234"));
        app.MapMethods("/{**rest}", ["PUT", "POST"], () => new CommandAnswer(1, new(1, 1)));
        app.MapGet("/changes", async (HttpContext http) =>
        {
            http.Response.ContentType = "text/event-stream";
            await http.Response.WriteAsync(": hello\n\n", http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
            var own = Channel.CreateUnbounded<string>();
            listeners[own] = true;
            using var beats = new Timer(_ => own.Writer.TryWrite("event: beat\ndata: {}\n\n"), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
            try
            {
                await foreach (var change in own.Reader.ReadAllAsync(http.RequestAborted))
                {
                    await http.Response.WriteAsync(change, http.RequestAborted);
                    await http.Response.Body.FlushAsync(http.RequestAborted);
                }
            }
            finally
            {
                listeners.TryRemove(own, out var _);
            }
        });
    }

    FeedRow Feed(DeviceCard device)
    {
        var venue = City.Venues.Find(v => v.VenueId == device.VenueId)!;
        return new(device, venue.Details.NameKk, venue.Details.NameRu, venue.Details.District,
            new(5, 24.9, 3_900, 2, VideoCodec.H264, "High", "4.1", 1920, 1080, 3, 0, City.Now),
            device.Verdict == Verdict.Online ? DateTimeOffset.UtcNow : City.Now.AddHours(-3),
            venue.Bases.Count > 0 ? venue.Bases[0].Document : null);
    }

    const string Qr = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 21 21"><rect width="21" height="21" fill="#fff"/><path fill="#10151b" d="M0 0h7v7H0zM14 0h7v7h-7zM0 14h7v7H0zM9 9h3v3H9z"/></svg>""";

    /// <summary>A grey JPEG of 16 by 9 pixels.</summary>
    const string Still = "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcpLDAxNDQ0Hyc5PTgyPC4zNDL/wAALCAAJABABAREA/8QAFQABAQAAAAAAAAAAAAAAAAAAAAf/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/9oACAEBAAA/AJVAAA//2Q==";

    public async ValueTask DisposeAsync()
    {
        HangUp();
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await app.StopAsync(soon.Token);
        await app.DisposeAsync();
        key.Rsa.Dispose();
    }
}
