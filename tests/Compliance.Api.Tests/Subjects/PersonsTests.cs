using System.Text;
using Compliance.Api.Subjects;
using Compliance.Api.Tests.Identity;
using Compliance.Api.Vault;
using Compliance.Domain.Kernel;
using Compliance.Domain.Subjects;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;

namespace Compliance.Api.Tests.Subjects;

/// <summary>A person stands in the vault under a key of their own, and is forgotten with it.</summary>
public sealed class PersonsTests : IDisposable
{
    static readonly Subject Aliya = new(new("00000000-0000-0000-0000-00000000000b"), "Әлия Нұрланқызы", "+7 701 000 00 00");
    static readonly Origin Oversight = new(new("00000000-0000-0000-0000-00000000000c"), "user:oversight");

    static CancellationToken Now => TestContext.Current.CancellationToken;

    readonly TempFolder _data = new();
    readonly MemoryEventLog _log = new(TimeProvider.System);
    readonly Persons _persons;

    public PersonsTests()
    {
        var folder = new DataFolder(new ConfigurationBuilder().AddInMemoryCollection([new("Data", _data["api"])]).Build());
        _persons = new(folder, new SecretVault(folder, new EphemeralDataProtectionProvider()), _log);
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

    public void Dispose() => _data.Dispose();

    async Task<IReadOnlyList<Recorded>> Facts()
    {
        var facts = new List<Recorded>();
        await foreach (var fact in _log.Read(new("subject", Aliya.SubjectId), Now)) facts.Add(fact);
        return facts;
    }
}
