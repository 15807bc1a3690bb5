using System.Security.Cryptography;
using Compliance.Api.Vault;
using Compliance.Domain.Probes;

namespace Compliance.Api.Probes;

/// <summary>
/// Signs what probes are told to watch, with a key of its own that lies in the vault: a box knows its public half since it was enrolled, and
/// takes no list that is not signed by it, whoever stands on the way or holds the certificate of the address.
/// </summary>
sealed class ConfigurationSigner : IDisposable
{
    const string Name = "probes/configuration-key";

    readonly ECDsa _key = ECDsa.Create();
    readonly Lock _gate = new();
    readonly TimeProvider _clock;

    public ConfigurationSigner(SecretVault vault, TimeProvider clock)
    {
        _clock = clock;
        if (vault.Get(Name) is { } kept)
        {
            _key.ImportFromPem(kept.Reveal());
        }
        else
        {
            _key.GenerateKey(ECCurve.NamedCurves.nistP256);
            vault.Put(Name, new(_key.ExportPkcs8PrivateKeyPem()));
        }
    }

    /// <summary>In PEM.</summary>
    public string PublicKey => _key.ExportSubjectPublicKeyInfoPem();

    /// <summary>The value of <see cref="SignedList.Header"/> for this body.</summary>
    public string Sign(Guid probeId, ReadOnlySpan<byte> body, string? asked)
    {
        lock (_gate) return SignedList.Sign(signed => _key.SignData(signed, HashAlgorithmName.SHA256), PublicKey, probeId, _clock.GetUtcNow(), body, asked);
    }

    public void Dispose() => _key.Dispose();
}
