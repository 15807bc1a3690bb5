using Compliance.Api.Entrance;
using Compliance.Api.Vault;
using Compliance.Domain.Kernel;
using Compliance.Domain.KnownClips;
using Microsoft.AspNetCore.DataProtection;

namespace Compliance.Api.KnownClips;

/// <summary>Clips whose content is known, sealed like the vault's secrets, in a file of their own; the log holds their hashes. Each stays until somebody has it deleted.</summary>
sealed class KnownClipStore(DataFolder data, IDataProtectionProvider protection, IEventLog log) : IDisposable
{
    readonly SealedFile _file = new(data.File("known-clips.db"));

    readonly SemaphoreSlim _gate = new(1);

    public void Dispose() => _gate.Dispose();

    /// <summary>Kept before the fact that names it, one after the other; what is named is not written over, and of what was refused, or broke, nothing stays.</summary>
    public async Task<Answer> Keep(Guid clipId, byte[] file, Func<Task<Answer>> say)
    {
        await _gate.WaitAsync();
        try
        {
            if ((await log.Load(KnownClip.Decider, new(KnownClip.Decider.Category, clipId), CancellationToken.None)).State is not KnownClip.Unknown) return await say();
            _file.Put(Name(clipId), Seal(clipId).Protect(file));
            try
            {
                return await say();
            }
            finally
            {
                // Where it broke off, the log knows whether a fact names it.
                if ((await log.Load(KnownClip.Decider, new(KnownClip.Decider.Category, clipId), CancellationToken.None)).State is KnownClip.Unknown) Erase(clipId);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    public byte[]? Get(Guid clipId) => _file.Get(Name(clipId)) is { } bytes ? Seal(clipId).Unprotect(bytes) : null;

    public void Erase(Guid clipId) => _file.Erase(Name(clipId));

    /// <summary>The name is part of the seal: a row copied under another one does not open.</summary>
    IDataProtector Seal(Guid clipId) => protection.CreateProtector("known-clip", Name(clipId));

    static string Name(Guid clipId) => clipId.ToString("N");
}
