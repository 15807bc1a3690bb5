namespace Compliance.Api.Vault;

/// <summary>
/// What is kept of persons, each row sealed under a key of its own. The keys stand in the vault, apart from what they seal: a backup
/// of the file says nothing of a row whose key has been destroyed since.
/// </summary>
/// <param name="keys">Prefix of the keys' names in the vault.</param>
internal sealed class KeyedFile(string path, SecretVault vault, string keys)
{
    readonly SealedFile _file = new(path);
    readonly KeyedSeal _seal = new(vault, keys);

    public void Put(Guid id, ReadOnlySpan<byte> plain) => _file.Put(Row(id), _seal.Close(id, plain));

    /// <summary>Null when nothing was kept under that id, or its key is gone.</summary>
    public byte[]? Get(Guid id) => _file.Get(Row(id)) is { } bytes ? _seal.Open(id, bytes) : null;

    /// <summary>The key goes first: what is left without it says nothing.</summary>
    public void Destroy(Guid id)
    {
        _seal.Destroy(id);
        _file.Erase(Row(id));
    }

    static string Row(Guid id) => id.ToString("N");
}
