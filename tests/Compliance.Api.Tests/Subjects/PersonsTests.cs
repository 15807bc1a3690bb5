using System.Text;
using System.Text.Json;
using Compliance.Api.Subjects;
using Compliance.Api.Tests.Identity;
using Compliance.Api.Vault;
using Compliance.Domain.Kernel;
using Compliance.Domain.Subjects;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;

namespace Compliance.Api.Tests.Subjects;

/// <summary>A person stands in the vault under a key of their own, and is forgotten with it.</summary>
public sealed class PersonsTests : IDisposable
{
    static readonly Subject Aliya = new(new("00000000-0000-0000-0000-00000000000b"), "Әлия Нұрланқызы", "+7 701 000 00 00");
    static readonly Origin Oversight = new(new("00000000-0000-0000-0000-00000000000c"), "user:oversight");

    static CancellationToken Now => TestContext.Current.CancellationToken;

    readonly TempFolder _data = new();
    readonly MemoryEventLog _log = new(TimeProvider.System);
    readonly FakeTimeProvider _clock = new(new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
    readonly SecretVault _vault;
    readonly Persons _persons;

    public PersonsTests()
    {
        var folder = new DataFolder(new ConfigurationBuilder().AddInMemoryCollection([new("Data", _data["api"])]).Build());
        _vault = new(folder, new EphemeralDataProtectionProvider());
        _persons = new(folder, _vault, _log, _clock);
    }

    [Fact]
    public async Task A_person_is_found_by_id_and_stands_nowhere_in_clear()
    {
        await _persons.Enrol(Aliya, Oversight, Now);

        Assert.Equal(Aliya, _persons.Find(Aliya.SubjectId));
        Assert.Equal(-1, File.ReadAllBytes(_data["api/persons.db"]).AsSpan().IndexOf(Encoding.UTF8.GetBytes(Aliya.Contact!)));
        Assert.DoesNotContain(Aliya.Name, Encoding.UTF8.GetString((await Facts())[0].Data.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forgetting_destroys_the_key_and_is_recorded()
    {
        await _persons.Enrol(Aliya, Oversight, Now);

        await _persons.Forget(Aliya.SubjectId, new(Guid.CreateVersion7(), Oversight.Actor), Now);

        Assert.Null(_persons.Find(Aliya.SubjectId));
        Assert.Equal(["subject.enrolled.v1", "subject.key-destroyed.v1"], (await Facts()).Select(f => f.Name));
    }

    [Fact]
    public async Task A_backup_of_the_names_does_not_bring_back_who_was_forgotten()
    {
        await _persons.Enrol(Aliya, Oversight, Now);
        var (file, backup) = (_data["api/persons.db"], _data["api/backup.db"]);
        File.Copy(file, backup);
        await _persons.Forget(Aliya.SubjectId, new(Guid.CreateVersion7(), Oversight.Actor), Now);

        File.Copy(backup, file, overwrite: true);

        Assert.Null(_persons.Find(Aliya.SubjectId));
    }

    [Fact]
    public async Task Who_was_forgotten_is_not_enrolled_again()
    {
        await _persons.Enrol(Aliya, Oversight, Now);
        await _persons.Forget(Aliya.SubjectId, new(Guid.CreateVersion7(), Oversight.Actor), Now);

        var again = await _persons.Enrol(Aliya, new(Guid.CreateVersion7(), Oversight.Actor), Now);

        Assert.Equal("subject.forgotten", again.Refusal?.Code);
        Assert.Null(_persons.Find(Aliya.SubjectId));
    }

    [Fact]
    public async Task A_name_can_be_corrected()
    {
        await _persons.Enrol(Aliya, Oversight, Now);

        await _persons.Enrol(Aliya with { Contact = null }, new(Guid.CreateVersion7(), Oversight.Actor), Now);

        Assert.Equal(Aliya with { Contact = null }, _persons.Find(Aliya.SubjectId));
        Assert.Single(await Facts());
    }

    [Fact]
    public async Task A_new_name_is_borne_from_its_day_on_and_the_earlier_one_before_it()
    {
        await _persons.Enrol(Aliya, Oversight, Now);
        var wedding = _clock.GetUtcNow().AddDays(10);
        _clock.SetUtcNow(wedding);

        await _persons.Rename(Aliya.SubjectId, "Әлия Ерланқызы", new(Guid.CreateVersion7(), Oversight.Actor), Now);
        await _persons.Rename(Aliya.SubjectId, "Әлия Ерланқызы", new(Guid.CreateVersion7(), Oversight.Actor), Now);

        Assert.Equal(Aliya with { Name = "Әлия Ерланқызы" }, _persons.Find(Aliya.SubjectId));
        Assert.Equal([Aliya.Name, Aliya.Name, "Әлия Ерланқызы"],
            ((DateTimeOffset[])[wedding.AddYears(-1), wedding.AddTicks(-1), wedding]).Select(at => _persons.Find(Aliya.SubjectId, at)!.Name));
        Assert.Equal(["subject.enrolled.v1", "subject.renamed.v1"], (await Facts()).Select(f => f.Name));
    }

    [Fact]
    public async Task Forgetting_destroys_every_name_that_was_ever_borne()
    {
        await _persons.Enrol(Aliya, Oversight, Now);
        await _persons.Rename(Aliya.SubjectId, "Әлия Ерланқызы", new(Guid.CreateVersion7(), Oversight.Actor), Now);

        await _persons.Forget(Aliya.SubjectId, new(Guid.CreateVersion7(), Oversight.Actor), Now);

        Assert.Null(_persons.Find(Aliya.SubjectId, DateTimeOffset.MinValue));
        Assert.Equal("subject.forgotten", (await _persons.Rename(Aliya.SubjectId, Aliya.Name, new(Guid.CreateVersion7(), Oversight.Actor), Now))?.Code);
    }

    [Fact]
    public async Task A_row_of_before_names_had_a_beginning_is_read()
    {
        await _log.Execute(SubjectKey.Decider, Aliya.SubjectId, new SubjectCommand.Enrol(Aliya.SubjectId), Oversight, Now);
        new KeyedFile(_data["api/persons.db"], _vault, KeyedSeal.Persons).Put(Aliya.SubjectId, JsonSerializer.SerializeToUtf8Bytes(Aliya, EventCatalog.Json));

        Assert.Equal(Aliya, _persons.Find(Aliya.SubjectId));
        await _persons.Rename(Aliya.SubjectId, "Әлия Ерланқызы", new(Guid.CreateVersion7(), Oversight.Actor), Now);
        Assert.Equal(Aliya.Name, _persons.Find(Aliya.SubjectId, _clock.GetUtcNow().AddTicks(-1))!.Name);
    }

    public void Dispose() => _data.Dispose();

    async Task<IReadOnlyList<Recorded>> Facts()
    {
        var facts = new List<Recorded>();
        await foreach (var fact in _log.Read(new("subject", Aliya.SubjectId), Now)) facts.Add(fact);
        return facts;
    }
}
