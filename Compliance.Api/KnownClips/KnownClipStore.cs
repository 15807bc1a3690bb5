using Compliance.Api.Vault;
using Microsoft.AspNetCore.DataProtection;

namespace Compliance.Api.KnownClips;

/// <summary>Clips whose content is known, sealed like the vault's secrets, in a file of their own; the log holds their hashes. Each stays until somebody has it deleted.</summary>
sealed class KnownClipStore(DataFolder data, IDataProtectionProvider protection)
{
    readonly SealedFile _file = new(data.File("known-clips.db"));

    public void Keep(Guid clipId, byte[] file) => _file.Put(Name(clipId), Seal(clipId).Protect(file));

    public byte[]? Get(Guid clipId) => _file.Get(Name(clipId)) is { } bytes ? Seal(clipId).Unprotect(bytes) : null;

    public void Erase(Guid clipId) => _file.Erase(Name(clipId));

    /// <summary>The name is part of the seal: a row copied under another one does not open.</summary>
    IDataProtector Seal(Guid clipId) => protection.CreateProtector("known-clip", Name(clipId));

    static string Name(Guid clipId) => clipId.ToString("N");
}
