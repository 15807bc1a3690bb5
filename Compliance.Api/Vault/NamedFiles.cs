using Compliance.Api.Entrance;
using Microsoft.AspNetCore.DataProtection;

namespace Compliance.Api.Vault;

/// <summary>
/// Files that facts name, sealed one by one under their ids in a file of their own. Each is kept before the fact that names it, one after the other; what is named is not written over, and of what was refused, or
/// broke, nothing stays: where it is unclear, the log is asked.
/// </summary>
/// <param name="purpose">Part of each seal: what was sealed for something else does not open here.</param>
/// <param name="isNamed">Whether a fact names it; the log says so, and no view.</param>
internal sealed class NamedFiles(string path, IDataProtectionProvider protection, string purpose, Func<Guid, CancellationToken, Task<bool>> isNamed) : IDisposable
{
    readonly SealedFile _file = new(path);
    readonly SemaphoreSlim _gate = new(1);

    public void Dispose() => _gate.Dispose();

    /// <param name="say">Sends the command whose fact names it.</param>
    public async Task<Answer> Keep(Guid id, byte[] bytes, Func<Task<Answer>> say)
    {
        await _gate.WaitAsync();
        try
        {
            if (await isNamed(id, CancellationToken.None)) return await say();
            _file.Put(Name(id), Seal(id).Protect(bytes));
            try
            {
                return await say();
            }
            finally
            {
                if (!await isNamed(id, CancellationToken.None)) Erase(id);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Erases what no fact names, because the process ended before one did.</summary>
    public async Task Sweep(Guid id, CancellationToken ct)
    {
        await _gate.WaitAsync(ct); // whoever keeps one now has told of it by then
        try
        {
            if (!await isNamed(id, ct)) Erase(id);
        }
        finally
        {
            _gate.Release();
        }
    }

    public IEnumerable<Guid> Kept() => _file.Names().Select(name => Guid.ParseExact(name, "N"));

    public byte[]? Get(Guid id) => _file.Get(Name(id)) is { } bytes ? Seal(id).Unprotect(bytes) : null;

    public void Erase(Guid id) => _file.Erase(Name(id));

    /// <summary>The name is part of the seal: a row copied under another one does not open.</summary>
    IDataProtector Seal(Guid id) => protection.CreateProtector(purpose, Name(id));

    static string Name(Guid id) => id.ToString("N");
}
