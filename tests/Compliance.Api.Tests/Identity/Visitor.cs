using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Compliance.Api.Identity;
using Microsoft.AspNetCore.WebUtilities;

namespace Compliance.Api.Tests.Identity;

/// <summary>
/// A person with a browser: keeps cookies, reads forms and posts them back with their hidden fields, follows redirects within
/// the issuer (and an outside one), and stops where it is sent to the portal.
/// </summary>
internal sealed class Visitor(IdentityHost host, IdentityHost? outside = null) : IDisposable
{
    const string PortalCallback = "http://127.0.0.1:8080/signin-oidc";

    readonly HttpClient _here = host.CreateClient();
    readonly HttpClient? _there = outside?.CreateClient();
    readonly string _verifier = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public string Page { get; private set; } = "";
    public Uri At { get; private set; } = new(host.Address);
    public HttpStatusCode Status { get; private set; }
    public HttpResponseMessage Last { get; private set; } = new();

    /// <summary>Comes from the portal, as its OpenID Connect handler sends people.</summary>
    public Task ComeFromPortal(string scopes = "openid profile roles offline_access api", string? more = null) => Go(
        "/connect/authorize?client_id=portal&response_type=code&response_mode=query&state=there&nonce=once" +
        $"&redirect_uri={Uri.EscapeDataString(PortalCallback)}&scope={Uri.EscapeDataString(scopes)}&code_challenge_method=S256" +
        $"&code_challenge={Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(_verifier)))}{more}");

    public async Task Go(string path)
    {
        var address = new Uri(new Uri(host.Address), path);
        await Follow(await ClientFor(address)!.GetAsync(address, TestContext.Current.CancellationToken));
    }

    /// <summary>Follows the link of the page that begins like this.</summary>
    public Task Click(string beginning)
    {
        var link = Regex.Match(Page, $"href=\"({Regex.Escape(beginning)}[^\"]*)\"");
        Assert.True(link.Success, $"No link {beginning} on {At}:\n{Page}");
        return Go(WebUtility.HtmlDecode(link.Groups[1].Value));
    }

    /// <summary>Fills in the form that posts to this action, hidden fields included, and submits it.</summary>
    public async Task Submit(string action, params (string Name, string Value)[] fields) =>
        await Follow(await ClientFor(At)!.PostAsync(action, Filled(action, fields), TestContext.Current.CancellationToken));

    /// <summary>What a script of the page posts in the background.</summary>
    public async Task<string> Fetch(string form, string path)
    {
        using var answer = await _here.PostAsync(path, Filled(form), TestContext.Current.CancellationToken);
        return await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    public Task SignIn(string userName, string password = DemoAccounts.Password) =>
        Submit(Links.SignIn, ("UserName", userName), ("Password", password));

    public Task GiveCode(string code) => Submit(Links.Code, ("Code", code));

    /// <summary>The portal trades the code it was sent for tokens.</summary>
    public Task<JsonElement> Tokens()
    {
        Assert.StartsWith(PortalCallback, At.ToString(), StringComparison.Ordinal);
        var code = QueryHelpers.ParseQuery(At.Query)["code"].ToString();
        return host.Token(("grant_type", "authorization_code"), ("client_id", "portal"), ("code", code),
            ("redirect_uri", PortalCallback), ("code_verifier", _verifier));
    }

    public Task<JsonElement> Refresh(JsonElement tokens) => host.Token(("grant_type", "refresh_token"), ("client_id", "portal"),
        ("refresh_token", tokens.GetProperty("refresh_token").GetString()!));

    public void Dispose()
    {
        _here.Dispose();
        _there?.Dispose();
    }

    HttpClient? ClientFor(Uri address) => address.Authority == new Uri(host.Address).Authority ? _here
        : outside is not null && address.Authority == new Uri(outside.Address).Authority ? _there : null;

    FormUrlEncodedContent Filled(string action, params (string Name, string Value)[] fields)
    {
        var form = Regex.Match(Page, $"""<form method="post" action="{Regex.Escape(action)}".*?</form>""", RegexOptions.Singleline);
        Assert.True(form.Success, $"No form posts to {action} on {At}:\n{Page}");
        var hidden = Regex.Matches(form.Value, """<input type="hidden" name="(\w+)" value="([^"]*)" ?/?>""")
            .Select(m => (Name: m.Groups[1].Value, WebUtility.HtmlDecode(m.Groups[2].Value))).Where(h => fields.All(f => f.Name != h.Name));
        return IdentityHost.Form([.. hidden, .. fields]);
    }

    async Task Follow(HttpResponseMessage answer)
    {
        while (true)
        {
            (Last, Status, At) = (answer, answer.StatusCode, answer.RequestMessage!.RequestUri!);
            Page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            if (answer.Headers.Location is not { } next) return;
            At = new(At, next);
            if (ClientFor(At) is not { } client) return;
            answer = await client.GetAsync(At, TestContext.Current.CancellationToken);
        }
    }
}
