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

    /// <summary>Kept before the fact that names it, under an id that follows from the knock: said twice is kept once.</summary>
    public Writing Keep(string text, Knock knock)
    {
        var bytes = Encoding.UTF8.GetBytes(text.Trim());
        var writing = new Writing(EventIds.From(knock.CommandId, "writing"), knock.Caller.SubjectId, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        _file.Put(Row(writing), _seal.Close(writing.SubjectId, bytes));
        return writing;
    }

    /// <summary>Null when whoever said it has been forgotten.</summary>
    public string? Find(Writing writing) =>
        _file.Get(Row(writing)) is { } bytes && _seal.Open(writing.SubjectId, bytes) is { } plain ? Encoding.UTF8.GetString(plain) : null;

    public void Erase(Writing writing) => _file.Erase(Row(writing));

    static string Row(Writing writing) => writing.WritingId.ToString("N");
}
