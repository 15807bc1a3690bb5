using System.Security.Cryptography;
using Compliance.Api.Vault;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Compliance.Api.Identity;

/// <summary>
/// The credentials of machines, probe boxes and those of control centres: one client <c>probe-{id}</c> or <c>centre-{id}</c> each, made, rotated and revoked while the API runs. A box that enrolled by a
/// code signs in with its own key (private_key_jwt, RFC 7523), of which the issuer has the public half; one that was given a secret, as the
/// demo's, and the machines of a control centre, with that, of which the issuer keeps a hash.
/// </summary>
internal sealed class MachineClients(IOpenIddictApplicationManager clients, IOpenIddictTokenManager tokens)
{
    const string Probe = "probe-", Centre = "centre-";

    public static string OfProbe(Guid probeId) => $"{Probe}{probeId:N}";

    public static string OfCentre(Guid centreId) => $"{Centre}{centreId:N}";

    /// <summary>What a client may be here.</summary>
    public static string RoleOf(string clientId) => clientId.StartsWith(Centre, StringComparison.Ordinal) ? Role.Centre : Role.Probe;

    /// <summary>The id in a token's subject: a person's is the bare id, a machine's its client id.</summary>
    public static Guid? IdIn(string subject) =>
        Guid.TryParse(((string[])[Probe, Centre]).FirstOrDefault(kind => subject.StartsWith(kind, StringComparison.Ordinal)) is { } kind ? subject[kind.Length..] : subject, out var id) ? id : null;

    /// <summary>The new secret; null when it has a client already.</summary>
    public async Task<Secret?> Create(string clientId, string name, CancellationToken ct)
    {
        if (await clients.FindByClientIdAsync(clientId, ct) is not null) return null;
        var secret = NewSecret();
        await clients.CreateAsync(new OpenIddictApplicationDescriptor
        {
            ClientId = clientId,
            ClientSecret = secret.Reveal(),
            ClientType = ClientTypes.Confidential,
            DisplayName = name,
            Permissions = { Permissions.Endpoints.Token, Permissions.GrantTypes.ClientCredentials, Permissions.Prefixes.Scope + "api" },
        }, ct);
        return secret;
    }

    /// <summary>A new secret; the old one and every token got with it are void at once. Null when there is no such client.</summary>
    public async Task<Secret?> Rotate(string clientId, CancellationToken ct)
    {
        if (await clients.FindByClientIdAsync(clientId, ct) is not { } client) return null;
        var secret = NewSecret();
        await clients.UpdateAsync(client, secret.Reveal(), ct);
        await tokens.RevokeByApplicationIdAsync((await clients.GetIdAsync(client, ct))!, ct);
        return secret;
    }

    /// <summary>From now on this key opens the client and nothing else does; tokens got before are void.</summary>
    /// <param name="publicKey">EC on P-256, in PEM.</param>
    public async Task Trust(string clientId, string name, string publicKey, CancellationToken ct)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(publicKey);
        var known = JsonWebKeyConverter.ConvertFromECDsaSecurityKey(new(key));
        known.Use = JsonWebKeyUseNames.Sig;
        known.KeyId = Base64UrlEncoder.Encode(known.ComputeJwkThumbprint());
        var client = await clients.FindByClientIdAsync(clientId, ct);
        var descriptor = new OpenIddictApplicationDescriptor
        {
            ClientId = clientId, ClientType = ClientTypes.Confidential, DisplayName = name, JsonWebKeySet = new() { Keys = { known } },
            Permissions = { Permissions.Endpoints.Token, Permissions.GrantTypes.ClientCredentials, Permissions.Prefixes.Scope + "api" },
        };
        if (client is null) await clients.CreateAsync(descriptor, ct);
        else
        {
            await clients.UpdateAsync(client, descriptor, ct);
            await tokens.RevokeByApplicationIdAsync((await clients.GetIdAsync(client, ct))!, ct);
        }
    }

    /// <summary>No key and no secret opens the client any more. Tokens got before still say who knocks, so that the doors can tell the box that it is revoked.</summary>
    public async Task Revoke(string clientId, CancellationToken ct)
    {
        if (await clients.FindByClientIdAsync(clientId, ct) is not { } client) return;
        var descriptor = new OpenIddictApplicationDescriptor();
        await clients.PopulateAsync(descriptor, client, ct);
        (descriptor.JsonWebKeySet, descriptor.ClientSecret) = (null, NewSecret().Reveal());
        await clients.UpdateAsync(client, descriptor, ct);
    }

    static Secret NewSecret() => new(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)));
}
