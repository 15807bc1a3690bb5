using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Compliance.Api.Identity;

/// <summary>
/// The tables of <c>identity.db</c>, under a version that stands in the file (SQLite's <c>user_version</c>). A file of an older version
/// is brought forward step by step, one of a newer version is refused: never is a table guessed at.
/// </summary>
internal static class IdentitySchema
{
    /// <summary>Steps[n] makes version n + 2 out of version n + 1. A change of the model adds one; a test fails until it does.</summary>
    static readonly IReadOnlyList<string> Steps = [];

    public static int Current => Steps.Count + 1;

    public static async Task Prepare(IdentityDb db, CancellationToken ct)
    {
        if (!await db.GetService<IRelationalDatabaseCreator>().HasTablesAsync(ct))
        {
            await Stamp(db, Current, ct); // first, so that tables without a version are always those of the first
            await db.Database.EnsureCreatedAsync(ct);
            return;
        }

        // Files made before there were versions have the tables of the first.
        var found = Math.Max(1, (await db.Database.SqlQueryRaw<int>("SELECT user_version AS Value FROM pragma_user_version").ToListAsync(ct))[0]);
        if (found > Current)
            throw new InvalidOperationException($"identity.db is of version {found}, and this program knows versions up to {Current}: a newer one has used it. Start that one, or restore the backup made before.");
        for (var version = found; version < Current; version++)
        {
            await using var step = await db.Database.BeginTransactionAsync(ct);
            await db.Database.ExecuteSqlRawAsync(Steps[version - 1], ct);
            await Stamp(db, version + 1, ct);
            await step.CommitAsync(ct);
        }

        await Stamp(db, Current, ct);
    }

    static Task<int> Stamp(IdentityDb db, int version, CancellationToken ct) =>
        db.Database.ExecuteSqlRawAsync(FormattableString.Invariant($"PRAGMA user_version = {version}"), ct);
}
