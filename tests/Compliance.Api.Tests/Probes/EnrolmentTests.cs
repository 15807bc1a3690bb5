using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using Compliance.Api.Probes;
using Compliance.Api.Tests.Entrance;
using Compliance.Api.Tests.Identity;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;
using Microsoft.Extensions.Time.Testing;

namespace Compliance.Api.Tests.Probes;

/// <summary>A box is started with a code, makes its own key, and gets in with it; nobody copies a secret.</summary>
public sealed class EnrolmentTests : IDisposable
{
    static readonly Guid Box = new("0198b1f0-0000-7000-8000-000000000002");
    readonly TempFolder _data = new();
    readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    readonly IdentityHost _host;

    public EnrolmentTests() => _host = new(_data["api"]);

    [Fact]
    public async Task A_box_gets_in_with_the_key_it_made_and_its_list_is_signed_by_the_key_it_was_told()
    {
        var box = await Enrolled();
        using var knocking = await Bearing(Access(await TokenOf(box, _key)));
        using var list = await knocking.Ask("GET", "/probe/assignments");
        var body = await list.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var signature = list.Headers.GetValues(SignedList.Header).Single();
        Assert.NotNull(SignedList.Verify(signature, box.ConfigurationKey, Box, body));
        Assert.Null(SignedList.Verify(signature, box.ConfigurationKey, Guid.NewGuid(), body));
        Assert.Null(SignedList.Verify(signature, _key.ExportSubjectPublicKeyInfoPem(), Box, body));
        Assert.Null(SignedList.Verify(signature, box.ConfigurationKey, Box, [.. body, (byte)' ']));

        var revision = JsonSerializer.Deserialize<Assignments>(body, EventCatalog.Json)!.Revision;
        using var same = await knocking.Ask("GET", "/probe/assignments", null, ("If-None-Match", $"\"{revision}\""), (SignedList.AskedHeader, "n1"));
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        var unchanged = same.Headers.GetValues(SignedList.Header).Single();
        Assert.NotNull(SignedList.Verify(unchanged, box.ConfigurationKey, Box, System.Text.Encoding.ASCII.GetBytes(revision), "n1"));
        Assert.Null(SignedList.Verify(unchanged, box.ConfigurationKey, Box, System.Text.Encoding.ASCII.GetBytes(revision), "n2"));
    }

    [Fact]
    public async Task A_code_is_good_once_and_only_for_a_key_that_is_one()
    {
        using var administrator = await Bearing(Access(await _host.TokenOf("administrator@demo")));
        var code = await Code(administrator);
        using (var broken = await Redeem(code.Code, "-----BEGIN PUBLIC KEY-----")) Assert.Equal("400 enrolment.key-malformed publicKey", await broken.Refusal());
        using (var typed = await Redeem(code.Code.ToLowerInvariant().Replace('-', ' '), _key.ExportSubjectPublicKeyInfoPem())) Assert.Equal(HttpStatusCode.OK, typed.StatusCode);
        using var again = await Redeem(code.Code, _key.ExportSubjectPublicKeyInfoPem());
        Assert.Equal("409 enrolment.code-void", await again.Refusal());
    }

    [Fact]
    public async Task Enrolled_anew_the_old_key_opens_nothing_and_revoked_none_does()
    {
        var box = await Enrolled();
        using var second = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var administrator = await Bearing(Access(await _host.TokenOf("administrator@demo")));
        using (var redeemed = await Redeem((await Code(administrator)).Code, second.ExportSubjectPublicKeyInfoPem())) redeemed.EnsureSuccessStatusCode();

        Assert.Equal("invalid_client", (await TokenOf(box, _key)).GetProperty("error").GetString());
        Assert.NotNull(Access(await TokenOf(box, second)));

        await administrator.Do("POST", $"/probes/{Box}/revoked", new ProbeCommand.Revoke("stolen"));
        Assert.Equal("invalid_client", (await TokenOf(box, second)).GetProperty("error").GetString());
        using var refused = await administrator.Ask("POST", $"/probes/{Box}/code", new ProbeCommand.Enrol(Box, "box"));
        Assert.Equal("409 probe.revoked", await refused.Refusal());
    }

    [Fact]
    public void A_code_is_good_for_fifteen_minutes_and_the_newest_of_a_box_alone()
    {
        var clock = new FakeTimeProvider();
        var codes = new EnrolmentCodes(clock);
        var (first, other) = (codes.Make(new(Box, "box"), "user:a"), codes.Make(new(Guid.NewGuid(), "other"), "user:a"));
        var second = codes.Make(new(Box, "box"), "user:b");
        Assert.Null(codes.Redeem(first.Code));
        Assert.Equal("user:b", codes.Redeem(second.Code)?.Actor);
        clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Null(codes.Redeem(other.Code));
    }

    public void Dispose()
    {
        _host.Dispose();
        _key.Dispose();
        _data.Dispose();
    }

    async Task<BoxEnrolled> Enrolled()
    {
        using var administrator = await Bearing(Access(await _host.TokenOf("administrator@demo")));
        using var redeemed = await Redeem((await Code(administrator)).Code, _key.ExportSubjectPublicKeyInfoPem());
        redeemed.EnsureSuccessStatusCode();
        return (await redeemed.Json()).Deserialize<BoxEnrolled>(EventCatalog.Json)!;
    }

    static async Task<EnrolmentCode> Code(HttpClient administrator)
    {
        using var made = await administrator.Ask("POST", $"/probes/{Box}/code", new ProbeCommand.Enrol(Box, "box"));
        made.EnsureSuccessStatusCode();
        return (await made.Json()).Deserialize<EnrolmentCode>(EventCatalog.Json)!;
    }

    async Task<HttpResponseMessage> Redeem(string code, string key)
    {
        using var anybody = _host.CreateClient();
        return await anybody.Ask("POST", "/probe/enrolment", new Enrolment(code, key));
    }

    Task<JsonElement> TokenOf(BoxEnrolled box, ECDsa key) => _host.Token(
        ("grant_type", "client_credentials"), ("client_id", box.ClientId), ("client_assertion_type", BoxAssertion.Type),
        ("client_assertion", BoxAssertion.Make(signed => key.SignData(signed, HashAlgorithmName.SHA256), box.ClientId, box.Issuer, TimeProvider.System.GetUtcNow(), Guid.NewGuid())));

    Task<HttpClient> Bearing(string token)
    {
        var client = _host.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return Task.FromResult(client);
    }

    static string Access(JsonElement answer) => answer.TryGetProperty("access_token", out var token) ? token.GetString()! : throw new InvalidOperationException(answer.ToString());
}
