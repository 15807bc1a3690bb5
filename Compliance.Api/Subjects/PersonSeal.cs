using System.Security.Cryptography;
using Compliance.Api.Vault;

namespace Compliance.Api.Subjects;

/// <summary>Seals (AES-256-GCM) what belongs to one person under a key of that person's own, which stands in the vault and may be destroyed.</summary>
internal sealed class PersonSeal(SecretVault vault)
{
    const int KeyBytes = 32, NonceBytes = 12, TagBytes = 16;

    public byte[] Close(Guid subjectId, ReadOnlySpan<byte> plain)
    {
        var bytes = new byte[NonceBytes + TagBytes + plain.Length];
        var nonce = bytes.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(Key(subjectId) ?? NewKey(subjectId), TagBytes);
        aes.Encrypt(nonce, plain, bytes.AsSpan(NonceBytes + TagBytes), bytes.AsSpan(NonceBytes, TagBytes), subjectId.ToByteArray());
        return bytes;
    }

    /// <summary>Null when the person's key is gone.</summary>
    public byte[]? Open(Guid subjectId, ReadOnlySpan<byte> bytes)
    {
        if (Key(subjectId) is not { } key) return null;
        var plain = new byte[bytes.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(key, TagBytes);
        aes.Decrypt(bytes[..NonceBytes], bytes[(NonceBytes + TagBytes)..], bytes.Slice(NonceBytes, TagBytes), plain, subjectId.ToByteArray());
        return plain;
    }

    public void Destroy(Guid subjectId) => vault.Erase(KeyName(subjectId));

    byte[]? Key(Guid subjectId) => vault.Get(KeyName(subjectId)) is { } key ? Convert.FromBase64String(key.Reveal()) : null;

    byte[] NewKey(Guid subjectId)
    {
        var key = RandomNumberGenerator.GetBytes(KeyBytes);
        vault.Put(KeyName(subjectId), new(Convert.ToBase64String(key)));
        return key;
    }

    static string KeyName(Guid subjectId) => $"subject-key/{subjectId:N}";
}
