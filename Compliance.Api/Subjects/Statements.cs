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
internal sealed class Statements(DataFolder data, SecretVault vault)
{
    readonly SealedFile _file = new(data.File("statements.db"));
    readonly KeyedSeal _seal = new(vault, KeyedSeal.Persons);

    /// <summary>Kept before the fact that names it, under an id that follows from the knock: said twice is kept once.</summary>
    public Statement Keep(string text, Knock knock)
    {
        var bytes = Encoding.UTF8.GetBytes(text.Trim());
        var statement = new Statement(EventIds.From(knock.CommandId, "statement"), knock.Caller.SubjectId, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        _file.Put(Row(statement), _seal.Close(statement.SubjectId, bytes));
        return statement;
    }

    /// <summary>Null when whoever said it has been forgotten.</summary>
    public string? Find(Statement statement) =>
        _file.Get(Row(statement)) is { } bytes && _seal.Open(statement.SubjectId, bytes) is { } plain ? Encoding.UTF8.GetString(plain) : null;

    public void Erase(Statement statement) => _file.Erase(Row(statement));

    static string Row(Statement statement) => statement.StatementId.ToString("N");
}
