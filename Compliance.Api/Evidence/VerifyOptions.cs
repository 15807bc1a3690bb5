using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Compliance.Domain.TransparentLog;

namespace Compliance.Api.Evidence;

/// <summary>The arguments of <c>verify</c>: what to check, and what the reader believes without it.</summary>
/// <param name="Heads">Heads of the log that the reader kept.</param>
/// <param name="Secret">Of the log, where the reader was given it.</param>
sealed record VerifyOptions(IReadOnlyList<string> Paths, Beliefs Beliefs, IReadOnlyList<SignedNote> Heads, byte[]? Secret, bool Json)
{
    /// <returns>The options, or what is wrong with the arguments.</returns>
    public static (VerifyOptions? Options, string? Wrong) Parse(string[] args)
    {
        var (paths, witnesses, heads, json) = (new List<string>(), new List<NoteKey>(), new List<SignedNote>(), false);
        NoteKey? key = null;
        byte[]? secret = null;
        X509Certificate2Collection? trusted = null;
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--json": json = true; break;
                case "--key" when i + 1 < args.Length && NoteKey.TryParse(args[i + 1], out var log) && log.Kind == NoteKeyKind.Log: (key, i) = (log, i + 1); break;
                case "--witness" when i + 1 < args.Length && NoteKey.TryParse(args[i + 1], out var witness) && witness.Kind == NoteKeyKind.Witness: witnesses.Add(witness); i++; break;
                case "--trust" when i + 1 < args.Length && Certificate(args[i + 1]) is { } certificate: (trusted ??= []).Add(certificate); i++; break;
                case "--head" when i + 1 < args.Length && Note(args[i + 1]) is { } note: heads.Add(note); i++; break;
                case "--secret" when i + 1 < args.Length && Secrets(args[i + 1]) is { } read: (secret, i) = (read, i + 1); break;
                case ['-', ..]: return (null, $"{args[i]} is not understood{(i + 1 < args.Length ? $" with {args[i + 1]}" : "")}.");
                default: paths.Add(args[i]); break;
            }
        }

        return paths.Count == 0 ? (null, "Which file?") : (new(paths, new(key, witnesses, trusted), heads, secret, json), null);
    }

    static X509Certificate2? Certificate(string file) => Read(file, () => X509CertificateLoader.LoadCertificateFromFile(file));

    static SignedNote? Note(string file) => Read(file, () => SignedNote.Parse(File.ReadAllText(file)));

    static byte[]? Secrets(string file) => Read(file, () => Convert.FromBase64String(File.ReadAllText(file).Trim()) is { Length: LogEntry.SaltSize } secret ? secret : null);

    static T? Read<T>(string file, Func<T?> read) where T : class
    {
        try
        {
            return File.Exists(file) ? read() : null;
        }
        catch (Exception e) when (e is CryptographicException or IOException or FormatException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
