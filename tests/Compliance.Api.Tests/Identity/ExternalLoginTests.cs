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

    [Fact]
    public async Task An_outside_login_opens_the_account_that_it_was_connected_to()
    {
        using var provider = new IdentityHost(_theirs["api"], ("Identity:Issuer", Outside));
        await provider.In<IOpenIddictApplicationManager, object>(async clients => await clients.CreateAsync(new OpenIddictApplicationDescriptor
        {
            ClientId = "compliance", ClientSecret = "shared", RedirectUris = { new(IdentityHost.Issuer + "/sign-in/external/gov/callback") },
            Permissions =
            {
                Permissions.Endpoints.Authorization, Permissions.Endpoints.Token, Permissions.GrantTypes.AuthorizationCode,
                Permissions.ResponseTypes.Code, Permissions.Scopes.Profile,
            },
        }));
        using var host = new IdentityHost(_ours["api"], ("Identity:External:gov:Authority", Outside),
            ("Identity:External:gov:ClientId", "compliance"), ("Identity:External:gov:ClientSecret", "shared"));
        host.Configured = services => services.Configure<OpenIdConnectOptions>("gov", o => o.BackchannelHttpHandler = provider.Server.CreateHandler());

        using var stranger = new Visitor(host, provider);
        await stranger.Go(Links.SignIn);
        await Through(stranger);
        Assert.Contains("class=\"fault\"", stranger.Page, StringComparison.Ordinal);

        using var owner = new Visitor(host, provider);
        await owner.Go(Links.To(Links.SignIn, Links.Account));
        await owner.SignIn("owner@demo");
        await Through(owner);
        Assert.Equal(IdentityHost.Issuer + Links.Account, owner.At.ToString());

        using var later = new Visitor(host, provider);
        await later.ComeFromPortal();
        await Through(later);
        Assert.True((await later.Tokens()).TryGetProperty("access_token", out _));
    }

    public void Dispose()
    {
        _ours.Dispose();
        _theirs.Dispose();
    }

    static async Task Through(Visitor visitor)
    {
        await visitor.Click(Links.External + "/gov");
        await visitor.SignIn("inspector@demo");
    }
}
