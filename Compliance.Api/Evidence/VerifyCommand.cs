using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Encodings.Web;
using System.Text.Json;
using Compliance.Domain.TransparentLog;

namespace Compliance.Api.Evidence;

/// <summary>
/// <c>dotnet Compliance.Api.dll verify FILE…</c>: checks printed documents, offline. Exit code: 0 all holds, 1 something does not, 2 wrong arguments.
/// </summary>
static class VerifyCommand
{
    public const string Name = "verify";

    const string Usage = """
        Checks documents of this system: signature, proof that their facts stand in the log, and every figure, computed again. Needs no server.

          verify FILE... [--key KEY] [--witness KEY]... [--trust CERTIFICATE]... [--json]

          --key KEY            the log's key as you know it from elsewhere
          --witness KEY        a witness who has to have signed the head
          --trust CERTIFICATE  a certificate (PEM or DER) that has to have signed the document, or issued the one that did
          --json               one JSON object a file
        """;

    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task<int> Run(string[] args, TextWriter output, CancellationToken ct)
    {
        var (files, witnesses, json) = (new List<string>(), new List<NoteKey>(), false);
        NoteKey? key = null;
        X509Certificate2Collection? trusted = null;
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--json": json = true; break;
                case "--key" when i + 1 < args.Length && NoteKey.TryParse(args[i + 1], out var log) && log.Kind == NoteKeyKind.Log: (key, i) = (log, i + 1); break;
                case "--witness" when i + 1 < args.Length && NoteKey.TryParse(args[i + 1], out var witness) && witness.Kind == NoteKeyKind.Witness: witnesses.Add(witness); i++; break;
                case "--trust" when i + 1 < args.Length && Certificate(args[i + 1]) is { } certificate: (trusted ??= []).Add(certificate); i++; break;
                case ['-', ..]: return await Wrong($"{args[i]} is not understood{(i + 1 < args.Length ? $" with {args[i + 1]}" : "")}.");
                default: files.Add(args[i]); break;
            }
        }

        if (files.Count == 0) return await Wrong("Which file?");
        var beliefs = new Beliefs(key, witnesses, trusted);
        var holds = true;
        foreach (var file in files)
        {
            ct.ThrowIfCancellationRequested();
            var verification = CheckedFile(file, beliefs);
            holds &= verification.Holds;
            if (json) await output.WriteLineAsync(JsonSerializer.Serialize(verification, Json));
            else await Tell(verification);
        }

        return holds ? 0 : 1;

        async Task Tell(Verification verification)
        {
            await output.WriteLineAsync(verification.File);
            foreach (var step in verification.Steps)
                await output.WriteLineAsync($"  {step.Holds switch { Holds.Yes => "holds", Holds.No => "FAILS", _ => "open " }}  {step.Step,-9}  {step.Sentence}");
            await output.WriteLineAsync(verification.Holds ? "  It holds." : "  It does NOT hold.");
        }

        async Task<int> Wrong(string what)
        {
            await output.WriteLineAsync($"{what}\n\n{Usage}");
            return 2;
        }
    }

    static Verification CheckedFile(string file, Beliefs beliefs)
    {
        try
        {
            var info = new FileInfo(file);
            return info is { Exists: true, Length: > Verifier.LongestFile }
                ? new(file, [new("file", Holds.No, $"The file has {info.Length:N0} bytes; a document of this system has at most {Verifier.LongestFile:N0}.")])
                : Verifier.Check(file, File.ReadAllBytes(file), beliefs);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new(file, [new("file", Holds.No, $"The file cannot be read: {e.Message}")]);
        }
    }

    static X509Certificate2? Certificate(string file)
    {
        try
        {
            return X509CertificateLoader.LoadCertificateFromFile(file);
        }
        catch (Exception e) when (e is CryptographicException or IOException)
        {
            return null;
        }
    }
}
