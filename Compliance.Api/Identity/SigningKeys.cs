using System.Security.Cryptography;
using Compliance.Api.Vault;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Server;

namespace Compliance.Api.Identity;

/// <summary>The issuer's own keys: made on the first run, kept in the vault, the same after every restart.</summary>
internal sealed class SigningKeys(SecretVault vault) : IConfigureOptions<OpenIddictServerOptions>
{
    public void Configure(OpenIddictServerOptions options)
    {
        var rsa = RSA.Create();
        rsa.ImportFromPem(Kept("issuer/signing-key", () =>
        {
            using var made = RSA.Create(2048);
            return made.ExportPkcs8PrivateKeyPem();
        }));
        options.SigningCredentials.Add(new(new RsaSecurityKey(rsa), SecurityAlgorithms.RsaSha256));

        var key = Convert.FromBase64String(Kept("issuer/encryption-key", () => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))));
        options.EncryptionCredentials.Add(new(
            new SymmetricSecurityKey(key), SecurityAlgorithms.Aes256KW, SecurityAlgorithms.Aes256CbcHmacSha512));
    }

    string Kept(string name, Func<string> make)
    {
        if (vault.Get(name) is { } kept) return kept.Reveal();
        var made = make();
        vault.Put(name, new(made));
        return made;
    }
}
