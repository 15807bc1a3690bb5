using System.Security.Cryptography;
using Compliance.Domain.Models;

namespace Compliance.Api.Models;

/// <summary>The files of registered models, each named by its hash; no secret and nobody in them. The delivered one lies beside the program, and says which numbers a box computes.</summary>
sealed class ModelStore(DataFolder data) : IDisposable
{
    readonly string _folder = data.Folder("models");
    readonly SemaphoreSlim _registering = new(1);

    /// <summary>The model that comes with the program: always there, and always the one to fall back to.</summary>
    public TreeFile Delivered { get; } = ReadDelivered();

    /// <summary>Until it is disposed nobody else registers: a file that one refused is not erased under another who succeeded meanwhile.</summary>
    public async Task<IDisposable> OneAtATime(CancellationToken ct)
    {
        await _registering.WaitAsync(ct);
        return new Turn(_registering);
    }

    public void Dispose() => _registering.Dispose();

    public bool Has(string sha256) => File.Exists(Place(sha256));

    /// <summary>Whole or not at all: a crash leaves no half file under that name.</summary>
    public async Task Keep(string sha256, byte[] bytes, CancellationToken ct)
    {
        var half = Path.Combine(_folder, $"{Guid.NewGuid():N}.half");
        await File.WriteAllBytesAsync(half, bytes, ct);
        File.Move(half, Place(sha256), overwrite: true);
    }

    /// <summary>Null where it is not there, or is not what it is called.</summary>
    public async Task<byte[]?> Get(string sha256, CancellationToken ct) =>
        Has(sha256) && await File.ReadAllBytesAsync(Place(sha256), ct) is var bytes && Convert.ToHexStringLower(SHA256.HashData(bytes)) == sha256 ? bytes : null;

    public void Erase(string sha256) => File.Delete(Place(sha256));

    /// <exception cref="InvalidOperationException">The program is not whole.</exception>
    static TreeFile ReadDelivered()
    {
        var read = TreeFile.Read(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "models", "fights.json")), null);
        return read.File ?? throw new InvalidOperationException($"models/fights.json beside the program is not the delivered one: {read.Because}");
    }

    /// <param name="sha256">Checked to be a hash before it comes here: nothing else names a file.</param>
    string Place(string sha256) => Path.Combine(_folder, $"{sha256}.json");

    sealed class Turn(SemaphoreSlim of) : IDisposable
    {
        public void Dispose() => of.Release();
    }
}
