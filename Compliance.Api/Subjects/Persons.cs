using System.Text.Json;
using Compliance.Api.Vault;
using Compliance.Domain.Kernel;
using Compliance.Domain.Subjects;

namespace Compliance.Api.Subjects;

/// <summary>Names and contacts of persons, each under a key of its own.</summary>
internal sealed class Persons(DataFolder data, SecretVault vault, IEventLog log)
{
    readonly KeyedFile _file = new(data.File("persons.db"), vault, KeyedSeal.Persons);

    /// <summary>Enrols the person, or corrects the name and contact of one enrolled before. Refused for one who was forgotten.</summary>
    public async Task<Executed> Enrol(Subject person, Origin origin, CancellationToken ct)
    {
        var done = await log.Execute(SubjectKey.Decider, person.SubjectId, new SubjectCommand.Enrol(person.SubjectId), origin, ct);
        if (done.Refusal is null) _file.Put(person.SubjectId, JsonSerializer.SerializeToUtf8Bytes(person, EventCatalog.Json));
        return done;
    }

    /// <summary>Null when nobody of that id was enrolled, or the key is gone.</summary>
    public Subject? Find(Guid subjectId) =>
        _file.Get(subjectId) is { } plain ? JsonSerializer.Deserialize<Subject>(plain, EventCatalog.Json) : null;

    /// <summary>Destroys the key first, then records it: the fact never claims what has not happened, and a repeat completes what broke off.</summary>
    public async Task<Executed> Forget(Guid subjectId, Origin origin, CancellationToken ct)
    {
        _file.Destroy(subjectId);
        return await log.Execute(SubjectKey.Decider, subjectId, new SubjectCommand.DestroyKey(), origin, ct);
    }
}
