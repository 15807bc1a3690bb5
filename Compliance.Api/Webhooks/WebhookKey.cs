using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Compliance.Api.TransparentLog;
using Compliance.Api.Vault;
using Compliance.Domain.TransparentLog;
using Compliance.Domain.Webhooks;

namespace Compliance.Api.Webhooks;

/// <summary>
/// The key that signs webhooks (Ed25519, Standard Webhooks 1.0, <c>v1a</c>), made on the first run and kept in the vault. It is not the log's own:
/// a receiver that was told to trust it trusts nothing else by it.
/// </summary>
sealed class WebhookKey
{
    const string Name = "webhooks/key";

    readonly NoteSigner _signer;

    public WebhookKey(SecretVault vault)
    {
        if (vault.Get(Name) is not { } kept) vault.Put(Name, kept = new(Convert.ToBase64String(RandomNumberGenerator.GetBytes(NoteSigner.SeedSize))));
        _signer = new("webhooks", NoteKeyKind.Log, Convert.FromBase64String(kept.Reveal()));
    }

    public WebhookPublicKey Public => new($"whpk_{Convert.ToBase64String(_signer.Key.PublicKey)}");

    /// <summary>The header <c>webhook-signature</c>: over id, time and body as they are sent, with points between.</summary>
    public string Sign(string id, long timestamp, ReadOnlySpan<byte> body)
    {
        var head = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}."));
        return $"v1a,{Convert.ToBase64String(_signer.Sign([.. head, .. body]))}";
    }
}
