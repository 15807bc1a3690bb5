using System.Text.Json;
using Compliance.Api.Vault;
using Compliance.Domain.Kernel;
using Compliance.Domain.Subjects;

namespace Compliance.Api.Subjects;

/// <summary>
/// Names and contacts of persons, each under a key of its own. A name is kept with the instant from which it was borne, so that a paper
/// about an earlier day bears the name of that day; the key over all of a person's names is one, and forgetting destroys them all.
/// </summary>
internal sealed class Persons(DataFolder data, SecretVault vault, IEventLog log, TimeProvider clock)
{
    readonly KeyedFile _file = new(data.File("persons.db"), vault, KeyedSeal.Persons);

    /// <summary>Enrols the person, or takes over the name and contact of one enrolled before. Refused for one who was forgotten.</summary>
    public async Task<Executed> Enrol(Subject person, Origin origin, CancellationToken ct)
    {
        var done = await log.Execute(SubjectKey.Decider, person.SubjectId, new SubjectCommand.Enrol(person.SubjectId), origin, ct);
        if (done.Refusal is null) Put(person);
        return done;
    }

    /// <summary>The person bears another name from now on. Refused for one who was never enrolled or was forgotten.</summary>
    public async Task<Refusal?> Rename(Guid subjectId, string name, Origin origin, CancellationToken ct)
    {
        var known = Find(subjectId);
        if (known?.Name == name) return null;
        var done = await log.Execute(SubjectKey.Decider, subjectId, new SubjectCommand.Rename(), origin, ct);
        if (done.Refusal is null) Put(new(subjectId, name, known?.Contact));
        return done.Refusal;
    }

    /// <summary>As the person is called now; null when nobody of that id was enrolled, or the key is gone.</summary>
    public Subject? Find(Guid subjectId) => Find(subjectId, DateTimeOffset.MaxValue);

    /// <summary>As the person was called then; before the first name is known, by the first.</summary>
    public Subject? Find(Guid subjectId, DateTimeOffset at) => Kept(subjectId) is { } kept ? new(subjectId, kept.At(at), kept.Contact) : null;

    /// <summary>Destroys the key first, then records it: the fact never claims what has not happened, and a repeat completes what broke off.</summary>
    public async Task<Executed> Forget(Guid subjectId, Origin origin, CancellationToken ct)
    {
        _file.Destroy(subjectId);
        return await log.Execute(SubjectKey.Decider, subjectId, new SubjectCommand.DestroyKey(), origin, ct);
    }

    void Put(Subject person)
    {
        var names = Kept(person.SubjectId)?.All ?? [];
        if (names is not [.., var last] || last.Name != person.Name) names = [.. names, new(person.Name, clock.GetUtcNow())];
        _file.Put(person.SubjectId, JsonSerializer.SerializeToUtf8Bytes(new Row(person.Contact, names), EventCatalog.Json));
    }

    Row? Kept(Guid subjectId) => _file.Get(subjectId) is { } plain ? JsonSerializer.Deserialize<Row>(plain, EventCatalog.Json) : null;

    sealed record BorneName(string Name, DateTimeOffset Since);

    /// <param name="Names">Oldest first.</param>
    /// <param name="Name">The only name, in a row that was written before names had a beginning.</param>
    sealed record Row(string? Contact, IReadOnlyList<BorneName>? Names = null, string? Name = null)
    {
        public IReadOnlyList<BorneName> All => Names ?? [new(Name!, DateTimeOffset.MinValue)];

        public string At(DateTimeOffset at) => (All.LastOrDefault(name => name.Since <= at) ?? All[0]).Name;
    }
}
