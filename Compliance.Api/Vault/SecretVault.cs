using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace Compliance.Api.Vault;

/// <summary>
/// Camera passwords and keys, by name, sealed with ASP.NET Data Protection. The name is part of the seal, so a row copied
/// under another name does not open.
/// </summary>
internal sealed class SecretVault(DataFolder data, IDataProtectionProvider protection)
{
    readonly SealedFile _file = new(data.File("vault.db"));

    public void Put(string name, Secret secret) => _file.Put(name, Seal(name).Protect(Encoding.UTF8.GetBytes(secret.Reveal())));

    /// <summary>Null when there is none of that name.</summary>
    public Secret? Get(string name) =>
        _file.Get(name) is { } bytes ? new(Encoding.UTF8.GetString(Seal(name).Unprotect(bytes))) : null;

    public void Erase(string name) => _file.Erase(name);

    IDataProtector Seal(string name) => protection.CreateProtector("vault", name);
}
