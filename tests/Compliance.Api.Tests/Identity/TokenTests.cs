using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Compliance.Api.Identity;
using Compliance.Api.Tests.Entrance;
using Compliance.Domain.Centres;
using Compliance.Domain.Complaints;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;
using Compliance.Domain.Subjects;

namespace Compliance.Api.Tests.Identity;

/// <summary>Tokens of probes and of the demo, and what becomes of them.</summary>
public sealed class TokenTests : IDisposable
{
    static readonly Guid Box = new("0198b1f0-0000-7000-8000-000000000001");
    readonly TempFolder _data = new();

    [Fact]
    public async Task A_demo_account_is_asked_who_it_is_and_says_so()
    {
        using var host = new IdentityHost(_data["api"]);

        var me = await Me(host, (await host.TokenOf("owner@demo")).GetProperty("access_token").GetString()!);

        Assert.Equal("owner", Assert.Single(me.GetProperty("roles").EnumerateArray()).GetString());
        Assert.Equal("Айгүл Сейітқызы", me.GetProperty("name").GetString());
    }

    [Fact]
    public async Task There_is_no_demo_grant_outside_the_demo()
    {
        using var host = new IdentityHost(_data["api"], ("Demo:Accounts", "false"));

        Assert.Equal("unsupported_grant_type", (await host.TokenOf("owner@demo")).GetProperty("error").GetString());
    }

    [Fact]
    public async Task A_probe_gets_in_with_its_secret_until_it_is_rotated()
    {
        using var host = new IdentityHost(_data["api"]);
        var first = await Probes(host, p => p.Create(MachineClients.OfProbe(Box), "box", default));
        var token = Access(await host.TokenOf(Box, first!.Reveal()));
        Assert.Equal(HttpStatusCode.Forbidden, await KnockAtMe(host, token));

        var second = await Probes(host, p => p.Rotate(MachineClients.OfProbe(Box), default));

        Assert.Equal(HttpStatusCode.Unauthorized, await KnockAtMe(host, token));
        Assert.Equal("invalid_client", (await host.TokenOf(Box, first.Reveal())).GetProperty("error").GetString());
        Assert.Equal(HttpStatusCode.Forbidden, await KnockAtMe(host, Access(await host.TokenOf(Box, second!.Reveal()))));
    }

    [Fact]
    public async Task A_revoked_probe_is_out_at_once()
    {
        using var host = new IdentityHost(_data["api"]);
        using var administrator = await As(host, "administrator@demo");
        using (var enrolled = await administrator.Ask("PUT", $"/probes/{Box}", new ProbeCommand.Enrol(Box, "box"))) enrolled.EnsureSuccessStatusCode();
        var secret = (await Probes(host, p => p.Rotate(MachineClients.OfProbe(Box), default)))!.Reveal();
        using var box = Bearing(host, Access(await host.TokenOf(Box, secret)));
        using (var taken = await box.Ask("GET", "/probe/feed-tests")) Assert.Equal(HttpStatusCode.NoContent, taken.StatusCode);

        await administrator.Do("POST", $"/probes/{Box}/revoked", new ProbeCommand.Revoke("stolen"));

        using var refused = await box.Ask("GET", "/probe/feed-tests");
        Assert.Equal("401 probe.revoked", await refused.Refusal());
        Assert.Equal("invalid_client", (await host.TokenOf(Box, secret)).GetProperty("error").GetString());
    }

    [Fact]
    public async Task Machines_of_a_control_centre_read_the_feeds_and_bring_complaints_until_they_are_dismissed_and_nothing_else()
    {
        using var host = new IdentityHost(_data["api"]);
        using var administrator = await As(host, "administrator@demo");
        var id = Guid.NewGuid();
        var first = await Secret("PUT", "", new CentreForm("ЦОУ ДП Алматы"));
        Assert.Null((await Secret("PUT", "", new CentreForm("ЦОУ ДП Алматы"))).Secret);
        using (var machine = Bearing(host, Access(await Token(first))))
        {
            foreach (var feed in (string[])["/incidents/open.geojson", "/incidents/open.atom"])
                using (var read = await machine.Ask("GET", feed)) Assert.Equal(HttpStatusCode.OK, read.StatusCode);
            var complaint = Guid.NewGuid();
            var told = new ComplaintForm(ComplaintChannel.Line102, ComplaintCategory.Noise, null, "Медеу", DateTimeOffset.UtcNow.AddMinutes(-5), null, null);
            using (var taken = await machine.Ask("PUT", $"/complaints/{complaint}", told)) Assert.NotEmpty((await taken.Json()).GetProperty("number").GetString()!);
            using (var status = await machine.Ask("GET", $"/public/complaints/{complaint}")) Assert.Equal("Received", (await status.Json()).GetProperty("state").GetString(), ignoreCase: true);
            foreach (var other in (string[])["/incidents", "/complaints", "/venues", "/me", "/changes", "/probe/assignments"])
                using (var turned = await machine.Ask("GET", other)) Assert.Equal(HttpStatusCode.Forbidden, turned.StatusCode);
        }

        var second = await Secret("POST", "/key", null);
        Assert.Equal("invalid_client", (await Token(first)).GetProperty("error").GetString());
        using var renewed = Bearing(host, Access(await Token(second)));
        await administrator.Do("POST", $"/centres/{id}/dismissed");
        using (var refused = await renewed.Ask("GET", "/incidents/open.atom")) Assert.Equal("401 centre.dismissed", await refused.Refusal());
        Assert.Equal("invalid_client", (await Token(second)).GetProperty("error").GetString());

        Task<JsonElement> Token(CentreSecret with) => host.Token(("grant_type", "client_credentials"), ("client_id", with.ClientId), ("client_secret", with.Secret!));

        async Task<CentreSecret> Secret(string verb, string what, object? body)
        {
            using var answer = await administrator.Ask(verb, $"/centres/{id}{what}", body);
            return JsonSerializer.Deserialize<CentreSecret>(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), EventCatalog.Json)!;
        }
    }

    [Fact]
    public async Task Whoever_is_forgotten_is_out_at_once()
    {
        using var host = new IdentityHost(_data["api"]);
        using var person = await As(host, "owner@demo");
        var me = (await person.Get<Me>("/me")).SubjectId;
        using var oversight = await As(host, "oversight@demo");

        await oversight.Do("POST", $"/subjects/{me}/key-destroyed");

        using var refused = await person.Ask("GET", "/me");
        Assert.Equal("401 subject.forgotten", await refused.Refusal());
    }

    [Fact]
    public async Task A_probe_s_secret_is_shown_once()
    {
        using var host = new IdentityHost(_data["api"]);

        Assert.NotNull(await Probes(host, p => p.Create(MachineClients.OfProbe(Box), "box", default)));
        Assert.Null(await Probes(host, p => p.Create(MachineClients.OfProbe(Box), "box", default)));
    }

    [Fact]
    public async Task A_token_outlives_a_restart_of_the_issuer()
    {
        string token;
        using (var before = new IdentityHost(_data["api"])) token = Access(await before.TokenOf("inspector@demo"));

        using var after = new IdentityHost(_data["api"]);

        Assert.Equal("inspector", (await Me(after, token)).GetProperty("roles")[0].GetString());
    }

    public void Dispose() => _data.Dispose();

    static string Access(JsonElement answer) => answer.GetProperty("access_token").GetString()!;

    static async Task<HttpClient> As(IdentityHost host, string account) => Bearing(host, Access(await host.TokenOf(account)));

    static HttpClient Bearing(IdentityHost host, string token)
    {
        var client = host.CreateClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return client;
    }

    static Task<T> Probes<T>(IdentityHost host, Func<MachineClients, Task<T>> act) =>
        host.In(act);

    static async Task<JsonElement> Me(IdentityHost host, string token)
    {
        using var answer = await Knock(host, token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
    }

    /// <summary>/me is for persons: 403 says that the token was good and the bearer a probe; 401 that it was not good.</summary>
    static async Task<HttpStatusCode> KnockAtMe(IdentityHost host, string token)
    {
        using var answer = await Knock(host, token);
        return answer.StatusCode;
    }

    static async Task<HttpResponseMessage> Knock(IdentityHost host, string token)
    {
        using var client = host.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await client.GetAsync("/me", TestContext.Current.CancellationToken);
    }
}
