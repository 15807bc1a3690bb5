using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Compliance.Api.Vault;
using Compliance.Domain.Kernel;
using Compliance.Domain.WatchLists;

namespace Compliance.Api.WatchLists;

/// <summary>Who is looked for, the grounds, the pictures and their templates: sealed under a key for each entry, which is destroyed when the entry is over.</summary>
internal sealed class WatchVault(DataFolder data, SecretVault vault) : IDisposable
{
    readonly SealedFile _file = new(data.File("watch-list.db"));
    readonly KeyedSeal _seal = new(vault, "watch-key");
    readonly SemaphoreSlim _proposing = new(1);

    public void Dispose() => _proposing.Dispose();

    /// <summary>Who is listed already is asked, and another one is proposed, by one at a time: two who propose the same person at once do not miss each other.</summary>
    public async Task<T> OneByOne<T>(Func<Task<T>> propose, CancellationToken ct)
    {
        await _proposing.WaitAsync(ct);
        try
        {
            return await propose();
        }
        finally
        {
            _proposing.Release();
        }
    }

    /// <summary>The commitment to these words; the same words give the same one for as long as the entry's key lives.</summary>
    /// <returns>And whether they are new here: words that a command was refused for are dropped again.</returns>
    public (string Commitment, bool IsNew) Keep(Guid entryId, WatchedPerson person)
    {
        if (Open(entryId, Salt) is not { } salt) _file.Put(Row(entryId, Salt), _seal.Close(entryId, salt = RandomNumberGenerator.GetBytes(32)));
        var commitment = Convert.ToHexStringLower(SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes($"{person.Name}\n{person.Grounds}")]));
        var isNew = Open(entryId, commitment) is null;
        if (isNew) _file.Put(Row(entryId, commitment), _seal.Close(entryId, JsonSerializer.SerializeToUtf8Bytes(person, EventCatalog.Json)));
        return (commitment, isNew);
    }

    /// <summary>The words of that commitment; null when they are gone.</summary>
    public WatchedPerson? Find(Guid entryId, string commitment) => Open(entryId, commitment) is { } plain ? JsonSerializer.Deserialize<WatchedPerson>(plain, EventCatalog.Json) : null;

    /// <summary>
    /// Under which a name can be found again without opening anybody else's: HMAC-SHA-256 under a key of the vault, of the name without regard to capitals, composition and spaces. Who has the file and not the key learns nothing of it.
    /// </summary>
    string HashOf(string name)
    {
        var plain = string.Join(' ', name.Normalize(NormalizationForm.FormKC).ToUpperInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return Convert.ToHexStringLower(HMACSHA256.HashData(NamesSecret(), Encoding.UTF8.GetBytes(plain)));
    }

    /// <summary>Notes that this entry bears that name.</summary>
    public void Name(Guid entryId, string name)
    {
        var hash = HashOf(name);
        _file.Put(Named(hash, entryId), []);
        _file.Put(Row(entryId, "name"), Encoding.ASCII.GetBytes(hash));
    }

    /// <summary>The entries that bear that name: two persons may, and one that was listed twice.</summary>
    public IReadOnlyList<Guid> Bearers(string name) => [.. _file.Names(Named(HashOf(name), null)).Select(row => Guid.ParseExact(row[(row.LastIndexOf('/') + 1)..], "N"))];

    public void Unname(Guid entryId)
    {
        if (_file.Get(Row(entryId, "name")) is not { } hash) return;
        _file.Erase(Named(Encoding.ASCII.GetString(hash), entryId));
        _file.Erase(Row(entryId, "name"));
    }

    /// <summary>Whether all that stand on the list are named: an older file knows no names until each was opened once.</summary>
    public bool IsNamed
    {
        get => _file.Get(AllNamed) is not null;
        set
        {
            if (!value) _file.Erase(AllNamed);
            else
            {
                foreach (var older in _file.Names(NamedRows).Where(row => row.Count('/') == 1)) _file.Erase(older); // of one bearer for each name
                _file.Put(AllNamed, []);
            }
        }
    }

    const string Salt = "salt", NamesKey = "watch-names", NamedRows = "named/", AllNamed = "all-named-by-entry";

    readonly Lock _making = new();
    byte[]? _names;

    /// <summary>Made once. What broke off is tried again at the next name.</summary>
    byte[] NamesSecret()
    {
        lock (_making)
        {
            if (_names is not null) return _names;
            if (vault.Get(NamesKey) is { } known) return _names = Convert.FromBase64String(known.Reveal());
            var key = RandomNumberGenerator.GetBytes(32);
            vault.Put(NamesKey, new(Convert.ToBase64String(key)));
            return _names = key;
        }
    }

    static string Named(string hash, Guid? entryId) => $"{NamedRows}{hash}/{entryId:N}";

    public void Drop(Guid entryId, string commitment) => _file.Erase(Row(entryId, commitment));

    /// <summary>What is there is never written over: it may have been approved.</summary>
    /// <returns>Whether it is new here: one that a command was refused for is dropped again.</returns>
    public bool KeepPicture(Guid entryId, Guid pictureId, byte[] jpeg, byte[] template)
    {
        if (Picture(entryId, pictureId) is not null) return false;
        // The template first: a picture without one would be taken for whole when it is sent again, and never be matched.
        _file.Put(Row(entryId, $"{pictureId:N}/template"), _seal.Close(entryId, template));
        _file.Put(Row(entryId, $"{pictureId:N}/picture"), _seal.Close(entryId, jpeg));
        return true;
    }

    public byte[]? Picture(Guid entryId, Guid pictureId) => Open(entryId, $"{pictureId:N}/picture");

    public byte[]? Template(Guid entryId, Guid pictureId) => Open(entryId, $"{pictureId:N}/template");

    public void DropPicture(Guid entryId, Guid pictureId)
    {
        _file.Erase(Row(entryId, $"{pictureId:N}/picture"));
        _file.Erase(Row(entryId, $"{pictureId:N}/template"));
    }

    /// <summary>The key goes first: what is left without it says nothing. The salt goes last: as long as it lies here, <see cref="Held"/> names the entry.</summary>
    public void Destroy(Guid entryId)
    {
        _seal.Destroy(entryId);
        Unname(entryId);
        var salt = Row(entryId, Salt);
        foreach (var row in _file.Names($"{entryId:N}/").Where(row => row != salt)) _file.Erase(row);
        _file.Erase(salt);
    }

    /// <summary>Entries of which anything lies here.</summary>
    public IReadOnlyList<Guid> Held() => [.. _file.Names().Where(row => row.EndsWith($"/{Salt}", StringComparison.Ordinal)).Select(row => Guid.ParseExact(row[..row.IndexOf('/')], "N"))];

    byte[]? Open(Guid entryId, string what) => _file.Get(Row(entryId, what)) is { } bytes ? _seal.Open(entryId, bytes) : null;

    static string Row(Guid entryId, string what) => $"{entryId:N}/{what}";
}
