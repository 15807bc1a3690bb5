using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Compliance.Api.Exports;
using Compliance.Domain.Evidence;
using Compliance.Domain.Kernel;
using Compliance.Domain.TransparentLog;

namespace Compliance.Api.TransparentLog;

/// <summary>
/// A log as a folder that needs no database: <c>events.jsonl</c> (a fact a line, with its salt), <c>leaves.jsonl</c> (position, entry, commitment),
/// <c>heads</c> (signed notes, a line of three dashes between them) and <c>log.key</c>. The same of whatever store.
/// </summary>
sealed class ExportedLogCopy(string folder) : ILogCopy
{
    public const string FactsFile = "events.jsonl", LeavesFile = "leaves.jsonl", HeadsFile = "heads", KeyFile = "log.key", Between = "---\n";

    sealed record LeafLine(string Position, string Entry, string? Commitment);

    public static bool IsOne(string path) => File.Exists(Path.Combine(path, FactsFile));

    public IReadOnlyList<SignedNote> Heads => !File.Exists(Path.Combine(folder, HeadsFile)) ? [] :
    [
        .. File.ReadAllText(Path.Combine(folder, HeadsFile)).Split(Between, StringSplitOptions.RemoveEmptyEntries)
            .Select(text => SignedNote.Parse(text) ?? throw new InvalidDataException("A head is no signed note.")),
    ];

    public NoteKey? Key => File.Exists(Path.Combine(folder, KeyFile)) && NoteKey.TryParse(File.ReadAllText(Path.Combine(folder, KeyFile)).Trim(), out var key) ? key : null;

    public async IAsyncEnumerable<CopiedFact> Facts([EnumeratorCancellation] CancellationToken ct)
    {
        await Task.CompletedTask;
        using var file = File.OpenRead(Path.Combine(folder, FactsFile));
        var (number, last) = (0L, LogPosition.Start);
        foreach (var line in Lines.Of(file))
        {
            ct.ThrowIfCancellationRequested();
            number++;
            CopiedFact copied;
            try
            {
                var (fact, leaf) = FactLine.Parse(line[..^1]);
                copied = new(fact, leaf?.Salt);
            }
            catch (JsonException e)
            {
                throw new DamagedFact(last, $"Line {number:N0} of {FactsFile}, after position {last.Number}: {e.Message}");
            }

            last = copied.Fact.Position;
            yield return copied;
        }
    }

    public IEnumerable<CopiedLeaf> Leaves()
    {
        if (!File.Exists(Path.Combine(folder, LeavesFile))) yield break;
        using var file = File.OpenRead(Path.Combine(folder, LeavesFile));
        foreach (var line in Lines.Of(file)) yield return Leaf(line);
    }

    /// <summary>As one line, with its newline.</summary>
    public static byte[] Line(CopiedLeaf leaf) => [.. JsonSerializer.SerializeToUtf8Bytes(
        new LeafLine(leaf.Position.ToString(), Convert.ToBase64String(leaf.Entry), leaf.Commitment is null ? null : Convert.ToHexStringLower(leaf.Commitment)), JsonSerializerOptions.Web), (byte)'\n'];

    static CopiedLeaf Leaf(ReadOnlyMemory<byte> line)
    {
        try
        {
            var (position, entry, commitment) = JsonSerializer.Deserialize<LeafLine>(line.Span, JsonSerializerOptions.Web)!;
            return new(LogPosition.Parse(position, CultureInfo.InvariantCulture), Convert.FromBase64String(entry), commitment is null ? null : Convert.FromHexString(commitment));
        }
        catch (Exception e) when (e is JsonException or FormatException or ArgumentNullException)
        {
            throw new InvalidDataException($"{LeavesFile} has a line that is no leaf: {Encoding.UTF8.GetString(line.Span[..Math.Min(line.Length, 60)])}", e);
        }
    }
}
