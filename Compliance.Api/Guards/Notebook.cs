using System.Security.Cryptography;
using System.Text;
using Compliance.Api.Entrance;
using Compliance.Api.Vault;
using Compliance.Domain.Guards;
using Compliance.Domain.Kernel;

namespace Compliance.Api.Guards;

/// <summary>The words of the incident book: they speak of guests, so each stands under a key of its own that is destroyed after a year. The log keeps the hash.</summary>
internal sealed class Notebook(DataFolder data, SecretVault vault)
{
    readonly KeyedFile _file = new(data.File("incidents.db"), vault, "incident-key");

    /// <summary>Kept before the fact that names it; words of a command that was refused are kept by nobody, but for those that were there before it.</summary>
    public async Task<Answer> Keep(string words, Knock knock, Func<BookNote, Task<Answer>> send)
    {
        var bytes = Encoding.UTF8.GetBytes(words.Trim());
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        var note = new BookNote(EventIds.From(knock.CommandId, $"note/{hash}"), hash);
        var isNew = _file.Get(note.NoteId) is null;
        _file.Put(note.NoteId, bytes);
        var answer = await send(note);
        if (isNew && !answer.IsDone) _file.Destroy(note.NoteId);
        return answer;
    }

    /// <summary>Null when the words are gone, or are not what the log's hash says.</summary>
    public string? Find(BookNote note) =>
        _file.Get(note.NoteId) is { } plain && Convert.ToHexStringLower(SHA256.HashData(plain)) == note.Hash ? Encoding.UTF8.GetString(plain) : null;

    public void Destroy(BookNote note) => _file.Destroy(note.NoteId);
}
