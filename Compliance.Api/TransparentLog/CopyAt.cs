using Compliance.Api.Vault;
using Compliance.Domain.TransparentLog;
using Microsoft.AspNetCore.DataProtection;

namespace Compliance.Api.TransparentLog;

/// <summary>Finds out what somebody hands over as a log: a folder that <c>export-log</c> wrote, the Data folder of an API, or one file of facts.</summary>
static class CopyAt
{
    /// <param name="secret">The log's secret as the reader has it; null to look for it in the vault of a Data folder.</param>
    /// <exception cref="InvalidDataException">It is none of these; the message says what is.</exception>
    public static ILogCopy Open(string path, byte[]? secret)
    {
        if (Directory.Exists(path) && ExportedLogCopy.IsOne(path)) return new ExportedLogCopy(path);
        var log = Directory.Exists(path) ? Path.Combine(path, "log.db") : path;
        if (!File.Exists(log)) throw new InvalidDataException($"{path} is no log: a folder from export-log, the Data folder of an API, or a file log.db is needed.");
        if (!IsSqlite(log)) throw new InvalidDataException($"{log} is no SQLite file.");
        var folder = Path.GetDirectoryName(Path.GetFullPath(log))!;
        var tree = Path.Combine(folder, "tree.db");
        var (kept, key) = secret is null ? Vault(folder, tree) : default;
        return new SqliteLogCopy(log, File.Exists(tree) ? tree : null, secret ?? kept, key);
    }

    /// <summary>Key and secret from the vault that lies beside the log; nothing where there is none, or it does not open here.</summary>
    static (byte[]? Secret, NoteKey? Key) Vault(string folder, string tree)
    {
        if (!File.Exists(Path.Combine(folder, "vault.db")) || !Directory.Exists(Path.Combine(folder, "keys")) || !File.Exists(tree)) return default;
        var settings = new ConfigurationBuilder().AddEnvironmentVariables().AddInMemoryCollection([new("Data", folder)]).Build();
        var services = new ServiceCollection();
        services.AddDataProtection().SetApplicationName("Compliance").PersistKeysToFileSystem(new(Path.Combine(folder, "keys"))).DisableAutomaticKeyGeneration().SealedBy(settings);
        using var provider = services.BuildServiceProvider();
        try
        {
            var vault = new SecretVault(new DataFolder(settings), provider.GetRequiredService<IDataProtectionProvider>());
            if (vault.Get(LogIdentity.SecretName) is not { } secret || vault.Get(LogIdentity.KeyName) is not { } seed || new SqliteTreeCopy(tree).Heads() is not [.., { Signatures: [{ Name: var origin }, ..] }]) return default;
            return (Convert.FromBase64String(secret.Reveal()), new NoteSigner(origin, NoteKeyKind.Log, Convert.FromBase64String(seed.Reveal())).Key);
        }
        catch (Exception e) when (e is System.Security.Cryptography.CryptographicException or InvalidDataException or InvalidOperationException)
        {
            return default;
        }
    }

    static bool IsSqlite(string path)
    {
        using var file = File.Open(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        Span<byte> head = stackalloc byte[16];
        return file.ReadAtLeast(head, 16, throwOnEndOfStream: false) == 16 && head.SequenceEqual("SQLite format 3\0"u8);
    }
}
