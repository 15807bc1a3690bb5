using System.Text;
using Compliance.Api.Subjects;
using Compliance.Api.Vault;
using Compliance.Domain.Guards;

namespace Compliance.Api.Guards;

/// <summary>The numbers of guards' certificates, sealed under each guard's own key: who is forgotten takes the number along.</summary>
internal sealed class GuardPapers(DataFolder data, SecretVault vault, Persons persons)
{
    readonly SealedFile _file = new(data.File("guards.db"));
    readonly KeyedSeal _seal = new(vault, KeyedSeal.Persons);

    /// <summary>Only of a guard who is in the vault already: a forgotten one gets no new key.</summary>
    public void Put(Guid guardId, string certificate)
    {
        if (persons.Find(guardId) is not null) _file.Put($"{guardId:N}", _seal.Close(guardId, Encoding.UTF8.GetBytes(certificate.Trim())));
    }

    public GuardPerson Find(Guid guardId) => new(
        persons.Find(guardId)?.Name, _file.Get($"{guardId:N}") is { } bytes && _seal.Open(guardId, bytes) is { } plain ? Encoding.UTF8.GetString(plain) : null);
}
