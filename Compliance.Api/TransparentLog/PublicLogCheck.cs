using System.Buffers.Binary;
using System.Text;
using Compliance.Api.Evidence;
using Compliance.Domain.TransparentLog;

namespace Compliance.Api.TransparentLog;

/// <summary>
/// Checks a log from what it shows to everybody: that its entries give its tiles, and those its signed head, and that heads kept from elsewhere lie on the
/// same line. What the facts say stays hidden; that none was changed since a head that you kept does not.
/// </summary>
/// <param name="http">Its base address is the log's, ending with a slash.</param>
sealed class PublicLogCheck(HttpClient http, Beliefs beliefs, IReadOnlyList<SignedNote> known)
{
    const int LongestNote = 64 * 1024, LongestEntry = ushort.MaxValue + 2;

    readonly List<CheckedStep> _steps = [];

    public async Task<Verification> Check(string name, Action<long>? progress, CancellationToken ct)
    {
        try
        {
            await Check(progress, ct);
        }
        catch (Exception e) when (e is HttpRequestException or InvalidDataException or IOException || (e is TaskCanceledException && !ct.IsCancellationRequested))
        {
            No("file", $"The log could not be read: {e.Message}");
        }

        return new(name, _steps);
    }

    async Task Check(Action<long>? progress, CancellationToken ct)
    {
        var told = beliefs.LogKey?.ToString() ?? Encoding.UTF8.GetString(await Bytes("key", LongestNote, ct)).Trim();
        if (!NoteKey.TryParse(told, out var key) || SignedNote.Parse(Encoding.UTF8.GetString(await Bytes("checkpoint", LongestNote, ct))) is not { } note || Checkpoint.SignedBy(key, note, NoteSigner.Verify) is not { } head)
        {
            No("log", "The newest head is not signed by the log's key.");
            return;
        }

        _steps.Add(new("log", Holds.Yes, $"The newest head, of {head.Size:N0} facts, is signed by {key.Name}."));
        _steps.AddRange(HeadCheck.Believed(key, beliefs));
        _steps.AddRange(HeadCheck.Witnessed(note, beliefs));
        var kept = known.Select(n => Checkpoint.SignedBy(key, n, NoteSigner.Verify)).ToList();
        if (kept.Contains(null)) No("log", "A head you gave is not signed by that key.");
        var waiting = new Queue<Checkpoint>(kept.OfType<Checkpoint>().OrderBy(h => h.Size));
        var (tree, lines) = (new TreeFrontier(), waiting.Count);
        for (var index = 0L; index * TileId.Full < head.Size; index++)
        {
            var tile = new TileId(0, index, (int)Math.Min(TileId.Full, head.Size - (index * TileId.Full)));
            var hashes = await Bytes(tile.Path, TileId.Full * TreeHash.Size, ct);
            var entries = Entries(await Bytes(tile.Path.Replace("tile/0/", "tile/entries/", StringComparison.Ordinal), TileId.Full * LongestEntry, ct)).ToList();
            if (entries.Count != tile.Width || hashes.Length != tile.Width * TreeHash.Size) throw new InvalidDataException($"{tile.Path} has not as many entries as it should.");
            for (var i = 0; i < entries.Count; i++)
            {
                var leaf = TreeHash.Leaf(entries[i].Span);
                if (leaf != new TreeHash(hashes.AsSpan(i * TreeHash.Size, TreeHash.Size))) throw new InvalidDataException($"entry {tree.Size:N0} is not the one its tile holds");
                tree.Add(leaf);
                while (waiting.TryPeek(out var next) && next.Size <= tree.Size)
                {
                    waiting.Dequeue();
                    if (next.Size == tree.Size && next.Root != tree.Root) No("proof", $"The log of {head.Size:N0} facts does not begin with the {next.Size:N0} facts of the head you kept: something old was changed, taken out or put in.");
                }
            }

            progress?.Invoke(tree.Size);
        }

        foreach (var lost in waiting) No("proof", $"You know a head of {lost.Size:N0} facts; this log shows {head.Size:N0}: it was rolled back.");
        if (tree.Root != head.Root) No("proof", "The entries do not give the head that was signed.");
        else if (_steps.All(s => s.Holds != Holds.No)) _steps.Add(new("proof", Holds.Yes, $"All {tree.Size:N0} entries give the signed head{(lines > 0 ? $", and it goes on from the {lines} you kept" : "")}."));
        _steps.Add(new("facts", Holds.Open, "What the facts say is not shown to everybody: whoever holds the log checks that with verify log FOLDER."));
    }

    static IEnumerable<ReadOnlyMemory<byte>> Entries(byte[] bundle)
    {
        for (var at = 0; at < bundle.Length;)
        {
            var length = at + 2 <= bundle.Length ? BinaryPrimitives.ReadUInt16BigEndian(bundle.AsSpan(at)) : int.MaxValue;
            if (length > bundle.Length - at - 2) throw new InvalidDataException("a bundle of entries is cut off");
            yield return bundle.AsMemory(at + 2, length);
            at += 2 + length;
        }
    }

    async Task<byte[]> Bytes(string path, int longest, CancellationToken ct)
    {
        using var answer = await http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, ct);
        answer.EnsureSuccessStatusCode();
        await using var body = await answer.Content.ReadAsStreamAsync(ct);
        using var bytes = new MemoryStream();
        var part = new byte[81_920];
        for (int read; (read = await body.ReadAsync(part, ct)) > 0;)
        {
            if (bytes.Length + read > longest) throw new InvalidDataException($"{path} is longer than {longest:N0} bytes");
            bytes.Write(part, 0, read);
        }

        return bytes.ToArray();
    }

    void No(string step, string sentence) => _steps.Add(new(step, Holds.No, sentence));
}
