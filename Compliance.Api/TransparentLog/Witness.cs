using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Compliance.Domain.TransparentLog;

namespace Compliance.Api.TransparentLog;

/// <summary>What a witness's visit came to.</summary>
enum Sight
{
    /// <summary>The head is new, goes on from the one before, and is signed.</summary>
    Cosigned,

    /// <summary>The head is the one that was signed before.</summary>
    Unchanged,

    /// <summary>The log showed a head that does not go on from what it showed before: proof of both is kept.</summary>
    Conflict,

    /// <summary>Nothing can be said: the log did not answer, or what it shows does not fit together.</summary>
    Unclear,
}

/// <summary>
/// An outside eye on a log: keeps the last head it saw, asks for the newest, checks with the tiles that nothing between was changed, and signs only
/// then. Needs the log's address and its key, and no trust in whoever runs it.
/// </summary>
/// <param name="http">Its base address is the log's, ending with a slash.</param>
/// <param name="folder">Where the last head lies, and the proof of a conflict.</param>
sealed class Witness(HttpClient http, NoteKey log, NoteSigner signer, string folder, TimeProvider clock)
{
    const int LongestNote = 64 * 1024;

    string Kept => Path.Combine(folder, $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(log.ToString())))[..16]}.checkpoint");

    /// <summary>One visit, and a sentence on what came of it.</summary>
    public async Task<(Sight Sight, string Sentence)> Visit(CancellationToken ct)
    {
        SignedNote note;
        try
        {
            if (SignedNote.Parse(Encoding.UTF8.GetString(await Bytes("checkpoint", LongestNote, ct))) is not { } parsed) return (Sight.Unclear, "What the log shows is no signed head.");
            note = parsed;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException && !ct.IsCancellationRequested)
        {
            return (Sight.Unclear, $"The log did not answer: {e.Message}");
        }

        if (Checkpoint.SignedBy(log, note, NoteSigner.Verify) is not { } head) return (Sight.Unclear, $"The head is not signed by {log}.");
        var (before, beforeText) = Last();
        if (before is not null && before.Size == head.Size && before.Root == head.Root) return (Sight.Unchanged, $"{head.Size} facts, as before.");
        if (before is not null)
        {
            try
            {
                if (await Contradicts(before, head, ct) is { } why) return (Sight.Conflict, $"{why} Both heads, signed by the log, lie in {Accuse(beforeText!, note)}.");
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException or InvalidDataException && !ct.IsCancellationRequested)
            {
                return (Sight.Unclear, $"The log gives no proof that it goes on from {before.Size} facts: {e.Message}");
            }
        }

        Keep(note);
        var handedIn = await HandIn(note, ct);
        return (Sight.Cosigned, $"{head.Size} facts, {(before is null ? "seen for the first time" : $"{head.Size - before.Size} more than before, nothing else changed")}; signed{handedIn}.");
    }

    /// <summary>Null when the newer head goes on from the older.</summary>
    async Task<string?> Contradicts(Checkpoint before, Checkpoint head, CancellationToken ct)
    {
        if (head.Size < before.Size) return $"The log went back from {before.Size} facts to {head.Size}.";
        if (head.Size == before.Size) return $"The log shows two different heads of {head.Size} facts.";
        var tree = new TiledTree(head.Size, async (tile, c) => await Bytes(tile.Path, tile.Width * TreeHash.Size, c));
        if (Proofs.Extends(before.Root, before.Size, head.Root, head.Size, await tree.Consistency(before.Size, ct))) return null;
        return await tree.Root(ct) == head.Root
            ? $"The log of {head.Size} facts does not begin with the {before.Size} facts it had: something old was changed, taken out or put in."
            : throw new InvalidDataException("its tiles are not those of its head.");
    }

    (Checkpoint? Head, string? Note) Last()
    {
        if (!File.Exists(Kept)) return default;
        var text = File.ReadAllText(Kept);
        return SignedNote.Parse(text) is { } note && Checkpoint.SignedBy(log, note, NoteSigner.Verify) is { } head ? (head, text)
            : throw new InvalidDataException($"{Kept} is damaged. A witness that forgot what it saw cannot go on as if it had not: restore the file, or begin under another name.");
    }

    /// <summary>On the disk before anybody hears of it.</summary>
    void Keep(SignedNote note)
    {
        var draft = $"{Kept}.new";
        using (var file = new FileStream(draft, FileMode.Create))
        {
            file.Write(Encoding.UTF8.GetBytes(note.ToString()));
            file.Flush(flushToDisk: true);
        }

        File.Move(draft, Kept, overwrite: true);
    }

    string Accuse(string before, SignedNote now)
    {
        var path = Path.ChangeExtension(Kept, $"{clock.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}.conflict");
        File.WriteAllText(path, $"{before}\n{now}");
        return path;
    }

    async Task<string> HandIn(SignedNote note, CancellationToken ct)
    {
        var seconds = clock.GetUtcNow().ToUnixTimeSeconds();
        var signature = new byte[8 + 64];
        BinaryPrimitives.WriteInt64BigEndian(signature, seconds);
        signer.Sign(Checkpoint.Cosigned(seconds, note.Text)).CopyTo(signature, 8);
        var cosigned = note with { Signatures = [.. note.Signatures, new(signer.Key.Name, signer.Key.Id, signature)] };
        try
        {
            using var answer = await http.PostAsync("cosignatures", new StringContent(cosigned.ToString(), Encoding.UTF8, "text/plain"), ct);
            return answer.IsSuccessStatusCode ? " and handed in" : $", but the log did not take it ({(int)answer.StatusCode}: {Told(await answer.Content.ReadAsStringAsync(ct))})";
        }
        catch (HttpRequestException e)
        {
            return $", but the log was not there to take it ({e.Message})";
        }
    }

    async Task<byte[]> Bytes(string path, int longest, CancellationToken ct)
    {
        using var answer = await http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, ct);
        answer.EnsureSuccessStatusCode();
        await using var body = await answer.Content.ReadAsStreamAsync(ct);
        var bytes = new byte[longest + 1];
        var length = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, ct);
        return length <= longest ? bytes[..length] : throw new InvalidDataException($"{path} is longer than {longest} bytes.");
    }

    /// <summary>The sentence of a problem (RFC 9457), or what was answered, in one line.</summary>
    static string Told(string answer)
    {
        try
        {
            using var problem = JsonDocument.Parse(answer);
            if (problem.RootElement is { ValueKind: JsonValueKind.Object } told && (told.TryGetProperty("detail", out var detail) || told.TryGetProperty("title", out detail)) && detail.GetString() is { } said) return said;
        }
        catch (JsonException)
        {
            // No problem, then: a proxy's page, or nothing.
        }

        return answer.Length > 200 ? $"{answer[..200]}…" : answer;
    }
}
