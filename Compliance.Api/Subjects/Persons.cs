using System.Security.Cryptography;
using System.Text.Json;
using Compliance.Api.Vault;
using Compliance.Domain.Kernel;
using Compliance.Domain.Subjects;

namespace Compliance.Api.Subjects;

/// <summary>
/// Names and contacts of persons, each sealed (AES-256-GCM) under a key of its own. The keys stand in the vault, apart from what
/// they seal: a backup of <c>persons.db</c> says nothing about a person whose key has been destroyed since.
/// </summary>
internal sealed class Persons(DataFolder data, SecretVault vault, IEventLog log)
{
    const int KeyBytes = 32, NonceBytes = 12, TagBytes = 16;

    readonly SealedFile _file = new(data.File("persons.db"));

    /// <summary>Enrols the person, or corrects the name and contact of one enrolled before. Refused for one who was forgotten.</summary>
    public async Task<Executed> Enrol(Subject person, Origin origin, CancellationToken ct)
    {
        var done = await log.Execute(SubjectKey.Decider, person.SubjectId, new SubjectCommand.Enrol(person.SubjectId), origin, ct);
        if (done.Refusal is null) _file.Put(Row(person.SubjectId), Seal(person));
        return done;
    }

    /// <summary>Null when nobody of that id was enrolled, or the key is gone.</summary>
    public Subject? Find(Guid subjectId) =>
        Key(subjectId) is { } key && _file.Get(Row(subjectId)) is { } bytes ? Open(subjectId, key, bytes) : null;

    /// <summary>Destroys the key first, then records it: the fact never claims what has not happened, and a repeat completes what broke off.</summary>
    public async Task<Executed> Forget(Guid subjectId, Origin origin, CancellationToken ct)
    {
        vault.Erase(KeyName(subjectId));
        _file.Erase(Row(subjectId));
        return await log.Execute(SubjectKey.Decider, subjectId, new SubjectCommand.DestroyKey(), origin, ct);
    }

    byte[] Seal(Subject person)
    {
        var key = Key(person.SubjectId) ?? NewKey(person.SubjectId);
        var plain = JsonSerializer.SerializeToUtf8Bytes(person, EventCatalog.Json);
        var bytes = new byte[NonceBytes + TagBytes + plain.Length];
        var nonce = bytes.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(nonce, plain, bytes.AsSpan(NonceBytes + TagBytes), bytes.AsSpan(NonceBytes, TagBytes), person.SubjectId.ToByteArray());
        return bytes;
    }

    static Subject Open(Guid subjectId, byte[] key, ReadOnlySpan<byte> bytes)
    {
        var plain = new byte[bytes.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(key, TagBytes);
        aes.Decrypt(bytes[..NonceBytes], bytes[(NonceBytes + TagBytes)..], bytes.Slice(NonceBytes, TagBytes), plain, subjectId.ToByteArray());
        return JsonSerializer.Deserialize<Subject>(plain, EventCatalog.Json)!;
    }

    byte[]? Key(Guid subjectId) => vault.Get(KeyName(subjectId)) is { } key ? Convert.FromBase64String(key.Reveal()) : null;

    byte[] NewKey(Guid subjectId)
    {
        var key = RandomNumberGenerator.GetBytes(KeyBytes);
        vault.Put(KeyName(subjectId), new(Convert.ToBase64String(key)));
        return key;
    }

    static string KeyName(Guid subjectId) => $"subject-key/{subjectId:N}";

    static string Row(Guid subjectId) => subjectId.ToString("N");
}
