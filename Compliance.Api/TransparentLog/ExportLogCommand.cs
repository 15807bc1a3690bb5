using System.Globalization;
using Compliance.Api.EventLog;
using Compliance.Domain.Evidence;
using Compliance.Domain.Kernel;
using Compliance.Domain.TransparentLog;

namespace Compliance.Api.TransparentLog;

/// <summary>
/// <c>dotnet Compliance.Api.dll export-log FOLDER</c>, with the settings of the API: writes the whole log, of whatever store, as files that <c>verify log</c>
/// checks on another machine. It holds everything the log holds, and the salts: it is for whoever may read all of it. Exit code: 0 done, 1 it could not, 130 interrupted.
/// </summary>
static class ExportLogCommand
{
    public const string Name = "export-log";

    public static async Task<int> Run(string folder, IServiceProvider services, TextWriter output, CancellationToken ct)
    {
        var (settings, data) = (services.GetRequiredService<IConfiguration>(), services.GetRequiredService<DataFolder>());
        var (identity, tree) = (services.GetRequiredService<LogIdentity>(), data.File("tree.db"));
        if (!File.Exists(tree))
        {
            await output.WriteLineAsync($"There is no tree yet at {tree}: start the API once.");
            return 1;
        }

        // A file is read beside the API that writes it; a cluster is asked as the API asks it.
        var setting = settings["EventLog"] ?? $"sqlite:{data.File("log.db")}";
        if (setting.StartsWith("sqlite:", StringComparison.Ordinal)) return await Write(folder, new SqliteLogCopy(setting["sqlite:".Length..], tree, identity.Secret, identity.Signer.Key), output, ct);
        var log = EventLogs.Open(setting, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILoggerFactory>());
        return await Write(folder, new OpenLogCopy(log, tree, identity), output, ct);
    }

    public static async Task<int> Write(string folder, ILogCopy copy, TextWriter output, CancellationToken ct)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, ExportedLogCopy.KeyFile), $"{copy.Key}\n", ct);
        await File.WriteAllTextAsync(Path.Combine(folder, ExportedLogCopy.HeadsFile), string.Join(ExportedLogCopy.Between, copy.Heads), ct);
        var count = 0L;
        try
        {
            await using var leaves = File.Create(Path.Combine(folder, ExportedLogCopy.LeavesFile));
            foreach (var leaf in copy.Leaves()) await leaves.WriteAsync(ExportedLogCopy.Line(leaf), ct);
            await using var facts = File.Create(Path.Combine(folder, ExportedLogCopy.FactsFile));
            await foreach (var copied in copy.Facts(ct))
            {
                await facts.WriteAsync(FactLine.Of(copied.Fact, new(count, copied.Salt, copied.Commitment!)), ct);
                await facts.WriteAsync("\n"u8.ToArray(), ct);
                if (++count % 10_000 == 0) await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{count:N0} facts"));
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Interrupted after {count:N0} facts; {folder} is not whole. Run it again."));
            return 130;
        }

        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{count:N0} facts and {copy.Heads.Count} signed heads in {folder}. Check them with: verify log {folder} --key {copy.Key}"));
        return 0;
    }
}

/// <summary>A log that is asked while it lives, up to the last fact of the tree.</summary>
sealed class OpenLogCopy(IEventLog log, string tree, LogIdentity identity) : ILogCopy
{
    readonly SqliteTreeCopy _tree = new(tree);

    public IReadOnlyList<SignedNote> Heads => _tree.Heads();

    public NoteKey? Key => identity.Signer.Key;

    public IEnumerable<CopiedLeaf> Leaves() => _tree.Leaves();

    public async IAsyncEnumerable<CopiedFact> Facts([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var end = _tree.Leaves().LastOrDefault()?.Position;
        if (end is null) yield break;
        await foreach (var fact in log.Follow(LogPosition.Start, ct))
        {
            if (fact.Position > end) yield break;
            yield return new(fact, LogEntry.Salt(identity.Secret, fact.EventId));
            if (fact.Position == end) yield break;
        }
    }
}
