using System.Security.Cryptography;
using Compliance.Api.Vault;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Compliance.Api.Identity;

/// <summary>
/// The credentials of probe boxes: one client <c>probe-{id}</c> each, made, rotated and revoked while the API runs. A box that enrolled by a
/// code signs in with its own key (private_key_jwt, RFC 7523), of which the issuer has the public half; one that was given a secret, as the
/// demo's, with that, of which the issuer keeps a hash.
/// </summary>
internal sealed class ProbeClients(IOpenIddictApplicationManager clients, IOpenIddictTokenManager tokens)
{
    public static string ClientIdOf(Guid probeId) => $"probe-{probeId:N}";

    /// <summary>The id in a token's subject: a person's is the bare id, a probe's its client id.</summary>
    public static Guid? IdIn(string subject) =>
        Guid.TryParse(subject.StartsWith("probe-", StringComparison.Ordinal) ? subject["probe-".Length..] : subject, out var id) ? id : null;

    /// <summary>The new secret; null when the probe has a client already.</summary>
    public async Task<Secret?> Create(Guid probeId, string name, CancellationToken ct)
    {
        if (await clients.FindByClientIdAsync(ClientIdOf(probeId), ct) is not null) return null;
        var secret = NewSecret();
        await clients.CreateAsync(new OpenIddictApplicationDescriptor
        {
            ClientId = ClientIdOf(probeId),
            ClientSecret = secret.Reveal(),
            ClientType = ClientTypes.Confidential,
            DisplayName = name,
            Permissions = { Permissions.Endpoints.Token, Permissions.GrantTypes.ClientCredentials, Permissions.Prefixes.Scope + "api" },
        }, ct);
        return secret;
    }

    /// <summary>A new secret; the old one and every token got with it are void at once. Null when there is no such client.</summary>
    public async Task<Secret?> Rotate(Guid probeId, CancellationToken ct)
    {
        if (await clients.FindByClientIdAsync(ClientIdOf(probeId), ct) is not { } client) return null;
        var secret = NewSecret();
        await clients.UpdateAsync(client, secret.Reveal(), ct);
        await tokens.RevokeByApplicationIdAsync((await clients.GetIdAsync(client, ct))!, ct);
        return secret;
    }

    /// <summary>From now on this key opens the client and nothing else does; tokens got before are void.</summary>
    /// <param name="publicKey">EC on P-256, in PEM.</param>
    public async Task Trust(Guid probeId, string name, string publicKey, CancellationToken ct)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(publicKey);
        var known = JsonWebKeyConverter.ConvertFromECDsaSecurityKey(new(key));
        known.Use = JsonWebKeyUseNames.Sig;
        known.KeyId = Base64UrlEncoder.Encode(known.ComputeJwkThumbprint());
        var client = await clients.FindByClientIdAsync(ClientIdOf(probeId), ct);
        var descriptor = new OpenIddictApplicationDescriptor
        {
            ClientId = ClientIdOf(probeId), ClientType = ClientTypes.Confidential, DisplayName = name, JsonWebKeySet = new() { Keys = { known } },
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
    public async Task Revoke(Guid probeId, CancellationToken ct)
    {
        if (await clients.FindByClientIdAsync(ClientIdOf(probeId), ct) is not { } client) return;
        var descriptor = new OpenIddictApplicationDescriptor();
        await clients.PopulateAsync(descriptor, client, ct);
        (descriptor.JsonWebKeySet, descriptor.ClientSecret) = (null, NewSecret().Reveal());
        await clients.UpdateAsync(client, descriptor, ct);
    }

    static Secret NewSecret() => new(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)));
}
