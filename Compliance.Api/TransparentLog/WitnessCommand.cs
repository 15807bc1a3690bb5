using System.Globalization;
using System.Security.Cryptography;
using Compliance.Domain.TransparentLog;

namespace Compliance.Api.TransparentLog;

/// <summary>
/// <c>dotnet Compliance.Api.dll witness --log URL --key VKEY --name NAME [--folder DIR] [--every SECONDS]</c>: watches a log from outside. Needs no
/// settings, no database and no account. Exit code: 0 all is well, 1 nothing could be said, 2 wrong arguments, 3 the log contradicts itself.
/// </summary>
static class WitnessCommand
{
    public const string Name = "witness";

    const string Usage = """
        Watches a transparent log: keeps the last head it saw, refuses a head that does not go on from it, and signs those that do.

          witness --log URL --key KEY --name NAME [--folder DIR] [--every SECONDS]

          --log URL        where the log is published, such as https://records.example.kz/tlog/
          --key KEY        the log's key, name+id+key; compare it with the one printed on a certificate
          --name NAME      how this witness is called, such as witness.example.org/w1; for good
          --folder DIR     where it keeps its own key and what it saw (.witness)
          --every SECONDS  visits again and again; without it once
        """;

    public static async Task<int> Run(string[] args, TextWriter output, TimeProvider clock, CancellationToken ct)
    {
        var given = new Dictionary<string, string>();
        for (var i = 0; i < args.Length; i += 2)
            if (i + 1 == args.Length || !args[i].StartsWith("--", StringComparison.Ordinal) || !given.TryAdd(args[i][2..], args[i + 1])) return await Wrong($"{args[i]} is not understood.");
        if (given.Keys.FirstOrDefault(name => name is not ("log" or "key" or "name" or "folder" or "every")) is { } unknown) return await Wrong($"--{unknown} is not known.");
        if (!Uri.TryCreate(given.GetValueOrDefault("log")?.TrimEnd('/') + "/", UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https")) return await Wrong("--log is missing, or no address.");
        if (!NoteKey.TryParse(given.GetValueOrDefault("key"), out var log) || log.Kind != NoteKeyKind.Log) return await Wrong("--key is missing, or not the key of a log.");
        if (given.GetValueOrDefault("name") is not { Length: > 0 } name || name.Any(c => char.IsWhiteSpace(c) || c == '+')) return await Wrong("--name is missing, or has a space or a plus.");
        var every = 0;
        if (given.TryGetValue("every", out var seconds) && (!int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out every) || every == 0)) return await Wrong("--every is a number of seconds.");

        var folder = Path.GetFullPath(given.GetValueOrDefault("folder") ?? ".witness");
        Directory.CreateDirectory(folder);
        var signer = new NoteSigner(name, NoteKeyKind.Witness, Seed(Path.Combine(folder, "witness.key")));
        await output.WriteLineAsync($"This witness signs as {signer.Key}");
        using var http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
        var witness = new Witness(http, log, signer, folder, clock);
        while (true)
        {
            var (sight, sentence) = await witness.Visit(ct);
            await output.WriteLineAsync($"{clock.GetUtcNow():yyyy-MM-dd HH:mm:ss}Z {sentence}");
            if (sight == Sight.Conflict) return 3;
            if (every == 0) return sight == Sight.Unclear ? 1 : 0;
            try
            {
                await Task.Delay(TimeSpan.FromSeconds(every), clock, ct);
            }
            catch (OperationCanceledException)
            {
                return 0;
            }
        }

        async Task<int> Wrong(string what)
        {
            await output.WriteLineAsync($"{what}\n\n{Usage}");
            return 2;
        }
    }

    /// <summary>Its own key: made on the first run, readable by its owner alone.</summary>
    static byte[] Seed(string path)
    {
        if (File.Exists(path)) return Convert.FromBase64String(File.ReadAllText(path).Trim());
        var seed = RandomNumberGenerator.GetBytes(NoteSigner.SeedSize);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(path, options);
        writer.WriteLine(Convert.ToBase64String(seed));
        return seed;
    }
}
