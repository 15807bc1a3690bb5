using System.Security.Cryptography;
using System.Text;
using Compliance.Api.Vault;
using Compliance.Domain.TransparentLog;

namespace Compliance.Api.TransparentLog;

/// <summary>
/// Who the log is to the outside: its name (setting <c>TransparentLog:Origin</c>, for good), the key that signs its heads, and the secret that salts
/// its entries. Key and secret are made on the first run and lie in the vault: back them up with the log, for without the secret the tree
/// cannot be made again, and another key is another log.
/// </summary>
sealed class LogIdentity
{
    const string DefaultOrigin = "compliance.localhost/log";

    /// <summary>Under which names key and secret lie in the vault.</summary>
    public const string KeyName = "transparent-log/key", SecretName = "transparent-log/secret";

    public LogIdentity(SecretVault vault, IConfiguration settings)
    {
        var origin = settings["TransparentLog:Origin"] ?? DefaultOrigin;
        if (origin.Length is 0 or > 200 || origin.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c == '+'))
            throw new InvalidOperationException($"TransparentLog:Origin is '{origin}': a name like records.example.kz/log is needed, without spaces and plus signs.");
        Signer = new(origin, NoteKeyKind.Log, Kept(vault, KeyName, NoteSigner.SeedSize));
        Secret = Kept(vault, SecretName, LogEntry.SaltSize);
        Witnesses = [.. (settings.GetSection("TransparentLog:Witnesses").Get<string[]>() ?? []).Select(Witness)];
    }

    public string Origin => Signer.Key.Name;

    public NoteSigner Signer { get; }

    public byte[] Secret { get; }

    /// <summary>Those whose cosignatures are taken (setting <c>TransparentLog:Witnesses</c>, one vkey each).</summary>
    public IReadOnlyList<NoteKey> Witnesses { get; }

    public SignedNote Sign(Checkpoint head)
    {
        var text = head.ToString();
        return new(text, [new(Signer.Key.Name, Signer.Key.Id, Signer.Sign(Encoding.UTF8.GetBytes(text)))]);
    }

    static NoteKey Witness(string text) => NoteKey.TryParse(text, out var key) && key.Kind == NoteKeyKind.Witness ? key
        : throw new InvalidOperationException($"TransparentLog:Witnesses has '{text}', which is no key of a witness (name+id+key; the witness command prints it).");

    static byte[] Kept(SecretVault vault, string name, int size)
    {
        if (vault.Get(name) is { } kept) return Convert.FromBase64String(kept.Reveal());
        var made = RandomNumberGenerator.GetBytes(size);
        vault.Put(name, new(Convert.ToBase64String(made)));
        return made;
    }
}
