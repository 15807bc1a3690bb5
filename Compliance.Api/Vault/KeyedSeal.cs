using System.Security.Cryptography;

namespace Compliance.Api.Vault;

/// <summary>Seals (AES-256-GCM) what belongs to one person or letter under a key of its own, which stands in the vault and may be destroyed.</summary>
/// <param name="keys">Prefix of the keys' names in the vault.</param>
internal sealed class KeyedSeal(SecretVault vault, string keys)
{
    /// <summary>Under which a person's own key stands.</summary>
    public const string Persons = "subject-key";

    const int KeyBytes = 32, NonceBytes = 12, TagBytes = 16;

    public byte[] Close(Guid id, ReadOnlySpan<byte> plain)
    {
        var bytes = new byte[NonceBytes + TagBytes + plain.Length];
        var nonce = bytes.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(Key(id) ?? NewKey(id), TagBytes);
        aes.Encrypt(nonce, plain, bytes.AsSpan(NonceBytes + TagBytes), bytes.AsSpan(NonceBytes, TagBytes), id.ToByteArray());
        return bytes;
    }

    /// <summary>Null when the key is gone.</summary>
    public byte[]? Open(Guid id, ReadOnlySpan<byte> bytes)
    {
        if (Key(id) is not { } key) return null;
        var plain = new byte[bytes.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(key, TagBytes);
        aes.Decrypt(bytes[..NonceBytes], bytes[(NonceBytes + TagBytes)..], bytes.Slice(NonceBytes, TagBytes), plain, id.ToByteArray());
        return plain;
    }

    public void Destroy(Guid id) => vault.Erase(KeyName(id));

    byte[]? Key(Guid id) => vault.Get(KeyName(id)) is { } key ? Convert.FromBase64String(key.Reveal()) : null;

    byte[] NewKey(Guid id)
    {
        var key = RandomNumberGenerator.GetBytes(KeyBytes);
        vault.Put(KeyName(id), new(Convert.ToBase64String(key)));
        return key;
    }

    string KeyName(Guid id) => $"{keys}/{id:N}";
}
