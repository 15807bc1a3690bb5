using System.Security.Cryptography;
using System.Text;
using Compliance.Api.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Compliance.Api.Tests.Identity;

/// <summary>The tables of accounts are of a version that stands in the file.</summary>
public sealed class IdentitySchemaTests : IDisposable
{
    readonly TempFolder _data = new();

    /// <summary>The model's own script, as the current version was written. When this fails: add a step to IdentitySchema, then change the hash.</summary>
    [Fact]
    public async Task A_changed_model_has_a_step()
    {
        using var host = new IdentityHost(_data["api"]);
        var script = await host.In<IdentityDb, string>(db => Task.FromResult(db.Database.GenerateCreateScript().ReplaceLineEndings("\n")));
        Assert.Equal((1, "b905d5d4188c87c7"), (IdentitySchema.Current, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(script)))[..16]));
    }

    [Fact]
    public async Task A_file_from_before_there_were_versions_is_taken_for_the_first()
    {
        using (var host = new IdentityHost(_data["api"])) await host.TokenOf("owner@demo");
        Version(0);
        using (var again = new IdentityHost(_data["api"])) Assert.True((await again.TokenOf("owner@demo")).TryGetProperty("access_token", out _));
        Assert.Equal(IdentitySchema.Current, Version());
    }

    [Fact]
    public async Task A_file_of_a_newer_program_is_left_alone()
    {
        using (var host = new IdentityHost(_data["api"])) await host.TokenOf("owner@demo");
        Version(IdentitySchema.Current + 1);
        using var older = new IdentityHost(_data["api"]);
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => older.TokenOf("owner@demo"));
        Assert.Contains("identity.db", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _data.Dispose();

    int Version(int? set = null)
    {
        using var connection = new SqliteConnection($"Data Source={_data["api/identity.db"]};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = set is { } version ? $"PRAGMA user_version = {version}" : "PRAGMA user_version";
        return Convert.ToInt32(command.ExecuteScalar() ?? 0, System.Globalization.CultureInfo.InvariantCulture);
    }
}
