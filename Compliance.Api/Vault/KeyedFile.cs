using System.Security.Cryptography;

namespace Compliance.Api.Vault;

/// <summary>
/// What is kept of persons, each row sealed (AES-256-GCM) under a key of its own. The keys stand in the vault, apart from what they
/// seal: a backup of the file says nothing of a row whose key has been destroyed since.
/// </summary>
/// <param name="keys">Prefix of the keys' names in the vault.</param>
internal sealed class KeyedFile(string path, SecretVault vault, string keys)
{
    const int KeyBytes = 32, NonceBytes = 12, TagBytes = 16;

    readonly SealedFile _file = new(path);

    public void Put(Guid id, ReadOnlySpan<byte> plain)
    {
        var key = Key(id) ?? NewKey(id);
        var bytes = new byte[NonceBytes + TagBytes + plain.Length];
        var nonce = bytes.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(nonce, plain, bytes.AsSpan(NonceBytes + TagBytes), bytes.AsSpan(NonceBytes, TagBytes), id.ToByteArray());
        _file.Put(Row(id), bytes);
    }

    /// <summary>Null when nothing was kept under that id, or its key is gone.</summary>
    public byte[]? Get(Guid id) => Key(id) is { } key && _file.Get(Row(id)) is { } bytes ? Open(id, key, bytes) : null;

    /// <summary>The key goes first: what is left without it says nothing.</summary>
    public void Destroy(Guid id)
    {
        vault.Erase(KeyName(id));
        _file.Erase(Row(id));
    }

    static byte[] Open(Guid id, byte[] key, ReadOnlySpan<byte> bytes)
    {
        var plain = new byte[bytes.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(key, TagBytes);
        aes.Decrypt(bytes[..NonceBytes], bytes[(NonceBytes + TagBytes)..], bytes.Slice(NonceBytes, TagBytes), plain, id.ToByteArray());
        return plain;
    }

    byte[]? Key(Guid id) => vault.Get(KeyName(id)) is { } key ? Convert.FromBase64String(key.Reveal()) : null;

    byte[] NewKey(Guid id)
    {
        var key = RandomNumberGenerator.GetBytes(KeyBytes);
        vault.Put(KeyName(id), new(Convert.ToBase64String(key)));
        return key;
    }

    string KeyName(Guid id) => $"{keys}/{id:N}";

    static string Row(Guid id) => id.ToString("N");
}
