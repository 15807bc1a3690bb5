using System.Text.Json;
using Compliance.Api.Exports;
using Compliance.Api.Recordings;
using Compliance.Api.TransparentLog;
using Compliance.Domain.Kernel;
using Microsoft.Data.Sqlite;

namespace Compliance.Api.Evidence;

/// <summary>
/// <c>dotnet Compliance.Api.dll verify FILE…</c>, <c>verify log PATH|URL</c>, <c>verify tamper PATH</c>: checks printed documents, files of a venue and whole logs,
/// offline. Exit code: 0 all holds, 1 something does not, 2 wrong arguments or nothing to check, 130 interrupted.
/// </summary>
static class VerifyCommand
{
    public const string Name = "verify";

    const string Usage = """
        Checks what this system hands out. Needs no server and no settings.

          verify FILE...        documents (PDF): signature, proof that their facts stand in the log, every figure computed again;
                                files of a venue (ZIP): each fact, picture and document in them
          verify log PATH       a whole log: a folder from export-log, a copy of an API's Data folder, or a log.db with its tree.db
          verify log URL        what a log shows to everybody, such as https://records.example.kz/tlog/
          verify tamper PATH    the first fact of a log that does not fit, what was done to it, and how that is known
          verify recordings --facts FILE --folder DIR
                                recordings of a camera, against what was hashed of them hour by hour

          --key KEY            the log's key as you know it from elsewhere
          --witness KEY        a witness who has to have signed the head
          --trust CERTIFICATE  a certificate (PEM or DER) that has to have signed the document, or issued the one that did
          --head FILE          a head of the log that you kept (of logs)
          --secret FILE        the log's secret, base64, where the copy has no vault (of logs)
          --json               one JSON object a file
        """;

    public static async Task<int> Run(string[] args, TextWriter output, CancellationToken ct)
    {
        if (args is [RecordingsCommand.Name, .. var ofFolder]) return await RecordingsCommand.Run(ofFolder, output, ct);
        var (what, rest) = args is ["log" or "tamper", ..] ? (args[0], args[1..]) : ("file", args);
        if (VerifyOptions.Parse(rest) is not ({ } options, _)) return await Wrong(VerifyOptions.Parse(rest).Wrong!);
        if (what != "file" && options.Paths.Count > 1) return await Wrong("One log at a time.");
        if (what == "tamper" && IsUrl(options.Paths[0])) return await Wrong("A log that shows only its tree cannot be explained further; give a copy of it.");
        var told = new Progress(options.Json ? null : output, TimeProvider.System);
        try
        {
            if (what == "tamper") return await Tamper(options, told, output, ct);
            var (holds, lacks) = (true, false);
            foreach (var path in options.Paths)
            {
                ct.ThrowIfCancellationRequested();
                if (Lacking(path, what) is { } why)
                {
                    lacks = true;
                    await (options.Json ? new Verification(path, [new("file", Holds.No, why)]).Tell(output, asJson: true) : output.WriteLineAsync($"{path}\n  Nothing was checked: {why}"));
                    continue;
                }

                var verification = what == "log" ? await Log(path, options, told, ct) : CheckedFile(path, options.Beliefs, told, ct);
                holds &= verification.Holds;
                await verification.Tell(output, options.Json);
            }

            return !holds ? 1 : lacks ? 2 : 0;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            await output.WriteLineAsync($"Interrupted{(told.Last is { } last ? $" after {last}" : "")}: nothing is said of the rest.");
            return 130;
        }

        async Task<int> Wrong(string wrong)
        {
            await output.WriteLineAsync($"{wrong}\n\n{Usage}");
            return 2;
        }
    }

    static async Task<Verification> Log(string path, VerifyOptions options, Progress told, CancellationToken ct)
    {
        if (IsUrl(path))
        {
            using var http = new HttpClient { BaseAddress = new($"{path.TrimEnd('/')}/"), Timeout = TimeSpan.FromSeconds(30) };
            return await new PublicLogCheck(http, options.Beliefs, options.Heads).Check(path, told.Facts, ct);
        }

        try
        {
            return await new LogCheck(CopyAt.Open(path, options.Secret), options.Beliefs, options.Heads).Check(path, told.Facts, ct);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException or SqliteException)
        {
            return new(path, [new("file", Holds.No, e.Message)]);
        }
    }

    static async Task<int> Tamper(VerifyOptions options, Progress told, TextWriter output, CancellationToken ct)
    {
        var path = options.Paths[0];
        Unfit? unfit;
        try
        {
            unfit = await new FirstUnfit(CopyAt.Open(path, options.Secret), options.Beliefs, options.Heads).Find(told.Facts, ct);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException or SqliteException)
        {
            unfit = new(Tampering.Damaged, null, null, null, null, null, null, e.Message, "The copy cannot be read.");
        }

        if (options.Json) await output.WriteLineAsync(JsonSerializer.Serialize(new { file = path, fits = unfit is null, first = unfit }, Verification.Json));
        else if (unfit is null) await output.WriteLineAsync($"{path}\n  Every fact is the one that was signed.");
        else
        {
            await output.WriteLineAsync($"{path}\n  {unfit.Is.ToString().ToUpperInvariant()}: {unfit.What}");
            if (unfit.Stream is not null) await output.WriteLineAsync($"  fact      {unfit.Stream} revision {unfit.Revision}, position {Said(unfit.Position)}, {unfit.Name}, recorded {unfit.RecordedAt:u}");
            else if (unfit.Position is not null) await output.WriteLineAsync($"  position  {Said(unfit.Position)}");
            await output.WriteLineAsync($"  known by  {unfit.How}");
        }

        return unfit is null ? 0 : 1;
    }

    /// <summary>Why there is nothing to check; null where there is.</summary>
    static string? Lacking(string path, string what) => what == "file"
        ? File.Exists(path) ? null : Directory.Exists(path) ? "This is a folder: name the files in it, or check a log by verify log." : "There is no such file."
        : IsUrl(path) || Path.Exists(path) ? null : "There is no such file or folder.";

    static string? Said(string? position) => LogPosition.TryParse(position, null, out var place) ? place.Number : position;

    static bool IsUrl(string path) => Uri.TryCreate(path, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";

    static Verification CheckedFile(string file, Beliefs beliefs, Progress told, CancellationToken ct)
    {
        try
        {
            if (File.Exists(file) && FileCheck.IsOne(file))
            {
                using var zip = File.OpenRead(file);
                return new FileCheck(beliefs).Check(file, zip, told.Pieces, ct);
            }

            var info = new FileInfo(file);
            return info is { Exists: true, Length: > Verifier.LongestFile }
                ? new(file, [new("file", Holds.No, $"The file has {info.Length:N0} bytes; a document of this system has at most {Verifier.LongestFile:N0}.")])
                : Verifier.Check(file, File.ReadAllBytes(file), beliefs, ct);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new(file, [new("file", Holds.No, $"The file cannot be read: {e.Message}")]);
        }
    }

    /// <summary>Says about every second how far a long check has come.</summary>
    sealed class Progress(TextWriter? output, TimeProvider clock)
    {
        static readonly TimeSpan Between = TimeSpan.FromSeconds(1);

        long _told = clock.GetTimestamp();

        public string? Last { get; private set; }

        public void Facts(long count) => Tell($"{count:N0} facts");

        public void Pieces(int done, int all) => Tell($"{done:N0} of {all:N0} pieces");

        void Tell(string far)
        {
            Last = far;
            if (output is null || clock.GetElapsedTime(_told) < Between) return;
            _told = clock.GetTimestamp();
            output.WriteLine($"  … {far}");
        }
    }
}
