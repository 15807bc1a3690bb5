using System.Security.Cryptography;
using System.Text;
using Compliance.Api.Entrance;
using Compliance.Api.Vault;
using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;

namespace Compliance.Api.Subjects;

/// <summary>
/// What people say in writing (why more time, an explanation, an appeal): sealed under the key of whoever said it, while the log
/// keeps a hash. Who is forgotten takes the words along; that they were said, and when, stays.
/// </summary>
internal sealed class Writings(DataFolder data, SecretVault vault)
{
    readonly SealedFile _file = new(data.File("writings.db"));
    readonly KeyedSeal _seal = new(vault, KeyedSeal.Persons);

    /// <summary>
    /// Kept before the fact that names it, under an id that follows from the knock: said twice is kept once, and other words under the same
    /// key stand beside it. Words of a command that was refused are kept by nobody, but for those that were there before it.
    /// </summary>
    public async Task<Answer> Keep(string text, Knock knock, Func<Writing, Task<Answer>> send)
    {
        var bytes = Encoding.UTF8.GetBytes(text.Trim());
        var writing = new Writing(EventIds.From(knock.CommandId, "writing"), knock.Caller.SubjectId, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        var row = Row(writing);
        var isNew = _file.Get(row) is null;
        _file.Put(row, _seal.Close(writing.SubjectId, bytes));
        var answer = await send(writing);
        if (isNew && !answer.IsDone) _file.Erase(row);
        return answer;
    }

    /// <summary>Null when whoever said it has been forgotten, or what is kept is not what the log's hash says.</summary>
    public string? Find(Writing writing) =>
        _file.Get(Row(writing)) is { } bytes && _seal.Open(writing.SubjectId, bytes) is { } plain
            && Convert.ToHexStringLower(SHA256.HashData(plain)) == writing.Hash ? Encoding.UTF8.GetString(plain) : null;

    static string Row(Writing writing) => $"{writing.WritingId:N}/{writing.Hash}";
}
