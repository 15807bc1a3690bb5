using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Compliance.Api.Vault;
using Compliance.Domain.Kernel;
using Compliance.Domain.WatchLists;

namespace Compliance.Api.WatchLists;

/// <summary>Who is looked for, the grounds, the pictures and their templates: sealed under a key for each entry, which is destroyed when the entry is over.</summary>
internal sealed class WatchVault(DataFolder data, SecretVault vault)
{
    /// <param name="Salt">Of the commitment in the log.</param>
    sealed record Person(string Name, string Grounds, byte[] Salt);

    readonly SealedFile _file = new(data.File("watch-list.db"));
    readonly KeyedSeal _seal = new(vault, "watch-key");

    /// <summary>Kept before the fact that names the commitment; the same words give the same one.</summary>
    public string Keep(Guid entryId, WatchedPerson person)
    {
        var kept = Get<Person>(entryId, "person");
        if (kept is null || (kept.Name, kept.Grounds) != (person.Name, person.Grounds)) Put(entryId, "person", kept = new(person.Name, person.Grounds, RandomNumberGenerator.GetBytes(32)));
        return Convert.ToHexStringLower(SHA256.HashData([.. kept.Salt, .. Encoding.UTF8.GetBytes($"{kept.Name}\n{kept.Grounds}")]));
    }

    public WatchedPerson? Find(Guid entryId) => Get<Person>(entryId, "person") is { } person ? new(person.Name, person.Grounds) : null;

    public void KeepPicture(Guid entryId, Guid pictureId, byte[] jpeg, byte[] template)
    {
        _file.Put(Row(entryId, $"{pictureId:N}/picture"), _seal.Close(entryId, jpeg));
        _file.Put(Row(entryId, $"{pictureId:N}/template"), _seal.Close(entryId, template));
    }

    public byte[]? Picture(Guid entryId, Guid pictureId) => Open(entryId, $"{pictureId:N}/picture");

    public byte[]? Template(Guid entryId, Guid pictureId) => Open(entryId, $"{pictureId:N}/template");

    public void DropPicture(Guid entryId, Guid pictureId)
    {
        _file.Erase(Row(entryId, $"{pictureId:N}/picture"));
        _file.Erase(Row(entryId, $"{pictureId:N}/template"));
    }

    /// <summary>The key goes first: what is left without it says nothing.</summary>
    public void Destroy(Guid entryId, IEnumerable<Guid> pictures)
    {
        _seal.Destroy(entryId);
        _file.Erase(Row(entryId, "person"));
        foreach (var picture in pictures) DropPicture(entryId, picture);
    }

    void Put<T>(Guid entryId, string what, T value) => _file.Put(Row(entryId, what), _seal.Close(entryId, JsonSerializer.SerializeToUtf8Bytes(value, EventCatalog.Json)));

    T? Get<T>(Guid entryId, string what) where T : class => Open(entryId, what) is { } plain ? JsonSerializer.Deserialize<T>(plain, EventCatalog.Json) : null;

    byte[]? Open(Guid entryId, string what) => _file.Get(Row(entryId, what)) is { } bytes ? _seal.Open(entryId, bytes) : null;

    static string Row(Guid entryId, string what) => $"{entryId:N}/{what}";
}
