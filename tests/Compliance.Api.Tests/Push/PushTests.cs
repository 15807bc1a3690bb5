using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Compliance.Api.Push;
using Compliance.Api.Tests.Alerts;
using Compliance.Api.Tests.Entrance;
using Compliance.Domain.Alerts;
using Compliance.Domain.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Compliance.Api.Tests.Push;

/// <summary>What reaches an officer's device: readable by it alone, signed by us, once, and by no service that nobody named.</summary>
public sealed class PushTests
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static byte[] B(string base64Url) => Base64Url.DecodeFromChars(base64Url);

    static ECParameters KeyOf(string d, string q) => new() { Curve = ECCurve.NamedCurves.nistP256, D = B(d), Q = new() { X = B(q)[1..33], Y = B(q)[33..] } };

    /// <summary>RFC 8291, appendix A.</summary>
    [Fact]
    public void The_example_of_the_RFC_comes_out_byte_by_byte()
    {
        const string device = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
        using var own = ECDiffieHellman.Create(KeyOf("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw", "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8"));
        Assert.Equal(
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN",
            Base64Url.EncodeToString(PushEncryption.Encrypt("When I grow up, I want to be a watermelon"u8, B(device), B("BTBZMqHH6r4Tts7J_aSIgg"), own, B("DGv6ra1nlYgDCS1FRnbzlw"))));
    }

    [Theory]
    [InlineData("https://fcm.googleapis.com/fcm/send/abc", true)]
    [InlineData("https://updates.push.services.mozilla.com/wpush/v2/abc", true)]
    [InlineData("https://wns2-par02p.notify.windows.com/w/?token=abc", true)]
    [InlineData("https://evil.example/fcm.googleapis.com", false)]
    [InlineData("https://fcm.googleapis.com.evil.example/x", false)]
    [InlineData("https://evilnotify.windows.com/x", false)]
    [InlineData("http://fcm.googleapis.com/x", false)]
    [InlineData("https://fcm.googleapis.com:8443/x", false)]
    [InlineData("https://a@fcm.googleapis.com/x", false)]
    [InlineData("https://127.0.0.1/x", false)]
    [InlineData("https://[::1]/x", false)]
    [InlineData("nonsense", false)]
    public void Only_push_services_that_are_named_are_spoken_to(string endpoint, bool may) => Assert.Equal(may, new PushRules("mailto:a@example.kz").MayBeAt(endpoint));

    [Fact]
    public async Task A_new_incident_rings_the_devices_of_its_desk_once_readable_by_them_alone_and_signed()
    {
        await using var service = await PushStation.Start();
        await using var house = new House(("Push:Contact", "mailto:desk@example.kz"), ("Push:Services:0", service.Url));
        var scene = await AlertScene.In(house);
        using var elsewhere = house.As(Guid.NewGuid(), "operator");
        var (mine, theirs) = (new Browser(service.Url + "/mine"), new Browser(service.Url + "/theirs"));
        await Done(scene.AsOfficer, mine.Subscription(Scene.Details.District));
        await Done(elsewhere, theirs.Subscription("Медеу"));

        var told = scene.Fight();
        await scene.Tell(told);
        var line = await scene.IncidentOf(told.AlertId);
        var (path, headers, body) = await service.Next();
        Assert.Equal("/mine", path);
        Assert.Equal(new(line.Card.IncidentId, AlertKind.Fight, Urgency.Serious, Scene.Details.NameKk, Scene.Details.NameRu), JsonSerializer.Deserialize<PushedIncident>(mine.Decrypt(body), EventCatalog.Json));
        Assert.Throws<AuthenticationTagMismatchException>(() => theirs.Decrypt(body));
        Assert.Equal(("aes128gcm", "high", "180"), (headers["Content-Encoding"], headers["Urgency"], headers["TTL"]));
        Signed(headers["Authorization"]!, (await scene.AsOfficer.Get<PushKey>("/push/key")).PublicKey!, service.Url, house.Clock.GetUtcNow());

        await scene.Do(line.Card.IncidentId, "taken"); // what is in hand rings nobody
        await scene.Do(line.Card.IncidentId, "undone", new IncidentCommand.Undo(IncidentStep.Taken)); // and what is new again rings anew: the first ring said nothing of it
        Assert.Equal("/mine", (await service.Next()).Path);
        Assert.Empty(service.Waiting);
    }

    [Fact]
    public async Task A_device_that_is_gone_or_whose_shift_is_over_is_forgotten_and_a_service_in_trouble_is_asked_again()
    {
        await using var service = await PushStation.Start();
        await using var house = new House(("Push:Contact", "mailto:desk@example.kz"), ("Push:Services:0", service.Url));
        var scene = await AlertScene.In(house);
        var devices = house.Services.GetRequiredService<PushDevices>();
        await Done(scene.AsOfficer, new Browser(service.Url + "/mine").Subscription(null));
        service.Answers = HttpStatusCode.Gone;
        await scene.Tell(scene.Fight());
        await service.Next();
        await Until(() => devices.Now().Count == 0);

        await Done(scene.AsOfficer, new Browser(service.Url + "/other").Subscription(null));
        house.Clock.Advance(TimeSpan.FromHours(11.9));
        Assert.Single(devices.Now());
        house.Clock.Advance(TimeSpan.FromHours(0.2));
        Assert.Empty(devices.Now());
    }

    [Fact]
    public async Task The_calendar_erases_the_address_of_a_shift_that_is_over_though_no_incident_comes()
    {
        using var data = new TempFolder();
        await using var house = new House(("Data", data["data"]), ("Push:Contact", "mailto:desk@example.kz"), ("Push:Services:0", "http://127.0.0.1:9"));
        using var officer = house.As(Guid.NewGuid(), "operator");
        await Done(officer, new Browser("http://127.0.0.1:9/mine").Subscription(null));
        var file = new Compliance.Api.Vault.SealedFile(Path.Combine(data["data"], "push.db"));
        var hourly = Compliance.Api.Reactions.AllSchedules.Of.Single(s => s.Name == "erase-old-push-devices");
        await hourly.Assess(house.Services, Ct);
        Assert.Single(file.All());
        house.Clock.Advance(TimeSpan.FromHours(13));
        await hourly.Assess(house.Services, Ct);
        Assert.Empty(file.All());
    }

    [Fact]
    public async Task What_is_no_subscription_is_not_kept_and_without_a_contact_nothing_is_pushed()
    {
        await using var off = new House();
        using var quiet = off.As(Guid.NewGuid(), "operator");
        Assert.Null((await quiet.Get<PushKey>("/push/key")).PublicKey);
        Assert.Equal("409 push.off", await Refused(quiet, new Browser("https://fcm.googleapis.com/x").Subscription(null)));

        await using var house = new House(("Push:Contact", "mailto:desk@example.kz"));
        using var officer = house.As(Guid.NewGuid(), "operator");
        Assert.Equal("400 push.service-unknown endpoint", await Refused(officer, new Browser("https://127.0.0.1/x").Subscription(null)));
        var good = new Browser("https://fcm.googleapis.com/x").Subscription(null);
        Assert.Equal("400 push.malformed p256dh", await Refused(officer, good with { P256dh = "AAAA" }));
        Assert.Equal("400 push.malformed p256dh", await Refused(officer, good with { P256dh = Base64Url.EncodeToString([4, .. new byte[64]]) })); // no point of the curve
        Assert.Equal("400 push.malformed p256dh", await Refused(officer, good with { Auth = "*" }));
        Assert.Equal("400 push.malformed p256dh", await Refused(officer, good with { District = "Atlantis" }));
        await Done(officer, good);
        Assert.Single(house.Services.GetRequiredService<PushDevices>().Now());
        using var removed = await officer.Ask("POST", "/push/devices/removed", new PushDeviceGone(good.Endpoint));
        Assert.Equal((HttpStatusCode.NoContent, 0), (removed.StatusCode, house.Services.GetRequiredService<PushDevices>().Now().Count));
    }

    static async Task Done(HttpClient officer, PushDevice device)
    {
        using var answer = await officer.Ask("POST", "/push/devices", device);
        Assert.True(answer.StatusCode == HttpStatusCode.NoContent, await answer.Content.ReadAsStringAsync(Ct));
    }

    static async Task<string> Refused(HttpClient officer, PushDevice device)
    {
        var answer = await officer.Ask("POST", "/push/devices", device);
        return await answer.Refusal();
    }

    static async Task Until(Func<bool> holds)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!holds()) await again.WaitForNextTickAsync(patience.Token);
    }

    /// <summary>RFC 8292: a token for the service's origin, signed by the key that the browser was given.</summary>
    static void Signed(string authorization, string publicKey, string origin, DateTimeOffset now)
    {
        Assert.StartsWith("vapid t=", authorization, StringComparison.Ordinal);
        var (token, key) = (authorization["vapid t=".Length..authorization.IndexOf(',', StringComparison.Ordinal)], authorization[(authorization.IndexOf("k=", StringComparison.Ordinal) + 2)..]);
        Assert.Equal(publicKey, key);
        var parts = token.Split('.');
        using var check = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = B(key)[1..33], Y = B(key)[33..] } });
        Assert.True(check.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), B(parts[2]), HashAlgorithmName.SHA256));
        var claims = JsonDocument.Parse(B(parts[1])).RootElement;
        Assert.Equal((origin, "mailto:desk@example.kz"), (claims.GetProperty("aud").GetString(), claims.GetProperty("sub").GetString()));
        Assert.InRange(claims.GetProperty("exp").GetInt64(), now.ToUnixTimeSeconds(), now.AddHours(24).ToUnixTimeSeconds());
    }

    /// <summary>A browser's side of a subscription, written from the RFC and not from our code.</summary>
    sealed class Browser(string endpoint)
    {
        readonly ECDiffieHellman _key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        readonly byte[] _auth = RandomNumberGenerator.GetBytes(16);

        byte[] Point => _key.ExportParameters(false).Q is var q ? [4, .. q.X!, .. q.Y!] : [];

        public PushDevice Subscription(string? district) => new(endpoint, Base64Url.EncodeToString(Point), Base64Url.EncodeToString(_auth), district);

        public byte[] Decrypt(byte[] message)
        {
            var (salt, sender, body) = (message[..16], message[21..86], message[86..]);
            using var theirs = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = sender[1..33], Y = sender[33..] } });
            var secret = HKDF.DeriveKey(HashAlgorithmName.SHA256, _key.DeriveRawSecretAgreement(theirs.PublicKey), 32, _auth, [.. "WebPush: info\0"u8, .. Point, .. sender]);
            using var cipher = new AesGcm(HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 16, salt, "Content-Encoding: aes128gcm\0"u8.ToArray()), 16);
            var text = new byte[body.Length - 16];
            cipher.Decrypt(HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 12, salt, "Content-Encoding: nonce\0"u8.ToArray()), body[..^16], body[^16..], text);
            return text[..text.AsSpan().LastIndexOf((byte)2)];
        }
    }

    /// <summary>A push service of one's own.</summary>
    sealed class PushStation : IAsyncDisposable
    {
        readonly WebApplication _app;
        readonly Channel<(string Path, Dictionary<string, string?> Headers, byte[] Body)> _came = Channel.CreateUnbounded<(string, Dictionary<string, string?>, byte[])>();

        public HttpStatusCode Answers { get; set; } = HttpStatusCode.Created;
        public string Url => _app.Urls.First();
        public IEnumerable<string> Waiting => _came.Reader.TryPeek(out var one) ? [one.Path] : [];

        PushStation()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders();
            _app = builder.Build();
            _app.MapPost("/{**rest}", async (HttpContext http) =>
            {
                using var body = new MemoryStream();
                await http.Request.Body.CopyToAsync(body);
                _came.Writer.TryWrite((http.Request.Path, http.Request.Headers.ToDictionary(h => h.Key, h => (string?)h.Value), body.ToArray()));
                return Results.StatusCode((int)Answers);
            });
        }

        public static async Task<PushStation> Start()
        {
            var service = new PushStation();
            await service._app.StartAsync(Ct);
            return service;
        }

        public async Task<(string Path, Dictionary<string, string?> Headers, byte[] Body)> Next() => await _came.Reader.ReadAsync(Ct).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Ct);

        public ValueTask DisposeAsync() => _app.DisposeAsync();
    }
}
