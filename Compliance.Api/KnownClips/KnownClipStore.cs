using Compliance.Api.Entrance;
using Compliance.Api.Vault;
using Compliance.Domain.Kernel;
using Compliance.Domain.KnownClips;
using Microsoft.AspNetCore.DataProtection;

namespace Compliance.Api.KnownClips;

/// <summary>Clips whose content is known; the log holds their hashes. Each stays until somebody has it deleted.</summary>
sealed class KnownClipStore(DataFolder data, IDataProtectionProvider protection, IEventLog log) : IDisposable
{
    readonly NamedFiles _files = new(data.File("known-clips.db"), protection, "known-clip", async (id, ct) =>
        (await log.Load(KnownClip.Decider, new(KnownClip.Decider.Category, id), ct)).State is not KnownClip.Unknown);

    public void Dispose() => _files.Dispose();

    public Task<Answer> Keep(Guid clipId, byte[] file, Func<Task<Answer>> say) => _files.Keep(clipId, file, say);

    public byte[]? Get(Guid clipId) => _files.Get(clipId);

    public void Erase(Guid clipId) => _files.Erase(clipId);
}
