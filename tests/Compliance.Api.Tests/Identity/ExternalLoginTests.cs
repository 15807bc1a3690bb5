using Compliance.Api.Identity;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Compliance.Api.Tests.Identity;

/// <summary>Signing in through an outside OpenID Connect provider: here, a second issuer of ours under another address.</summary>
public sealed class ExternalLoginTests : IDisposable
{
    const string Outside = "http://127.0.0.1:9999";

    readonly TempFolder _ours = new(), _theirs = new();
    readonly IdentityHost _provider, _host;

    public ExternalLoginTests()
    {
        var provider = _provider = new(_theirs["api"], ("Identity:Issuer", Outside));
        _host = new(_ours["api"], ("Identity:External:gov:Authority", Outside),
            ("Identity:External:gov:ClientId", "compliance"), ("Identity:External:gov:ClientSecret", "shared"));
        _host.Configured = services => services.Configure<OpenIdConnectOptions>("gov", o => o.BackchannelHttpHandler = provider.Server.CreateHandler());
    }

    [Fact]
    public async Task An_outside_login_opens_the_account_that_it_was_connected_to()
    {
        await RegisterWithProvider();
        Assert.Contains("class=\"fault\"", (await Stranger()).Page, StringComparison.Ordinal);

        using var owner = new Visitor(_host, _provider);
        await owner.Go(Links.To(Links.SignIn, Links.Account));
        await owner.SignIn("owner@demo");
        await Connect(owner);
        Assert.Equal(IdentityHost.Issuer + Links.Account, owner.At.ToString());

        using var later = new Visitor(_host, _provider);
        await later.ComeFromPortal();
        await Through(later);
        Assert.True((await later.Tokens()).TryGetProperty("access_token", out _));
    }

    [Fact]
    public async Task An_account_does_not_get_a_login_that_was_begun_by_somebody_else()
    {
        await RegisterWithProvider();
        using var browser = new Visitor(_host, _provider);
        await browser.Go(Links.SignIn);
        await browser.Click(Links.External + "/gov");
        var begunByNobody = browser.At.ToString();
        await browser.Go(Links.To(Links.SignIn, Links.Account));
        await browser.SignIn("owner@demo");
        await browser.Go(begunByNobody);
        await browser.SignIn("inspector@demo");
        Assert.Contains("class=\"fault\"", (await Stranger()).Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_login_that_another_account_holds_is_not_connected_twice_and_the_page_says_so()
    {
        await RegisterWithProvider();
        using var owner = new Visitor(_host, _provider);
        await owner.Go(Links.To(Links.SignIn, Links.Account));
        await owner.SignIn("owner@demo");
        await Connect(owner);
        using var manager = new Visitor(_host, _provider);
        await manager.Go(Links.To(Links.SignIn, Links.Account));
        await manager.SignIn("manager@demo");
        await Connect(manager);
        Assert.Contains("class=\"fault\"", manager.Page, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _host.Dispose();
        _provider.Dispose();
        _ours.Dispose();
        _theirs.Dispose();
    }

    async Task RegisterWithProvider() => await _provider.In<IOpenIddictApplicationManager, object>(async clients => await clients.CreateAsync(new OpenIddictApplicationDescriptor
    {
        ClientId = "compliance", ClientSecret = "shared", RedirectUris = { new(IdentityHost.Issuer + "/sign-in/external/gov/callback") },
        Permissions =
        {
            Permissions.Endpoints.Authorization, Permissions.Endpoints.Token, Permissions.GrantTypes.AuthorizationCode,
            Permissions.ResponseTypes.Code, Permissions.Scopes.Profile,
        },
    }));

    /// <summary>Whoever comes with the outside login and no account of ours.</summary>
    async Task<Visitor> Stranger()
    {
        var stranger = new Visitor(_host, _provider);
        await stranger.Go(Links.SignIn);
        await Through(stranger);
        return stranger;
    }

    static async Task Connect(Visitor visitor)
    {
        await visitor.Submit(Links.Logins + "/gov");
        await visitor.SignIn("inspector@demo");
    }

    static async Task Through(Visitor visitor)
    {
        await visitor.Click(Links.External + "/gov");
        await visitor.SignIn("inspector@demo");
    }
}
