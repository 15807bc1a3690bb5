using Compliance.Api.Vault;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Compliance.Api.Identity;

/// <summary>What must stand before the first request: tables, roles, the portal as a client, and in the demo its people.</summary>
internal sealed class IdentityStart(IServiceScopeFactory scopes, IConfiguration configuration, IssuerAddress address, ILogger<IdentityStart> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await Prepare(scope.ServiceProvider, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    async Task Prepare(IServiceProvider services, CancellationToken ct)
    {
        await IdentitySchema.Prepare(services.GetRequiredService<IdentityDb>(), ct);
        if (!DemoAccounts.AreOn(configuration) && string.IsNullOrEmpty(configuration[VaultCertificate.Setting])) log.KeysUnsealed(VaultCertificate.Setting);
        var roles = services.GetRequiredService<RoleManager<IdentityRole<Guid>>>();
        foreach (var role in Role.Persons)
            if (!await roles.RoleExistsAsync(role)) (await roles.CreateAsync(new(role))).OrThrow();

        var clients = services.GetRequiredService<IOpenIddictApplicationManager>();
        await Put(clients, Portal(), ct);
        if (DemoAccounts.AreOn(configuration))
        {
            await Put(clients, Seeder(), ct);
            await services.GetRequiredService<DemoAccounts>().Create(ct);
        }
        else if (await services.GetRequiredService<UserManager<Account>>().FindByIdAsync(DemoAccounts.All[0].SubjectId.ToString()) is not null)
        {
            throw new InvalidOperationException(
                "The data folder holds the accounts of the demo, whose password everybody knows. Start with another folder (setting Data), or with Demo:Accounts=true.");
        }
        else if (await services.GetRequiredService<Invitations>().ForFirstAdministrator(ct) is { } link)
        {
            // To the terminal, not to the log: whoever reads it becomes the administrator.
            await Console.Out.WriteLineAsync($"Choose the first administrator's password (user name: {Role.Administrator}): {link}");
        }
    }

    static async Task Put(IOpenIddictApplicationManager clients, OpenIddictApplicationDescriptor client, CancellationToken ct)
    {
        if (await clients.FindByClientIdAsync(client.ClientId!, ct) is { } known) await clients.UpdateAsync(known, client, ct);
        else await clients.CreateAsync(client, ct);
    }

    /// <summary>A public client: the code is bound to who asked for it by PKCE (RFC 7636), and there is no secret to lose.</summary>
    OpenIddictApplicationDescriptor Portal() => new()
    {
        ClientId = "portal",
        ClientType = ClientTypes.Public,
        ConsentType = ConsentTypes.Implicit,
        RedirectUris = { new(address.Portal, "/signin-oidc") },
        PostLogoutRedirectUris = { new(address.Portal, "/signout-callback-oidc") },
        Permissions =
        {
            Permissions.Endpoints.Authorization, Permissions.Endpoints.Token, Permissions.Endpoints.EndSession,
            Permissions.Endpoints.Revocation, Permissions.GrantTypes.AuthorizationCode, Permissions.GrantTypes.RefreshToken,
            Permissions.ResponseTypes.Code, Permissions.Scopes.Profile, Permissions.Scopes.Roles, Permissions.Prefixes.Scope + Tickets.Api,
        },
        Requirements = { Requirements.Features.ProofKeyForCodeExchange },
    };

    /// <summary>Fills the demo city through the doors, in the name of any demo account.</summary>
    static OpenIddictApplicationDescriptor Seeder() => new()
    {
        ClientId = "seeder",
        ClientType = ClientTypes.Public,
        Permissions = { Permissions.Endpoints.Token, Permissions.Prefixes.GrantType + DemoAccounts.Grant, Permissions.Prefixes.Scope + Tickets.Api },
    };
}
