using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Compliance.Api.Vault;

namespace Compliance.Api.Push;

/// <summary>Says to a push service who sends (VAPID, RFC 8292): a token for its origin, signed by a key that is made on the first run and kept in the vault.</summary>
sealed class PushSigner(SecretVault vault, PushRules rules, TimeProvider clock)
{
    const string Name = "push/key";

    /// <summary>The RFC allows a day; a token that leaks is worth less.</summary>
    static readonly TimeSpan Good = TimeSpan.FromHours(2);

    readonly Lock _gate = new();

    readonly Lazy<ECDsa> _key = new(() =>
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (vault.Get(Name) is { } kept) key.ImportPkcs8PrivateKey(Convert.FromBase64String(kept.Reveal()), out _);
        else vault.Put(Name, new(Convert.ToBase64String(key.ExportPkcs8PrivateKey())));
        return key;
    });

    /// <summary>What a browser subscribes with; null where nothing is pushed.</summary>
    public string? PublicKey => rules.IsOn ? Base64Url.EncodeToString(PushEncryption.Bytes(_key.Value.ExportParameters(includePrivateParameters: false).Q)) : null;

    /// <summary>The header <c>Authorization</c> for that push service.</summary>
    public string Authorization(Uri endpoint)
    {
        var head = Base64Url.EncodeToString("""{"typ":"JWT","alg":"ES256"}"""u8);
        var claims = Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
        {
            ["aud"] = endpoint.GetLeftPart(UriPartial.Authority), ["exp"] = (clock.GetUtcNow() + Good).ToUnixTimeSeconds(), ["sub"] = rules.Contact!,
        }));
        byte[] signed = [.. System.Text.Encoding.ASCII.GetBytes($"{head}.{claims}")];
        byte[] signature;
        lock (_gate) signature = _key.Value.SignData(signed, HashAlgorithmName.SHA256); // one key, many devices at once
        return $"vapid t={head}.{claims}.{Base64Url.EncodeToString(signature)}, k={PublicKey}";
    }
}
