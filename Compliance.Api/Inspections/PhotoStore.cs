using Compliance.Api.Entrance;
using Compliance.Api.Vault;
using Microsoft.AspNetCore.DataProtection;

namespace Compliance.Api.Inspections;

/// <summary>Photos of inspections, sealed like the vault's secrets, in a file of their own; the log holds only their hashes.</summary>
sealed class PhotoStore(DataFolder data, IDataProtectionProvider protection)
{
    readonly SealedFile _file = new(data.File("photos.db"));

    /// <summary>Kept before the fact that names it; of a command that was refused nothing stays that was not there before it.</summary>
    public async Task<Answer> Keep(Guid inspectionId, string sha256, byte[] bytes, Func<Task<Answer>> send)
    {
        var name = Name(inspectionId, sha256);
        var isNew = _file.Get(name) is null;
        if (isNew) _file.Put(name, Seal(inspectionId, sha256).Protect(bytes));
        var answer = await send();
        if (isNew && !answer.IsDone) _file.Erase(name);
        return answer;
    }

    public byte[]? Get(Guid inspectionId, string sha256) =>
        _file.Get(Name(inspectionId, sha256)) is { } bytes ? Seal(inspectionId, sha256).Unprotect(bytes) : null;

    /// <summary>The name is part of the seal: a row copied under another one does not open.</summary>
    IDataProtector Seal(Guid inspectionId, string sha256) => protection.CreateProtector("inspection-photo", Name(inspectionId, sha256));

    static string Name(Guid inspectionId, string sha256) => $"{inspectionId:N}/{sha256}";
}
